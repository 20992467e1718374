# SPDX-License-Identifier: MPL-2.0
"""Result files, as tests write them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from ansinh.disbursement.models import Instruction
from ansinh.payroll.models import Payroll
from ansinh.reconciliation.actions.receive import Control, Received, receive
from ansinh.staff.models import Officer
from tests.conftest import units
from tests.disbursement.month import AT

HEADER = ["REF", "AMOUNT", "STATUS", "REASON", "BANKREF", "DATE"]


def row(one: Instruction, status: str = "PAID", *, amount: int | None = None, reason: str = "",
        reference: str = "FT1", day: str = "04/03/2024") -> list[str]:  # fmt: skip
    said = one.amount_vnd if amount is None else amount
    return [one.end_to_end_id, str(said), status, reason, reference, day]


def file(rows: Iterable[list[str]], *, count: int | None = None, total: int | None = None,
         trailer: bool = True) -> bytes:  # fmt: skip
    rows = list(rows)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADER)
    writer.writerows(rows)
    if trailer:
        numbers = [int(each[1]) for each in rows if each[1].isdigit()]
        writer.writerow([f"TOTAL {len(rows) if count is None else count}",
                         sum(numbers) if total is None else total, "", "", "", ""])  # fmt: skip
    return out.getvalue().encode()


def take(cast: dict[str, Officer], payroll: Payroll, content: bytes, *, form: str = "bank_csv",
         name: str = "ket-qua.csv", control: Control | None = None) -> Received:  # fmt: skip
    return receive(
        content=content, name=name, form=form, unit_id=units()[0].pk, stream=payroll.stream,
        control=control or Control(), by=cast["ke-toan"], at=AT,
    )  # fmt: skip
