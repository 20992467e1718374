# SPDX-License-Identifier: MPL-2.0
"""Rows of the other forms: accounts, the police's answers, payment results."""

from __future__ import annotations

from typing import Any

from ansinh.providers.directory import directory
from ansinh.registry.files import values
from ansinh.registry.files.awards import read_person
from ansinh.registry.files.cells import is_blank, is_number, raw_text, tidy
from ansinh.registry.files.rows import Context, RowFields
from ansinh.rules.accounts import parse_account
from ansinh.rules.banks import Bank
from ansinh.rules.citizen_numbers import parse_citizen_number
from ansinh.rules.dates import PartialDate
from ansinh.rules.names import compare_names, fold_name
from ansinh.rules.refusals import Refusal

ANSWERS = {
    "khop": "matched", "dung": "matched", "sai ho ten": "different_name", "sai ten": "different_name",
    "khac ho ten": "different_name", "sai ngay sinh": "different_birth", "khac ngay sinh": "different_birth",
    "sai nam sinh": "different_birth", "sai gioi tinh": "different_sex", "khac gioi tinh": "different_sex",
    "sai so dinh danh": "wrong_number", "sai so": "wrong_number", "trung": "duplicate",
    "da chet": "deceased", "chet": "deceased", "khong tim thay": "not_found", "khong co": "not_found",
    "da chuyen di": "moved", "chuyen di": "moved",
}  # fmt: skip
OUTCOMES = {
    "thanh cong": "paid", "da chi": "paid", "da chuyen": "paid", "da nhan": "paid", "paid": "paid",
    "that bai": "failed", "khong thanh cong": "failed", "loi": "failed", "failed": "failed",
    "tra lai": "returned", "hoan tra": "returned", "returned": "returned", "chua nhan": "uncollected",
}  # fmt: skip

ANSWERS_LISTED = (
    "khớp, sai họ tên, sai ngày sinh, sai giới tính, sai số định danh, trùng, đã chết, không tìm thấy,"
    " đã chuyển đi"
)
OUTCOMES_LISTED = "thành công, thất bại, trả lại, chưa nhận"


class ResultNotUnderstood(Refusal):
    """A result outside the form's vocabulary; fields: text, known."""

    code = "RESULT_NOT_UNDERSTOOD"


def _word(text: str, known: dict[str, str], listed: str) -> str:
    found = known.get(fold_name(text))
    if found is None and text.strip().lower() in known.values():
        found = text.strip().lower()
    if found is None:
        raise ResultNotUnderstood(text=text[:40], known=listed)
    return found


def _day(row: RowFields, field: str) -> PartialDate | None:
    day: PartialDate | None = row.take(
        field, lambda cell: values.read_day(cell, row.warn_at(field), row.address(field))
    )
    return day


def read_account(row: RowFields, context: Context) -> dict[str, Any]:
    """Whose account, where, which number. The number is read by its institution's own rules."""
    found = read_person(row, context)
    bank: Bank | None = row.take("bank", lambda cell: directory().find(tidy(raw_text(cell)), on=context.on))
    account = None
    if is_blank(row.cell("account")):
        if not row.spoilt("account"):
            row.refuse("account", "CELL_MISSING", label=row.sheet.form.label_of("account"))
    elif bank is not None:
        cell = row.cell("account")
        account = row.take(
            "account", lambda _c: parse_account(raw_text(cell), bank=bank, was_numeric=is_number(cell)).number
        )
    if bank is None and is_blank(row.cell("bank")):
        row.refuse("bank", "CELL_MISSING", label=row.sheet.form.label_of("bank"))
    if found["number"] is None and found["name"] is None:
        return found
    holder = row.take("holder", values.read_text) or ""
    if holder and not compare_names(holder, found["name"] or "").passes:
        row.warn_at("holder")("ACCOUNT_HOLDER_DIFFERS", holder=holder[:60])
    _check_account_repeats(row, found, (bank.code, account) if bank and account else None)
    return found | {"bank": bank.code if bank else None, "account": account, "holder": holder}


def _check_account_repeats(row: RowFields, found: dict[str, Any], account: tuple[str, str] | None) -> None:
    """One person twice, one account of several people (D6)."""
    seen, place = row.sheet.seen, row.number
    who = found["number"] or (found["name"], found["born"])
    if account is not None:
        first = seen.setdefault(("account of", who, account), place)
        if first != place:
            row.refuse("number", "ROW_REPEATS", row=first)
            return
        other = seen.setdefault(("account", account), place)
        if other != place:
            row.warn_at("account")("ACCOUNT_SHARED", row=other)
    before = seen.setdefault(("has account", who), place)
    if before != place:
        row.warn_at("account")("ACCOUNT_SECOND", row=before)


def read_answer(row: RowFields, context: Context) -> dict[str, Any]:
    """What the population register says of one reference of a round."""
    listed = (
        "khớp, sai họ tên, sai ngày sinh, sai giới tính, sai số định danh, trùng, đã chết, không tìm thấy"
    )
    result = row.take("result", lambda cell: _word(raw_text(cell), ANSWERS, listed))
    for name in ("reference", "result"):
        if is_blank(row.cell(name)):
            row.refuse(name, "CELL_MISSING", label=row.sheet.form.label_of(name))
    died, born = _day(row, "died_on"), _day(row, "born")
    if result == "deceased" and died is None and not row.spoilt("died_on"):
        row.refuse("died_on", "POPULATION_NEEDS_DAY")
    if died is not None and born is not None and died.latest < born.earliest:
        row.refuse("died_on", "DEATH_BEFORE_BIRTH", died=died.vi, born=born.vi)
    moved = row.take("moved_to", values.read_text) or ""
    if result == "moved" and not moved:
        row.refuse("moved_to", "POPULATION_NEEDS_PLACE")
    number = row.take(
        "number", lambda c: parse_citizen_number(raw_text(c), allow_invented=context.allow_invented).digits
    )
    reference = row.take("reference", values.read_text)
    first = row.sheet.seen.setdefault(("answer", reference), row.number)
    if reference and first != row.number:
        row.refuse("reference", "ROW_REPEATS", row=first)
    return {
        "reference": reference, "result": result, "number": number, "moved_to": moved,
        "name": row.take("name", lambda cell: values.read_name(cell, lambda *_a, **_k: None)),
        "sex": row.take("sex", values.read_sex), "born": born.iso if born else None,
        "died_on": died.iso if died else None, "note": row.take("note", values.read_text) or "",
    }  # fmt: skip


def read_result(row: RowFields, _context: Context) -> dict[str, Any]:
    """What an institution says became of one payment."""
    for name in ("reference", "amount", "result"):
        if is_blank(row.cell(name)):
            row.refuse(name, "CELL_MISSING", label=row.sheet.form.label_of(name))
    amount_at = row.address("amount")
    paid_on = _day(row, "paid_on")
    return {
        "reference": row.take("reference", values.read_text),
        "bank_reference": row.text("bank_reference"), "name": row.text("name"),
        "account": row.text("account"),
        "amount_vnd": row.take("amount", lambda cell: values.read_amount(cell, amount_at)),
        "result": row.take("result", lambda cell: _word(raw_text(cell), OUTCOMES, OUTCOMES_LISTED)),
        "paid_on": paid_on.iso if paid_on else None,
        "reason": row.text("reason"),
    }  # fmt: skip
