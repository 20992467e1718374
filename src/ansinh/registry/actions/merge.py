# SPDX-License-Identifier: MPL-2.0
"""Two records become one, and can become two again: what went over is remembered by the change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import F

from ansinh.legislation.load import load
from ansinh.registry.actions.touch import ChangeStale, Remembered, touch_person
from ansinh.registry.extensions import follow_merge, undo_merge
from ansinh.registry.models import Award, Change, OldNumber, Person
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer


class MergeTwoNumbers(Refusal):
    """Two records with two different citizen numbers are not merged."""

    code = "MERGE_TWO_NUMBERS"


class MergeTwoAwards(Refusal):
    """Both records have an open award of one code; fields: label (public)."""

    code = "MERGE_TWO_AWARDS"


class MergeElsewhere(Refusal):
    """The other record belongs to a unit that this officer does not see."""

    code = "MERGE_ELSEWHERE"


def possible_merge(*, alias: Person, into_id: int) -> Person:
    """The main record of a merge. Raises `MergeElsewhere`, `MergeTwoNumbers` or `MergeTwoAwards`."""
    into = Person.objects.select_for_update().filter(pk=into_id).first()
    if into is None:
        raise MergeElsewhere
    if into.merged_into_id is not None:
        raise ChangeStale
    if alias.number_bidx and into.number_bidx and bytes(alias.number_bidx) != bytes(into.number_bidx):
        raise MergeTwoNumbers
    both = set(_open_codes(alias)) & set(_open_codes(into))
    if both:
        raise MergeTwoAwards(label=load().categories[min(both)].shown)
    return into


def _open_codes(person: Person) -> list[str]:
    found = Award.objects.filter(person_id=person.pk, voided=False, end_month__isnull=True)
    return list(found.values_list("code", flat=True))


def merge(change: Change, content: Mapping[str, Any], by: Officer, at: datetime, /) -> Remembered:
    """The record becomes an alias of `into`; its awards, old numbers and (where the main record has
    none) its citizen number go there, and what later stages keep of it (`extensions.register_merge`)."""
    alias = Person.objects.get(pk=change.person_id)
    into = possible_merge(alias=alias, into_id=int(content["into"]))
    touch_person(change, by, at, merged_into_id=into.pk)
    gives_number = bool(alias.number_bidx) and not into.number_bidx
    if gives_number:
        Person.objects.filter(pk=into.pk).update(
            version=F("version") + 1, changed_at=at, changed_by=by, number_enc=alias.number_enc,
            number_bidx=alias.number_bidx, number_last4=alias.number_last4,
        )  # fmt: skip
    awards = list(Award.objects.filter(person_id=alias.pk).values_list("pk", flat=True))
    _hand_over(awards, into, by, at)
    known = OldNumber.objects.filter(person_id=into.pk).values("number_bidx")
    olds = OldNumber.objects.filter(person_id=alias.pk).exclude(number_bidx__in=known)
    old_numbers = list(olds.values_list("pk", flat=True))
    OldNumber.objects.filter(pk__in=old_numbers).update(person_id=into.pk, commune_id=into.commune_id)
    followed = follow_merge(alias=alias, into=into, by=by, at=at)
    return {
        "awards": awards, "old_numbers": old_numbers, "number": gives_number, "followed": followed,
    }  # fmt: skip


def _hand_over(awards: list[int], to: Person, by: Officer, at: datetime) -> None:
    Award.objects.filter(pk__in=awards).update(
        person_id=to.pk, commune_id=to.commune_id, version=F("version") + 1, changed_at=at, changed_by=by
    )


def split(change: Change, content: Mapping[str, Any], by: Officer, at: datetime, /) -> Remembered:
    """Undoes a merge: the alias lives again with what it had, and the main record without it."""
    alias = Person.objects.get(pk=change.person_id)
    main = Person.objects.select_for_update().filter(pk=int(content["from"])).first()
    if main is None:
        raise MergeElsewhere
    if alias.merged_into_id != main.pk or main.merged_into_id is not None:
        raise ChangeStale
    if content["number"] and main.number_bidx == alias.number_bidx:
        Person.objects.filter(pk=main.pk).update(
            version=F("version") + 1, changed_at=at, changed_by=by, number_enc=None, number_bidx=None,
            number_last4="",
        )  # fmt: skip
    touch_person(change, by, at, merged_into_id=None)
    _hand_over(list(content["awards"]), alias, by, at)
    OldNumber.objects.filter(pk__in=content["old_numbers"]).update(
        person_id=alias.pk, commune_id=alias.commune_id
    )
    undo_merge(alias=alias, main=main, remembered=content.get("followed", {}), by=by, at=at)
    return None
