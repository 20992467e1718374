# SPDX-License-Identifier: MPL-2.0
"""Birthdays that change or end an award are raised for a person to decide, once."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from procrastinate.contrib.django import app

from ansinh.registry.actions.birthdays import raise_birthdays
from ansinh.registry.actions.changes import apply_change, content_of, refuse_change
from ansinh.registry.jobs import raise_next_month
from ansinh.registry.models import Change
from ansinh.registry.today import waiting
from ansinh.rules.months import Month
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all
from tests.registry.conftest import AT, AddPerson, signed_in

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


def test_on_the_fifteenth_the_next_month_is_raised(add: AddPerson) -> None:
    """Midnight in Viet Nam of 15 March is 17:00 UTC of the 14th."""
    assert {each.cron for each in app.periodic_registry.periodic_tasks.values()
            if each.task.name == "registry.raise_birthdays"} == {"0 17 14 * *"}  # fmt: skip
    add(born="1964-04-20", code="K6_N")
    add("Lê Văn Ba", born="1964-03-20", code="K6_N")
    fifteenth = int(datetime(2024, 3, 14, 17, tzinfo=UTC).timestamp())
    raise_next_month(timestamp=fifteenth)
    raise_next_month(timestamp=fifteenth)
    open_to_all()
    change = Change.objects.get()
    assert (change.person.born_on, change.effective_month) == (date(1964, 4, 20), date(2024, 4, 1))


def test_what_an_age_changes_stands_on_the_persons_page_and_in_todays_work(
    add: AddPerson, maker: Officer, checker: Officer
) -> None:
    person = add(born="1964-03-10", code="K6_N")
    raise_birthdays(month=MARCH, at=AT)
    change = Change.objects.get()
    page = signed_in(maker).get(reverse("registry:person", args=[person.pk])).content.decode()
    assert "chờ xem lại do đến tuổi" in page
    tasks = {task.label: task for task in waiting(checker.pk, AT)}
    assert set(tasks) == {"Khoản hưởng chờ xem lại do đến tuổi"}
    task = tasks["Khoản hưởng chờ xem lại do đến tuổi"]
    assert (task.count, task.overdue) == (1, 1)
    listed = signed_in(checker).get(task.url).content.decode()
    assert reverse("registry:change", args=[change.pk]) in listed
    open_to_all()
    apply_change(change_id=change.pk, by=checker, at=AT)
    assert [task.label for task in waiting(checker.pk, AT)] == []
