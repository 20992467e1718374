# SPDX-License-Identifier: MPL-2.0
"""Adding one person with an award by hand: the same checks as a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction

from ansinh.audit.actions import record
from ansinh.audit.models import Event
from ansinh.legislation.load import load
from ansinh.registry.models import Award, OldNumber, Person, Residence, SavedView
from ansinh.registry.records import (
    NUMBER,
    OLD_NUMBER,
    month_day,
    opened_number,
    person_columns,
    sealed_or_none,
)
from ansinh.rules.citizen_numbers import parse_citizen_number
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.vault.sealing import blind_index


class NumberTaken(Refusal):
    """A living record has this number, perhaps in another commune."""

    code = "PERSON_NUMBER_TAKEN"


class NumberTakenElsewhere(NumberTaken):
    """A living record of another unit has this number; nothing of it is shown."""

    code = "PERSON_NUMBER_TAKEN_ELSEWHERE"


class RevealNeedsReason(Refusal):
    """Looking at a whole number is recorded with its reason."""

    code = "REVEAL_NEEDS_REASON"


class RevealQuota(Refusal):
    """Too many numbers shown within an hour; fields: count."""

    code = "REVEAL_QUOTA"


MOST_REVEALS = 20  # an hour and officer: a clerk with a queue of people needs about five
REVEAL, REVEAL_REFUSED = "registry.reveal_number", "registry.reveal_over_quota"
ONE_RECORD = "registry_person_one_living_record"


def taken(*, number: str) -> NumberTaken | None:
    """The refusal when a living record has the number, in sight of this transaction or elsewhere."""
    index = blind_index(column=NUMBER, text=number)
    if Person.objects.filter(number_bidx=index, merged_into__isnull=True).exists():
        return NumberTaken()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM registry_numbers_taken(%s)", [[index]])
        return NumberTakenElsewhere() if cursor.fetchone() else None


@contextmanager
def named_if_taken(number: str | None) -> Iterator[None]:
    """Turn the database's refusal of a second living record into `NumberTaken`."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as refused:
        if number is None or ONE_RECORD not in str(refused):
            raise
        raise (taken(number=number) or NumberTaken()) from refused


def add_person(
    *, unit_id: int, values: Mapping[str, Any], award: Mapping[str, Any] | None, since: date,
    by: Officer, at: datetime,
) -> Person:  # fmt: skip
    """Add a person who lives in a commune since a day, with their first award.

    `values` holds name, born (ISO, perhaps partial), number, sex, hamlet, phone, household…; `award`
    code, facts, decision_number, decided_on, first_month (2024-03). Raises `NumberTaken` or a
    `CitizenNumberNotAccepted`.
    """
    if values.get("number"):
        parse_citizen_number(values["number"], allow_invented=settings.MODE != "production")
    with transaction.atomic():
        with named_if_taken(values.get("number")):
            person = Person.objects.create(
                commune_id=unit_id, changed_at=at, changed_by=by, **person_columns(values)
            )
        Residence.objects.create(
            person=person, commune_id=unit_id, hamlet=person.hamlet, validity=(since, None)
        )
        if values.get("old_number"):
            _add_old_number(person, values["old_number"])
        if award is not None:
            insert_award(person=person, award=award, by=by, at=at)
        record(by=by.pk, at=at, act="registry.add_person", subject="person", subject_id=person.pk,
               unit_id=unit_id)  # fmt: skip
    return person


def _add_old_number(person: Person, number: str) -> None:
    OldNumber.objects.create(
        person=person, commune_id=person.commune_id, number_last4=number[-4:],
        number_enc=sealed_or_none(OLD_NUMBER, [number])[0],
        number_bidx=blind_index(column=OLD_NUMBER, text=number),
    )  # fmt: skip


def insert_award(*, person: Person, award: Mapping[str, Any], by: Officer, at: datetime) -> Award:
    """One award of a person; part of the caller's transaction."""
    first = month_day(award["first_month"])
    assert first is not None
    return Award.objects.create(
        person=person, commune_id=person.commune_id, code=award["code"],
        family=load().categories[award["code"]].family, facts=dict(award.get("facts") or {}),
        decision_number=award.get("decision_number", ""), decided_on=award.get("decided_on"),
        signer=award.get("signer", ""), signer_title=award.get("signer_title", ""), first_month=first,
        end_month=month_day(award.get("end_month")), file_ref=award.get("file_ref", ""),
        merit_person=award.get("merit_person", ""), relation=award.get("relation", ""),
        derives_from_id=award.get("derives_from"), changed_at=at, changed_by=by,
    )  # fmt: skip


def reveal_number(*, person_id: int, reason: str, by: Officer, at: datetime) -> str:
    """The whole citizen number, once, recorded with its reason. Raises `RevealNeedsReason`, or
    `RevealQuota` when the officer has shown `MOST_REVEALS` within an hour (which is recorded too)."""
    if not reason.strip():
        raise RevealNeedsReason
    shown = Event.objects.filter(by=by.pk, act=REVEAL, at__gt=at - timedelta(hours=1)).count()
    if shown >= MOST_REVEALS:
        with transaction.atomic():
            record(by=by.pk, at=at, act=REVEAL_REFUSED, subject="officer", subject_id=by.pk,
                   details={"shown": shown, "person": person_id})  # fmt: skip
        raise RevealQuota(count=shown)
    with transaction.atomic():
        person = Person.objects.get(pk=person_id)
        record(by=by.pk, at=at, act=REVEAL, subject="person", subject_id=person_id,
               unit_id=person.commune_id, details={"reason": reason[:300]})  # fmt: skip
        return opened_number(person.number_enc)


def forget_view(*, officer: Officer, name: str) -> None:
    """Forget a kept filter."""
    with transaction.atomic():
        SavedView.objects.filter(officer=officer, name=name).delete()


def keep_view(*, officer: Officer, name: str, query: str) -> None:
    """Keep a filter of the list of people under a name; the same name is replaced."""
    with transaction.atomic():
        SavedView.objects.update_or_create(officer=officer, name=name, defaults={"query": query})
