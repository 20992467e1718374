# SPDX-License-Identifier: MPL-2.0
"""A pay day without network: the pack that is taken along, and the signed list entered afterwards.

What was entered is compared with the count and sum that stand under the signed list: one line left out
or ticked twice and nothing is booked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from ansinh.audit.actions import record
from ansinh.disbursement.actions.moves import move
from ansinh.disbursement.models import Envelope, Slip
from ansinh.disbursement.queries import CashLine, cash_lines
from ansinh.disbursement.slips import code_bidx, slip_code
from ansinh.rules.failpoints import failpoint
from ansinh.rules.money import format_vnd
from ansinh.rules.months import VIETNAM
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.statements import statement


class PayDayTotalsDiffer(Refusal):
    """Count or sum of those ticked as paid are not those of the signed list; fields: ticked, said."""

    code = "PAY_DAY_TOTALS_DIFFER"


class PayDayLinesMoved(Refusal):
    """Lines that are not with the agent were ticked, or one both ways; fields: lines."""

    code = "PAY_DAY_LINES_MOVED"


class PayDayDate(Refusal):
    """The day is before the money was handed over, or later than today; fields: day."""

    code = "PAY_DAY_DATE"


class SupervisorMissing(Refusal):
    """Nobody is named who watched."""

    code = "PAY_DAY_SUPERVISOR"


@dataclass(frozen=True, slots=True)
class SignedList:
    """What stands on the paper: the day, who watched, how many signed, how much they got."""

    handed_on: date
    supervisor: str
    count: int
    sum_vnd: int


def enter_pay_day(
    *, envelope_id: int, unit_ids: Iterable[int], paid: set[int], absent: set[int], paper: SignedList,
    by: Officer, at: datetime,
) -> tuple[int, int]:  # fmt: skip
    """Enter a signed list: who got the money, who did not come; the others stay as they are. Returns
    how many of each. Raises `PayDayTotalsDiffer`, `PayDayLinesMoved`, `PayDayDate`,
    `SupervisorMissing` or `MovedMeanwhile`; then nothing is entered."""
    if not paper.supervisor.strip():
        raise SupervisorMissing
    with transaction.atomic():
        envelope = Envelope.objects.get(pk=envelope_id)
        sent_on = envelope.sent_at.astimezone(VIETNAM).date() if envelope.sent_at else date.max
        if not sent_on <= paper.handed_on <= at.astimezone(VIETNAM).date():
            raise PayDayDate(day=f"{paper.handed_on:%d/%m/%Y}")
        lines = {each.id: each for each in cash_lines(envelope_id=envelope_id, unit_ids=unit_ids)}
        _still_there(lines, paid, absent)
        total = sum(lines[each].amount_vnd for each in paid)
        if (len(paid), total) != (paper.count, paper.sum_vnd):
            raise PayDayTotalsDiffer(
                ticked=f"{len(paid)} – {format_vnd(total)}",
                said=f"{paper.count} – {format_vnd(paper.sum_vnd)}",
            )
        failpoint("pay_day.before_marks")
        communes = sorted({lines[each].commune_id for each in paid | absent})
        for event, ids, reason in (("collect", paid, ""), ("miss", absent, "ABSENT")):
            if ids:
                move(
                    chosen="SELECT unnest(%(ids)s::bigint[]) AS instruction_id", values={"ids": sorted(ids)},
                    event=event, cause="cash", source=envelope.stream, commune_ids=communes, by=by.pk, at=at,
                    reason=reason,
                )  # fmt: skip
        _receipts(paid, paper, by, at)
        record(
            by=by.pk, at=at, act="disbursement.enter_pay_day", subject="envelope", subject_id=envelope_id,
            unit_id=envelope.unit_id,
            details={"paid": len(paid), "absent": len(absent), "sum_vnd": total,
                     "handed_on": paper.handed_on.isoformat(), "supervisor": paper.supervisor[:120]},
        )  # fmt: skip
    return len(paid), len(absent)


def _still_there(lines: dict[int, CashLine], paid: set[int], absent: set[int]) -> None:
    wrong = [lines[each].end_to_end_id if each in lines else str(each) for each in sorted(paid & absent)]
    wrong += [
        lines[each].end_to_end_id if each in lines else str(each)
        for each in sorted(paid | absent)
        if each not in lines or lines[each].state != "with_agent"
    ]
    if wrong:
        raise PayDayLinesMoved(lines=wrong[:20])


def _receipts(paid: set[int], paper: SignedList, by: Officer, at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            statement("disbursement", "offline_receipts"),
            {"ids": sorted(paid), "supervisor": paper.supervisor.strip()[:120], "on": paper.handed_on,
             "at": at, "by": by.pk},
        )  # fmt: skip


def print_slips(*, lines: list[CashLine], by: Officer, at: datetime) -> dict[int, str]:
    """The code of each line's slip, by instruction; looked up by it from now on. A slip that is printed
    again has the same code."""
    codes = {each.id: slip_code(end_to_end_id=each.end_to_end_id) for each in lines}
    with transaction.atomic():
        Slip.objects.bulk_create(
            (
                Slip(instruction_id=each.id, commune_id=each.commune_id, printed_at=at, printed_by=by.pk,
                     code_bidx=code_bidx(code=codes[each.id]))
                for each in lines
            ),
            ignore_conflicts=True, batch_size=1_000,
        )  # fmt: skip
        record(by=by.pk, at=at, act="disbursement.print_slips", subject="slip", subject_id="many",
               details={"count": len(codes)})  # fmt: skip
    return codes
