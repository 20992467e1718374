# SPDX-License-Identifier: MPL-2.0
"""Every row of a sheet below its header: accepted, rejected or skipped, with the reason.

Nothing is lost: rows = accepted + rejected + skipped. Raw text and normalised value are both kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ansinh.registry.files.cells import Cell, column_letter, folded, is_blank, is_number, raw_text, tidy
from ansinh.registry.files.forms import Form
from ansinh.registry.files.headers import Mapping as ColumnMapping
from ansinh.registry.files.headers import is_column_numbers
from ansinh.registry.files.reader import Marks, NumberedRow
from ansinh.rules.law import Law
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal, sentence

LONGEST_CELL = 1_000
FORMULA_HARMLESS = frozenset({"order", "note"})
FILLED_DOWN = frozenset({"hamlet", "commune", "district", "category", "decision", "decision_number",
                         "decided_on", "household", "ethnicity", "note", "order"})  # fmt: skip
IDENTIFYING = ("number", "old_number", "account", "reference")
BIRTHS = ("born", "born_male", "born_female")
TOTAL_BEGINS = frozenset("tTcClL")
_DIGIT = re.compile("[0-9]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_ERROR_TEXT = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)")
_GROUP = re.compile(r"^(?:[IVX]+|[A-HĐ]|[0-9]{1,2}(?:\.[0-9]+)*)[.)/]?\s*$")
_GROUP_TEXT = re.compile(r"^(?:[IVX]+|[A-HĐ]|[0-9]{1,2}(?:\.[0-9]+)*)\s*[.)/\-:]\s*\S")
_TOTAL = re.compile(
    r"^(?:tong cong|tong so|tong|cong(?: cong)?(?: thon| nhom| muc| [ivx]+\b| trang)?|luy ke)\b"
)
_WORDS = re.compile(r"\b(?:bang chu|so tien viet bang chu)\b")
_SIGNATURE = re.compile(
    r"^(?:nguoi lap|lap bieu|lap bang|can bo|ke toan|thu truong|chu tich|tm uy ban|t m|uy ban|ky ten|ky ghi"
    r"|xac nhan|thu quy|phu trach|truong thon|cong an|dai dien|noi nhan|luu vt)\b"
    r"|\bngay\b.*\bthang\b.*\bnam\b|ky va ghi ro|ky ten dong dau"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong or doubtful in a row: the column's letter, the code, the sentence's fields."""

    column: str
    code: str
    fields: Mapping[str, object]

    def message(self, lang: str) -> str:
        """The catalogue's sentence."""
        return sentence(self.code, lang, **self.fields)


@dataclass(slots=True)
class Row:
    """One row's outcome. `why` says what a skipped row is: group, total, words, signature, numbers, note."""

    number: int
    outcome: str
    why: str = ""
    raw: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    errors: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    letters: Mapping[str, str] = field(default_factory=dict)  # field -> column, shared by the sheet's rows

    def refuse(self, name: str, code: str, /, **fields: object) -> None:
        """Reject a row that reads well, because of what is known elsewhere; `name` is the field."""
        self.outcome = "rejected"
        self.errors.append(Finding(self.letters.get(name, ""), code, fields))

    def doubt(self, name: str, code: str, /, **fields: object) -> None:
        """Record a warning that the officer has to decide; `name` is the field."""
        self.warnings.append(Finding(self.letters.get(name, ""), code, fields))


@dataclass(frozen=True, slots=True)
class Context:
    """What a row is judged by: whose list it is, of which month, by which law."""

    unit_name: str
    unit_key: str  # folded, without the kind: `cam thanh`
    province: str | None
    month: Month
    on: date
    law: Law
    allow_invented: bool = False
    old_communes: frozenset[str] = frozenset()  # folded names that this unit was made of
    districts: frozenset[str] = frozenset()  # folded names of the districts that it and they lay in


class RowFields:
    """One row's cells by field, with what the sheet says about them."""

    __slots__ = ("cells", "columns", "number", "row", "sheet")

    def __init__(self, sheet: SheetRows, number: int, cells: Sequence[Cell], row: Row) -> None:
        self.sheet, self.number, self.cells, self.row = sheet, number, cells, row
        self.columns = sheet.mapping.columns

    def address(self, name: str) -> str:
        """`B7`."""
        return f"{self.letter(name)}{self.number}"

    def letter(self, name: str) -> str:
        """The column's letter; empty when the form's field has no column."""
        return self.sheet.letters.get(name, "")

    def cell(self, name: str) -> Cell:
        """The cell of a field, None when there is no column."""
        column = self.columns.get(name)
        return None if column is None or column >= len(self.cells) else self.cells[column]

    def warn_at(self, name: str) -> Callable[..., None]:
        """A function that records a warning about a field."""

        def warn(code: str, **fields: object) -> None:
            self.row.warnings.append(Finding(self.letter(name), code, fields))

        return warn

    def refuse(self, name: str, code: str, /, **fields: object) -> None:
        """Record an error about a field."""
        self.row.errors.append(Finding(self.letter(name), code, fields))

    def take(self, name: str, read: Callable[[Cell], Any]) -> Any:
        """The value of a field, or None when the cell is blank or refused (the error is recorded)."""
        column = self.columns.get(name)
        if column is None or column >= len(self.cells):  # most forms have more fields than a list
            return None
        cell = self.cells[column]
        if cell is None or is_blank(cell) or (self.row.errors and self.spoilt(name)):
            return None
        try:
            return read(cell)
        except Refusal as refused:
            self.row.errors.append(Finding(self.letter(name), refused.code, refused.fields))
            return None

    def text(self, name: str) -> str:
        """The tidied text of a field; empty when there is none."""
        column = self.columns.get(name)
        if column is None:  # most forms have more fields than a list has columns
            return ""
        found: str | None = self.take(name, _tidied)
        return found or ""

    def spoilt(self, name: str) -> bool:
        """Whether the row has an error for this field's column already."""
        if not self.row.errors:
            return False
        letter = self.letter(name)
        return any(each.column == letter for each in self.row.errors)


def _tidied(cell: Cell) -> str:
    return tidy(raw_text(cell))


def _is_marked(filled: Sequence[tuple[int, Cell]]) -> bool:
    """Whether a row begins like a group: `I`, `II.`, `A`, `1.2`, `III – Người cao tuổi`."""
    first = next((str(cell).strip() for _at, cell in filled if isinstance(cell, str)), "")
    return bool(_GROUP.match(first) or _GROUP_TEXT.match(first))


def _kept(text: str) -> str:
    """The raw text of a cell as it is kept: a monstrous cell's beginning, control letters visible."""
    if len(text) <= LONGEST_CELL and text.isprintable():
        return text
    return _CONTROL.sub("\ufffd", text[:LONGEST_CELL])


Reader = Callable[[RowFields, Context], dict[str, Any]]


class SheetRows:
    """Judges the rows of one sheet in order; remembers what later rows are compared with."""

    def __init__(
        self,
        *,
        form: Form,
        mapping: ColumnMapping,
        context: Context,
        marks: Marks,
        merged: Iterable[tuple[int, int, int, int]],
        read: Reader,
        convert: Callable[[str], str] | None = None,
        encoding: str = "",
    ) -> None:
        self.form, self.mapping, self.context, self.marks, self.read = form, mapping, context, marks, read
        self.convert, self.encoding = convert, encoding
        self.letters = {name: column_letter(at) for name, at in mapping.columns.items()}
        self._columns = tuple(mapping.columns.items())
        self._identifying = [mapping.columns[name] for name in IDENTIFYING if name in mapping.columns]
        self._births = [mapping.columns[name] for name in BIRTHS if name in mapping.columns]
        self._looks = bool(marks.errors or marks.formulas)
        self.blank = 0
        self.group = ""
        self.sum_vnd = 0
        self.total_rows: list[tuple[str, int, int]] = []  # cell, printed, sum so far
        self.seen: dict[object, int] = {}
        self.decisions: dict[object, tuple[object, int]] = {}
        self.names_of_numbers: dict[str, tuple[str, int]] = {}
        self._after_data = False
        self._signed = False
        self._covered: dict[tuple[int, int], tuple[int, str]] = {}
        self._tops: dict[tuple[int, int], Cell] = {}
        for top, left, bottom, right in merged:
            if bottom > top > mapping.header_row:
                for number in range(top + 1, bottom + 1):
                    for column in range(left, right + 1):
                        self._covered[number, column] = (top, f"{column_letter(left)}{top}")
        self._top_cells = {(top, column) for (_n, column), (top, _address) in self._covered.items()}

    def judge(self, rows: Iterable[NumberedRow]) -> Iterator[Row]:
        """The outcome of every row below the header that is not blank."""
        first = self.mapping.header_row + 1
        for number, cells in rows:
            if number < first:
                continue
            if all(map(is_blank, cells)):
                self.blank += 1
                continue
            yield self._judge(number, self._converted(cells))

    def _converted(self, cells: list[Cell]) -> list[Cell]:
        if self.convert is None:
            return cells
        return [self.convert(cell) if isinstance(cell, str) else cell for cell in cells]

    def _judge(self, number: int, cells: list[Cell]) -> Row:
        raw, odd = self._raw(cells)
        row = Row(number, "accepted", raw=raw, letters=self.letters)
        why = self._not_data(number, cells)
        if why:
            row.outcome, row.why = "skipped", why
            row.raw = {
                column_letter(at): _kept(raw_text(cell)) for at, cell in enumerate(cells) if cell is not None
            }
            return row
        self._after_data, self._signed = True, False
        fields = RowFields(self, number, cells, row)
        for name in odd:
            self._look_at_text(fields, name, cells[self.mapping.columns[name]])
        if self._looks or self._covered:
            self._look_at_cells(fields, number, cells)
        row.values = self.read(fields, self.context)
        self._look_at_row(fields, number)
        if row.errors:
            row.outcome = "rejected"
        return row

    def _raw(self, cells: Sequence[Cell]) -> tuple[dict[str, str], list[str]]:
        """What the mapped cells say, and the fields whose text has to be looked at."""
        raw: dict[str, str] = {}
        odd: list[str] = []
        width = len(cells)
        for name, at in self._columns:
            cell = cells[at] if at < width else None
            if cell is None:
                continue
            if not isinstance(cell, str):
                raw[name] = raw_text(cell)
            elif len(cell) <= LONGEST_CELL and cell.isprintable() and cell[:1] != "#":
                raw[name] = cell  # nearly every one
            else:
                raw[name] = _kept(cell)
                odd.append(name)
        return raw, odd

    # --- what is no data ----------------------------------------------------------------------
    def _not_data(self, number: int, cells: Sequence[Cell]) -> str:
        if not self._after_data and is_column_numbers(cells):
            return "numbers"
        if self._has_number(cells):  # nearly every row
            return ""
        filled = [(at, cell) for at, cell in enumerate(cells) if not is_blank(cell)]
        texts = [cell for _at, cell in filled if isinstance(cell, str)]
        beginning = [folded(text) for text in texts[:2] if text.lstrip()[:1] in TOTAL_BEGINS]
        if any(_TOTAL.match(text) for text in beginning):
            self._note_total(number, cells)
            return "total"
        if self._has_person(cells):
            return ""
        texts = [folded(text) for text in texts]
        if any(_WORDS.search(text) for text in texts):
            return "words"
        if self._after_data and not _is_marked(filled):
            self._signed = self._signed or any(_SIGNATURE.search(text) for text in texts)
            if self._signed:  # whatever stands below: names, titles
                return "signature"
        if self._is_group(filled):
            self.group = max((str(cell) for _at, cell in filled if isinstance(cell, str)), key=len)
            return "group"
        if any(_SIGNATURE.search(text) for text in texts):
            return "signature"
        if len(filled) <= 2 and all(isinstance(cell, str) for _at, cell in filled):
            return "signature" if self._after_data else "note"
        return ""

    def _has_number(self, cells: Sequence[Cell]) -> bool:
        """Whether the row has a number that only a person's or a payment's row has."""
        return self._has_digit(cells, self._identifying)

    def _has_digit(self, cells: Sequence[Cell], columns: Sequence[int]) -> bool:
        for at in columns:
            if at < len(cells) and cells[at] is not None and _DIGIT.search(raw_text(cells[at])):
                return True
        return False

    def _has_person(self, cells: Sequence[Cell]) -> bool:
        """Whether the row has what a person's row has: a number, a birth, an account, a reference."""
        if self._has_digit(cells, self._identifying) or self._has_digit(cells, self._births):
            return True
        columns = self.mapping.columns
        at = columns.get("order")
        name_at = columns.get("name", -1)
        numbered = at is not None and at < len(cells) and re.fullmatch("[0-9]+", raw_text(cells[at]).strip())
        named = 0 <= name_at < len(cells) and not is_blank(cells[name_at])
        others = sum(
            not is_blank(cells[c])
            for n, c in columns.items()
            if c < len(cells) and n not in {"order", "name"}
        )
        return bool((numbered and others) or (named and others >= 2))

    def _is_group(self, filled: Sequence[tuple[int, Cell]]) -> bool:
        """`I | Người cao tuổi`, `II. Người khuyết tật nặng`, perhaps with a count or a sum."""
        texts = [str(cell).strip() for _at, cell in filled if isinstance(cell, str)]
        numbers = [cell for _at, cell in filled if is_number(cell)]
        if not texts or len(texts) > 3 or len(numbers) > 3:
            return False
        return _is_marked(filled) or (len(texts) == 1 and not self._after_data) or len(filled) == 1

    def _note_total(self, number: int, cells: Sequence[Cell]) -> None:
        at = self.mapping.columns.get("amount")
        if at is not None and at < len(cells) and isinstance(cells[at], int):
            self.total_rows.append((f"{column_letter(at)}{number}", int(cells[at]), self.sum_vnd))

    # --- what the sheet says of a row's cells -------------------------------------------------
    def _look_at_cells(self, fields: RowFields, number: int, cells: list[Cell]) -> None:
        marks = self.marks
        for name, at in self.mapping.columns.items():
            cell = cells[at] if at < len(cells) else None
            if marks.errors or marks.formulas:
                address = f"{self.letters[name]}{number}"
                if address in marks.errors:
                    fields.refuse(name, "CELL_ERROR", cell=address, text=marks.errors[address])
                elif address in marks.formulas and name not in FORMULA_HARMLESS:
                    fields.refuse(name, "CELL_FORMULA", cell=address)
            if self._covered:
                covered = self._covered.get((number, at))
                if covered is not None:
                    self._merged_cell(fields, name, at, covered, cells)
                if (number, at) in self._top_cells:
                    self._tops[number, at] = cell

    def _look_at_text(self, fields: RowFields, name: str, cell: str) -> None:
        if _CONTROL.search(cell):
            fields.refuse(name, "CELL_NUL", cell=fields.address(name))
        elif len(cell) > LONGEST_CELL:
            fields.refuse(
                name, "CELL_TOO_LONG", cell=fields.address(name), length=len(cell), limit=LONGEST_CELL
            )
        elif cell.startswith("#") and _ERROR_TEXT.fullmatch(cell):
            fields.refuse(name, "CELL_ERROR", cell=fields.address(name), text=cell)

    def _merged_cell(
        self, fields: RowFields, name: str, at: int, covered: tuple[int, str], cells: list[Cell]
    ) -> None:
        top, address = covered
        value = self._tops.get((top, at))
        if name not in FILLED_DOWN:
            fields.refuse(name, "CELL_MERGED", cell=address)
        elif value is not None:
            cells[at] = value
            fields.row.raw[name] = _kept(raw_text(value))
            if name != "order":
                fields.warn_at(name)("CELL_FILLED_DOWN", cell=address, text=raw_text(value)[:40])

    def _look_at_row(self, fields: RowFields, number: int) -> None:
        row = fields.row
        if number in self.marks.hidden:
            row.warnings.append(Finding("", "ROW_HIDDEN", {}))
        if number in self.marks.struck:
            row.warnings.append(Finding("", "ROW_STRUCK", {}))
        if self.encoding and not row.raw.get("name", "").isascii():
            name = str(row.values.get("name", ""))
            row.warnings.append(
                Finding(fields.letter("name"), "TEXT_OLD_FONT", {"encoding": self.encoding, "text": name})
            )
        if amount := row.values.get("amount_vnd"):
            self.sum_vnd += amount
