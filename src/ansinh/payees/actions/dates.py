# SPDX-License-Identifier: MPL-2.0
"""What a date brings by itself: accounts become active or replaced, mandates end and are reminded of.

Payments do not wait for this: `payees_payable` goes by the dates. Run every day, and again after a
crash; nothing happens twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from ansinh.audit.actions import Entry, record_many
from ansinh.payees.actions.many import move_accounts
from ansinh.payees.actions.notices import remind_of_ends
from ansinh.payees.lifecycles import MANDATE, MandateState
from ansinh.payees.models import Account, Mandate
from ansinh.payees.periods import rule_on
from ansinh.rules.months import Month


@dataclass(frozen=True, slots=True)
class Kept:
    """How many accounts became active, were replaced, how many mandates ended, and of how many people
    were told that they will."""

    activated: int
    replaced: int
    ended: int
    reminded: int


def keep_dates(*, at: datetime, on: date) -> Kept:
    """Bring the states up to the dates, for the rows in the transaction's scope."""
    first = Month.of(on).first_day
    with transaction.atomic():
        ended = _end_mandates(at=at, on=on)
        over = Q(state__in=["approved", "active", "suspended"], usable_until__lte=first)
        replaced = _move(over, "replace", at)
        activated = _move(Q(state="approved", usable_from__lte=first), "activate", at)
        reminded = _remind(at=at, on=on)
    return Kept(activated, replaced, ended, reminded)


def _remind(*, at: datetime, on: date) -> int:
    """Once for each mandate that ends within the days of the reminder."""
    soon = on + timedelta(days=rule_on(on=on).reminder_days)
    rows = Mandate.objects.select_for_update(of=("self",)).select_related("person")
    ending = list(
        rows.filter(state=MandateState.ACTIVE.value, ends_on__gt=on, ends_on__lte=soon, reminded_on=None)
    )
    remind_of_ends(mandates=ending, at=at)
    Mandate.objects.filter(pk__in=[each.pk for each in ending]).update(reminded_on=on)
    record_many(
        by=None, at=at,
        entries=[Entry("payees.mandate_remind", "mandate", m.pk, m.commune_id) for m in ending],
    )  # fmt: skip
    return len(ending)


def _move(which: Q, event: str, at: datetime) -> int:
    """Every account that a date moves, in a few statements."""
    rows = Account.objects.select_for_update().filter(which)
    due = list(rows.order_by("pk").values_list("pk", "commune_id"))
    moved = move_accounts(
        event=event, rows=[(pk, "", "", "") for pk, _commune in due], source="", by=None, at=at
    )
    record_many(
        by=None, at=at,
        entries=[Entry(f"payees.account_{event}", "account", pk, commune) for pk, commune in due],
    )  # fmt: skip
    return moved


def _end_mandates(*, at: datetime, on: date) -> int:
    """Mandates whose day has come, whose beneficiary or payee is dead."""
    gone = Q(ends_on__lte=on) | Q(person__life="dead") | Q(payee_person__life="dead")
    found = list(
        Mandate.objects.filter(gone, state=MandateState.ACTIVE.value).select_related("person", "payee_person")
    )
    target = MANDATE.apply(MandateState.ACTIVE, "end")
    for mandate in found:
        columns: dict[str, object] = {}
        reason = "hết hạn"
        if mandate.ends_on is None or mandate.ends_on > on:
            reason = "người hưởng chết" if mandate.person.life == "dead" else "người nhận thay chết"
            until = max(Month.of(on).first_day, mandate.pays_from)
            columns["pays_until"] = min(until, mandate.pays_until or until)
            mandate.scope.update(pays_until=columns["pays_until"])
        Mandate.objects.filter(pk=mandate.pk, state=MandateState.ACTIVE.value).update(
            state=target.value, version=F("version") + 1, ended_at=at, end_reason=reason, **columns
        )
    record_many(
        by=None, at=at,
        entries=[Entry("payees.mandate_end", "mandate", m.pk, m.commune_id) for m in found],
    )  # fmt: skip
    return len(found)
