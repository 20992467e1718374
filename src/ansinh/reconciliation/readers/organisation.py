# SPDX-License-Identifier: MPL-2.0
"""The payment organisation's report: our list back, with what was handed over, line by line."""

from __future__ import annotations

import io
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from ansinh.reconciliation.lines import NotThisForm, ReadFile, ReadLine, amount_of, found_id, understand
from ansinh.rules.names import fold_name

COLUMNS = {
    "reference": ("ma lenh chi",),
    "amount": ("so tien",),
    "status": ("ket qua",),
    "reason": ("ly do",),
}
PAID = ("da nhan", "da chi", "paid", "x")
UNPAID = ("chua nhan", "khong nhan", "vang mat", "unpaid", "tra lai")
MOST_ROWS = 60_000


def _cell(value: Any) -> str:
    if isinstance(value, int | str):
        return str(value).strip()
    return str(int(value)) if hasattr(value, "is_integer") and value.is_integer() else str(value).strip()


def read(content: bytes) -> ReadFile:
    """Read the first sheet. Raises `NotThisForm` when no row has our headings."""
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        rows = sheet.to_python(nrows=MOST_ROWS)
    except (CalamineError, ValueError, IndexError) as unreadable:
        raise NotThisForm(form="organisation") from unreadable
    places: dict[str, int] = {}
    found = ReadFile(broken="no_trailer")
    for number, cells in enumerate(rows, 1):
        row = [_cell(cell) for cell in cells]
        if not places:
            folded = [fold_name(cell) if cell else "" for cell in row]
            seen = {
                name: folded.index(word)
                for name, words in COLUMNS.items()
                for word in words
                if word in folded
            }
            places = seen if {"reference", "amount", "status"} <= set(seen) else {}
            continue
        _take(found, number, row, places)
    if not places:
        raise NotThisForm(form="organisation")
    return found


def _take(found: ReadFile, number: int, row: list[str], places: dict[str, int]) -> None:
    if any(fold_name(cell) == "tong cong" for cell in row if cell):
        found.declared_count = len(found.lines)
        found.declared_vnd, found.broken = amount_of(row[places["amount"]]), ""
        return
    reference = row[places["reference"]] if places["reference"] < len(row) else ""
    if not reference or found.broken == "":
        return
    status = fold_name(row[places["status"]]) if row[places["status"]] else ""
    fact = "paid" if status in PAID else "failed" if status in UNPAID else ""
    reason = row[places["reason"]][:60] if "reason" in places and places["reason"] < len(row) else ""
    line = ReadLine(
        number, found_id(reference), amount_of(row[places["amount"]]), fact,
        reason or ("ABSENT" if fact == "failed" else ""), raw="\x1f".join(row),
    )  # fmt: skip
    if not status:  # nobody wrote what became of it: it goes on waiting, and no case is opened
        line.fault = "pending"
    found.lines.append(understand(line))
