# SPDX-License-Identifier: MPL-2.0
"""Rows 47 to 62 of the bad inputs: citizen numbers, dates, what contradicts itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.hostile.files import (
    LABELS,
    account,
    context,
    csv,
    judged,
    number_of,
    one,
    package,
    person,
    sheet_xml,
    table,
    xlsx,
)

BORN = list(LABELS).index("born")
AMOUNT = list(LABELS).index("amount")


def test_r47_a_lost_zero_is_proposed_when_place_sex_and_year_agree(tmp_path: Path) -> None:
    found = one(tmp_path, number="00176000001")
    assert (found.errors(), found.doubts()) == ([], ["NUMBER_LOST_ZERO"])
    assert found.values()["number"] == "000176000001"
    assert found.raw()["number"] == "00176000001"


@pytest.mark.parametrize("other", [{"sex": "Nam"}, {"born": "05/03/1977"}, {"sex": None}])
def test_r47_otherwise_eleven_digits_are_refused(tmp_path: Path, other: dict[str, Any]) -> None:
    assert one(tmp_path, number="00176000001", **other).errors() == ["CITIZEN_NUMBER_LENGTH"]


def test_r47_a_number_cell_that_lost_all_its_zeros_is_refused(tmp_path: Path) -> None:
    assert one(tmp_path, number=176000001).errors() == ["CITIZEN_NUMBER_OLD"]


@pytest.mark.parametrize(
    ("number", "code"),
    [("0176000001", "CITIZEN_NUMBER_LENGTH"), ("201234567", "CITIZEN_NUMBER_OLD"),
     ("0001760000011", "CITIZEN_NUMBER_LENGTH")],
)  # fmt: skip
def test_r48_other_lengths_pay_nothing(tmp_path: Path, number: str, code: str) -> None:
    found = one(tmp_path, number=number)
    assert found.errors() == [code]
    assert found.raw()["number"] == number


def test_r48_an_old_paper_beside_the_citizen_number_is_kept(tmp_path: Path) -> None:
    rows = table([person(1)])
    found = judged(tmp_path, xlsx([[*rows[0], "Số CMND cũ"], [*rows[1], "201234567"]]))
    assert (found.values()["number"], found.values()["old_number"]) == ("000176000001", "201234567")


@pytest.mark.parametrize("number", ["1.2345E+11", "1,2345E+11", "1.76E+08"])
def test_r49_a_rounded_number_is_refused(tmp_path: Path, number: str) -> None:
    assert one(tmp_path, number=number).errors() == ["CITIZEN_NUMBER_ROUNDED"]


@pytest.mark.parametrize(
    "number", ["000176000001.0", "'000176000001", "000 176 000 001", "000.176.000.001", "000-176-000-001",
               " 000176000001\n", "0001７6000001"],
)  # fmt: skip
def test_r49_and_r50_what_is_only_written_otherwise_is_evened_out(tmp_path: Path, number: str) -> None:
    found = one(tmp_path, number=number)
    assert (found.errors(), found.values()["number"]) == ([], "000176000001")


@pytest.mark.parametrize("number", ["OOO176000001", "00017600000l", "٠٠٠١٧٦٠٠٠٠٠١", "000176000001a"])
def test_r49_and_r50_letters_and_foreign_digits_are_never_guessed(tmp_path: Path, number: str) -> None:
    assert one(tmp_path, number=number).errors() == ["CITIZEN_NUMBER_LETTERS"]


@pytest.mark.parametrize(
    ("other", "says"), [({"sex": "Nam"}, ("nữ", "nam")), ({"born": "05/03/1980"}, ("1976", "1980"))]
)
def test_r51_a_number_that_disagrees_with_sex_or_year_waits(
    tmp_path: Path, other: dict[str, Any], says: tuple[str, str]
) -> None:
    found = one(tmp_path, **other)
    assert (found.errors(), found.doubts()) == ([], ["NUMBER_DISAGREES"])
    sentence = found.rows[2].warnings[0].message("vi")
    assert all(each in sentence for each in says)


@pytest.mark.parametrize(
    ("number", "code"),
    [("999176000001", "CITIZEN_NUMBER_PLACE"), ("003176000001", "CITIZEN_NUMBER_PLACE"),
     ("111111111111", "CITIZEN_NUMBER_IMPOSSIBLE"), ("000000000000", "CITIZEN_NUMBER_IMPOSSIBLE"),
     ("123456789012", "CITIZEN_NUMBER_IMPOSSIBLE")],
)  # fmt: skip
def test_r52_impossible_numbers_are_refused(tmp_path: Path, number: str, code: str) -> None:
    assert one(tmp_path, number=number).errors() == [code]


def test_r52_an_invented_place_is_refused_where_money_is_real(tmp_path: Path) -> None:
    found = judged(tmp_path, xlsx(table([person(1)])), within=context(allow_invented=False))
    assert found.errors() == ["CITIZEN_NUMBER_PLACE"]


def test_r53_the_same_number_twice_names_the_row(tmp_path: Path) -> None:
    twice = judged(tmp_path, xlsx(table([person(1), person(2), person(1)])))
    assert (twice.errors(2), twice.errors(4)) == ([], ["ROW_REPEATS"])
    assert "dòng 2" in twice.sentence(4)
    other = judged(tmp_path, xlsx(table([person(1), person(2, number=number_of(1))])))
    assert other.errors(3) == ["NUMBER_OF_ANOTHER"]
    assert "dòng 2" in other.sentence(3)


def test_r54_a_child_with_its_guardians_number_waits_and_without_papers_too(tmp_path: Path) -> None:
    child = person(
        1, name="Nguyễn Thị Bé", born="01/09/2015", number=number_of(1), category="K6_N", amount=720000
    )
    found = judged(tmp_path, xlsx(table([child])))
    assert found.doubts() == ["NUMBER_DISAGREES"]
    both = judged(tmp_path, xlsx(table([person(1), child])))
    assert both.errors(3) == ["NUMBER_OF_ANOTHER"]
    none = judged(tmp_path, xlsx(table([{**child, "number": None}])))
    assert (none.errors(), none.doubts(), none.values()["number"]) == ([], ["NUMBER_NONE"], None)
    assert "chưa chi qua tài khoản" in none.rows[2].warnings[0].message("vi")


@pytest.mark.parametrize("born", [1976, "1976", "../../1976", "00/00/1976", "--/--/1976"])
def test_r55_a_year_alone_is_stored_as_a_year(tmp_path: Path, born: object) -> None:
    found = one(tmp_path, born=born)
    assert (found.errors(), found.values()["born"]) == ([], "1976")


@pytest.mark.parametrize("born", ["01/01/1976", "1/1/1976", date(1976, 1, 1)])
def test_r55_the_first_of_january_is_asked_about(tmp_path: Path, born: object) -> None:
    found = one(tmp_path, born=born)
    assert (found.errors(), found.doubts()) == ([], ["BIRTH_FIRST_OF_JANUARY"])


@pytest.mark.parametrize("born", ["3/1976", "03/1976", "3-1976"])
def test_r56_a_month_is_stored_as_a_month(tmp_path: Path, born: str) -> None:
    assert one(tmp_path, born=born).values()["born"] == "1976-03"


@pytest.mark.parametrize("born", ["03/04/1976", "3/4/1976", "03-04-1976", "03.04.1976", "03 / 04 / 1976"])
def test_r57_the_day_comes_first(tmp_path: Path, born: str) -> None:
    assert one(tmp_path, born=born).values()["born"] == "1976-04-03"


def test_r58_a_date_cell_is_its_day_however_it_is_shown(tmp_path: Path) -> None:
    def touch(book: Any, page: Any) -> None:
        american = book.add_format({"num_format": "mm/dd/yyyy"})
        page.write_datetime(1, BORN, date(1976, 4, 3), american)

    assert judged(tmp_path, xlsx(table([person(1)]), touch=touch)).values()["born"] == "1976-04-03"


def test_r58_the_1904_date_system_is_known(tmp_path: Path) -> None:
    content = xlsx(table([person(1, born=date(1976, 4, 3))]), options={"date_1904": True})
    assert judged(tmp_path, content).values()["born"] == "1976-04-03"


def test_r58_a_serial_number_is_read_and_asked_about(tmp_path: Path) -> None:
    found = one(tmp_path, born=27853)
    assert (found.values()["born"], found.doubts()) == ("1976-04-03", ["DATE_FROM_SERIAL"])


@pytest.mark.parametrize("born", ["01/13/1976", "12/31/1976"])
def test_r58_month_before_day_is_refused(tmp_path: Path, born: str) -> None:
    assert one(tmp_path, born=born).errors() == ["DATE_NO_SUCH_MONTH"]


@pytest.mark.parametrize(
    ("born", "code"),
    [("3/4/50", "DATE_TWO_DIGIT_YEAR"), ("1850", "DATE_OUT_OF_RANGE"), ("2045", "BORN_IN_FUTURE"),
     ("29/02/1951", "DATE_NO_SUCH_DAY"), ("31/02/1950", "DATE_NO_SUCH_DAY"), ("21/03/2024", "BORN_IN_FUTURE"),
     ("5/3/76", "DATE_TWO_DIGIT_YEAR"), (0, "DATE_NOT_UNDERSTOOD"), (99, "DATE_NOT_UNDERSTOOD")],
)  # fmt: skip
def test_r59_days_that_cannot_be_are_refused(tmp_path: Path, born: object, code: str) -> None:
    assert one(tmp_path, born=born).errors() == [code]


@pytest.mark.parametrize("born", ["15/8 âm lịch 1940", "khoảng 1940", "Canh Thìn", "~1940", "1940 AL"])
def test_r60_lunar_and_approximate_dates_are_refused_with_what_to_write(tmp_path: Path, born: str) -> None:
    found = one(tmp_path, born=born)
    assert found.errors() == ["DATE_LUNAR_OR_ABOUT"]


def test_r61_an_amount_formatted_as_a_date_is_recognised(tmp_path: Path) -> None:
    def touch(book: Any, page: Any) -> None:
        page.write(1, AMOUNT, 540000, book.add_format({"num_format": "dd/mm/yyyy"}))

    found = judged(tmp_path, xlsx(table([person(1)]), touch=touch))
    assert found.errors() == ["AMOUNT_AS_DATE"]
    assert "J2" in found.sentence()


def test_r62_an_age_above_a_hundred_waits_and_one_outside_the_entitlement_is_refused(tmp_path: Path) -> None:
    old = one(tmp_path, born="05/03/1919", number=number_of(1, year=19), category="K5C", amount=None)
    assert "AGE_UNLIKELY" in old.doubts()
    young = one(tmp_path, born="05/03/2021", number=None, category="K5C", amount=None)
    assert young.errors() == ["AGE_NOT_OF_CATEGORY"]


def test_r62_what_happened_before_the_birth_is_refused(tmp_path: Path) -> None:
    assert one(tmp_path, decided_on="10/01/1970").errors() == ["DECISION_BEFORE_BIRTH"]
    answers = csv([
        ["Mã đối chiếu", "Họ và tên", "Ngày sinh", "Kết quả", "Ngày chết"],
        ["R-1", "Nguyễn Thị Lan", "05/03/1976", "Đã chết", "04/03/1976"],
        ["R-2", "Nguyễn Thị Mai", "05/03/1976", "Đã chết", "04/03/2020"],
        ["R-3", "Nguyễn Thị Mai", "1976", "Đã chết", "1976"],
    ])  # fmt: skip
    found = judged(tmp_path, answers, name="a.csv", form="population")
    assert (found.errors(2), found.errors(3), found.errors(4)) == (["DEATH_BEFORE_BIRTH"], [], [])


def test_a_number_kept_by_a_spreadsheet_as_text_or_whole_number_is_one(tmp_path: Path) -> None:
    xml = sheet_xml(table([person(1), person(2, amount=None)])).replace("<v>540000</v>", "<v>540000.0</v>")
    assert judged(tmp_path, package(xml)).done.accepted == 2
    assert account()["number"] == person()["number"]
