# SPDX-License-Identifier: MPL-2.0
"""One beneficiary's place in a round. Two officers write the same list at the same time: each says
which version they saw, and the second one is shown what the first one wrote before anything is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from ansinh.audit.actions import record
from ansinh.payees.actions.accounts import declare_account
from ansinh.payees.actions.readiness import Said, Signed, keep_obstacles, keep_refusals
from ansinh.payees.lifecycles import PLACE, PlaceState
from ansinh.payees.models import Mandate, Place, PlaceEvent, Refusal
from ansinh.rules.readiness import Obstacle as Code
from ansinh.rules.refusals import Refusal as Refused
from ansinh.staff.models import Officer


class PlaceChanged(Refused):
    """Somebody wrote here since it was opened; fields: who, at."""

    code = "PLACE_CHANGED"


class ReasonNeeded(Refused):
    """Whoever does not register has a specific reason on paper."""

    code = "PLACE_REASON_NEEDED"


class FutureVisit(Refused):
    """A visit after today."""

    code = "PLACE_VISIT_IN_FUTURE"


@dataclass(frozen=True, slots=True)
class Words:
    """What an officer writes down on a visit."""

    visited_on: date | None = None
    helper: str = ""
    obstacles: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Slip:
    """The refusal slip: why, signed when and how, before whom."""

    reason: str
    signed_on: date
    signed_how: str = "signature"
    witness: str = ""


def _current(place_id: int, version: int) -> Place:
    """The place, locked, if it is still what the officer saw."""
    rows = Place.objects.select_for_update(of=("self",)).select_related("person", "changed_by")
    place = rows.get(pk=place_id)
    if place.version != version:
        raise PlaceChanged(
            who=place.changed_by.full_name if place.changed_by else "An Sinh", at=place.changed_at
        )
    return place


def _write(
    place: Place, event: str, *, by: Officer, at: datetime, details: Mapping[str, Any], **columns: Any
) -> Place:
    before = PlaceState(place.state)
    target = PLACE.apply(before, event)
    Place.objects.filter(pk=place.pk, version=place.version).update(
        state=target.value, version=F("version") + 1, changed_at=at, changed_by=by, **columns
    )
    PlaceEvent.objects.create(
        place=place, commune_id=place.commune_id, version=place.version + 1, event=event,
        from_state=before.value, to_state=target.value, details=dict(details), at=at, by=by,
    )  # fmt: skip
    record(by=by.pk, at=at, act=f"payees.place_{event}", subject="place", subject_id=place.pk,
           unit_id=place.commune_id)  # fmt: skip
    place.refresh_from_db()
    return place


def _said(words: Words) -> tuple[dict[str, Any], dict[str, Any]]:
    columns = {"visited_on": words.visited_on, "helper": words.helper[:120],
               "obstacles": list(words.obstacles), "note": words.note[:500]}  # fmt: skip
    details = columns | {"visited_on": words.visited_on.isoformat() if words.visited_on else None}
    return columns, details


def write_visit(
    *, place_id: int, version: int, met: bool, words: Words, by: Officer, at: datetime, on: date
) -> Place:
    """Record a visit. The obstacles said now are those that hold from now on.

    Raises `PlaceChanged`, `FutureVisit` or `NotFromThisState`.
    """
    if words.visited_on is not None and words.visited_on > on:
        raise FutureVisit(on=words.visited_on)
    with transaction.atomic():
        place = _current(place_id, version)
        columns, details = _said(words)
        if met:
            codes = frozenset(Code(code) for code in words.obstacles)
            keep_obstacles(said=[Said(place.person, codes, words.visited_on or on)], by=by)
        return _write(place, "visit" if met else "miss", by=by, at=at, details=details, **columns)


def settle_difference(
    *, place_id: int, version: int, agrees: bool, note: str, by: Officer, at: datetime
) -> Place:
    """Say whether a person agrees with the population register after all, or has left. Raises
    `PlaceChanged`, `ReasonNeeded` or `NotFromThisState`."""
    if not note.strip():
        raise ReasonNeeded
    with transaction.atomic():
        place = _current(place_id, version)
        return _write(place, "match" if agrees else "leave", by=by, at=at, details={"note": note[:500]},
                      note=note[:500])  # fmt: skip


def collect_account(
    *, place_id: int, version: int, bank: str, number: str, source: str, holder_name: str, words: Words,
    by: Officer, at: datetime, on: date, mandate: Mandate | None = None,
) -> Place:  # fmt: skip
    """Write down the account that somebody gave on a visit; its checks begin.

    Raises `PlaceChanged` or what `declare_account` raises.
    """
    with transaction.atomic():
        place = _current(place_id, version)
        PLACE.apply(PlaceState(place.state), "collect")
        account = declare_account(
            person=place.person, mandate=mandate, bank=bank, number=number, source=source,
            holder_name=holder_name, asserted_by=place.person.name if mandate is None else mandate.payee_name,
            asserted_on=words.visited_on or on, by=by, at=at, on=on,
        )  # fmt: skip
        columns, details = _said(words)
        if not words.obstacles:  # the account is given after the visit: what was said then still holds
            columns["obstacles"] = place.obstacles
        columns["visited_on"] = words.visited_on or place.visited_on
        return _write(place, "collect", by=by, at=at, details=details | {"account": account.pk},
                      account=account, mandate=mandate, **columns)  # fmt: skip


def collect_mandate(*, place_id: int, version: int, mandate: Mandate, by: Officer, at: datetime) -> Place:
    """Write down who will receive instead. Raises `PlaceChanged` or `NotFromThisState`."""
    with transaction.atomic():
        place = _current(place_id, version)
        return _write(place, "collect", by=by, at=at, details={"mandate": mandate.pk}, mandate=mandate)


def refuse_registration(
    *, place_id: int, version: int, slip: Slip, by: Officer, at: datetime, on: date
) -> Place:
    """Somebody does not want an account: allowed, with the reason and the signature on file.

    Raises `PlaceChanged`, `ReasonNeeded`, `FutureVisit` or `NotFromThisState`.
    """
    if not slip.reason.strip():
        raise ReasonNeeded
    if slip.signed_on > on:
        raise FutureVisit(on=slip.signed_on)
    with transaction.atomic():
        place = _current(place_id, version)
        said = {"reason": slip.reason[:300], "signed_on": slip.signed_on.isoformat()}
        done = _write(place, "refuse", by=by, at=at, note=slip.reason[:500], details=said)
        signed = Signed(place.person, slip.reason, slip.signed_on, slip.signed_how, slip.witness, place=place)
        keep_refusals(signed=[signed], by=by, at=at)
    return done


def to_cash(*, place_id: int, version: int, note: str, by: Officer, at: datetime) -> Place:
    """Leave somebody on the cash list for now, and say why. Raises `PlaceChanged`, `ReasonNeeded` or
    `NotFromThisState`."""
    if not note.strip():
        raise ReasonNeeded
    with transaction.atomic():
        place = _current(place_id, version)
        return _write(place, "to_cash", by=by, at=at, details={"note": note[:500]}, note=note[:500])


def reconsider(*, place_id: int, version: int, note: str, by: Officer, at: datetime, on: date) -> Place:
    """Somebody who refused, or was left to cash, wants an account after all."""
    with transaction.atomic():
        place = _current(place_id, version)
        Refusal.objects.filter(person_id=place.person_id, until__isnull=True).update(until=on)
        return _write(place, "reconsider", by=by, at=at, details={"note": note[:500]}, note=note[:500])
