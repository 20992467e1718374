# SPDX-License-Identifier: MPL-2.0
"""Counting a month anew."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from ansinh.dashboards.models import Refresh, Standing
from ansinh.payees.periods import for_period
from ansinh.rules.months import VIETNAM, Month
from ansinh.staff.scope import opened_to_all
from ansinh.statements import statement

REPORT_DAY = 20  # the payer reports by then (NĐ 20/2021/NĐ-CP Điều 34); contracts may say another day


def refresh_month(*, month: Month, at: datetime) -> int:
    """Count a month's figures anew for every commune, in a fixed number of statements; returns how many
    communes have people. Two at once: the second waits and counts again."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('dashboards.refresh'))")
        cursor.execute("SELECT clock_timestamp()")
        began = cursor.fetchone()[0]
        for_period(month=month)
        Standing.objects.filter(month=month.first_day).delete()
        values: dict[str, Any] = {
            "month": month.first_day, "today": at.astimezone(VIETNAM).date(), "report_day": REPORT_DAY,
        }  # fmt: skip
        with opened_to_all():
            cursor.execute(statement("dashboards", "count_month"), values)
            communes = int(cursor.rowcount)
        cursor.execute("SELECT clock_timestamp()")
        took = (cursor.fetchone()[0] - began).total_seconds()
        Refresh.objects.create(month=month.first_day, at=at, milliseconds=int(took * 1000), communes=communes)
    return communes
