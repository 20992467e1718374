# SPDX-License-Identifier: MPL-2.0
"""Rules raise cases, people decide them. A case is a question; its outcome measures its rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from ansinh.audit.actions import Entry, record, record_many
from ansinh.payees.actions.steps import ChangedMeanwhile, OwnProposal, PayeeNeedsReason, is_same_person
from ansinh.payees.actions.uses import suspend_account
from ansinh.payees.lifecycles import CASE, CaseState
from ansinh.payees.models import Case, CasePerson, Insider
from ansinh.payees.models.cases import OUTCOMES
from ansinh.payees.periods import rule_on
from ansinh.registry.records import NUMBER, PHONE
from ansinh.rules.names import fold_name
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.statements import statement
from ansinh.vault.sealing import blind_index_many, open_many

DUE = timedelta(days=10)
LOOK_BACK = timedelta(days=62)
OFFICER_NUMBER = "staff_officer.citizen_number"


@dataclass(frozen=True, slots=True)
class Rule:
    """A fraud rule of docs/reference/payees.md: its query, whether it holds payments meanwhile, whose
    move it is. `elsewhere`: another unit than the commune decides. `package` keeps the query, `figures`
    are its thresholds."""

    code: str
    query: str
    holds: bool
    owner: str
    elsewhere: bool = False
    package: str = "payees"
    figures: tuple[tuple[str, int], ...] = ()


RULES = (
    Rule("D6", "d6_shared_account", holds=True, owner="commune_leader"),
    Rule("D7", "d7_officials_account", holds=True, owner="department_approver", elsewhere=True),
    Rule("D8", "d8_changes_before_pay_day", holds=False, owner="commune_leader"),
    Rule("D9", "d9_change_and_back", holds=False, owner="commune_leader"),
    Rule("D11", "d11_name_mismatch", holds=True, owner="commune_leader"),
    Rule("D14", "d14_proxy_cluster", holds=False, owner="commune_leader"),
)

_LATER: dict[str, Rule] = {}


def register_rules(rules: Iterable[Rule]) -> None:
    """A later stage adds its rules; the same code twice is one rule."""
    _LATER.update({rule.code: rule for rule in rules})


def known_rules() -> tuple[Rule, ...]:
    """Every rule: of accounts and mandates, and those that later stages registered."""
    return (*RULES, *_LATER.values())


def rule_named(*, code: str) -> Rule:
    """The rule of a case."""
    return next(rule for rule in known_rules() if rule.code == code)


class OutcomeUnknown(Refusal):
    """A case is closed with one of the outcomes."""

    code = "CASE_OUTCOME_NEEDED"


class OtherUnitDecides(Refusal):
    """A case about an officer is decided by another unit."""

    code = "CASE_OTHER_UNIT_DECIDES"


def raise_cases(*, at: datetime, on: date) -> dict[str, int]:
    """Run every rule over the rows in the transaction's scope; returns how many cases each raised.

    Run as often as wanted: the same facts are one case, also after it was decided.
    """
    figures = rule_on(on=on)
    numbers, phones, names = _insiders(on)
    values: dict[str, Any] = {
        "at": at, "on": on, "due_on": on + DUE, "since": at - LOOK_BACK, "officer_numbers": numbers,
        "officer_phones": phones, "officer_names": names,
        "cut_off_day": figures.cut_off_day, "cooling_days": figures.cooling_days,
        "proxy_alert": figures.proxy_alert,
    }  # fmt: skip
    raised: dict[str, int] = {}
    with transaction.atomic(), connection.cursor() as cursor:
        for rule in known_rules():
            found = statement(rule.package, rule.query)
            text = statement("payees", "raise_cases").replace("    FOUND\n", found)
            said_of = {"rule": rule.code, "holds": rule.holds, "owner": rule.owner}
            cursor.execute(text, values | dict(rule.figures) | said_of)
            made = cursor.fetchall()
            raised[rule.code] = len(made)
            said = {"rule": rule.code}
            entries = [Entry("payees.raise_case", "case", pk, unit, said) for pk, unit in made]
            record_many(by=None, at=at, entries=entries)
    return raised


def _insiders(on: date) -> tuple[list[bytes], list[bytes], list[str]]:
    """Officers, village heads, cashiers and declared relatives: blind indexes of their citizen numbers and
    phones as the register would have them, and their names as a bank would print them."""
    still = Q(until__isnull=True) | Q(until__gt=on)
    close = list(Insider.objects.filter(still).values_list("number_bidx", "phone_bidx", "name"))
    known = list(Officer.objects.values_list("citizen_number_enc", "phone", "full_name"))
    numbers = open_many(column=OFFICER_NUMBER, sealed=[sealed for sealed, _phone, _name in known])
    phones = ["".join(filter(str.isdigit, phone)) for _sealed, phone, _name in known]
    return (
        blind_index_many(column=NUMBER, texts=numbers) + [bytes(number) for number, _phone, _name in close],
        blind_index_many(column=PHONE, texts=[phone for phone in phones if phone])
        + [bytes(phone) for _number, phone, _name in close if phone is not None],
        [fold_name(name).upper() for _one, _other, name in [*known, *close]],
    )


def decide_case(
    *, case_id: int, outcome: str, note: str, from_elsewhere: bool, by: Officer, at: datetime
) -> Case:
    """Close a case with its outcome. Anything but legitimate suspends the accounts in doubt.

    Not by the one who declared one of them; one about an officer only from another unit
    (`from_elsewhere`). Raises `OutcomeUnknown`, `PayeeNeedsReason`, `OtherUnitDecides`, `OwnProposal`
    or `NotFromThisState`.
    """
    if outcome not in OUTCOMES:
        raise OutcomeUnknown
    if not note.strip():
        raise PayeeNeedsReason
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case_id)
        target = CASE.apply(CaseState(case.state), "decide")
        if not from_elsewhere and rule_named(code=case.rule).elsewhere:
            raise OtherUnitDecides
        people = CasePerson.objects.filter(case=case).select_related("account__made_by")
        accounts = {each.account.pk: each.account for each in people if each.account is not None}
        if any(is_same_person(one=by, other=account.made_by) for account in accounts.values()):
            raise OwnProposal
        done = Case.objects.filter(pk=case.pk, state=case.state).update(
            state=target.value, outcome=outcome, note=note[:500], decided_at=at, decided_by=by
        )
        if done == 0:
            raise ChangedMeanwhile
        if outcome != "legitimate":
            for account in accounts.values():
                if account.state in {"approved", "active"}:
                    suspend_account(account_id=account.pk, fault="case_of_doubt", note=note, by=by, at=at)
        record(by=by.pk, at=at, act="payees.decide_case", subject="case", subject_id=case.pk,
               unit_id=case.commune_id, details={"rule": case.rule, "outcome": outcome})  # fmt: skip
    case.refresh_from_db()
    return case


def reopen_case(*, case_id: int, reason: str, by: Officer, at: datetime) -> None:
    """Look at a decided case again. Raises `PayeeNeedsReason` or `NotFromThisState`."""
    if not reason.strip():
        raise PayeeNeedsReason
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case_id)
        target = CASE.apply(CaseState(case.state), "reopen")
        Case.objects.filter(pk=case.pk).update(state=target.value, outcome="", note=reason[:500])
        record(by=by.pk, at=at, act="payees.reopen_case", subject="case", subject_id=case.pk,
               unit_id=case.commune_id, details={"reason": reason[:300]})  # fmt: skip
