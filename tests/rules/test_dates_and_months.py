# SPDX-License-Identifier: MPL-2.0
"""Dates that people type (bad inputs 55-62), precision, benefit months."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.rules import dates
from ansinh.rules.dates import PartialDate
from ansinh.rules.months import Month, MonthNotUnderstood
from ansinh.rules.periods import Period, PeriodBackwards, without_gap_or_overlap


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("03/04/1950", "1950-04-03"), ("3-4-1950", "1950-04-03"), ("3.4.1950", "1950-04-03"),
        ("1950-04-03", "1950-04-03"), ("1950-04-03 00:00:00", "1950-04-03"), ("1945", "1945"),
        ("../../1945", "1945"), ("00/00/1945", "1945"), ("3/1945", "1945-03"), ("03-1945", "1945-03"),
        ("1945-03", "1945-03"), ("29/02/1952", "1952-02-29"), ("'05/03/1950", "1950-03-05"),
        ("1945.0", "1945"),
    ],
)  # fmt: skip
def test_day_comes_before_month_and_precision_is_kept(typed: str, iso: str) -> None:
    assert PartialDate.parse(typed).iso == iso


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("13/15/1950", "DATE_NO_SUCH_MONTH"), ("01/13/1950", "DATE_NO_SUCH_MONTH"),
        ("31/02/1950", "DATE_NO_SUCH_DAY"), ("29/02/1951", "DATE_NO_SUCH_DAY"),
        ("3/4/50", "DATE_TWO_DIGIT_YEAR"), ("1850", "DATE_OUT_OF_RANGE"), ("2145", "DATE_OUT_OF_RANGE"),
        ("khoảng 1940", "DATE_LUNAR_OR_ABOUT"), ("Canh Thìn", "DATE_LUNAR_OR_ABOUT"),
        ("~1940", "DATE_LUNAR_OR_ABOUT"), ("", "DATE_NOT_UNDERSTOOD"), ("abc", "DATE_NOT_UNDERSTOOD"),
        ("16530", "DATE_NOT_UNDERSTOOD"), ("١٩٤٥", "DATE_NOT_UNDERSTOOD"),
    ],
)  # fmt: skip
def test_what_is_no_date_and_why(typed: str, code: str) -> None:
    with pytest.raises(dates.DateNotUnderstood) as refused:
        PartialDate.parse(typed)
    assert refused.value.code == code


@given(st.text(max_size=30))
def test_parsing_raises_nothing_but_its_own_refusal(text: str) -> None:
    try:
        PartialDate.parse(text)
    except dates.DateNotUnderstood as refused:
        assert refused.vi
        assert refused.en


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_what_is_printed_reads_back(day: date) -> None:
    assert dates.parse_date(dates.format_date(day)) == day
    assert PartialDate.parse(PartialDate.of(day).iso).earliest == day


def test_an_unknown_day_counts_from_the_first() -> None:
    assert PartialDate(1945).legal_birthday == date(1945, 1, 1)
    assert PartialDate(1945, 3).legal_birthday == date(1945, 3, 1)
    assert PartialDate(1945).latest == date(1945, 12, 31)
    assert PartialDate(1945).could_be(PartialDate(1945, 4, 3))
    assert not PartialDate(1945, 3).could_be(PartialDate(1945, 4, 3))


def test_the_first_of_january_is_doubtful() -> None:
    assert PartialDate(1945, 1, 1).is_doubtful
    assert not PartialDate(1945).is_doubtful


def test_whole_dates_only_where_a_whole_date_is_needed() -> None:
    with pytest.raises(dates.DateNotWhole):
        dates.parse_date("1945")


@pytest.mark.parametrize(
    ("serial", "since_1904", "day"),
    [(16530, False, date(1945, 4, 3)), (15068, True, date(1945, 4, 3)), (61, False, date(1900, 3, 1))],
)
def test_excel_serials_in_both_date_systems(serial: int, since_1904: bool, day: date) -> None:
    assert dates.from_excel_serial(serial, since_1904=since_1904) == day


def test_an_amount_is_no_excel_date() -> None:
    with pytest.raises(dates.DateNotUnderstood):
        dates.from_excel_serial(500_000)


def test_a_birthday_on_29_february_comes_on_1_march() -> None:
    born = date(1952, 2, 29)
    assert dates.age_on(born, date(2023, 2, 28)) == 70
    assert dates.age_on(born, date(2023, 3, 1)) == 71


def test_the_month_turns_at_midnight_in_viet_nam() -> None:
    assert Month.at(datetime(2024, 1, 31, 17, 0, tzinfo=UTC)) == Month(2024, 2)
    assert Month.at(datetime(2024, 1, 31, 16, 59, tzinfo=UTC)) == Month(2024, 1)
    with pytest.raises(ValueError, match="time zone"):
        Month.at(datetime(2024, 1, 31, 17, 0))  # noqa: DTZ001 - the point of the test


@given(st.integers(1900, 2100), st.integers(1, 12), st.integers(-500, 500))
def test_months_step_like_integers(year: int, month: int, by: int) -> None:
    start = Month(year, month)
    assert start.until(start + by) == by
    assert (start + by) - by == start
    assert Month.parse(str(start)) == start
    assert start.last_day.toordinal() + 1 == start.next.first_day.toordinal()


def test_a_span_of_months_holds_both_ends() -> None:
    span = list(Month.range(Month(2023, 11), Month(2024, 2)))
    assert [str(month) for month in span] == ["2023-11", "2023-12", "2024-01", "2024-02"]


@pytest.mark.parametrize("text", ["2024-13", "13/2024", "2024", "", "8-24", "tháng tám"])
def test_what_is_no_month(text: str) -> None:
    with pytest.raises(MonthNotUnderstood):
        Month.parse(text)


def test_periods_are_half_open() -> None:
    old, new = Period(date(2024, 1, 1), date(2025, 7, 1)), Period(date(2025, 7, 1))
    assert date(2025, 6, 30) in old
    assert date(2025, 7, 1) not in old
    assert old.abuts(new)
    assert not old.overlaps(new)
    assert without_gap_or_overlap([new, old])
    assert not without_gap_or_overlap([new, Period(date(2024, 1, 1), date(2025, 6, 30))])
    assert old.intersection(Period(date(2025, 6, 1))) == Period(date(2025, 6, 1), date(2025, 7, 1))
    with pytest.raises(PeriodBackwards):
        Period(date(2024, 1, 1), date(2024, 1, 1))
