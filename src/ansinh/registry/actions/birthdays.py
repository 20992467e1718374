# SPDX-License-Identifier: MPL-2.0
"""What birthdays change or end: raised every month for everybody, for a person to decide.

A level that rises or falls needs a decision, not a silent recalculation. Candidates come from one
statement and proposals go back in one statement a chunk, whatever the number of people.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection, transaction

from ansinh.audit.actions import record
from ansinh.legislation.load import load
from ansinh.registry.actions.events import change_of
from ansinh.registry.cases import award_case, person_case
from ansinh.registry.models import Award, Person
from ansinh.registry.records import CHANGE
from ansinh.rules.entitlement import birthdays
from ansinh.rules.entitlement.birthdays import AGES, BirthdayChange
from ansinh.rules.life_events import Action, Proposal
from ansinh.rules.money import format_vnd
from ansinh.rules.months import Month
from ansinh.statements import statement
from ansinh.vault.sealing import seal_many

CHUNK = 5_000
CITATIONS = {
    "merit": "NĐ 131/2021/NĐ-CP",
    "social_pension": "NĐ 176/2025/NĐ-CP Điều 2",
}
OTHERWISE = "NĐ 20/2021/NĐ-CP Điều 8"


class _Raised(NamedTuple):
    person: int
    award: int
    commune: int
    version: int
    family: str
    shown: str
    change: BirthdayChange


def raise_birthdays(*, month: Month, at: datetime) -> int:
    """Propose what birthdays of a month change or end; returns how many. Run again, it proposes
    nothing twice, whatever was decided meanwhile."""
    made = 0
    with transaction.atomic():
        chunk: list[_Raised] = []
        for each in _raised(month):
            chunk.append(each)
            if len(chunk) >= CHUNK:
                made += _insert(chunk, at)
                chunk = []
        made += _insert(chunk, at)
        record(by=None, at=at, act="registry.raise_birthdays", subject="register", subject_id=str(month),
               details={"month": str(month), "proposed": made})  # fmt: skip
    return made


def _raised(month: Month) -> Iterator[_Raised]:
    law = load()
    births = [Month(month.year - age, month.month) for age in AGES]
    spans = {"firsts": [each.first_day for each in births], "ends": [each.next.first_day for each in births]}
    with connection.cursor() as cursor:
        cursor.execute(statement("registry", "birthday_candidates"), spans)
        rows = cursor.fetchall()
    for row in rows:
        person, awards = _of_row(row)
        cases = tuple(award_case(award) for award in awards.values())
        for change in birthdays(law, person_case(person), cases, month, province=settings.PROVINCE):
            award, category = awards[change.code], law.categories[change.code]
            yield _Raised(person.pk, award.pk, person.commune_id, award.version, category.family,
                          category.shown, change)  # fmt: skip


def _of_row(row: Sequence[Any]) -> tuple[Person, dict[str, Award]]:
    person = Person(
        pk=row[0], commune_id=row[1], version=row[2], born_on=row[3], born_precision=row[4], sex=row[5],
        household=row[6], disadvantaged_area=row[7], pension_vnd=row[8], lives_alone=row[9],
    )  # fmt: skip
    found = {}
    for each in json.loads(row[10]):
        days = {
            name: date.fromisoformat(each[name]) if each[name] else None
            for name in ("first_month", "end_month", "suspended_from", "suspended_to")
        }
        found[each["code"]] = Award(
            pk=each["id"], code=each["code"], version=each["version"], facts=each["facts"],
            earlier_suspensions=each["earlier_suspensions"], **days,
        )  # fmt: skip
    return person, found


def _proposal(each: _Raised) -> Proposal:
    change = each.change
    reason = (
        f"Tròn {change.age} tuổi: từ {change.month.vi} mức {format_vnd(change.before_vnd)}"
        f" thành {format_vnd(change.after_vnd)}."
    )
    action = Action.STOP if change.after_vnd == 0 else Action.REVIEW
    citation = CITATIONS.get(each.family, OTHERWISE)
    return Proposal(change.code, action, change.month, reason, citation)


def _insert(chunk: Sequence[_Raised], at: datetime) -> int:
    proposals = [_proposal(each) for each in chunk]
    changes = [change_of(proposal=each) for each in proposals]
    contents = [json.dumps(content, ensure_ascii=False) for _kind, content in changes]
    columns: dict[str, Any] = {
        "people": [each.person for each in chunk],
        "awards": [each.award for each in chunk],
        "communes": [each.commune for each in chunk],
        "kinds": [kind for kind, _content in changes],
        "labels": [f"{one.shown}: {two.reason}"[:200] for one, two in zip(chunk, proposals, strict=True)],
        "contents": seal_many(column=CHANGE, texts=contents),
        "months": [each.month.first_day for each in proposals],
        "reasons": [each.reason[:300] for each in proposals],
        "citations": [each.citation for each in proposals],
        "versions": [each.version for each in chunk],
        "at": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement("registry", "insert_birthdays"), columns)
        return int(cursor.rowcount)
