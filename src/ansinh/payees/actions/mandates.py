# SPDX-License-Identifier: MPL-2.0
"""Mandates: declared by one person, approved by another, revoked, ended by their dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F

from ansinh.audit.actions import record
from ansinh.payees.actions.steps import ChangedMeanwhile, OwnProposal, PayeeNeedsReason, is_same_person
from ansinh.payees.lifecycles import MANDATE, MandateState
from ansinh.payees.models import Incapacity, Mandate, MandateAward
from ansinh.payees.periods import rule_on
from ansinh.payees.queries import is_incapable
from ansinh.payees.records import PAYEE_NUMBER, PAYEE_PHONE
from ansinh.registry.models import Award, Person
from ansinh.registry.records import NUMBER as PERSON_NUMBER
from ansinh.rules.citizen_numbers import parse_citizen_number
from ansinh.rules.months import Month
from ansinh.rules.names import normalise_name
from ansinh.rules.payees import PayeeKind, is_minor, mandate_end, mandate_periods
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.staff.scope import opened_to_all
from ansinh.vault.sealing import blind_index, seal


class ProxyNeedsCapacity(Refusal):
    """A minor or somebody without capacity authorises nobody."""

    code = "MANDATE_PROXY_NEEDS_CAPACITY"


class PayeeTooYoung(Refusal):
    """The payee is a minor."""

    code = "MANDATE_PAYEE_TOO_YOUNG"


class PayeeIsThemself(Refusal):
    """The payee is the beneficiary."""

    code = "MANDATE_PAYEE_IS_THEMSELF"


class PayeeNumberNeeded(Refusal):
    """A natural person receives for another with their citizen number on file."""

    code = "MANDATE_PAYEE_NUMBER_NEEDED"


class MandateDatesWrong(Refusal):
    """The mandate would end before it starts; fields: starts, ends."""

    code = "MANDATE_DATES_WRONG"


class MandateOverlaps(Refusal):
    """Another mandate holds for the same award and month."""

    code = "MANDATE_OVERLAPS"


class ProxyCapReached(Refusal):
    """The payee receives for as many as one person may; fields: name, count, cap."""

    code = "MANDATE_PROXY_CAP"


class AwardNotOfPerson(Refusal):
    """An award of the scope is somebody else's or is over."""

    code = "MANDATE_AWARD_NOT_HELD"


@dataclass(frozen=True, slots=True)
class Payee:
    """Who receives: a name, a relation, and for natural persons a citizen number."""

    name: str
    relation: str
    number: str = ""
    phone: str = ""
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """The document behind a mandate."""

    title: str
    certified_by: str
    certified_on: date
    sha256: bytes | None = None


def declare_mandate(
    *, person: Person, kind: PayeeKind, payee: Payee, paper: Paper, starts_on: date, ends_on: date | None,
    by: Officer | None, at: datetime, on: date, awards: Sequence[Award] = (),
) -> Mandate:  # fmt: skip
    """Record that `payee` is to receive for `person`, for all awards or for `awards` only.

    Raises `PayeeNumberNeeded`, a `CitizenNumberNotAccepted` or `NameNotAccepted`, `PayeeIsThemself`,
    `PayeeTooYoung`, `ProxyNeedsCapacity`, `AwardNotOfPerson` or `MandateDatesWrong`.
    """
    rule, incapable = rule_on(on=on), is_incapable(person_id=person.pk, on=on)
    number = _payee_number(kind, payee)
    _check_payee(person, kind, payee, number, starts_on, incapable=incapable)
    ends = mandate_end(
        kind, starts_on=starts_on, asked_end=ends_on, born_on=person.born_on, incapable=incapable, rule=rule
    )
    if ends is not None and ends <= starts_on:
        raise MandateDatesWrong(starts=starts_on, ends=ends)
    if any(award.person_id != person.pk or award.voided for award in awards):
        raise AwardNotOfPerson
    first, until = mandate_periods(starts_on, ends)
    name = normalise_name(payee.name) if kind.is_person else payee.name.strip()
    with transaction.atomic():
        made = Mandate.objects.create(
            person=person, commune_id=person.commune_id, kind=kind.value, payee_person=payee.person,
            payee_name=name, relation=payee.relation[:60],
            payee_number_enc=seal(column=PAYEE_NUMBER, text=number) if number else None,
            payee_number_bidx=blind_index(column=PERSON_NUMBER, text=number) if number else None,
            payee_number_last4=number[-4:],
            payee_phone_enc=seal(column=PAYEE_PHONE, text=payee.phone) if payee.phone else None,
            payee_phone_last4=payee.phone[-4:], all_awards=not awards, document=paper.title[:120],
            document_sha256=paper.sha256, certified_by=paper.certified_by[:120],
            certified_on=paper.certified_on, starts_on=starts_on, ends_on=ends,
            pays_from=first.first_day, pays_until=until.first_day if until else None, made_at=at, made_by=by,
        )  # fmt: skip
        MandateAward.objects.bulk_create(
            MandateAward(mandate=made, award=award, commune_id=person.commune_id) for award in awards
        )
        _recorded(made, "declare", by=by, at=at)
    return made


def _payee_number(kind: PayeeKind, payee: Payee) -> str:
    if not kind.is_person:
        return ""
    if not payee.number:
        raise PayeeNumberNeeded
    return parse_citizen_number(payee.number, allow_invented=settings.MODE != "production").digits


def _check_payee(
    person: Person, kind: PayeeKind, payee: Payee, number: str, starts_on: date, *, incapable: bool
) -> None:
    rule = rule_on(on=starts_on)
    if number and person.number_bidx is not None:
        same = blind_index(column=PERSON_NUMBER, text=number) == bytes(person.number_bidx)
        if same or (payee.person is not None and payee.person.pk == person.pk):
            raise PayeeIsThemself
    if payee.person is not None and is_minor(payee.person.born_on, starts_on, rule):
        raise PayeeTooYoung(name=payee.name)
    if kind is PayeeKind.PROXY and (incapable or is_minor(person.born_on, starts_on, rule)):
        raise ProxyNeedsCapacity(name=person.name)


def _recorded(mandate: Mandate, act: str, *, by: Officer | None, at: datetime, **details: object) -> None:
    record(
        by=by.pk if by else None, at=at, act=f"payees.mandate_{act}", subject="mandate",
        subject_id=mandate.pk, unit_id=mandate.commune_id, details={"person": mandate.person_id, **details},
    )  # fmt: skip


def _move(mandate: Mandate, event: str, **columns: object) -> None:
    target = MANDATE.apply(MandateState(mandate.state), event)
    done = Mandate.objects.filter(pk=mandate.pk, state=mandate.state).update(
        state=target.value, version=F("version") + 1, **columns
    )
    if done == 0:
        raise ChangedMeanwhile


def _locked(mandate_id: int) -> Mandate:
    rows = Mandate.objects.select_for_update(of=("self",)).select_related("person", "made_by")
    return rows.get(pk=mandate_id)


def received_for(*, number_bidx: bytes | None, on: date, but: int) -> int:
    """For how many others a natural person receives, in any commune: only the count is looked at."""
    if number_bidx is None:
        return 0
    with opened_to_all():
        living = Mandate.objects.filter(
            payee_number_bidx=number_bidx, state=MandateState.ACTIVE.value
        ).exclude(person_id=but)
        return living.exclude(ends_on__lte=on).values("person_id").distinct().count()


def approve_mandate(*, mandate_id: int, by: Officer, at: datetime, on: date) -> Mandate:
    """Let a mandate take effect. Above the alert it is marked and a case follows (D14); above the cap
    it is refused. Raises `OwnProposal`, `ProxyCapReached`, `MandateOverlaps` or `NotFromThisState`."""
    with transaction.atomic():
        mandate, rule = _locked(mandate_id), rule_on(on=on)
        if is_same_person(one=by, other=mandate.made_by):
            raise OwnProposal
        bidx = bytes(mandate.payee_number_bidx) if mandate.payee_number_bidx else None
        others = received_for(number_bidx=bidx, on=on, but=mandate.person_id)
        if others >= rule.proxy_cap:
            raise ProxyCapReached(name=mandate.payee_name, count=others, cap=rule.proxy_cap)
        over = others + 1 >= rule.proxy_alert
        try:
            with transaction.atomic():
                _move(mandate, "approve", decided_at=at, decided_by=by, over_alert=over)
                mandate.scope.update(pays_from=mandate.pays_from, pays_until=mandate.pays_until)
        except IntegrityError as overlap:
            raise MandateOverlaps(name=mandate.person.name) from overlap
        _recorded(mandate, "approve", by=by, at=at, receives_for=others + 1)
    mandate.refresh_from_db()
    return mandate


def refuse_mandate(*, mandate_id: int, reason: str, by: Officer, at: datetime) -> None:
    """Do not let a mandate take effect, and say why. Raises `PayeeNeedsReason`, `OwnProposal` or
    `NotFromThisState`."""
    if not reason.strip():
        raise PayeeNeedsReason
    with transaction.atomic():
        mandate = _locked(mandate_id)
        if is_same_person(one=by, other=mandate.made_by):
            raise OwnProposal
        _move(mandate, "refuse", decided_at=at, decided_by=by, answer=reason[:300])
        _recorded(mandate, "refuse", by=by, at=at)


def withdraw_mandate(*, mandate_id: int, by: Officer, at: datetime) -> None:
    """Take back a mandate that waits. Raises `NotFromThisState`."""
    with transaction.atomic():
        mandate = _locked(mandate_id)
        _move(mandate, "withdraw", decided_at=at, decided_by=by)
        _recorded(mandate, "withdraw", by=by, at=at)


def revoke_mandate(*, mandate_id: int, reason: str, by: Officer, at: datetime, on: date) -> None:
    """End a mandate at once: nothing more of this month or later goes to the payee.

    Either of the two who made it may; stopping needs no second person. Raises `PayeeNeedsReason` or
    `NotFromThisState`.
    """
    if not reason.strip():
        raise PayeeNeedsReason
    with transaction.atomic():
        mandate = _locked(mandate_id)
        until = max(Month.of(on).first_day, mandate.pays_from)
        if mandate.pays_until is not None:
            until = min(until, mandate.pays_until)
        _move(mandate, "revoke", ended_at=at, ended_by=by, end_reason=reason[:200], pays_until=until)
        mandate.scope.update(pays_until=until)
        _recorded(mandate, "revoke", by=by, at=at)


def record_incapacity(
    *, person: Person, kind: str, document: str, since: date, by: Officer, at: datetime
) -> Incapacity:
    """Record a court's finding: from now on only a representative receives."""
    with transaction.atomic():
        made = Incapacity.objects.create(
            person=person, commune_id=person.commune_id, kind=kind, document=document[:120], since=since,
            made_at=at, made_by=by,
        )  # fmt: skip
        record(by=by.pk, at=at, act="payees.record_incapacity", subject="person", subject_id=person.pk,
               unit_id=person.commune_id, details={"kind": kind})  # fmt: skip
    return made
