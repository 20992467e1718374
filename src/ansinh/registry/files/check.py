# SPDX-License-Identifier: MPL-2.0
"""One file in, its outcome out: inspect, read, find the header, judge every row."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from ansinh.registry.files import headers
from ansinh.registry.files.awards import read_award
from ansinh.registry.files.cells import column_letter, folded
from ansinh.registry.files.forms import FORMS, Form
from ansinh.registry.files.headers import Mapping
from ansinh.registry.files.kinds import FileRefused, inspect
from ansinh.registry.files.others import read_account, read_answer, read_result
from ansinh.registry.files.reader import Marks, OpenFile, Sheet
from ansinh.registry.files.rows import Context, Finding, Reader, Row, SheetRows
from ansinh.rules import legacy_text
from ansinh.rules.money import format_vnd
from ansinh.rules.months import Month

CHUNK = 5_000
VERY_LONG_LIST = 8_000  # people; the largest communes have fewer beneficiaries
ENOUGH_OLD_CELLS = 3  # cells of the head in an old encoding before the file counts as such

_TITLE_MONTH = re.compile(r"\bthang (\d{1,2})(?: nam)? (\d{4})\b")
_NOT_THE_LISTS = re.compile(r"(?:\d|\btu|\bden|\bke tu) $")  # ngày 5 tháng 3, từ tháng 3

READERS: dict[str, Reader] = {
    "awards": read_award,
    "accounts": read_account,
    "population": read_answer,
    "results": read_result,
}
CONVERTERS: dict[str, Callable[[str], str]] = {
    "TCVN3": legacy_text.from_tcvn3,
    "VNI": legacy_text.from_vni,
    "VIQR": legacy_text.from_viqr,
    "UTF-8 đọc nhầm": lambda text: legacy_text.from_mojibake(text) or text,
}
Sink = Callable[[list[Row]], None]


class NoRows(FileRefused):
    """A header and nothing below it."""

    code = "FILE_NO_ROWS"


class OtherMonth(FileRefused):
    """A list whose title says an earlier month than the one it was sent for; fields: title, month."""

    code = "FILE_OTHER_MONTH"


@dataclass(slots=True)
class Checked:
    """What became of a file. Counts are of rows that are not blank, below the header."""

    sha256: str
    name: str
    form: str
    mapping: Mapping
    encoding: str = ""
    rows: int = 0
    accepted: int = 0
    rejected: int = 0
    skipped: int = 0
    blank: int = 0
    sum_vnd: int = 0  # of the accepted rows
    codes: Counter[str] = field(default_factory=Counter)
    warnings: Counter[str] = field(default_factory=Counter)
    notices: list[Finding] = field(default_factory=list)


def sha256_of(path: Path) -> str:
    """The hash of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check(
    path: Path, *, name: str, form: str, context: Context, sink: Sink,
    mapping: Mapping | None = None, progress: Callable[[int], None] | None = None,
    total: Callable[[int], None] | None = None,
) -> Checked:  # fmt: skip
    """Read and judge a whole file; every row goes to `sink` in chunks, in order.

    `mapping` is the officer's own (or the remembered) one; without it the header is looked for.
    Raises a `FileRefused` when the file as a whole cannot be read.
    """
    facts = inspect(path, name=name)
    wanted = FORMS[form]
    with OpenFile(path, kind=facts.kind, name=name) as opened:
        sheets = opened.survey()
        old = old_encoding(sheets)
        if old:
            sheets = [_converted(sheet, CONVERTERS[old]) for sheet in sheets]
        chosen = _mapping(sheets, wanted, mapping, name)
        sheet = next((each for each in sheets if each.name == chosen.sheet and not each.hidden), None)
        if sheet is None:
            raise headers.MappingNotUnderstood(name=name, where=f"sheet: {chosen.sheet[:40]}")
        of_month = _title_month(sheet, chosen)
        if of_month is not None and of_month < context.month:
            raise OtherMonth(name=name, title=of_month.vi, month=context.month.vi)
        if total:
            total(sheet.rows)
        marks = opened.choose(sheet.index)
        hidden = sorted(at for at in chosen.columns.values() if at in marks.columns)
        judge = _judge(wanted, chosen, context, marks, sheet, old)
        done = Checked(sha256_of(path), name, form, chosen, old or opened.encoding)
        done.notices += [Finding("", code, fields) for code, fields in facts.notices]
        done.notices += [Finding("", "SHEET_HIDDEN", {"sheet": each.name}) for each in sheets if each.hidden]
        if of_month is not None and of_month != context.month:
            fields: dict[str, object] = {"title": of_month.vi, "month": context.month.vi}
            done.notices.append(Finding("", "LIST_OF_OTHER_MONTH", fields))
        if hidden:
            letters = [column_letter(at) for at in hidden]
            done.notices.append(Finding("", "COLUMN_HIDDEN", {"columns": letters}))
        _count(judge.judge(opened.rows()), done, sink, progress)
    done.blank = judge.blank
    if done.accepted + done.rejected == 0:
        raise NoRows(name=name)
    _notices(done, judge)
    return done


def survey(path: Path, *, name: str, form: str) -> tuple[list[Sheet], headers.Proposal | None]:
    """The sheets and the proposed mapping, for the mapping screen. Raises a `FileRefused`."""
    facts = inspect(path, name=name)
    with OpenFile(path, kind=facts.kind, name=name) as opened:
        sheets = opened.survey()
    old = old_encoding(sheets)
    if old:
        sheets = [_converted(sheet, CONVERTERS[old]) for sheet in sheets]
    try:
        return sheets, headers.find(sheets, FORMS[form].fields, name=name)
    except headers.HeaderNotFound:
        return sheets, None


def old_encoding(sheets: Sequence[Sheet]) -> str:
    """The old encoding that the head of a file is written in, or an empty text."""
    votes: Counter[str] = Counter()
    for sheet in sheets:
        for _number, cells in sheet.head:
            for cell in cells:
                if isinstance(cell, str) and len(cell) < headers.LONGEST_LABEL:
                    found = legacy_text.detect(cell)
                    if found is not None:
                        votes[found.encoding] += 1
    best = votes.most_common(1)
    return best[0][0] if best and best[0][1] >= ENOUGH_OLD_CELLS else ""


def _converted(sheet: Sheet, convert: Callable[[str], str]) -> Sheet:
    head = [
        (number, [convert(cell) if isinstance(cell, str) else cell for cell in cells])
        for number, cells in sheet.head
    ]
    return Sheet(sheet.index, sheet.name, sheet.hidden, sheet.rows, head, sheet.merged)


def _mapping(sheets: Sequence[Sheet], form: Form, given: Mapping | None, name: str) -> Mapping:
    if all(sheet.rows == 0 for sheet in sheets):
        raise NoRows(name=name)
    if given is not None:
        if not given.sheet and sheets:
            first = next((sheet.name for sheet in sheets if not sheet.hidden), sheets[0].name)
            given = Mapping(first, given.header_row, given.columns)
        return headers.complete(given, form.fields, name=name)
    return headers.settle(headers.find(sheets, form.fields, name=name), form.fields, name=name)


def _title_month(sheet: Sheet, mapping: Mapping) -> Month | None:
    """The month that the title lines above the header say, when they say one: not the day of a
    decision, not a month "from" or "to" which something is owed."""
    found: set[Month] = set()
    for number, cells in sheet.head:
        if number >= mapping.header_row:
            break
        for cell in cells:
            text = folded(cell) if isinstance(cell, str) else ""
            for said in _TITLE_MONTH.finditer(text):
                if not _NOT_THE_LISTS.search(text[: said.start()]) and 1 <= int(said[1]) <= 12:
                    found.add(Month(int(said[2]), int(said[1])))
    return found.pop() if len(found) == 1 else None


def _judge(form: Form, mapping: Mapping, context: Context, marks: Marks, sheet: Sheet, old: str) -> SheetRows:
    return SheetRows(
        form=form, mapping=mapping, context=context, marks=marks, merged=sheet.merged,
        read=READERS[form.name], convert=CONVERTERS.get(old), encoding=old,
    )  # fmt: skip


def _count(rows: Iterable[Row], done: Checked, sink: Sink, progress: Callable[[int], None] | None) -> None:
    """Hand the rows on in chunks and count them afterwards: the sink may know more (who is
    registered elsewhere) and refuse what reads well."""
    iterator = iter(rows)
    while chunk := list(islice(iterator, CHUNK)):
        sink(chunk)
        for row in chunk:
            _count_row(row, done)
        if progress:
            progress(len(chunk))


def _count_row(row: Row, done: Checked) -> None:
    done.rows += 1
    if row.outcome == "accepted":
        done.accepted += 1
        done.sum_vnd += row.values.get("amount_vnd") or 0
        done.warnings.update({each.code for each in row.warnings})
    elif row.outcome == "rejected":
        done.rejected += 1
        done.codes.update({each.code for each in row.errors})
    else:
        done.skipped += 1


def _notices(done: Checked, judge: SheetRows) -> None:
    """What the officer should know about the whole list."""
    before = 0
    for cell, printed, so_far in judge.total_rows:
        if printed not in {so_far, so_far - before}:
            found = so_far if abs(printed - so_far) <= abs(printed - (so_far - before)) else so_far - before
            fields = {"cell": cell, "printed": format_vnd(printed), "found": format_vnd(found)}
            done.notices.append(Finding(cell, "TOTAL_DIFFERS", fields))
        before = so_far
    if done.form == "awards" and done.accepted + done.rejected > VERY_LONG_LIST:
        done.notices.append(Finding("", "LIST_VERY_LONG", {"rows": done.accepted + done.rejected}))
