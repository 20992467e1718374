# SPDX-License-Identifier: MPL-2.0
"""Results of a bulk file: REF, AMOUNT, STATUS, REASON, BANKREF, DATE, BIN, ACCOUNT in any order, then
a row TOTAL with count and sum. Encodings and delimiters vary; headings are read without marks."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime

from ansinh.reconciliation.lines import NotThisForm, ReadFile, ReadLine, amount_of, found_id, understand
from ansinh.rules.names import fold_name

HEADINGS = {
    "reference": ("ref", "so tham chieu", "ma lenh chi", "noi dung"),
    "amount": ("amount", "so tien", "so tien (vnd)"),
    "status": ("status", "trang thai", "ket qua"),
    "reason": ("reason", "ly do"),
    "bank_reference": ("bankref", "so but toan", "ma giao dich"),
    "date": ("date", "ngay", "ngay giao dich"),
    "bin": ("bin", "ma ngan hang"),
    "account": ("account", "so tai khoan"),
    "holder": ("name", "holder", "ten chu tai khoan", "ten nguoi thu huong", "ten nguoi nhan", "ho va ten"),
    "currency": ("ccy", "loai tien"),
}
STATUSES = {
    "paid": ("paid", "success", "thanh cong", "acsc", "da chi", "00"),
    "failed": ("failed", "rejected", "that bai", "khong thanh cong", "rjct", "tu choi"),
    "returned": ("returned", "hoan tra", "tra ve", "rtnd"),
}
_FACTS = {word: fact for fact, words in STATUSES.items() for word in words}


def decoded(content: bytes) -> str:
    """The text, whichever of the encodings that banks use."""
    for encoding in ("utf-8-sig", "utf-16", "cp1258"):
        if encoding == "utf-16" and content[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
            continue
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotThisForm(form="bank_csv")


def day_of(text: str) -> date | None:
    """A date as dd/mm/yyyy or yyyy-mm-dd, None if it is none."""
    for pattern in ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%Y%m%d"):
        try:
            return datetime.strptime(text.strip(), pattern).date()  # noqa: DTZ007 - a legal date
        except ValueError:
            continue
    return None


def _columns(header: list[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, heading in enumerate(header):
        folded = fold_name(heading) if heading.strip() else ""
        for name, words in HEADINGS.items():
            if folded in words:
                places.setdefault(name, place)
    if not {"reference", "amount", "status"} <= set(places):
        raise NotThisForm(form="bank_csv")
    return places


def read(content: bytes) -> ReadFile:
    """Read one file. Raises `NotThisForm` when it has no heading of this form."""
    text = decoded(content)
    first = text.partition("\n")[0]
    delimiter = max(",;\t|", key=first.count)
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    if not rows:
        raise NotThisForm(form="bank_csv")
    places = _columns(rows[0])
    found = ReadFile(broken="no_trailer")
    for number, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        if row[0].strip().upper().startswith("TOTAL"):
            _trailer(found, row, places)
            continue
        found.lines.append(_line(number, row, places))
    return found


def _trailer(found: ReadFile, row: list[str], places: dict[str, int]) -> None:
    words = row[0].split()
    found.declared_count = int(words[1]) if len(words) > 1 and words[1].isdigit() else None
    if places["amount"] < len(row):
        found.declared_vnd = amount_of(row[places["amount"]]) or 0
    found.broken = "" if found.declared_count is not None else "no_trailer"


def _line(number: int, row: list[str], places: dict[str, int]) -> ReadLine:
    raw = "\x1f".join(row)

    def cell(name: str) -> str:
        place = places.get(name)
        return row[place].strip() if place is not None and place < len(row) else ""

    if len(row) <= max(places["reference"], places["amount"], places["status"]):
        return ReadLine(number, fault="too_short", raw=raw)
    line = ReadLine(
        number, found_id(cell("reference")), amount_of(cell("amount")),
        _FACTS.get(fold_name(cell("status")) if cell("status") else "", ""), cell("reason")[:60],
        cell("bank_reference")[:60], day_of(cell("date")), cell("bin"), cell("account"), raw=raw,
        holder=cell("holder"),
    )  # fmt: skip
    if cell("currency") not in {"", "VND"}:
        line.fault = "currency"
    return understand(line)
