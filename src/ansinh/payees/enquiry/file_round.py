# SPDX-License-Identifier: MPL-2.0
"""The file round: a list goes to the bank, the same list comes back with two columns filled in.

    reference;bank;account;result;holder_name        UTF-8 with BOM, semicolons, one header line

`result`: found, not_found, closed, blocked (or the Vietnamese words below). Account numbers stand in
`="…"` so that a spreadsheet keeps leading zeros. A result that nobody knows is kept raw and shown to a
person; it is never taken for yes or no.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from ansinh.payees.enquiry.service import Answer, Question, SimulatedBank
from ansinh.rules.names import fold_name
from ansinh.rules.refusals import Refusal

HEADER = ("reference", "bank", "account", "result", "holder_name")
LARGEST = 5 * 1024 * 1024
RESULTS = {
    "found": "found", "dung": "found", "ton tai": "found", "hop le": "found", "co": "found",
    "not_found": "not_found", "not found": "not_found", "khong ton tai": "not_found", "sai so": "not_found",
    "closed": "closed", "da dong": "closed",
    "blocked": "blocked", "tam khoa": "blocked", "phong toa": "blocked",
}  # fmt: skip


class AnswerFileUnreadable(Refusal):
    """Not the file of a round; fields: line."""

    code = "ENQUIRY_FILE_UNREADABLE"


def list_out(questions: Sequence[Question]) -> bytes:
    """The list that goes to the institution."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADER)
    for each in questions:
        writer.writerow([each.reference, each.bank, f'="{each.number}"', "", ""])
    return text.getvalue().encode("utf-8-sig")


def answers_in(content: bytes) -> list[Answer]:
    """What the institution answered. Raises `AnswerFileUnreadable` with the line that is wrong."""
    if len(content) > LARGEST:
        raise AnswerFileUnreadable(line=0)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise AnswerFileUnreadable(line=content[: wrong.start].count(b"\n") + 1) from wrong
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    if not rows or [cell.strip().lower() for cell in rows[0]] != list(HEADER):
        raise AnswerFileUnreadable(line=1)
    return list(_answers(rows[1:]))


def _answers(rows: Iterable[list[str]]) -> Iterable[Answer]:
    for line, row in enumerate(rows, 2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(HEADER):
            raise AnswerFileUnreadable(line=line)
        reference, _bank, _account, result, name = (cell.strip() for cell in row)
        known = RESULTS.get(fold_name(result), RESULTS.get(result.lower(), ""))
        yield Answer(reference, known, name[:140], result[:40])


def answered_by(bank: SimulatedBank, content: bytes) -> bytes:
    """The list as the simulated bank sends it back."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    questions = [Question(row[0], row[1], row[2].removeprefix('="').removesuffix('"')) for row in rows[1:]]
    found = {answer.reference: answer for answer in bank.ask(questions)}
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADER)
    for row in rows[1:]:
        writer.writerow([*row[:3], found[row[0]].result, found[row[0]].printed_name])
    return text.getvalue().encode("utf-8-sig")
