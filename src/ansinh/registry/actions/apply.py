# SPDX-License-Identifier: MPL-2.0
"""What each kind of change does to a record, once a second person has checked it.

Every effect is a conditional UPDATE on the version that the change was proposed on: a record that
changed meanwhile is not overwritten. Each returns what the change has to remember (for undoing it).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import F

from ansinh.legislation.load import load
from ansinh.registry.actions.merge import merge, split
from ansinh.registry.actions.people import insert_award, named_if_taken
from ansinh.registry.actions.touch import ChangeStale, Remembered, touch_award, touch_person
from ansinh.registry.models import Award, Change, OldNumber, Person, Residence
from ansinh.registry.records import OLD_NUMBER, month_day, person_columns, sealed_or_none
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.staff.scope import opened_to_all
from ansinh.vault.sealing import blind_index

Content = Mapping[str, Any]
Effect = Callable[[Change, Content, Officer, datetime], Remembered]

AWARD_FIELDS = ("facts", "decision_number", "decided_on", "signer", "signer_title", "file_ref",
                "merit_person", "relation")  # fmt: skip


class MoveBeforeArrival(Refusal):
    """A move on or before the day of arrival; fields: on, since."""

    code = "MOVE_BEFORE_ARRIVAL"


class MoveSamePlace(Refusal):
    """A move to where the person lives already; fields: unit."""

    code = "MOVE_SAME_PLACE"


class AwardExists(Refusal):
    """The person has an open award of this code; fields: code (its public label)."""

    code = "AWARD_EXISTS"


class AwardEndsBeforeStart(Refusal):
    """The last month lies before the first; fields: end, start."""

    code = "AWARD_END_BEFORE_START"


class SuspendedAlready(Refusal):
    """The award is suspended already; fields: since."""

    code = "AWARD_SUSPENDED_ALREADY"


class NotSuspended(Refusal):
    """The award is not suspended, so there is nothing to resume."""

    code = "AWARD_NOT_SUSPENDED"


def _person(change: Change, content: Content, by: Officer, at: datetime) -> Remembered:
    with named_if_taken(content.get("number")):
        touch_person(change, by, at, **person_columns(content))
    if content.get("hamlet"):
        Residence.objects.filter(person_id=change.person_id, validity__upper_inf=True).update(
            hamlet=content["hamlet"][:120]
        )
    if content.get("old_number"):
        OldNumber.objects.get_or_create(
            person_id=change.person_id,
            number_bidx=blind_index(column=OLD_NUMBER, text=content["old_number"]),
            defaults={
                "commune_id": change.commune_id,
                "number_enc": sealed_or_none(OLD_NUMBER, [content["old_number"]])[0],
                "number_last4": content["old_number"][-4:],
            },
        )
    return None


def _award(change: Change, content: Content, by: Officer, at: datetime) -> Remembered:
    columns: dict[str, Any] = {name: content[name] for name in AWARD_FIELDS if name in content}
    for name in ("first_month", "end_month"):
        if name in content:
            columns[name] = month_day(content[name])
    if "derives_from" in content:
        columns["derives_from_id"] = content["derives_from"]
    first, end = _of(change).first_month, _of(change).end_month
    _in_order(columns.get("first_month", first), columns.get("end_month", end))
    touch_award(change, by, at, **columns)
    return None


def _of(change: Change) -> Award:
    assert change.award is not None, "this kind of change names its award"
    return change.award


def _in_order(first: date, end: date | None) -> None:
    if end is not None and end < first:
        raise AwardEndsBeforeStart(end=Month.of(end).vi, start=Month.of(first).vi)


def _new_award(change: Change, content: Content, by: Officer, at: datetime) -> Remembered:
    if change.person.merged_into_id is not None:
        raise ChangeStale
    no_second_award(person_id=change.person_id, code=content["code"])
    insert_award(person=change.person, award=content, by=by, at=at)
    return None


def no_second_award(*, person_id: int, code: str) -> None:
    """Raises `AwardExists` when the person has an open award of the code."""
    if Award.objects.filter(person_id=person_id, code=code, voided=False, end_month__isnull=True).exists():
        raise AwardExists(code=load().categories[code].shown)


def _stop(change: Change, content: Content, by: Officer, at: datetime) -> Remembered:
    """`last_month` is the last month that is owed. Before the first month (a death that nobody had
    reported when the award was decided) the award never counted."""
    last = month_day(content["last_month"])
    assert last is not None
    ended: dict[str, Any] = {"end_month": last, "end_reason": change.reason[:200]}
    if last < _of(change).first_month:
        ended = {"voided": True, "end_reason": change.reason[:200]}
    touch_award(change, by, at, **ended)
    return None


def _suspend(change: Change, content: Content, by: Officer, at: datetime) -> Remembered:
    """From a month on. The span before, if any, is kept: what it did not pay stays not owed."""
    award = _of(change)
    if award.suspended_from is not None and award.suspended_to is None:
        raise SuspendedAlready(since=Month.of(award.suspended_from).vi)
    earlier = list(award.earlier_suspensions)
    if award.suspended_from is not None and award.suspended_to is not None:
        earlier.append([str(Month.of(award.suspended_from)), str(Month.of(award.suspended_to))])
    touch_award(
        change, by, at, suspended_from=month_day(content["from"]), suspended_to=None,
        earlier_suspensions=earlier, suspend_reason=change.reason[:200],
    )  # fmt: skip
    return None


def _resume(change: Change, content: Content, by: Officer, at: datetime) -> Remembered:
    """`from` is the first month that is owed again. At the suspension's own first month (cleared of
    the suspicion) the suspension never was."""
    award, first = _of(change), Month.parse(content["from"])
    if award.suspended_from is None or award.suspended_to is not None:
        raise NotSuspended
    since = Month.of(award.suspended_from)
    if first < since:
        raise AwardEndsBeforeStart(end=first.vi, start=since.vi)
    if first == since:
        touch_award(change, by, at, suspended_from=None, suspended_to=None, suspend_reason="")
    else:
        touch_award(change, by, at, suspended_to=first.previous.first_day)
    return None


def _review(change: Change, _content: Content, _by: Officer, _at: datetime) -> Remembered:
    """Somebody looked and the award stays as it is; what has to change is a change of its own."""
    award = Award.objects.get(pk=_of(change).pk)
    if award.voided or award.version != change.base_version:
        raise ChangeStale
    return None


def _death(change: Change, content: Content, by: Officer, at: datetime) -> Remembered:
    died = date.fromisoformat(content["died_on"])
    touch_person(change, by, at, life="dead", life_since=died, life_source=content.get("source", "")[:60])
    return None


def _alive(change: Change, content: Content, by: Officer, at: datetime) -> Remembered:
    """Undoes a death: the person's awards that ended by it stay ended until each is resumed."""
    touch_person(change, by, at, life="alive", life_since=None, life_source=content.get("source", "")[:60])
    return None


def _life(change: Change, content: Content, by: Officer, at: datetime) -> Remembered:
    since = date.fromisoformat(content["since"])
    touch_person(change, by, at, life=content["life"], life_since=since,
                 life_source=content.get("source", "")[:60])  # fmt: skip
    return None


def _move(change: Change, content: Content, by: Officer, at: datetime) -> Remembered:
    """To another commune from a day on: no gap, no overlap (E4). Reaches beyond the officer's own
    commune on purpose: the record goes with the person."""
    on, commune = date.fromisoformat(content["on"]), int(content["commune"])
    hamlet = content.get("hamlet", "")[:120]
    here = possible_move(person=change.person, on=on, commune=commune, hamlet=hamlet)
    with opened_to_all():
        Residence.objects.filter(pk=here.pk).update(validity=(here.validity.lower, on))
        Residence.objects.create(
            person_id=change.person_id, commune_id=commune, hamlet=hamlet, validity=(on, None)
        )
        touch_person(change, by, at, commune_id=commune, hamlet=hamlet)
        Award.objects.filter(person_id=change.person_id).update(
            commune_id=commune, version=F("version") + 1, changed_at=at, changed_by=by
        )
        OldNumber.objects.filter(person_id=change.person_id).update(commune_id=commune)
        Change.objects.filter(person_id=change.person_id).update(commune_id=commune)
    return None


def possible_move(*, person: Person, on: date, commune: int, hamlet: str) -> Residence:
    """The residence that a move ends. Raises `MoveSamePlace` or `MoveBeforeArrival`."""
    here = Residence.objects.select_related("commune").get(person_id=person.pk, validity__upper_inf=True)
    since = here.validity.lower
    if here.commune_id == commune and here.hamlet == hamlet:
        raise MoveSamePlace(unit=here.commune.name)
    if since is not None and on <= since:
        raise MoveBeforeArrival(on=on, since=since)
    return here


EFFECTS: dict[str, Effect] = {
    "person": _person,
    "award": _award,
    "new_award": _new_award,
    "stop": _stop,
    "suspend": _suspend,
    "resume": _resume,
    "review": _review,
    "death": _death,
    "alive": _alive,
    "life": _life,
    "move": _move,
    "merge": merge,
    "split": split,
}
