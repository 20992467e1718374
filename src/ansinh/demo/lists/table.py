# SPDX-License-Identifier: MPL-2.0
"""Lines into a sheet, with everything that stands around them, and the truth of every row."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from random import Random
from typing import Any

from ansinh.demo.invented import InventedCommune
from ansinh.demo.lists.cells import Cell, Formula, SheetPlan
from ansinh.demo.lists.faults import group_of, plant_faults
from ansinh.demo.lists.layouts import Layout
from ansinh.demo.lists.legacy import to_tcvn3, to_vni
from ansinh.demo.lists.lines import PHRASES, Line, line_of, vary
from ansinh.rules.law import Law
from ansinh.rules.money import in_words_vi, parse_vnd
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV",
         "XVI", "XVII", "XVIII", "XIX", "XX", "XXI", "XXII", "XXIII", "XXIV", "XXV")  # fmt: skip
FAULTS_IN_A_HUNDRED = 6
FONTS = {"TCVN3": ".VnTime", "VNI": "VNI-Times", "": "Times New Roman"}


@dataclass(slots=True)
class RowTruth:
    """What must become of one row."""

    row: int
    outcome: str  # accepted, rejected, skipped
    person: str = ""
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    fault: str = ""
    register: tuple[str, ...] = ()  # what only the register can know: a number of another commune
    amount_vnd: int = 0


@dataclass(slots=True)
class FileTruth:
    """What must become of a file; `payload` is the JSON beside it."""

    file: str
    unit: str
    form: str
    month: Month
    layout: str
    seed: int
    rows: list[RowTruth] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def count(self, outcome: str) -> int:
        """How many rows must have this outcome."""
        return sum(each.outcome == outcome for each in self.rows)

    @property
    def warnings(self) -> set[str]:
        """Every warning that somebody has to decide about."""
        return {code for each in self.rows if each.outcome == "accepted" for code in each.warnings}

    def payload(self) -> dict[str, Any]:
        """As JSON (docs/reference/demo.md)."""
        return {
            "file": self.file, "unit": self.unit, "form": self.form, "month": str(self.month),
            "layout": self.layout, "seed": self.seed, "notices": self.notices,
            "totals": {
                "rows": len(self.rows), "accepted": self.count("accepted"),
                "rejected": self.count("rejected"),
                "skipped": self.count("skipped"), "planted": sum(bool(each.fault) for each in self.rows),
                "sum_vnd": sum(each.amount_vnd for each in self.rows if each.outcome == "accepted"),
            },
            "decisions": dict.fromkeys(sorted(self.warnings), "keep"),
            "rows": [
                {"row": each.row, "outcome": each.outcome, "person": each.person, "errors": list(each.errors),
                 "warnings": list(each.warnings), "fault": each.fault, "register": list(each.register)}
                for each in self.rows
            ],
        }  # fmt: skip


@dataclass(slots=True)
class ListFile:
    """A list ready to be written: its sheets, its layout, its truth."""

    sheets: list[SheetPlan]
    layout: Layout
    truth: FileTruth
    lines: list[Line]


def lines_of(
    *, invented: InventedCommune, layout: Layout, seed: int, month: Month, law: Law,
    share: int = FAULTS_IN_A_HUNDRED,
) -> list[Line]:  # fmt: skip
    """The lines of a commune's list of a month in their order, with faults planted in `share` of a
    hundred."""
    random = Random(f"lines {seed} {invented.commune.code} {month}")
    lines = [
        line_of(person, award, layout, commune=invented.commune.name, on=month.last_day)
        for person in invented.on_list(month)
        for award in person.awards
        if award.first <= month
    ]
    order = {code: place for place, code in enumerate(PHRASES)}
    if layout.grouped == "category":
        lines.sort(key=lambda line: order[line.award.code])
    elif layout.grouped == "hamlet" or layout.merged_hamlets:
        lines.sort(key=lambda line: line.person.hamlet)
    for line in lines:
        vary(random, line, layout)
    plant_faults(
        random=random, lines=lines, layout=layout, law=law, commune=invented.commune.name, share=share
    )
    return lines


def corrected(lines: list[Line]) -> list[Line]:
    """The lines as the officer sends them again: faulty cells put right, repeated lines gone. What
    was only doubtful stays as it is."""
    return [
        Line(
            line.person, line.award, dict(line.right if line.errors else line.cells), line.right, set(),
            set(line.warnings), "" if line.errors else line.fault, hidden=line.hidden, struck=line.struck,
        )
        for line in lines if not line.extra
    ]  # fmt: skip


def list_file(
    *, invented: InventedCommune, layout: Layout, seed: int, month: Month, lines: list[Line], name: str
) -> ListFile:
    """The sheets of a list and its truth."""
    truth = FileTruth(name, invented.commune.code, "awards", month, layout.name, seed)
    sheet = SheetPlan("DS chi trả", font=FONTS[layout.font])
    _Arranger(invented, layout, month, sheet, truth).arrange(lines)
    sheets = [sheet]
    if layout.cover_sheet:
        sheets.insert(0, _cover(invented, month))
    if layout.hidden_sheet:
        codes: list[list[Cell]] = [[code, text] for code, text in PHRASES.items()]
        sheets.append(SheetPlan("Danh mục", [["Mã", "Tên chế độ"], *codes], hidden=True))
        truth.notices.append("SHEET_HIDDEN")
    if layout.kind == "xls":
        truth.notices.append("XLS_NOT_SEEN")
    if layout.font:
        for each in sheets:
            each.rows = [[_encoded(cell, layout.font) for cell in row] for row in each.rows]
    return ListFile(sheets, layout, truth, lines)


def _encoded(cell: Cell, font: str) -> Cell:
    if not isinstance(cell, str):
        return cell
    return to_tcvn3(cell) if font == "TCVN3" else to_vni(cell)


def _cover(invented: InventedCommune, month: Month) -> SheetPlan:
    texts = (
        f"ỦY BAN NHÂN DÂN {invented.commune.name.upper()}", "HỒ SƠ CHI TRẢ TRỢ CẤP",
        f"Tháng {month.month} năm {month.year}",
    )  # fmt: skip
    rows: list[list[Cell]] = [[None, text] for text in texts]
    return SheetPlan("Bìa", [[None], *rows])


class _Arranger:
    """Writes one list into a sheet, row by row, and keeps its truth."""

    def __init__(
        self, invented: InventedCommune, layout: Layout, month: Month, sheet: SheetPlan, truth: FileTruth
    ) -> None:
        self.invented, self.layout, self.month, self.sheet, self.truth = invented, layout, month, sheet, truth
        self.fields = [name for name, _header in layout.columns]
        self.sum_vnd = 0  # of all rows so far, as the sheet's own sum would be

    def row(self, **cells: Cell) -> list[Cell]:
        """A row with cells by field."""
        return [cells.get(field) for field in self.fields]

    def skipped(self, cells: list[Cell]) -> None:
        """Add a row that is no person's."""
        self.truth.rows.append(RowTruth(self.sheet.add(cells), "skipped"))

    def arrange(self, lines: list[Line]) -> None:
        """The whole sheet."""
        if self.layout.titles:
            self._titles()
        self._header()
        if self.layout.numbered_columns:
            self.skipped([f"({number})" for number in range(1, len(self.fields) + 1)])
        running = 0
        grouped = groupby(lines, key=lambda line: group_of(line, self.layout))
        for place, (group, members) in enumerate(grouped):
            if self.layout.grouped:
                title = PHRASES.get(group, group)
                self.skipped(self.row(order=ROMAN[place % len(ROMAN)], name=title))
            if self.layout.restarts:
                running = 0
            before = self.sum_vnd
            running = self._members(list(members), running)
            if self.layout.grouped and self.layout.totals:
                label = f"Cộng nhóm {ROMAN[place % len(ROMAN)]}"
                self.skipped(self.row(name=label, amount=self.sum_vnd - before))
            if self.layout.blank_lines:
                self.sheet.add([None] * len(self.fields))
        if self.layout.totals:
            self.skipped(self.row(name="Tổng cộng", amount=self.sum_vnd))
            self.skipped(self.row(name=f"Bằng chữ: {in_words_vi(self.sum_vnd)}"))
        if self.layout.signatures:
            self._signatures()

    def _titles(self) -> None:
        apart: list[Cell] = [None] * max(len(self.fields) - 4, 0)
        titles: tuple[list[Cell], ...] = (
            [f"ỦY BAN NHÂN DÂN {self.invented.commune.name.upper()}", *apart,
             "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
            [self.invented.commune.district_name, *apart, "Độc lập - Tự do - Hạnh phúc"],
            [None],
            [None, "DANH SÁCH ĐỐI TƯỢNG HƯỞNG TRỢ CẤP HẰNG THÁNG"],
            [None, f"Tháng {self.month.month} năm {self.month.year}"],
        )  # fmt: skip
        for cells in titles:
            self.sheet.add(cells)

    def _header(self) -> None:
        headers = [header for _field, header in self.layout.columns]
        if all(isinstance(header, str) for header in headers):
            self.sheet.add(list(headers))  # type: ignore[arg-type]
            return
        top = [header if isinstance(header, str) else header[0] for header in headers]
        low = [None if isinstance(header, str) else header[1] for header in headers]
        at = self.sheet.add([text if place == 0 or text != top[place - 1] else None
                             for place, text in enumerate(top)]) - 1  # fmt: skip
        self.sheet.add(list(low))
        for place, header in enumerate(headers):
            if isinstance(header, str):
                self.sheet.merged.append((at, place, at + 1, place))
        for text, places in groupby(range(len(top)), key=lambda place: top[place]):
            found = list(places)
            if len(found) > 1 and text:
                self.sheet.merged.append((at, found[0], at, found[-1]))

    def _members(self, lines: list[Line], running: int) -> int:
        first = len(self.sheet.rows)
        hamlet_at = self.fields.index("hamlet") if self.layout.merged_hamlets else -1
        for place, line in enumerate(lines):
            running += 1
            number = self.sheet.add(self.row(**line.cells | {"order": running}))
            if self.layout.merged_hamlets and place:
                self.sheet.rows[-1][hamlet_at] = None
                line.warnings.add("CELL_FILLED_DOWN")
            if line.merged_up:
                column = self.fields.index("name")
                self.sheet.merged.append((number - 2, column, number - 1, column))
            if line.hidden:
                self.sheet.hidden_rows.add(number - 1)
            if line.struck:
                self.sheet.struck_rows.add(number - 1)
            self._note(number, line)
        if self.layout.merged_hamlets and len(lines) > 1:
            self.sheet.merged.append((first, hamlet_at, len(self.sheet.rows) - 1, hamlet_at))
        return running

    def _note(self, number: int, line: Line) -> None:
        self.sum_vnd += _read_amount(line.cells.get("amount"))
        warnings = set(line.warnings)
        if self.layout.font and not str(line.cells.get("name") or "").isascii():
            warnings.add("TEXT_OLD_FONT")
        elsewhere = ("PERSON_ELSEWHERE",) if line.person.truth.same_person_as and line.person.number else ()
        self.truth.rows.append(
            RowTruth(
                number, "rejected" if line.errors else "accepted", line.person.key,
                tuple(sorted(line.errors)), tuple(sorted(warnings)), line.fault,
                () if line.errors else elsewhere, line.award.amount_vnd,
            )
        )  # fmt: skip

    def _signatures(self) -> None:
        day = date(self.month.year, self.month.month, 20)
        wide = len(self.fields)
        right = max(wide - 4, 2)
        for left, there in (
            (None, f"{self.invented.commune.bare_name}, ngày {day.day} tháng {day.month} năm {day.year}"),
            ("NGƯỜI LẬP BIỂU", f"TM. ỦY BAN NHÂN DÂN {self.invented.commune.kind.upper()}"),
            (None, "CHỦ TỊCH"),
            ("(Ký, ghi rõ họ tên)", "(Ký tên, đóng dấu)"),
            ("Nguyễn Thị Hoà", "Trần Văn Đức"),
        ):  # fmt: skip
            cells: list[Cell] = [None] * wide
            cells[1], cells[right] = left, there
            self.skipped(cells)


def _read_amount(cell: Cell) -> int:
    """What the sum of the sheet holds of a cell: amounts that can be read, nothing else."""
    if isinstance(cell, int):
        return cell
    if isinstance(cell, Formula | date) or cell is None:
        return 0
    try:
        return parse_vnd(cell)
    except Refusal:
        return 0
