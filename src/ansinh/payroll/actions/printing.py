# SPDX-License-Identifier: MPL-2.0
"""Who printed which list: account numbers in clear leave the system with a trace."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ansinh.audit.actions import record
from ansinh.payroll.models import Payroll
from ansinh.staff.models import Officer


def record_printing(
    *, payroll: Payroll, form: str, rows: int, opens_accounts: bool, commune_id: int | None, by: Officer,
    at: datetime,
) -> None:  # fmt: skip
    """One event a paper: the form, the rows, and whether it shows whole account numbers."""
    with transaction.atomic():
        record(
            by=by.pk, at=at, act="payroll.print", subject="payroll", subject_id=payroll.pk,
            unit_id=commune_id or payroll.unit_id,
            details={"form": form, "rows": rows, "whole_accounts": opens_accounts},
        )  # fmt: skip
