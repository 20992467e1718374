# SPDX-License-Identifier: MPL-2.0
"""Where the table is: which sheet, which rows are its header, which column is which field.

Real lists begin with title lines ("CỘNG HÒA XÃ HỘI…"), have headers of two or three merged rows and
a row of column numbers. What is found is a proposal: the officer confirms or corrects it, and the
correction is remembered for the unit and the form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ansinh.registry.files.cells import Cell, column_index, column_letter, folded, is_blank
from ansinh.registry.files.kinds import FileRefused
from ansinh.registry.files.reader import NumberedRow, Sheet

HEADER_ROWS = 4  # at most this many rows make one header
LONGEST_LABEL = 120
ENOUGH = 3  # fields found before a row counts as a header
COLUMN_NUMBER = re.compile(r"\(?\s*(?:[0-9]{1,2}|[A-H])\s*\)?(?:\s*=.*)?")


class HeaderNotFound(FileRefused):
    """No row looks like the form's header."""

    code = "HEADER_NOT_FOUND"


class ColumnMissing(FileRefused):
    """A mandatory field has no column; fields: columns."""

    code = "COLUMN_MISSING"


class ColumnTwice(FileRefused):
    """Two columns say the same; fields: label, columns."""

    code = "COLUMN_TWICE"


class MappingNotUnderstood(FileRefused):
    """A mapping that cannot be read; fields: where."""

    code = "MAPPING_NOT_UNDERSTOOD"


@dataclass(frozen=True, slots=True)
class FieldName:
    """What a header finder must know of a field: its name, its label, the patterns of its header."""

    name: str
    label: str
    patterns: tuple[re.Pattern[str], ...]
    required: bool = False


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which sheet and rows, and the column (from 0) of each field. `headers` as they are written."""

    sheet: str
    header_row: int  # the last row of the header
    columns: dict[str, int]
    headers: dict[int, str] = field(default_factory=dict)

    def payload(self) -> dict[str, object]:
        """As JSON: columns by letter."""
        return {
            "sheet": self.sheet,
            "header_row": self.header_row,
            "columns": {name: column_letter(at) for name, at in self.columns.items()},
        }

    @classmethod
    def from_payload(cls, payload: object, *, known: Iterable[str], name: str) -> Mapping:
        """Read a mapping as JSON. Raises `MappingNotUnderstood` with the place that is wrong."""
        if not isinstance(payload, dict) or not isinstance(payload.get("columns"), dict):
            raise MappingNotUnderstood(name=name, where="columns")
        names, columns = set(known), {}
        for each, letters in payload["columns"].items():
            if each not in names:
                raise MappingNotUnderstood(name=name, where=str(each)[:40])
            try:
                columns[each] = letters if isinstance(letters, int) else column_index(str(letters))
            except ValueError as wrong:
                raise MappingNotUnderstood(name=name, where=f"{each}: {str(letters)[:20]}") from wrong
        row = payload.get("header_row")
        if not isinstance(row, int) or isinstance(row, bool) or row < 0:
            raise MappingNotUnderstood(name=name, where="header_row")
        return cls(str(payload.get("sheet", "")), row, columns)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mapping with what speaks against it."""

    mapping: Mapping
    score: int
    doubles: dict[str, list[int]]


def find(sheets: Sequence[Sheet], fields: Sequence[FieldName], *, name: str) -> Proposal:
    """The best header over the visible sheets. Raises `HeaderNotFound`."""
    best: Proposal | None = None
    for sheet in sheets:
        if sheet.hidden:
            continue
        for found in _proposals(sheet, fields):
            if best is None or found.score > best.score:
                best = found
    if best is None:
        raise HeaderNotFound(name=name)
    return best


def _proposals(sheet: Sheet, fields: Sequence[FieldName]) -> Iterable[Proposal]:
    filled = fill_merged(sheet)
    for last in range(len(filled)):
        for height in range(1, min(HEADER_ROWS, last + 1) + 1):
            rows = filled[last - height + 1 : last + 1]
            if any(all(is_blank(cell) for cell in cells) for _number, cells in rows):
                continue
            found = _read_header(sheet.name, rows, fields)
            if found is not None:
                yield found


def fill_merged(sheet: Sheet) -> list[NumberedRow]:
    """The head of a sheet with every merged cell repeated over its range."""
    rows = [(number, list(cells)) for number, cells in sheet.head]
    at = {number: place for place, (number, _cells) in enumerate(rows)}
    for top, left, bottom, right in sheet.merged:
        if top not in at:
            continue
        cells = rows[at[top]][1]
        value = cells[left] if left < len(cells) else None
        for number in range(top, bottom + 1):
            if number not in at:
                break
            line = rows[at[number]][1]
            for column in range(left, min(right + 1, len(line))):
                line[column] = value
    return rows


def _labels(rows: Sequence[NumberedRow], column: int) -> list[str]:
    """The folded words above a column, from top to bottom, each once."""
    found: list[str] = []
    for _number, cells in rows:
        text = folded(cells[column]) if column < len(cells) else ""
        if text and text not in found and len(text) <= LONGEST_LABEL:
            found.append(text)
    return found


def headers_at(sheet: Sheet, header_row: int) -> dict[int, str]:
    """Column -> the words above it, for a header that ends at `header_row`: as a mapping is
    remembered by. Rows of the header above are those without a gap, at most `HEADER_ROWS`."""
    rows: list[NumberedRow] = []
    for number, cells in reversed(fill_merged(sheet)):
        if number > header_row:
            continue
        filled = sum(not is_blank(cell) for cell in cells)
        if filled < ENOUGH or len(rows) == HEADER_ROWS:
            break
        rows.insert(0, (number, cells))
    width = max((len(cells) for _number, cells in rows), default=0)
    found = {column: " / ".join(_labels(rows, column)) for column in range(width)}
    return {column: text for column, text in found.items() if text}


def _read_header(sheet: str, rows: Sequence[NumberedRow], fields: Sequence[FieldName]) -> Proposal | None:
    width = max(len(cells) for _number, cells in rows)
    columns: dict[str, int] = {}
    headers: dict[int, str] = {}
    ranks: dict[str, int] = {}
    doubles: dict[str, list[int]] = {}
    labels_seen: dict[str, str] = {}
    spread = {str(cell) for _number, cells in rows for cell in cells if not is_blank(cell)}
    if len(spread) < ENOUGH:
        return None
    for column in range(width):
        labels = _labels(rows, column)
        if not labels:
            continue
        headers[column] = " / ".join(labels)
        matched = match(labels, fields)
        if matched is None:
            continue
        name, rank = matched
        if name not in columns or rank < ranks[name]:
            columns[name], ranks[name] = column, rank
            labels_seen[name] = headers[column]
        elif rank == ranks[name] and headers[column] == labels_seen[name]:
            doubles.setdefault(name, [columns[name]]).append(column)
    if len(columns) < ENOUGH or not _has_required(columns, fields):
        return None
    if _looks_like_data(rows[-1][1], columns):
        return None
    extra = sum(len(_labels([row], column)) == 0 for row in rows for column in columns.values())
    score = 100 * len(columns) - 30 * (len(rows) - 1) - 5 * extra - 40 * len(doubles)
    return Proposal(Mapping(sheet, rows[-1][0], columns, headers), score, doubles)


def _has_required(columns: dict[str, int], fields: Sequence[FieldName]) -> bool:
    required = [each.name for each in fields if each.required]
    return sum(name in columns for name in required) * 2 >= len(required)


def _looks_like_data(cells: Sequence[Cell], columns: dict[str, int]) -> bool:
    """Whether the last row of a would-be header holds numbers or dates under its labels."""
    values = [cells[at] for at in columns.values() if at < len(cells)]
    return sum(isinstance(value, int | tuple) for value in values) >= 2 or is_column_numbers(cells)


def match(labels: Sequence[str], fields: Sequence[FieldName]) -> tuple[str, int] | None:
    """(field, rank) of a column by the words above it; a lower rank is a better match."""
    whole = " ".join(labels)
    for text, penalty in ((whole, 0), (labels[-1], 100)):
        for each in fields:
            for rank, pattern in enumerate(each.patterns):
                if pattern.search(text):
                    return each.name, rank + penalty
    return None


def is_column_numbers(cells: Sequence[Cell]) -> bool:
    """Whether a row is `(1) (2) (3)…` or `A B 1 2`: the numbers of a printed form's columns."""
    texts = [str(cell).strip() for cell in cells if not is_blank(cell) and not isinstance(cell, tuple)]
    if len(texts) < ENOUGH or not all(COLUMN_NUMBER.fullmatch(text) for text in texts):
        return False
    numbers = [int(found[0]) for text in texts if (found := re.search("[0-9]+", text))]
    return numbers == sorted(numbers) and (not numbers or numbers[-1] <= len(cells) + 1)


def settle(proposal: Proposal, fields: Sequence[FieldName], *, name: str) -> Mapping:
    """The proposal as a mapping that can be used. Raises `ColumnTwice` or `ColumnMissing`."""
    for each in fields:
        if each.name in proposal.doubles:
            letters = [column_letter(at) for at in proposal.doubles[each.name]]
            raise ColumnTwice(name=name, label=each.label, columns=letters)
    return complete(proposal.mapping, fields, name=name)


def complete(mapping: Mapping, fields: Sequence[FieldName], *, name: str) -> Mapping:
    """The mapping, if no mandatory field is missing. Raises `ColumnMissing`."""
    missing = [each.label for each in fields if each.required and not _covered(each.name, mapping.columns)]
    if missing:
        raise ColumnMissing(name=name, columns=missing)
    return mapping


def _covered(name: str, columns: dict[str, int]) -> bool:
    return name in columns or (name == "born" and "born_male" in columns)
