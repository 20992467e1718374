# SPDX-License-Identifier: MPL-2.0
"""The set-based steps of a calculation: who is wanted with which facts, then lines and claims, each
into a fresh table whose keys are built afterwards."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from ansinh.payees.periods import for_period
from ansinh.payroll.models import Entry
from ansinh.rules.months import Month
from ansinh.statements import statement

PLACE = "row_number() OVER (ORDER BY p.commune_id, p.hamlet, p.sort_key, p.id, w.month)"
# Earlier months stand beside this month's lines of the same person; without one, at the commune's end.
PLACE_BEFORE = "coalesce(min(n.place), min(o.place), 0)"


LEAST_KB, MOST_KB = 64 << 10, 1 << 20


def _run(cursor: CursorWrapper, name: str, values: dict[str, Any], **names: str) -> None:
    text = statement("payroll", name)
    for key, value in names.items():
        text = text.replace("{" + key + "}", value)
    cursor.execute(text, values)


def _work_memory(people: int) -> int:
    """Kilobytes in which the lines of so many people are sorted without a file: a thousand bytes each."""
    return min(max(people, LEAST_KB), MOST_KB)


def stage_people(*, values: dict[str, Any]) -> str:
    """Who is wanted for which month, their facts, and what holds them; returns the name of the working
    table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT payroll_open_stage(%(payroll)s)", values)
        stage = str((cursor.fetchone() or ("",))[0])
        now, before = statement("payroll", "wanted_now"), statement("payroll", "wanted_before")
        _run(cursor, "stage_people", values, wanted=now, place=PLACE, stage=stage)
        cursor.execute("SELECT payroll_analyze_stage(%(payroll)s)", values)
        _run(cursor, "stage_people", values, wanted=before, place=PLACE_BEFORE, stage=stage)
        _run(cursor, "stage_holds", values)
    return stage


def store_lines(*, values: dict[str, Any], stage: str) -> int:
    """Lines into a fresh partition, the partition attached, claims, what is not owed; returns what
    other payrolls had paid in full already."""
    for_period(month=Month.of(values["period"]))  # who receives the money in that month
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL work_mem = '{_work_memory(values['people'])}kB'")
        cursor.execute("SELECT payroll_analyze_stage(%(payroll)s)", values)
        _run(cursor, "stage_claims", values, stage=stage)
        _run(cursor, "stage_extras", values, stage=stage)
        cursor.execute("SELECT payroll_analyze_stage(%(payroll)s)", values)
        cursor.execute("SELECT payroll_open_partition(%(payroll)s)", values)
        partition = str((cursor.fetchone() or ("",))[0])
        # A nested loop over everybody who may be paid, chosen in error, never ends.
        cursor.execute("SET LOCAL enable_nestloop = off")
        _run(cursor, "insert_lines", values, stage=stage, partition=partition)
        cursor.execute("SET LOCAL enable_nestloop = on")
        cursor.execute("SELECT payroll_close_partition(%(payroll)s)", values)
        _run(cursor, "insert_unowed", values, stage=stage)
        _run(cursor, "settled_before", values, stage=stage)
        settled = int((cursor.fetchone() or (0,))[0])
        _store_claims(cursor, values)
    return settled


def _store_claims(cursor: CursorWrapper, values: dict[str, Any]) -> None:
    """The first payroll of a month fills a fresh partition; other months, and later payrolls, go
    through the key."""
    period: date = values["period"]
    by_hand = Entry.objects.filter(payroll_id=values["payroll"], state="used").values_list("benefit_month")
    cursor.execute("SELECT DISTINCT month FROM payroll_stage_line WHERE run = %(payroll)s", values)
    months = {row[0] for row in cursor.fetchall()} | {row[0] for row in by_hand} - {period}
    cursor.execute("SELECT payroll_add_claim_months(%s)", [sorted(months - {period})])
    cursor.execute("SELECT payroll_open_claims(%(period)s)", values)
    fresh = str((cursor.fetchone() or ("",))[0])
    _run(cursor, "insert_claims", values | {"of_period": True}, claims=fresh)
    cursor.execute("SELECT payroll_close_claims(%(period)s)", values)
    _run(cursor, "insert_claims", values | {"of_period": False}, claims="payroll_claim")
    _run(cursor, "carry_claims", values)
