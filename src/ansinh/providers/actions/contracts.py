# SPDX-License-Identifier: MPL-2.0
"""Contracts and their annexes: drafted by one, signed when two others approved."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from ansinh.approvals.actions import submit, void_on_change
from ansinh.approvals.models import Submission
from ansinh.audit.actions import record
from ansinh.providers.lifecycles import ANNEX, CONTRACT, AnnexState, ContractState
from ansinh.providers.models import BEARERS, COSTS, Annex, Candidate, Contract, ContractCost
from ansinh.providers.standards import fee_limit_on
from ansinh.rules.periods import Period
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer

SUBJECT, ANNEX_SUBJECT = "provider_contract", "provider_annex"


class ContractWithoutDecision(Refusal):
    """The provider was not chosen by a decided selection."""

    code = "CONTRACT_NOT_CHOSEN"


class BeneficiaryBearsCost(Refusal):
    """A cost is put on the beneficiary or on nobody; fields: costs."""

    code = "CONTRACT_COST_ON_BENEFICIARY"


class FeeAboveLimit(Refusal):
    """The fee is above what the law allows; fields: fee, limit, source."""

    code = "CONTRACT_FEE_ABOVE_LIMIT"


class ContractIncomplete(Refusal):
    """No stream, no channel, no liability; fields: lacks."""

    code = "CONTRACT_INCOMPLETE"


class ContractNumberTaken(Refusal):
    """The unit has a contract or the contract an annex of this number."""

    code = "CONTRACT_NUMBER_TAKEN"


class AnnexOutsideContract(Refusal):
    """The annex applies before the contract begins or ends before it applies."""

    code = "ANNEX_OUTSIDE_CONTRACT"


@dataclass(frozen=True, slots=True)
class Terms:
    """What a contract says. `valid_to` is the first day after it; fees in hundredths of a percent."""

    number: str
    signed_on: date
    valid_from: date
    valid_to: date
    streams: Collection[str]
    channels: Collection[str]
    scope: str
    fee_bps: int
    costs: Mapping[str, str]
    liability: str
    list_day: int = 25
    report_day: int = 20


def percent(bps: int) -> str:
    """75 as `0,75 %`."""
    return f"{bps // 100},{bps % 100:02d} %"


def _fee_is_lawful(fee_bps: int, streams: Collection[str], on: date) -> None:
    for stream in streams:
        limit = fee_limit_on(stream, on)
        if limit is not None and fee_bps > limit.max_bps:
            raise FeeAboveLimit(fee=percent(fee_bps), limit=percent(limit.max_bps), source=limit.source)


def _terms_are_lawful(terms: Terms) -> None:
    Period(terms.valid_from, terms.valid_to)
    wrong = [cost for cost in COSTS if terms.costs.get(cost) not in BEARERS]
    if wrong or set(terms.costs) - set(COSTS):
        raise BeneficiaryBearsCost(costs=wrong)
    said = {
        "nguồn chi": terms.streams,
        "hình thức chi": terms.channels,
        "trách nhiệm": terms.liability.strip(),
    }
    if lacks := [name for name, value in said.items() if not value]:
        raise ContractIncomplete(lacks=lacks)
    _fee_is_lawful(terms.fee_bps, terms.streams, terms.valid_from)


def draft_contract(*, candidate_id: int, terms: Terms, by: Officer, at: datetime) -> Contract:
    """Draft the contract with a provider that a decided selection chose. Raises
    `ContractWithoutDecision`, `BeneficiaryBearsCost`, `FeeAboveLimit`, `ContractIncomplete`,
    `PeriodBackwards` or `ContractNumberTaken`."""
    _terms_are_lawful(terms)
    chosen = Candidate.objects.select_related("selection").get(pk=candidate_id)
    if not chosen.chosen or chosen.selection.state != "decided":
        raise ContractWithoutDecision
    try:
        with transaction.atomic():
            made = Contract.objects.create(
                candidate=chosen, provider_id=chosen.provider_id, unit_id=chosen.selection.unit_id,
                number=terms.number.strip(), signed_on=terms.signed_on,
                validity=DateRange(terms.valid_from, terms.valid_to), streams=sorted(terms.streams),
                channels=sorted(terms.channels), scope=terms.scope, fee_bps=terms.fee_bps,
                liability=terms.liability.strip(), list_day=terms.list_day, report_day=terms.report_day,
                made_by=by, made_at=at,
            )  # fmt: skip
            ContractCost.objects.bulk_create(
                ContractCost(contract=made, cost=cost, bearer=bearer) for cost, bearer in terms.costs.items()
            )
            _recorded("providers.draft_contract", made, by=by.pk, at=at)
    except IntegrityError as taken:
        raise ContractNumberTaken(number=terms.number) from taken
    return made


def _recorded(act: str, found: Contract, *, by: int | None, at: datetime, annex: str = "") -> None:
    record(
        by=by, at=at, act=act, subject="contract", subject_id=found.pk, unit_id=found.unit_id,
        details={"number": found.number} | ({"annex": annex} if annex else {}),
    )  # fmt: skip


def _move(contract_id: int, event: str, *, by: int | None, at: datetime, **fields: object) -> Contract:
    found = Contract.objects.select_for_update(of=("self",)).select_related("provider").get(pk=contract_id)
    target = CONTRACT.apply(ContractState(found.state), event)
    Contract.objects.filter(pk=found.pk).update(state=target.value, **fields)
    _recorded(f"providers.{event}_contract", found, by=by, at=at)
    return found


def submit_contract(*, contract_id: int, by: Officer, at: datetime) -> Submission:
    """Hand a contract in for signature. Raises `NotFromThisState` or `SubmittedAlready`."""
    with transaction.atomic():
        found = _move(contract_id, "submit", by=by.pk, at=at)
        return submit(
            subject=SUBJECT, subject_id=str(found.pk),
            title=f"Hợp đồng {found.number} với {found.provider.name}"[:200], unit_id=found.unit_id,
            summary={"Phí": percent(found.fee_bps), "Đến trước ngày": f"{found.validity.upper:%d/%m/%Y}"},
            last_editor=found.made_by, by=by, at=at,
        )  # fmt: skip


def rework_contract(*, contract_id: int, by: Officer, at: datetime) -> None:
    """Take a contract back from signature; its approvals are void. Raises `NotFromThisState`."""
    with transaction.atomic():
        _move(contract_id, "rework", by=by.pk, at=at)
        void_on_change(subject=SUBJECT, subject_id=str(contract_id), by=by, at=at)


def cancel_contract(*, contract_id: int, by: Officer, at: datetime) -> None:
    """Give a draft up. Raises `NotFromThisState`."""
    with transaction.atomic():
        _move(contract_id, "cancel", by=by.pk, at=at)


def end_contract(*, contract_id: int, last_day_after: date, reason: str, by: Officer, at: datetime) -> None:
    """End a signed contract early: `last_day_after` is the first day without it. Raises
    `PeriodBackwards` or `NotFromThisState`."""
    with transaction.atomic():
        found = Contract.objects.select_for_update().get(pk=contract_id)
        Period(found.validity.lower, last_day_after)
        _move(
            contract_id, "end", by=by.pk, at=at, ended_reason=reason[:300],
            validity=DateRange(found.validity.lower, min(last_day_after, found.validity.upper)),
        )  # fmt: skip


def signed(*, contract_id: int, by: int, at: datetime) -> None:
    """The second approval: the contract is signed. Called by approvals in its own transaction."""
    _move(contract_id, "sign", by=by, at=at)


def draft_annex(
    *,
    contract_id: int,
    number: str,
    year: int,
    signed_on: date,
    applies_from: date,
    until: date | None,
    fee_bps: int | None,
    words: str,
    by: Officer,
    at: datetime,
) -> Annex:
    """Draft a year's annex to a signed contract. Raises `AnnexOutsideContract`, `FeeAboveLimit`,
    `NotFromThisState` or `ContractNumberTaken`."""
    contract = Contract.objects.get(pk=contract_id)
    CONTRACT.apply(ContractState(contract.state), "end")  # only a signed contract has annexes
    if applies_from < contract.validity.lower or (until is not None and until <= applies_from):
        raise AnnexOutsideContract(start=contract.validity.lower)
    if fee_bps is not None:
        _fee_is_lawful(fee_bps, contract.streams, applies_from)
    try:
        with transaction.atomic():
            made = Annex.objects.create(
                contract=contract, number=number.strip(), year=year, signed_on=signed_on,
                applies_from=applies_from, until=until, fee_bps=fee_bps, words=words.strip(), made_by=by,
                made_at=at,
            )  # fmt: skip
            _recorded("providers.draft_annex", contract, by=by.pk, at=at, annex=made.number)
    except IntegrityError as taken:
        raise ContractNumberTaken(number=number) from taken
    return made


def _move_annex(annex_id: int, event: str, *, by: int | None, at: datetime) -> Annex:
    found = Annex.objects.select_for_update(of=("self",)).select_related("contract").get(pk=annex_id)
    target = ANNEX.apply(AnnexState(found.state), event)
    Annex.objects.filter(pk=found.pk).update(state=target.value)
    _recorded(f"providers.{event}_annex", found.contract, by=by, at=at, annex=found.number)
    return found


def submit_annex(*, annex_id: int, by: Officer, at: datetime) -> Submission:
    """Hand an annex in for signature. Raises `NotFromThisState` or `SubmittedAlready`."""
    with transaction.atomic():
        found = _move_annex(annex_id, "submit", by=by.pk, at=at)
        return submit(
            subject=ANNEX_SUBJECT, subject_id=str(found.pk),
            title=f"Phụ lục {found.number} của hợp đồng {found.contract.number}"[:200],
            unit_id=found.contract.unit_id, summary={"Năm": found.year}, last_editor=found.made_by, by=by,
            at=at,
        )  # fmt: skip


def rework_annex(*, annex_id: int, by: Officer, at: datetime) -> None:
    """Take an annex back from signature. Raises `NotFromThisState`."""
    with transaction.atomic():
        _move_annex(annex_id, "rework", by=by.pk, at=at)
        void_on_change(subject=ANNEX_SUBJECT, subject_id=str(annex_id), by=by, at=at)


def cancel_annex(*, annex_id: int, by: Officer, at: datetime) -> None:
    """Give a draft annex up. Raises `NotFromThisState`."""
    with transaction.atomic():
        _move_annex(annex_id, "cancel", by=by.pk, at=at)


def annex_signed(*, annex_id: int, by: int, at: datetime) -> None:
    """The second approval: the annex holds; a contract that it prolongs ends later."""
    found = _move_annex(annex_id, "sign", by=by, at=at)
    if found.until is not None:
        span = DateRange(found.contract.validity.lower, found.until)
        Contract.objects.filter(pk=found.contract_id, state=ContractState.SIGNED.value).update(validity=span)
