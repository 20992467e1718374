# SPDX-License-Identifier: MPL-2.0
"""What each kind of change does to a record, once a second person has checked it.

Every effect is a conditional UPDATE on the version that the change was proposed on: a record that
changed meanwhile is not overwritten.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import F

from ansinh.legislation.load import load
from ansinh.registry.actions.people import insert_award
from ansinh.registry.models import Award, Change, OldNumber, Person, Residence
from ansinh.registry.records import OLD_NUMBER, month_day, person_columns, sealed_or_none
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.staff.scope import opened_to_all
from ansinh.vault.sealing import blind_index

Content = Mapping[str, Any]
Effect = Callable[[Change, Content, Officer, datetime], None]

AWARD_FIELDS = ("facts", "decision_number", "decided_on", "signer", "file_ref", "merit_person", "relation")


class ChangeStale(Refusal):
    """The record is no longer what it was when the change was proposed."""

    code = "CHANGE_STALE"


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


class MergeTwoNumbers(Refusal):
    """Two records with two different citizen numbers are not merged."""

    code = "MERGE_TWO_NUMBERS"


def _touch_person(change: Change, by: Officer, at: datetime, **columns: Any) -> None:
    done = Person.objects.filter(pk=change.person_id, version=change.base_version).update(
        version=F("version") + 1, changed_at=at, changed_by=by, **columns
    )
    if done == 0:
        raise ChangeStale


def _touch_award(change: Change, by: Officer, at: datetime, **columns: Any) -> None:
    assert change.award_id is not None, "this kind of change names its award"
    done = Award.objects.filter(pk=change.award_id, version=change.base_version, voided=False).update(
        version=F("version") + 1, changed_at=at, changed_by=by, **columns
    )
    if done == 0:
        raise ChangeStale


def _person(change: Change, content: Content, by: Officer, at: datetime) -> None:
    _touch_person(change, by, at, **person_columns(content))
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


def _award(change: Change, content: Content, by: Officer, at: datetime) -> None:
    columns: dict[str, Any] = {name: content[name] for name in AWARD_FIELDS if name in content}
    for name in ("first_month", "end_month"):
        if name in content:
            columns[name] = month_day(content[name])
    _touch_award(change, by, at, **columns)


def _new_award(change: Change, content: Content, by: Officer, at: datetime) -> None:
    if Award.objects.filter(
        person_id=change.person_id, code=content["code"], voided=False, end_month__isnull=True
    ).exists():
        raise AwardExists(code=load().categories[content["code"]].shown)
    insert_award(person=change.person, award=content, by=by, at=at)


def _stop(change: Change, content: Content, by: Officer, at: datetime) -> None:
    """`last_month` is the last month that is owed."""
    last = Month.parse(content["last_month"])
    assert change.award is not None, "a stop names its award"
    start = Month.of(change.award.first_month)
    if last < start:
        raise AwardEndsBeforeStart(end=last.vi, start=start.vi)
    _touch_award(change, by, at, end_month=last.first_day, end_reason=change.reason[:200])


def _suspend(change: Change, content: Content, by: Officer, at: datetime) -> None:
    _touch_award(
        change, by, at, suspended_from=month_day(content["from"]), suspended_to=None,
        suspend_reason=change.reason[:200],
    )  # fmt: skip


def _resume(change: Change, content: Content, by: Officer, at: datetime) -> None:
    """`from` is the first month that is owed again."""
    _touch_award(change, by, at, suspended_to=Month.parse(content["from"]).previous.first_day)


def _death(change: Change, content: Content, by: Officer, at: datetime) -> None:
    died = date.fromisoformat(content["died_on"])
    _touch_person(change, by, at, life="dead", life_since=died, life_source=content.get("source", "")[:60])


def _alive(change: Change, content: Content, by: Officer, at: datetime) -> None:
    """Undoes a death: the person's awards that ended by it stay ended until each is resumed."""
    _touch_person(change, by, at, life="alive", life_since=None, life_source=content.get("source", "")[:60])


def _life(change: Change, content: Content, by: Officer, at: datetime) -> None:
    since = date.fromisoformat(content["since"])
    _touch_person(change, by, at, life=content["life"], life_since=since,
                  life_source=content.get("source", "")[:60])  # fmt: skip


def _move(change: Change, content: Content, by: Officer, at: datetime) -> None:
    """To another commune from a day on: no gap, no overlap (E4). Reaches beyond the officer's own
    commune on purpose: the record goes with the person."""
    on, commune, hamlet = (
        date.fromisoformat(content["on"]),
        int(content["commune"]),
        content.get("hamlet", ""),
    )
    here = Residence.objects.get(person_id=change.person_id, validity__upper_inf=True)
    since = here.validity.lower
    if here.commune_id == commune and here.hamlet == hamlet[:120]:
        raise MoveSamePlace(unit=here.commune.name)
    if since is not None and on <= since:
        raise MoveBeforeArrival(on=on, since=since)
    with opened_to_all():
        Residence.objects.filter(pk=here.pk).update(validity=(since, on))
        Residence.objects.create(
            person_id=change.person_id, commune_id=commune, hamlet=hamlet[:120], validity=(on, None)
        )
        _touch_person(change, by, at, commune_id=commune, hamlet=hamlet[:120])
        Award.objects.filter(person_id=change.person_id).update(
            commune_id=commune, version=F("version") + 1, changed_at=at, changed_by=by
        )
        OldNumber.objects.filter(person_id=change.person_id).update(commune_id=commune)


def _merge(change: Change, content: Content, by: Officer, at: datetime) -> None:
    """The record becomes an alias of `into`; its awards and old numbers go there. What went is in
    the change, so that `_split` can bring it back."""
    into = Person.objects.select_for_update().get(pk=int(content["into"]))
    alias = Person.objects.get(pk=change.person_id)
    if alias.number_bidx and into.number_bidx and bytes(alias.number_bidx) != bytes(into.number_bidx):
        raise MergeTwoNumbers
    _touch_person(change, by, at, merged_into_id=into.pk)
    if alias.number_bidx and not into.number_bidx:
        number = {"number_enc": alias.number_enc, "number_bidx": alias.number_bidx}
        Person.objects.filter(pk=into.pk).update(
            version=F("version") + 1, changed_at=at, changed_by=by, number_last4=alias.number_last4, **number
        )
    Award.objects.filter(pk__in=content["awards"], person_id=alias.pk).update(
        person_id=into.pk, version=F("version") + 1, changed_at=at, changed_by=by
    )


def _split(change: Change, content: Content, by: Officer, at: datetime) -> None:
    """Undoes a merge: the alias lives again with what it had."""
    _touch_person(change, by, at, merged_into_id=None)
    Award.objects.filter(pk__in=content["awards"]).update(
        person_id=change.person_id, version=F("version") + 1, changed_at=at, changed_by=by
    )


EFFECTS: dict[str, Effect] = {
    "person": _person,
    "award": _award,
    "new_award": _new_award,
    "stop": _stop,
    "suspend": _suspend,
    "resume": _resume,
    "death": _death,
    "alive": _alive,
    "life": _life,
    "move": _move,
    "merge": _merge,
    "split": _split,
}
