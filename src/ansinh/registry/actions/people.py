# SPDX-License-Identifier: MPL-2.0
"""Adding one person with an award by hand: the same checks as a list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from ansinh.audit.actions import record
from ansinh.legislation.load import load
from ansinh.registry.models import Award, Person, Residence, SavedView
from ansinh.registry.records import NUMBER, month_day, opened_number, person_columns
from ansinh.rules.citizen_numbers import parse_citizen_number
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.vault.sealing import blind_index


class NumberTaken(Refusal):
    """A living record has this number, perhaps in another commune."""

    code = "PERSON_NUMBER_TAKEN"


class RevealNeedsReason(Refusal):
    """Looking at a whole number is recorded with its reason."""

    code = "REVEAL_NEEDS_REASON"


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
    try:
        with transaction.atomic():
            person = Person.objects.create(
                commune_id=unit_id, changed_at=at, changed_by=by, **person_columns(values)
            )
            Residence.objects.create(
                person=person, commune_id=unit_id, hamlet=person.hamlet, validity=(since, None)
            )
            if award is not None:
                insert_award(person=person, award=award, by=by, at=at)
            record(by=by.pk, at=at, act="registry.add_person", subject="person", subject_id=person.pk,
                   unit_id=unit_id)  # fmt: skip
    except IntegrityError as taken:
        raise NumberTaken from taken
    return person


def insert_award(*, person: Person, award: Mapping[str, Any], by: Officer, at: datetime) -> Award:
    """One award of a person; part of the caller's transaction."""
    first = month_day(award["first_month"])
    assert first is not None
    return Award.objects.create(
        person=person, commune_id=person.commune_id, code=award["code"],
        family=load().categories[award["code"]].family, facts=dict(award.get("facts") or {}),
        decision_number=award.get("decision_number", ""), decided_on=award.get("decided_on"),
        signer=award.get("signer", ""), first_month=first, end_month=month_day(award.get("end_month")),
        file_ref=award.get("file_ref", ""), changed_at=at, changed_by=by,
    )  # fmt: skip


def reveal_number(*, person_id: int, reason: str, by: Officer, at: datetime) -> str:
    """The whole citizen number, once, recorded with its reason. Raises `RevealNeedsReason`."""
    if not reason.strip():
        raise RevealNeedsReason
    with transaction.atomic():
        person = Person.objects.get(pk=person_id)
        record(by=by.pk, at=at, act="registry.reveal_number", subject="person", subject_id=person_id,
               unit_id=person.commune_id, details={"reason": reason[:300]})  # fmt: skip
        return opened_number(person.number_enc)


def index_of(*, number: str) -> bytes:
    """What a citizen number is found by."""
    return blind_index(column=NUMBER, text=number)


def keep_view(*, officer: Officer, name: str, query: str) -> None:
    """Keep a filter of the list of people under a name; the same name is replaced."""
    with transaction.atomic():
        SavedView.objects.update_or_create(officer=officer, name=name, defaults={"query": query})
