# SPDX-License-Identifier: MPL-2.0
"""A person and an award as one line of a layout: cells by field, in the officer's own way."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from datetime import date
from random import Random

from ansinh.demo.invented import InventedAward, InventedPerson
from ansinh.demo.lists.cells import Cell
from ansinh.demo.lists.layouts import Layout
from ansinh.rules.citizen_numbers import CitizenNumber, consistency
from ansinh.rules.dates import PartialDate
from ansinh.rules.months import Month

EXCEL_EPOCH = date(1899, 12, 30)
FIRST_SERIAL_YEAR = 1928  # below, a serial number is too small to be taken for a date
OLDEST_LIKELY = 100

# What lists call an entitlement; `tests/demo` checks that each leads to its code.
PHRASES: dict[str, str] = {
    "THUONG_BINH": "Thương binh", "THUONG_BINH_LOAI_B": "Thương binh loại B", "BB": "Bệnh binh",
    "CDHH": "Nhiễm chất độc hóa học",
    "CDHH_CON_61_80": "Con đẻ còn sống của người hoạt động kháng chiến bị nhiễm chất độc hóa học"
                      " có tỷ lệ tổn thương cơ thể từ 61% đến 80%",
    "LS_TUAT_1": "Thân nhân liệt sĩ", "LS_TUAT_2": "Thân nhân của hai liệt sĩ", "BMVNAH": "Bà mẹ VNAH",
    "TU_DAY": "Bị địch bắt tù, đày", "GDCM_HC_KHANG_CHIEN": "Người có công giúp đỡ cách mạng",
    "AHLLVT_AHLD": "Anh hùng Lực lượng vũ trang nhân dân, Anh hùng Lao động trong thời kỳ kháng chiến",
    "LS_VC_TAI_GIA": "LS_VC_TAI_GIA", "K5C": "NCT từ 80 tuổi", "K6_N": "NKT nặng",
    "K6_DBN": "NKT đặc biệt nặng", "CS_HO_DBN": "Hộ chăm sóc NKT đặc biệt nặng",
    "K5A": "NCT hộ nghèo không có người phụng dưỡng",
    "K4": "Người đơn thân nghèo nuôi con", "K1B": "Trẻ mồ côi", "K1A": "Trẻ bị bỏ rơi",
    "K5B": "Người cao tuổi từ 75 đến dưới 80 tuổi", "K7": "Trẻ em dưới 3 tuổi",
    "K8": "Người thuộc diện khó khăn đặc biệt", "K3": "Trẻ em thuộc diện đặc biệt khó khăn",
}  # fmt: skip
HOUSEHOLDS = {"poor": "Hộ nghèo", "near_poor": "Hộ cận nghèo", "other": "Không"}
SEXES = {"male": "Nam", "female": "Nữ"}


@dataclass(slots=True)
class Line:
    """One line: its cells as sent and as they should be, what must be found in it."""

    person: InventedPerson
    award: InventedAward
    cells: dict[str, Cell]
    right: dict[str, Cell]
    errors: set[str] = field(default_factory=set)
    warnings: set[str] = field(default_factory=set)
    fault: str = ""
    extra: bool = False  # stands there once too often
    hidden: bool = False
    struck: bool = False
    merged_up: bool = False  # the name's cell is merged with the one above
    needed: bool = False  # another line's fault rests on this one

    @property
    def is_clean(self) -> bool:
        """Nothing was planted in it."""
        return not self.fault and not self.extra and not self.needed and not self.person.frauds


def line_of(person: InventedPerson, award: InventedAward, layout: Layout, *, commune: str, on: date) -> Line:
    """The line without any fault, with the warnings that it raises by itself."""
    cells: dict[str, Cell] = {
        "name": shown_name(person.name, layout), "number": person.number or None,
        "old_number": person.old_number or None, "sex": SEXES[person.sex], "ethnicity": person.ethnicity,
        "hamlet": person.hamlet, "commune": commune, "phone": person.phone or None,
        "household": HOUSEHOLDS[person.household],
        "category": award.code if layout.category == "code" else PHRASES[award.code],
        "first_month": shown_month(award.first, layout), "amount": shown_amount(award.amount_vnd, layout),
        "merit_person": award.merit_person or None, "relation": award.relation or None,
    }  # fmt: skip
    facts = dict(award.facts)
    cells["percent"], cells["children"] = facts.get("injury_percent"), facts.get("children")
    set_birth(cells, person, shown_birth(person.born, layout), layout)
    set_decision(cells, award.decision_number, award.decided, layout)
    return Line(person, award, cells, dict(cells), warnings=_warnings(person, layout, on))


def _warnings(person: InventedPerson, layout: Layout, on: date) -> set[str]:
    found = set()
    if not person.number:
        found.add("NUMBER_NONE")
    elif consistency(CitizenNumber(person.number), sex=person.sex, born=person.born):
        found.add("NUMBER_DISAGREES")
    if person.born.age_on(on) >= OLDEST_LIKELY:
        found.add("AGE_UNLIKELY")
    if (
        layout.born == "serial"
        and isinstance(shown_birth(person.born, layout), int)
        and person.born.day is not None
    ):
        found.add("DATE_FROM_SERIAL")
    return found


def shown_name(name: str, layout: Layout) -> str:
    """The name as the layout's officer writes it."""
    if layout.names == "capitals":
        return name.upper()
    if layout.names == "decomposed":
        return unicodedata.normalize("NFD", name)
    if layout.names == "spaced":
        return f"{name.replace(' ', '  ', 1)}\u00a0"
    return name


def shown_birth(born: PartialDate, layout: Layout) -> Cell:
    """A birth as the layout's officer writes it."""
    if born.day is None:
        if born.month is not None:
            return f"{born.month:02d}/{born.year}"
        if layout.year_only == "zeros":
            return f"00/00/{born.year}"
        return born.year if layout.year_only == "number" else str(born.year)
    whole = born.earliest
    if layout.born == "date":
        return whole
    if layout.born == "serial" and whole.year >= FIRST_SERIAL_YEAR:
        return (whole - EXCEL_EPOCH).days
    return f"{whole:%d/%m/%Y}"


def set_birth(cells: dict[str, Cell], person: InventedPerson, value: Cell, layout: Layout) -> None:
    """Put a birth where the layout has it: one column, or one for each sex."""
    if layout.born == "split":
        cells[f"born_{person.sex}"] = value
    else:
        cells["born"] = value


def set_decision(cells: dict[str, Cell], number: str, decided: date, layout: Layout) -> None:
    """Put a decision where the layout has it: two columns, or number and day in one cell."""
    if layout.decision == "one":
        cells["decision"] = f"{number} ngày {decided:%d/%m/%Y}"
        return
    cells["decision_number"] = number
    cells["decided_on"] = f"{decided:%d/%m/%Y}" if layout.kind == "csv" or layout.born == "text" else decided


def shown_month(month: Month, layout: Layout) -> Cell:
    """A first month as the layout's officer writes it."""
    if layout.month == "date":
        return month.first_day
    if layout.month == "words":
        return f"Tháng {month.month}/{month.year}"
    return f"{month.month:02d}/{month.year}"


def shown_amount(amount_vnd: int, layout: Layout) -> Cell:
    """An amount as the layout's officer writes it."""
    if layout.amount == "number":
        return amount_vnd
    shown = f"{amount_vnd:,}".replace(",", ".")
    return f"{shown} đ" if layout.amount == "dots_unit" else shown


def vary(random: Random, line: Line, layout: Layout) -> None:
    """Ways of writing that mean the same and must cost nobody anything."""
    number = line.cells.get("number")
    if not isinstance(number, str):
        return
    roll = random.random()
    if roll < 0.02:
        line.cells["number"] = f"{number[:3]} {number[3:6]} {number[6:9]} {number[9:]}"
    elif roll < 0.03:
        line.cells["number"] = f"{number[:3]}.{number[3:6]}.{number[6:9]}.{number[9:]}"
    elif roll < 0.04 and layout.has("sex"):
        line.cells["sex"] = SEXES[line.person.sex].lower()
    elif roll < 0.05 and layout.amount == "number" and layout.kind == "xlsx":
        line.cells["amount"] = f"{line.award.amount_vnd:,}đ".replace(",", ".")
    line.right = dict(line.cells)
