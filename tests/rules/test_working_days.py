# SPDX-License-Identifier: MPL-2.0
"""Working days as alarms count them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.rules.working_days import is_working_day, working_day_before, working_days_since


@pytest.mark.parametrize(("start", "on", "days"), [
    ("2024-03-04", "2024-03-04", 0), ("2024-03-04", "2024-03-05", 1), ("2024-03-01", "2024-03-03", 0),
    ("2024-03-01", "2024-03-04", 1), ("2024-04-26", "2024-05-02", 2),  # two weekend days, two holidays
])  # fmt: skip
def test_weekends_and_fixed_holidays_do_not_count(start: str, on: str, days: int) -> None:
    assert working_days_since(date.fromisoformat(start), date.fromisoformat(on)) == days


@given(st.dates(date(2024, 1, 1), date(2030, 12, 31)), st.integers(1, 5))
def test_the_day_before_is_the_latest_that_has_waited_so_long(on: date, count: int) -> None:
    day = working_day_before(on, count)
    assert working_days_since(day, on) >= count
    assert working_days_since(day + timedelta(days=1), on) < count
    assert not is_working_day(date(2026, 9, 2))
