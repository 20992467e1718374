# SPDX-License-Identifier: MPL-2.0
"""What the commune police and the banks answer about invented people, out of the hidden truth.

Functions take what was asked and give what comes back, so that a stage's adapter or file can carry it.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import openpyxl

from ansinh.demo.invented import InventedCommune, InventedPerson
from ansinh.demo.places import communes
from ansinh.rules.dates import PartialDate
from ansinh.rules.names import NameMatch, compare_names, name_key

# The words of the file between the offices, for each result.
RESULT_WORDS = {
    "matched": "khớp", "different_name": "sai họ tên", "different_birth": "sai ngày sinh",
    "different_sex": "sai giới tính", "wrong_number": "sai số định danh", "duplicate": "trùng",
    "deceased": "đã chết", "not_found": "không tìm thấy", "moved": "đã chuyển đi",
}  # fmt: skip
_TEXTS = (("name", "Họ và tên đúng"), ("number", "Số định danh đúng"), ("moved_to", "Nơi đến"),
          ("note", "Ghi chú"))  # fmt: skip
_DAYS = (("born", "Ngày sinh đúng"), ("died_on", "Ngày chết"))


def who(number: str, name: str, born: str) -> str:
    """What a person is asked about by: the number, else the name and the birth."""
    return number or f"{name}|{born}"


def police_answers(*, invented: InventedCommune, on: date) -> dict[str, dict[str, Any]]:
    """`who` -> the answer that the population register gives on a day about everybody of a commune,
    with the fields of `population.adapters.Register.answers`."""
    found = {}
    for person in invented.people:
        said = _police_answer(person, on)
        found[who(person.number, person.name, person.born.iso)] = said
    return found


def _police_answer(person: InventedPerson, on: date) -> dict[str, Any]:
    truth = person.truth
    if not truth.registered:
        return {"result": "not_found", "note": "Không có số này trong CSDLQG về dân cư."}
    if truth.same_person_as:
        return {"result": "duplicate", "number": truth.number or person.number,
                "note": "Cùng một người với hồ sơ khác."}  # fmt: skip
    if truth.died_on is not None and truth.died_on < on:
        return {"result": "deceased", "died_on": truth.died_on.isoformat()}
    if truth.moved_to:
        place = next(each for each in communes() if each.code == truth.moved_to)
        return {"result": "moved", "moved_to": f"{place.name}, {place.district_name}"}
    said: dict[str, Any] = {"result": "matched"}
    if truth.name and truth.name != person.name:
        said |= {"name": truth.name}
        if name_key(truth.name) != name_key(person.name):
            said["result"] = "different_name"
    if truth.born is not None and truth.born != person.born:
        said |= {"born": truth.born.iso}
        if not person.born.could_be(truth.born):
            said["result"] = "different_birth"
    return said


def police_workbook(content: bytes, *, known: Mapping[str, Mapping[str, Any]]) -> bytes:
    """The unlocked workbook of `population.adapters.file` with the answer columns filled in, as a
    policeman would bring it back."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book.worksheets[0]
    head = next(
        row for row in page.iter_rows(max_row=10) if any(cell.value == "Mã đối chiếu" for cell in row)
    )
    at = {str(cell.value): cell.column for cell in head if cell.value}
    for row in range(head[0].row + 1, page.max_row + 1):
        number = str(page.cell(row, at["Số định danh cá nhân"]).value or "")
        name = str(page.cell(row, at["Họ và tên"]).value or "")
        born = str(page.cell(row, at["Ngày, tháng, năm sinh"]).value or "")
        if not name:
            continue
        said = known.get(who(number, name, PartialDate.parse(born).iso), {"result": "not_found"})
        page.cell(row, at["Kết quả đối chiếu"], RESULT_WORDS[str(said["result"])])
        for field, label in _TEXTS:
            if said.get(field):
                page.cell(row, at[label], str(said[field]))
        for field, label in _DAYS:
            if said.get(field):
                day = PartialDate.parse(str(said[field]))
                page.cell(row, at[label], day.vi if day.day else day.vi.split(" ", 1)[1])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class BankAnswer:
    """What an institution says of an account: whether it is there, and the holder's name as printed
    (empty when it is not)."""

    bank: str
    number: str
    state: str  # open, closed, blocked, unknown
    printed: str


def bank_answers(*, people: Iterable[InventedPerson], asked: Sequence[tuple[str, str]]) -> list[BankAnswer]:
    """Answers to an account-name enquiry: (bank's code, number) for each, in the same order. An account
    that nobody invented is unknown."""
    known = {(each.account.bank, each.account.number): each.account for each in people if each.account}
    found = []
    for bank, number in asked:
        account = known.get((bank, number))
        if account is None:
            found.append(BankAnswer(bank, number, "unknown", ""))
        else:
            printed = account.printed if account.state == "open" else ""
            found.append(BankAnswer(bank, number, account.state, printed))
    return found


def would_pass(person: InventedPerson) -> bool:
    """Whether a person's account carries a name that is theirs: for tests of the account checks."""
    if person.account is None:
        return False
    match = compare_names(person.name, person.account.printed)
    return match in {NameMatch.EQUAL, NameMatch.EQUAL_FOLDED, NameMatch.TRUNCATED}


__all__ = ["BankAnswer", "bank_answers", "police_answers", "police_workbook", "who", "would_pass"]
