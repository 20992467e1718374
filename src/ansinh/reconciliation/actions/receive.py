# SPDX-License-Identifier: MPL-2.0
"""Taking a result file in: bytes kept first, lines written raw, totals closed, then applied as a set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction

from ansinh.audit.actions import record
from ansinh.disbursement.actions.moves import MovedMeanwhile, move_each
from ansinh.ledger.actions import post
from ansinh.ledger.queries import open_month
from ansinh.payees.actions.returned import send_back
from ansinh.payees.records import account_indexes
from ansinh.providers.directory import directory
from ansinh.reconciliation.lifecycles import FILE, FileState
from ansinh.reconciliation.lines import ReadFile, ReadLine
from ansinh.reconciliation.models import AccountDay, Outcome, ResultFile
from ansinh.reconciliation.readers import READERS
from ansinh.rules.failpoints import failpoint
from ansinh.rules.holders import compare_holder
from ansinh.rules.months import VIETNAM, Month
from ansinh.rules.refusals import Refusal
from ansinh.rules.results import decisions_sql
from ansinh.rules.return_reasons import reason_of
from ansinh.staff.models import Officer
from ansinh.staff.scope import opened_to_all
from ansinh.statements import statement
from ansinh.vault import store

CHUNK = 5_000
LARGEST = 200 * 1024 * 1024
RETRIES = 3  # another file moved the same instructions at the same moment; each retry re-reads


class FormUnknown(Refusal):
    """No reader of this form; fields: text, known."""

    code = "RESULT_FORM_UNKNOWN"


class FileTooLarge(Refusal):
    """More bytes than a result file has; fields: most."""

    code = "RESULT_FILE_TOO_LARGE"


@dataclass(frozen=True, slots=True)
class Received:
    """What a file was and did. `seen`: these bytes were received before; nothing happened now."""

    file: ResultFile
    seen: bool
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Control:
    """Count and sum that the officer typed from the paper; None where the file carries its own."""

    count: int | None = None
    sum_vnd: int | None = None


def receive(
    *, content: bytes, name: str, form: str, unit_id: int, stream: str, control: Control,
    by: Officer | None, at: datetime,
) -> Received:  # fmt: skip
    """Keep a file, write down its lines, and apply it when its totals close; else it is held.

    The same bytes again, under any name, change nothing. Raises `FormUnknown`, `FileTooLarge` or
    `NotThisForm`: only a file that is no result file at all is refused, never for one line.
    """
    if form not in READERS:
        raise FormUnknown(text=form, known=sorted(READERS))
    if len(content) > LARGEST:
        raise FileTooLarge(most=LARGEST // 2**20)
    sha256 = store.put(content)
    failpoint("receive.after_store")
    if seen := ResultFile.objects.filter(sha256=sha256).first():
        return Received(seen, seen=True, counts=counts_of(file_id=seen.pk))
    read = READERS[form][1](content)
    try:
        with transaction.atomic(), opened_to_all():
            file = keep(
                read=read, sha256=sha256, name=name, form=form, unit_id=unit_id, stream=stream,
                control=control, by=by, at=at,
            )  # fmt: skip
            failpoint("receive.before_commit")
    except IntegrityError:
        if seen := ResultFile.objects.filter(sha256=sha256).first():
            return Received(seen, seen=True, counts=counts_of(file_id=seen.pk))
        raise
    failpoint("receive.after_commit")
    if file.state == FileState.RECEIVED.value:
        apply(file_id=file.pk, by=by, at=at)
        file.refresh_from_db()
    return Received(file, seen=False, counts=counts_of(file_id=file.pk))


def keep(
    *, read: ReadFile, sha256: bytes, name: str, form: str, unit_id: int, stream: str, control: Control,
    by: Officer | None, at: datetime,
) -> ResultFile:  # fmt: skip
    """Write down a file's lines raw, in the caller's transaction; held when its totals do not close."""
    count, total = len(read.lines), sum(line.amount_vnd or 0 for line in read.lines)
    held_for = _held_for(read, count, total, control)
    file = ResultFile.objects.create(
        unit_id=unit_id, stream=stream, form=form, name=name[:200], sha256=sha256, count=count, sum_vnd=total,
        declared_count=control.count if control.count is not None else read.declared_count,
        declared_vnd=control.sum_vnd if control.sum_vnd is not None else read.declared_vnd,
        received_at=at, received_by=by,
    )  # fmt: skip
    for start in range(0, count, CHUNK):
        _insert(file, read.lines[start : start + CHUNK])
        failpoint("receive.between_chunks")
    if held_for:
        target = FILE.apply(FileState(file.state), "hold")
        ResultFile.objects.filter(pk=file.pk).update(state=target.value, held_for=held_for)
    else:
        _keep_days(read, file)
    record(
        by=by.pk if by else None, at=at, act="reconciliation.receive", subject="result_file",
        subject_id=file.pk, unit_id=unit_id,
        details={"sha256": sha256.hex(), "form": form, "lines": count, "held_for": held_for},
    )  # fmt: skip
    file.refresh_from_db()
    return file


def _held_for(read: ReadFile, count: int, total: int, control: Control) -> str:
    """Why a file may not be applied: its totals do not close (R9), or it was cut (F-08)."""
    if control.count is not None and (control.count, control.sum_vnd) != (count, total):
        return "control_differs"
    if read.broken and control.count is None:
        return read.broken
    if read.declared_count is not None and read.declared_count != count:
        return "count_differs"
    if read.declared_vnd is not None and read.declared_vnd != total:
        return "sum_differs"
    return ""


def _insert(file: ResultFile, lines: list[ReadLine]) -> None:
    codes = {bank.bin: bank.code for bank in directory().banks}
    pairs = [(codes.get(line.bank, line.bank), line.account) for line in lines]
    indexes = account_indexes(pairs)
    marks = [index if all(pair) else None for pair, index in zip(pairs, indexes, strict=True)]
    values: dict[str, Any] = {
        "file": file.pk, "unit": file.unit_id, "numbers": [line.line_no for line in lines],
        "ids": [line.end_to_end_id for line in lines], "vnd": [line.amount_vnd for line in lines],
        "facts": [line.fact for line in lines], "reasons": [line.reason for line in lines],
        "references": [line.reference for line in lines], "dates": [line.value_date for line in lines],
        "bidx": marks, "last4": [line.account[-4:] for line in lines],
        "holders": [line.holder[:140] for line in lines],
        "faults": [line.fault for line in lines], "digests": [line.digest() for line in lines],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement("reconciliation", "insert_lines"), values)


def _keep_days(read: ReadFile, file: ResultFile) -> None:
    AccountDay.objects.bulk_create(
        (
            AccountDay(
                file=file, unit_id=file.unit_id, account=day.account, day=day.day,
                opening_vnd=day.opening_vnd, in_vnd=day.in_vnd, out_vnd=day.out_vnd,
                closing_vnd=day.closing_vnd,
            )
            for day in read.days
        ),
        ignore_conflicts=True,
    )  # fmt: skip


def apply(*, file_id: int, by: Officer | None, at: datetime) -> dict[str, int]:
    """Apply a file that is received, or held and taken as it is by decision: judge every line, move
    the instructions, post, open cases; all of it or nothing. Run again it does nothing.

    Raises `NotFromThisState`, or `MovedMeanwhile` after three tries.
    """
    for attempt in range(RETRIES):
        try:
            return _apply_once(file_id, by, at)
        except MovedMeanwhile:
            if attempt == RETRIES - 1:
                raise
    raise AssertionError("not reached")


def _apply_once(file_id: int, by: Officer | None, at: datetime) -> dict[str, int]:
    with transaction.atomic(), opened_to_all():
        file = ResultFile.objects.select_for_update().get(pk=file_id)
        target = FILE.apply(FileState(file.state), "apply")
        period = Month.at(at).first_day
        values: dict[str, Any] = {
            "file": file.pk, "unit": file.unit_id, "stream": file.stream, "period": period, "at": at,
            "latest": at.astimezone(VIETNAM).date() + timedelta(days=1),
        }  # fmt: skip
        values["strangers"] = _other_holders(file)
        failpoint("apply.before_judging")
        with connection.cursor() as cursor:
            # Files about the same payments wait for each other here: each then sees what was known before
            # it, and none is left after too many tries.
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('reconciliation.apply'))")
            sql = statement("reconciliation", "judge").replace("{decisions}", decisions_sql())
            try:
                cursor.execute(sql, values)
            except IntegrityError as taken:
                raise MovedMeanwhile(asked="?", moved=0, event="judge") from taken
        failpoint("apply.after_judging")
        _move(file, values, by, at)
        _check_accounts_again(file, by, at)
        failpoint("apply.before_cases")
        with connection.cursor() as cursor:
            cursor.execute(statement("reconciliation", "open_cases"), values)
        ResultFile.objects.filter(pk=file.pk).update(state=target.value)
        counts = counts_of(file_id=file.pk)
        record(
            by=by.pk if by else None, at=at, act="reconciliation.apply", subject="result_file",
            subject_id=file.pk, unit_id=file.unit_id, details=counts,
        )  # fmt: skip
        failpoint("apply.before_commit")
    failpoint("apply.after_commit")
    return counts


def _other_holders(file: ResultFile) -> list[int]:
    """The lines whose holder is not the one that was to be paid (R6). One differing letter counts."""
    with connection.cursor() as cursor:
        cursor.execute(statement("reconciliation", "holders"), {"file": file.pk})
        return [int(line) for line, ours, theirs in cursor if not compare_holder(ours, theirs).passes]


def _move(file: ResultFile, values: dict[str, Any], by: Officer | None, at: datetime) -> None:
    touched = Outcome.objects.filter(file_id=file.pk).values_list("commune_id", flat=True).distinct()
    communes = sorted(set(touched) | {file.unit_id})
    asked, moved = move_each(
        chosen=statement("reconciliation", "moving"), values=values, cause="result", source=None,
        commune_ids=communes, by=by.pk if by else None, at=at,
    )  # fmt: skip
    if asked != moved:
        raise MovedMeanwhile(asked=asked, moved=moved, event="result")
    booked = open_month(source=None, commune_ids=communes, wanted=Month.at(at)).first_day
    post(
        moves=statement("reconciliation", "suspended_postings"), values=values, booked=booked,
        by=by.pk if by else None, at=at,
    )  # fmt: skip


def _check_accounts_again(file: ResultFile, by: Officer | None, at: datetime) -> None:
    """The accounts that sent money back are checked again before anything is paid into them: the
    payer's reason says why and whose move it is."""
    with connection.cursor() as cursor:
        cursor.execute(statement("reconciliation", "sent_back"), {"file": file.pk})
        found = [(int(account), reason_of(reason).recheck) for account, reason in cursor.fetchall()]
    send_back(accounts=[each for each in found if each[1]], source=f"result {file.pk}", by=by, at=at)


def counts_of(*, file_id: int) -> dict[str, int]:
    """How many lines of a file were applied, duplicates, in suspense, malformed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT outcome, count(*) FROM reconciliation_outcome WHERE file_id = %s GROUP BY outcome",
            [file_id],
        )
        found = {str(outcome): int(count) for outcome, count in cursor.fetchall()}
    return {name: found.get(name, 0) for name in ("applied", "duplicate", "suspense", "malformed")}


def take_held(*, file_id: int, note: str, by: Officer, at: datetime) -> dict[str, int]:
    """Take a held file as it is (a part that the bank confirmed), with the reason. Its lines are
    judged like any others. Raises `NotFromThisState`."""
    with transaction.atomic(), opened_to_all():
        file = ResultFile.objects.select_for_update().get(pk=file_id)
        FILE.apply(FileState(file.state), "apply")
        ResultFile.objects.filter(pk=file_id).update(note=note[:300])
        record(by=by.pk, at=at, act="reconciliation.take_held", subject="result_file", subject_id=file_id,
               unit_id=file.unit_id, details={"held_for": file.held_for, "note": note})  # fmt: skip
        return apply(file_id=file_id, by=by, at=at)


def discard_held(*, file_id: int, note: str, by: Officer, at: datetime) -> None:
    """Put a held file aside: the bank sends a whole one. Raises `NotFromThisState`."""
    with transaction.atomic():
        file = ResultFile.objects.select_for_update().get(pk=file_id)
        target = FILE.apply(FileState(file.state), "discard")
        ResultFile.objects.filter(pk=file_id).update(state=target.value, note=note[:300])
        failpoint("discard.before_record")
        record(by=by.pk, at=at, act="reconciliation.discard", subject="result_file", subject_id=file_id,
               unit_id=file.unit_id, details={"held_for": file.held_for, "note": note})  # fmt: skip
