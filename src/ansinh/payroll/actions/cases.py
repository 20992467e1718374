# SPDX-License-Identifier: MPL-2.0
"""The distinct cases of a calculation: assessed once each in plain Python, copied back for the join."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import connection

from ansinh.legislation.load import folder
from ansinh.payroll.facts import answer_of, component_lines, place_of, read_key, stored_answer
from ansinh.payroll.lifecycles import SETTLED
from ansinh.payroll.models import LawCopy, Payroll
from ansinh.rules.entitlement import Assessment
from ansinh.rules.known_law import in_force_days
from ansinh.rules.law import Law
from ansinh.rules.months import Month
from ansinh.statements import statement

CASE_COLUMNS = "COPY payroll_case (id, payroll_id, month, fact_key, facts, answer) FROM STDIN"
LINE_COLUMNS = (
    "COPY payroll_stage_line (run, case_id, month, fact_key, component, code, place, kind, amount_vnd)"
    " FROM STDIN"
)


MARGIN = timedelta(days=1)


@dataclass(slots=True)
class Assessed:
    """What the cases add up to: the control figures for what is stored afterwards."""

    people: int = 0
    total_vnd: int = 0
    unowed_people: int = 0
    months: set[date] = field(default_factory=set)
    unowed_cases: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Case:
    id: int
    month: date
    key: str
    people: int
    facts: dict[str, Any]
    answer: Assessment


def assess_staged(
    *, payroll_id: int, stage: str, law: Law, codes: frozenset[str], province: str | None
) -> Assessed:
    """Assess the distinct staged cases and copy cases and lines; returns the control figures."""
    with connection.cursor() as cursor:
        cursor.execute(statement("payroll", "distinct_cases").replace("{stage}", stage))
        rows = cursor.fetchall()
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('payroll_case', 'id')) FROM generate_series(1, %s)",
            [len(rows)],
        )
        ids = [int(row[0]) for row in cursor.fetchall()]
    cases = []
    for case_id, (month, key, people) in zip(ids, sorted(rows), strict=True):
        facts = read_key(key, Month.of(month), province=province)
        cases.append(_Case(case_id, month, key, int(people), facts, answer_of(law, facts)))
    _copy_cases(payroll_id, cases, codes)
    return _copy_lines(payroll_id, cases, codes)


def _copy_cases(payroll_id: int, cases: list[_Case], codes: frozenset[str]) -> None:
    with connection.cursor() as cursor, cursor.copy(CASE_COLUMNS) as copy:
        for case in cases:
            answer = json.dumps(stored_answer(case.answer, codes=codes), ensure_ascii=False)
            facts = json.dumps(case.facts, ensure_ascii=False)
            copy.write_row((case.id, payroll_id, case.month, case.key, facts, answer))


def _copy_lines(payroll_id: int, cases: list[_Case], codes: frozenset[str]) -> Assessed:
    found = Assessed()
    with connection.cursor() as cursor, cursor.copy(LINE_COLUMNS) as copy:
        for case in cases:
            _count(found, case, codes)
            for row in _lines(payroll_id, case, codes):
                copy.write_row(row)
    return found


def _count(found: Assessed, case: _Case, codes: frozenset[str]) -> None:
    lines = component_lines(case.answer, codes=codes)
    found.people += case.people
    found.months.add(case.month)
    found.total_vnd += case.people * sum(line.amount_vnd for _component, line in lines)
    if any(each.code in codes for each in case.answer.not_owed):
        found.unowed_cases.append(case.id)
        found.unowed_people += case.people


def _lines(payroll_id: int, case: _Case, codes: frozenset[str]) -> Iterator[tuple[object, ...]]:
    for component, line in component_lines(case.answer, codes=codes):
        if line.amount_vnd > 0:
            place = place_of(case.facts, line.code, Month.of(case.month))
            yield (payroll_id, case.id, case.month, case.key, component, line.code, place, line.kind,
                   line.amount_vnd)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Past:
    """The settled payrolls that a calculation looks back at: their ids, the months they paid, since when
    records that changed have not been looked at, and the cases that the law answers otherwise now."""

    payrolls: list[int]
    periods: list[date]
    looked_at: datetime
    changed_cases: list[int]


def look_back(*, payroll: Payroll, law: Law, values: Mapping[str, Any], on: date) -> Past:
    """What earlier months may owe more or less, and why: a retroactive decree makes arrears by itself."""
    past = list(
        Payroll.objects.filter(
            stream=payroll.stream, state__in=SETTLED, communes__overlap=payroll.communes,
            period__gte=values["earliest"], period__lt=payroll.period,
        ).order_by("period", "calculated_at")
    )  # fmt: skip
    days = in_force_days(law)
    latest = max(on, payroll.period)
    differing = [
        each.pk
        for each in past
        if each.law_version != law.version
        or each.known_on is None
        or any(each.known_on < day <= latest for day in days)
    ]
    months = {
        month.first_day
        for each in past
        for month in Month.range(Month.of(each.period), Month.of(each.period) + (each.months - 1))
        if month.first_day < payroll.period
    }
    return Past(
        payrolls=[each.pk for each in past], periods=sorted(months),
        looked_at=_looked_at(payroll, past), changed_cases=_changed(payroll, differing, values, law),
    )  # fmt: skip


def _looked_at(payroll: Payroll, past: list[Payroll]) -> datetime:
    """Each payroll looks at what changed before it, so only what changed since the latest month's
    matters; the commune that was calculated longest ago decides. A day's margin covers changes that
    were being written meanwhile."""
    latest: dict[int, datetime] = {}
    for each in past:
        if each.calculated_at and not each.codes:
            latest.update(dict.fromkeys(set(each.communes) & set(payroll.communes), each.calculated_at))
    return min(latest.values(), default=datetime.min.replace(tzinfo=UTC) + MARGIN) - MARGIN


def _changed(payroll: Payroll, payrolls: list[int], values: Mapping[str, Any], law: Law) -> list[int]:
    asked = {"payrolls": payrolls, "earliest": values["earliest"], "period": payroll.period}
    with connection.cursor() as cursor:
        cursor.execute(statement("payroll", "past_cases"), asked)
        rows = cursor.fetchall()
    codes = frozenset(values["codes"])
    return [int(key) for key, _month, facts, answer in rows if _differs(law, facts, answer, codes)]


def _differs(law: Law, facts: str, answer: str, codes: frozenset[str]) -> bool:
    stored = {
        line["component"]: line["amount_vnd"] for line in json.loads(answer)["lines"] if line["code"] in codes
    }
    lines = component_lines(answer_of(law, json.loads(facts)), codes=codes)
    return stored != {component: line.amount_vnd for component, line in lines}


def keep_law(*, version: str, at: datetime) -> None:
    """Keep the files of a version of the law, once, so that its payrolls can be rebuilt."""
    if LawCopy.objects.filter(version=version).exists():
        return
    base = folder()
    files = {
        path.relative_to(base).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(base.rglob("*.yaml"))
    }
    LawCopy.objects.create(version=version, files=files, kept_at=at)
