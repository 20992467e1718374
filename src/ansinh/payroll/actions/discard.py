# SPDX-License-Identifier: MPL-2.0
"""Throwing away what a calculation made, so that another can take its place."""

from __future__ import annotations

from django.db import connection

from ansinh.payroll.lifecycles import ENTRY, EntryState
from ansinh.payroll.models import Entry
from ansinh.statements import statement

WORKING = ("payroll_stage_line", "payroll_stage_hold", "payroll_stage_claim", "payroll_stage_extra")
MADE = ("payroll_unowed", "payroll_difference", "payroll_communetotal", "payroll_case")


def discard_lines(*, payroll_id: int) -> None:
    """Lines, cases, claims, differences of a payroll that is not submitted; part of the caller's
    transaction. The database refuses when the payroll is submitted or settled."""
    with connection.cursor() as cursor:
        cursor.execute(statement("payroll", "give_back_claims"), {"payroll": payroll_id})
        for table in MADE:
            cursor.execute(f"DELETE FROM {table} WHERE payroll_id = %s", [payroll_id])  # noqa: S608
        cursor.execute("SELECT payroll_drop_claims(%s), payroll_drop_partition(%s)", [payroll_id, payroll_id])
    clear_working(payroll_id=payroll_id)
    back = ENTRY.apply(EntryState.USED, "give_back")
    Entry.objects.filter(payroll_id=payroll_id, state=EntryState.USED).update(state=back.value, payroll=None)


def clear_working(*, payroll_id: int) -> None:
    """The working rows of a calculation."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT payroll_drop_stage(%s)", [payroll_id])
        for table in WORKING:
            cursor.execute(f"DELETE FROM {table} WHERE run = %s", [payroll_id])  # noqa: S608
