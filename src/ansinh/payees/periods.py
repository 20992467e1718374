# SPDX-License-Identifier: MPL-2.0
"""The month that `payees_payable` and the groups are asked about, and the figures of a day.

with transaction.atomic():
    for_period(month=Month(2024, 3))
    ... SELECT ... FROM payees_payable ...

with transaction.atomic():
    for_day(on=date(2024, 2, 29))
    ... SELECT ... FROM payees_grouped_then ...  what was so on that day, for the month after it
"""

from __future__ import annotations

from datetime import date

from django.db import connection

from ansinh.payees.models import PayRule as Row
from ansinh.rules.months import Month
from ansinh.rules.payees import PayRule
from ansinh.staff.scope import OutsideTransactionError

ROOM = "128MB"  # what is known of a million people is one table of 74 MB; less goes through the disk


def for_period(*, month: Month) -> None:
    """Ask about a month until the transaction ends. Nothing set means the month after today."""
    if not connection.in_atomic_block:
        raise OutsideTransactionError("a period is set inside a transaction")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SET LOCAL ansinh.period = '{month.first_day.isoformat()}'; SET LOCAL work_mem = '{ROOM}'"
        )


def for_day(*, on: date) -> None:
    """Ask `payees_grouped_then` about a day until the transaction ends: what was known at its end, for
    the month that follows it."""
    for_period(month=Month.of(on).next)
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ansinh.as_of = '{on.isoformat()}'")


def rule_on(*, on: date) -> PayRule:
    """The figures in force on a day."""
    row = Row.objects.filter(valid_from__lte=on).order_by("-valid_from").first()
    assert row is not None, "migration 0002 brings the first figures"
    return PayRule(
        row.valid_from, row.cut_off_day, row.cooling_days, row.own_account_age, row.majority_age,
        row.proxy_alert, row.proxy_cap, row.mandate_months, row.reminder_days,
    )  # fmt: skip
