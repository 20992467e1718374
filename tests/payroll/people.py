# SPDX-License-Identifier: MPL-2.0
"""Invented people with awards, and the acts of a payroll as tests say them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.db import connection, transaction

from ansinh.approvals.actions import open_group, open_submission
from ansinh.approvals.models import Submission
from ansinh.ledger.actions import record_budget
from ansinh.ledger.models import Budget
from ansinh.payroll.actions.calculate import calculate
from ansinh.payroll.actions.prepare import prepare
from ansinh.payroll.models import Line, Payroll
from ansinh.places.models import Unit
from ansinh.registry.actions.people import add_person, insert_award
from ansinh.registry.models import Award, Person
from ansinh.rules.months import Month
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all, opened_to_all

AT = datetime(2024, 2, 20, 8, tzinfo=UTC)
LONG_AGO = datetime(2023, 1, 5, 8, tzinfo=UTC)
MARCH = Month(2024, 3)


def person(
    unit: Unit, by: Officer, *, name: str = "Nguyễn Thị Lan", code: str = "K6_DBN", born: str = "1970-05-02",
    first: str = "2023-01", award: dict[str, Any] | None = None, at: datetime = LONG_AGO, **values: Any,
) -> Person:  # fmt: skip
    """One person with one award decided long ago."""
    said = {
        "code": code,
        "first_month": first,
        "decision_number": "15/QĐ-UBND",
        "decided_on": date(2023, 1, 5),
    }
    with transaction.atomic(), opened_to_all():
        return add_person(
            unit_id=unit.pk, values={"name": name, "born": born, "hamlet": "Thôn 1"} | values,
            award=said | (award or {}), since=date(2020, 1, 1), by=by, at=at,
        )  # fmt: skip


def another_award(who: Person, by: Officer, *, at: datetime = LONG_AGO, **award: Any) -> Award:
    said = {"decision_number": "16/QĐ-UBND", "decided_on": date(2023, 1, 5), "first_month": "2023-01"}
    with transaction.atomic(), opened_to_all():
        return insert_award(person=who, award=said | award, by=by, at=at)


def crowd(unit: Unit, count: int, *, code: str = "K6_DBN", family: str = "social_assistance") -> None:
    """Many people, each with one award, by two statements."""
    with transaction.atomic(), connection.cursor() as cursor:
        open_to_all()
        cursor.execute(
            "INSERT INTO registry_person (number_last4, name, name_folded, sort_key, born_on,"
            " born_precision, sex, ethnicity, commune_id, hamlet, phone_last4, channel, household,"
            " disadvantaged_area, pension_vnd, lives_alone, life, life_source, version, changed_at)"
            " SELECT '', 'Trần Văn ' || n, 'tran van', n::text, date '1930-01-01' + n * 37 %% 25000,"
            " 'day', 'male', '', %s, 'Thôn ' || n %% 7, '', '',"
            " (ARRAY['poor', 'near_poor', 'other'])[n %% 3 + 1],"
            " n %% 5 = 0, 0, n %% 2 = 0, 'alive', '', 1, %s FROM generate_series(1, %s) n",
            [unit.pk, LONG_AGO, count],
        )
        cursor.execute(
            "INSERT INTO registry_award (person_id, commune_id, family, code, facts, decision_number,"
            " decided_on, signer, signer_title, first_month, end_reason, suspend_reason, file_ref,"
            " merit_person, relation, voided, version, changed_at)"
            " SELECT id, commune_id, %s, %s, '{}', '15/QĐ', '2023-01-05', '', '', '2023-01-01', '', '', '',"
            " '', '',"
            " false, 1, %s FROM registry_person p WHERE NOT EXISTS"
            " (SELECT 1 FROM registry_award a WHERE a.person_id = p.id)",
            [family, code, LONG_AGO],
        )


def payroll_of(
    unit: Unit, by: Officer, *, stream: str = "assistance", period: Month = MARCH, on: date | None = None,
    **asked: Any,
) -> Payroll:  # fmt: skip
    """Prepared and calculated."""
    day = on or (period.previous.first_day.replace(day=20))
    at = datetime(day.year, day.month, day.day, 8, tzinfo=UTC)
    made = prepare(unit=unit, stream=stream, period=period, by=by, at=at, **asked)
    return calculate(payroll_id=made.pk, by=by, at=at, on=day)


def settle(payroll: Payroll) -> Payroll:
    """As if two had approved and one had locked it (the acts themselves have tests of their own)."""
    for state in ("submitted", "approved", "locked"):
        Payroll.objects.filter(pk=payroll.pk).update(state=state)
    payroll.refresh_from_db()
    return payroll


def lines(payroll: Payroll, **wanted: Any) -> list[Line]:
    with transaction.atomic(), opened_to_all():
        return list(
            Line.objects.filter(payroll_id=payroll.pk, **wanted).order_by("benefit_month", "component")
        )


def read_through(submission: Submission, by: Officer, at: datetime) -> None:
    """Open a submission and each of its groups, as an approver does on the pages."""
    open_submission(submission_id=submission.pk, by=by, at=at)
    for group in submission.groups:
        assert open_group(
            subject=submission.subject, subject_id=submission.subject_id, group=group, by=by, at=at
        )


def budget(unit: Unit, amount: int = 10**12, *, stream: str = "assistance", year: int = 2024) -> None:
    """A decision that gives a unit money."""
    with transaction.atomic(), opened_to_all():
        record_budget(
            source=stream, commune_id=unit.pk, year=year, amount_vnd=amount,
            decision=f"{Budget.objects.count() + 1200}/QĐ-UBND", decided_on=AT.date(),
            by=Officer.objects.get(username="ke-toan"), at=AT,
        )  # fmt: skip
