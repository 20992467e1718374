# SPDX-License-Identifier: MPL-2.0
"""The payment behind a complaint: its timeline, and the statement line that decided each step."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection

from ansinh.directives.models import Complaint
from ansinh.statements import statement


@dataclass(frozen=True, slots=True)
class Step:
    """A state since a moment; from line `line_no` of a result file when a file said so."""

    at: datetime
    state: str
    file: str
    line_no: int | None
    reference: str
    reason: str
    value_date: date | None


@dataclass(frozen=True, slots=True)
class Paid:
    """One instruction with its steps, the oldest first."""

    end_to_end_id: str
    period: date
    amount_vnd: int
    channel: str
    account_last4: str
    made_at: datetime
    steps: list[Step] = field(default_factory=list)

    @property
    def state(self) -> str:
        """Where the money is now."""
        return self.steps[-1].state if self.steps else "instructed"


def payments_of(*, complaint: Complaint) -> list[Paid]:
    """The payments that a complaint is about, in the transaction's scope; one statement."""
    values = {
        "reference": complaint.payment_ref, "person": complaint.person_id, "month": complaint.benefit_month,
    }  # fmt: skip
    found: dict[int, Paid] = {}
    with connection.cursor() as cursor:
        cursor.execute(statement("directives", "payments_of"), values)
        for row in cursor.fetchall():
            paid = found.setdefault(row[0], Paid(*row[1:7]))
            if row[7] is not None:
                paid.steps.append(Step(row[7], row[8], row[9] or "", row[10], row[11] or "", row[12] or "",
                                       row[13]))  # fmt: skip
    return list(found.values())
