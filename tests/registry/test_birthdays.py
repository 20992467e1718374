# SPDX-License-Identifier: MPL-2.0
"""Birthdays that change or end an award are raised for a person to decide, once."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ansinh.registry.actions.birthdays import raise_birthdays
from ansinh.registry.actions.changes import apply_change, content_of, refuse_change
from ansinh.registry.models import Change
from ansinh.rules.months import Month
from ansinh.staff.models import Officer
from tests.registry.conftest import AT, AddPerson

MARCH, POOR = Month(2024, 3), {"household": "poor"}

# age, born, award, what is proposed, from which month, part of the reason (or nothing at all)
CASES = [
    (3, "2021-03-10", {"code": "K7"} | POOR | {"disadvantaged_area": True}, "stop", "2024-04", "0 đ"),
    (4, "2020-03-10", {"code": "K1A"}, "review", "2024-04", "540.000 đ"),
    (16, "2008-03-10", {"code": "K1A"}, "stop", "2024-04", "0 đ"),
    (18, "2006-03-10", {"code": "LS_TUAT_1", "facts": {"relation": "child"}}, "stop", "2024-04", "0 đ"),
    (22, "2002-03-10", {"code": "K2", "facts": {"study_until": "2026-06"}}, "stop", "2024-04", "0 đ"),
    (60, "1964-03-10", {"code": "K6_N"}, "review", "2024-03", "720.000 đ"),
    (75, "1949-03-10", {"code": "K6_N"}, None, "", ""),
    (80, "1944-03-10", {"code": "K5A", "household": "poor"}, "review", "2024-03", "720.000 đ"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[f"{c[0]} {c[2]['code']}" for c in CASES])
def test_each_age_of_the_law_raises_what_it_changes(add: AddPerson, case: tuple[object, ...]) -> None:
    _age, born, award, kind, month, reason = case
    add(born=born, **award)  # type: ignore[arg-type]
    assert raise_birthdays(month=MARCH, at=AT) == (0 if kind is None else 1)
    if kind is not None:
        change = Change.objects.get()
        assert (change.kind, change.source, change.made_by) == (kind, "birthday", None)
        assert change.effective_month == Month.parse(str(month)).first_day
        assert str(reason) in change.reason
        assert change.citation


def test_seventy_and_seventy_five_of_the_social_pension_are_raised(add: AddPerson) -> None:
    add(born="1955-09-10", code="HTXH", household="poor", first_month="2025-07")
    add("Trần Văn Tư", born="1950-09-10", code="HTXH", first_month="2025-07")
    raise_birthdays(month=Month(2025, 9), at=AT)
    assert {change.reason.split(":")[0] for change in Change.objects.all()} == {
        "Tròn 70 tuổi",
        "Tròn 75 tuổi",
    }


def test_run_again_it_proposes_nothing_twice_whatever_was_decided(add: AddPerson, checker: Officer) -> None:
    for born in ("1964-03-01", "1964-03-31"):
        add(f"Lê Văn {'Ba' if born.endswith('1') else 'Tư'}", born=born, code="K6_N")
    assert raise_birthdays(month=MARCH, at=AT) == 2
    assert raise_birthdays(month=MARCH, at=AT) == 0
    first, second = Change.objects.order_by("pk")
    apply_change(change_id=first.pk, by=checker, at=AT)
    refuse_change(change_id=second.pk, answer="Ngày sinh sai", by=checker, at=AT)
    assert raise_birthdays(month=MARCH, at=AT) == 0
    assert Change.objects.count() == 2


def test_only_living_people_with_a_birthday_that_month(add: AddPerson) -> None:
    add(born="1964-04-01", code="K6_N")
    add("Lê Ba", born="1964-02-28", code="K6_N")
    add("Lê Tư", born="1964", code="K6_N")  # only the year is known: January
    assert raise_birthdays(month=MARCH, at=AT) == 0
    assert raise_birthdays(month=Month(2024, 1), at=AT) == 1


def test_a_stop_says_the_last_month_owed(add: AddPerson) -> None:
    add(born="2008-03-10", code="K1A")
    raise_birthdays(month=MARCH, at=AT)
    change = Change.objects.get()
    assert content_of(change=change) == {"last_month": "2024-03"}
    assert change.effective_month == date(2024, 4, 1)


def test_ten_people_cost_as_many_statements_as_one(add: AddPerson) -> None:
    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as counted:
            raise_birthdays(month=MARCH, at=AT)
        return len(counted)

    add(born="1964-03-01", code="K6_N")
    one = statements()
    for number in range(10):
        add(f"Lê Văn {'Bốn' * (number + 1)}", born="1964-03-02", code="K6_N")
    assert statements() == one
