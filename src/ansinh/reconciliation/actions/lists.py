# SPDX-License-Identifier: MPL-2.0
"""Results that come as a list (form `results` of `ansinh import` and the page of lists): the same lines,
booked by the same table, as those of a bank's own file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import connection

from ansinh.reconciliation.actions.receive import Control, apply, counts_of, keep
from ansinh.reconciliation.lines import ReadFile, ReadLine, found_id, understand
from ansinh.reconciliation.models import ResultFile
from ansinh.registry.files.rows import Row
from ansinh.registry.matching import Matched
from ansinh.registry.models import ImportFile
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.staff.scope import opened_to_all
from ansinh.statements import statement

FORM = "list"
FACTS = {"paid": "paid", "failed": "failed", "returned": "returned", "uncollected": "failed"}


class NoneOfOurs(Refusal):
    """No row names an instruction of this system; fields: name."""

    code = "RESULT_NONE_OURS"


class TwoStreams(Refusal):
    """Rows of merit and of assistance payments in one list; fields: name."""

    code = "RESULT_TWO_STREAMS"


def compare_results(
    *, file: ImportFile, rows: Sequence[Row], matched: dict[int, Matched]
) -> dict[int, Matched]:
    """Whether each accepted row says what was booked before (unchanged), more (changed), or something
    new. Refuses none: money that fits nowhere goes to the desk of exceptions."""
    lines = {row.number: line_of(row) for row in rows if row.outcome == "accepted"}
    assert file.form == "results"
    known = _known([line.end_to_end_id for line in lines.values()])
    for number, line in lines.items():
        _stream, facts = known.get(line.end_to_end_id, ("", frozenset()))
        matched[number] = Matched("unchanged" if line.fact in facts else "changed" if facts else "new")
    return matched


def take_results(
    *, file: ImportFile, rows: Iterable[Row], by: Officer | None, at: datetime
) -> dict[str, int]:
    """Book the rows of a confirmed list, in the transaction that confirms it. The same bytes that a page
    of results took in before change nothing. Raises `NoneOfOurs`, `TwoStreams` or `MovedMeanwhile`."""
    lines = [line_of(row) for row in rows]
    with opened_to_all():
        seen = ResultFile.objects.filter(sha256=bytes(file.sha256)).first()
        if seen is not None:
            return counts_of(file_id=seen.pk)
        known = _known([line.end_to_end_id for line in lines])
        streams = {stream for stream, _facts in known.values()}
        if not streams:
            raise NoneOfOurs(name=file.name)
        if len(streams) > 1:
            raise TwoStreams(name=file.name)
        kept = keep(
            read=ReadFile(lines), sha256=bytes(file.sha256), name=file.name, form=FORM,
            unit_id=file.commune_id, stream=streams.pop(), control=Control(), by=by, at=at,
        )  # fmt: skip
        return apply(file_id=kept.pk, by=by, at=at)


def line_of(row: Row) -> ReadLine:
    """A row as a line of a result file; one that names no instruction keeps its words as `raw`."""
    values = row.values
    paid_on = values.get("paid_on") or ""
    said = str(values["reference"] or "")
    reason = str(values.get("reason") or "")[:60]
    return understand(
        ReadLine(
            row.number, found_id(said), values["amount_vnd"], FACTS.get(str(values["result"]), ""),
            reason or ("ABSENT" if values["result"] == "uncollected" else ""),
            str(values.get("bank_reference") or "")[:60],
            date.fromisoformat(paid_on) if len(paid_on) == 10 else None, raw=said,
        )
    )  # fmt: skip


def _known(ids: Iterable[str]) -> dict[str, tuple[str, frozenset[str]]]:
    """end-to-end id -> (source of the money, facts booked so far), of the instructions in scope."""
    with connection.cursor() as cursor:
        cursor.execute(statement("reconciliation", "facts_known"), {"ids": sorted(set(ids) - {""})})
        return {row[0]: (row[1], frozenset(row[2])) for row in cursor.fetchall()}
