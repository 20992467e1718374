# SPDX-License-Identifier: MPL-2.0
"""What came back: paid again once, blocked while a case about it is open; unknown after a silence;
the month closed when everything has its place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction

from ansinh.audit.actions import Entry, record, record_many
from ansinh.disbursement.actions import single
from ansinh.disbursement.actions.moves import move
from ansinh.disbursement.models import Instruction
from ansinh.disbursement.queries import rows
from ansinh.ledger.actions import close_month
from ansinh.ledger.models import Closing
from ansinh.reconciliation.closing import checks
from ansinh.reconciliation.lifecycles import CaseState
from ansinh.reconciliation.models import Case
from ansinh.rules.failpoints import failpoint
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.staff.scope import opened_to_all
from ansinh.statements import statement


class CaseOpen(Refusal):
    """A case about the instruction is open: nothing is paid again before it is decided."""

    code = "CASE_OPEN"


class NotPlaced(Refusal):
    """Money of the month is still on its way; fields: month, states."""

    code = "MONTH_NOT_PLACED"


def pay_again(*, instruction_id: int, in_cash: bool, by: Officer, at: datetime) -> Instruction:
    """Replace what came back by a new instruction (P9). Raises `CaseOpen` and what
    `disbursement.actions.single.reissue` raises."""
    with transaction.atomic(), opened_to_all():
        if Case.objects.filter(instruction_id=instruction_id).exclude(state=CaseState.SETTLED.value).exists():
            raise CaseOpen
        failpoint("pay_again.after_check")
        return single.reissue(instruction_id=instruction_id, in_cash=in_cash, by=by, at=at)


def carry_uncollected(*, unit_ids: Iterable[int], by: Officer, at: datetime) -> int:
    """Leave everything that nobody collected in communes to the next payroll, but for what a case is open
    about; returns how many. Raises `MovedMeanwhile`."""
    with transaction.atomic():
        found = rows(sql=statement("reconciliation", "uncollected"), values={"units": list(unit_ids)})
        if not found:
            return 0
        moved = move(
            chosen="SELECT unnest(%(ids)s::bigint[]) AS instruction_id",
            values={"ids": [each["id"] for each in found]}, event="carry", cause="officer", source=None,
            commune_ids=sorted({each["commune_id"] for each in found}), by=by.pk, at=at,
        )  # fmt: skip
        record_many(
            by=by.pk, at=at,
            entries=[
                Entry("disbursement.carry", "instruction", each["id"], each["commune_id"]) for each in found
            ],
        )  # fmt: skip
    return moved


def mark_unknown(*, sent_before: datetime, by: Officer | None, at: datetime) -> int:
    """What was sent before a moment and has no answer is unknown from now on; returns how many. The
    money stays at the bank, nothing is paid again (R7, R8)."""
    with transaction.atomic(), opened_to_all():
        with connection.cursor() as cursor:
            cursor.execute(statement("reconciliation", "silent"), {"before": sent_before})
            found = cursor.fetchall()
        if not found:
            return 0
        moved = move(
            chosen="SELECT unnest(%(ids)s::bigint[]) AS instruction_id",
            values={"ids": [row[0] for row in found]}, event="lose", cause="desk", source=None,
            commune_ids=sorted({int(row[1]) for row in found}), by=by.pk if by else None, at=at,
        )  # fmt: skip
        failpoint("mark_unknown.before_record")
        record(by=by.pk if by else None, at=at, act="reconciliation.mark_unknown", subject="instruction",
               subject_id="many", details={"count": moved})  # fmt: skip
    return moved


def close(*, source: str, commune_id: int, month: Month, by: Officer, at: datetime) -> Closing:
    """Close an accounting month when every check of `closing.checks` that must hold does: every đồng has
    its place, no case is open, suspense is empty, statements are whole and equal to the ledger. Raises
    `NotPlaced`, `SuspenseOpen` (M8) or `ClosedAlready`."""
    with transaction.atomic(), opened_to_all():
        found = checks(source=source, commune_id=commune_id, month=month)
        left = [words for each in found if each.blocks and each.code != "suspense" for words in each.left]
        if left:
            raise NotPlaced(month=month.vi, states=left)
        return close_month(source=source, commune_id=commune_id, month=month, by=by, at=at)
