# SPDX-License-Identifier: MPL-2.0
"""Two records become one: accounts, mandates and what was said on visits go to the record that stays,
and back when the merge is undone.

Where both have the same (an account for the same months, a mandate that overlaps, one open finding), what
the record that stays has is kept, and the other's stays with the alias, where nothing is paid.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import F, Model, QuerySet

from ansinh.payees.lifecycles import WAITING, MandateState
from ansinh.payees.models import Account, AccountEvent, Incapacity, Mandate, MandateAward, Obstacle, Refusal
from ansinh.registry.models import Person
from ansinh.staff.models import Officer

Span = tuple[date | None, date | None]
HELD = (MandateState.ACTIVE.value, MandateState.ENDED.value, MandateState.REVOKED.value)


def follow(*, alias: Person, into: Person, by: Officer, at: datetime) -> dict[str, Any]:
    """Take what the alias has to the record that stays; the ids of what moved."""
    mandates = _mandates(alias, into)
    accounts = list(_own_accounts(alias, into))
    under = Account.objects.filter(person=alias, mandate_id__in=mandates)
    accounts += list(under.values_list("pk", flat=True))
    moved: dict[str, Any] = {
        "mandates": mandates, "accounts": accounts,
        "receives": list(
            Mandate.objects.filter(payee_person=alias).exclude(person=into).values_list("pk", flat=True)
        ),
        "obstacles": _without(Obstacle, alias, into, "code"),
        "refusals": _without(Refusal, alias, into),
        "incapacities": _without(Incapacity, alias, into),
    }  # fmt: skip
    _move(moved, to=into, event="move_in", other=alias, by=by, at=at)
    return moved


def undo(*, alias: Person, main: Person, remembered: Mapping[str, Any], by: Officer, at: datetime) -> None:
    """Take back to the alias what it had brought and the other record still has."""
    _move(remembered, to=alias, event="move_back", other=main, by=by, at=at)


def _move(
    moved: Mapping[str, Any], *, to: Person, event: str, other: Person, by: Officer, at: datetime
) -> None:
    where = {"person_id": to.pk, "commune_id": to.commune_id}
    Mandate.objects.filter(pk__in=moved["mandates"], person=other).update(**where, version=F("version") + 1)
    MandateAward.objects.filter(mandate_id__in=moved["mandates"]).update(commune_id=to.commune_id)
    rows = list(Account.objects.filter(pk__in=moved["accounts"], person=other))
    Account.objects.filter(pk__in=[each.pk for each in rows]).update(**where, version=F("version") + 1)
    AccountEvent.objects.bulk_create(
        AccountEvent(
            account=each, commune_id=to.commune_id, event=event, from_state=each.state, to_state=each.state,
            details={"person": other.pk}, at=at, by=by,
        )
        for each in rows
    )  # fmt: skip
    Mandate.objects.filter(pk__in=moved["receives"], payee_person=other).update(payee_person_id=to.pk)
    for model, name in ((Obstacle, "obstacles"), (Refusal, "refusals"), (Incapacity, "incapacities")):
        model._default_manager.filter(pk__in=moved[name], person=other).update(**where)


def _own_accounts(alias: Person, into: Person) -> Iterable[int]:
    """Own accounts whose months the other record has no account for, and one that waits if none does."""
    theirs = list(Account.objects.filter(person=into, mandate__isnull=True))
    taken = [(each.usable_from, each.usable_until) for each in theirs if each.usable_from is not None]
    waits = any(each.state in WAITING for each in theirs)
    for each in Account.objects.filter(person=alias, mandate__isnull=True).order_by("pk"):
        if each.state in WAITING and waits:
            continue
        span = (each.usable_from, each.usable_until)
        if each.usable_from is None or not any(_overlap(span, other) for other in taken):
            yield each.pk


def _mandates(alias: Person, into: Person) -> list[int]:
    """Mandates of the alias that overlap none of the other's, and whose payee is not the other."""
    theirs = Mandate.objects.filter(person=into, all_awards=True, state__in=HELD)
    taken = list(theirs.values_list("pays_from", "pays_until"))
    found = []
    for each in Mandate.objects.filter(person=alias).exclude(payee_person=into).order_by("pk"):
        holds = each.all_awards and each.state in HELD
        if not holds or not any(_overlap((each.pays_from, each.pays_until), span) for span in taken):
            found.append(each.pk)
    return found


def _overlap(one: Span, other: Span) -> bool:
    """Whether two spans of months, half-open, share one."""
    (first, until), (other_first, other_until) = one, other
    assert first is not None
    assert other_first is not None
    return (other_until is None or first < other_until) and (until is None or other_first < until)


def _without(model: type[Model], alias: Person, into: Person, *same: str) -> list[int]:
    """Rows of the alias but the open ones of which the other has one (of the same kind)."""
    rows: QuerySet[Any] = model._default_manager.filter(person=alias)
    still = model._default_manager.filter(person=into, until__isnull=True)
    theirs = set(still.values_list("person_id", *same))
    return [
        pk for pk, until, *kind in rows.values_list("pk", "until", *same)
        if until is not None or (into.pk, *kind) not in theirs
    ]  # fmt: skip
