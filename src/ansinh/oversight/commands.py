# SPDX-License-Identifier: MPL-2.0
"""`ansinh oversight …`: draw the samples of a month, prove that they were drawn as published."""

from __future__ import annotations

from datetime import UTC, datetime

import click
from django.db import transaction

from ansinh.oversight.actions.draws import draw_waiting
from ansinh.oversight.models import Draw
from ansinh.oversight.queries.samples import drawn_again
from ansinh.rules.months import Month
from ansinh.staff.scope import open_to_all
from ansinh.ui.console import emit

SAME = {True: "đúng / same", False: "KHÁC / DIFFERS"}


@click.group()
def oversight() -> None:
    """Random samples of locked payrolls."""


@oversight.command("draw")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def draw(*, as_json: bool) -> None:
    """Draw the samples of locked payrolls whose month has its published words."""
    many = draw_waiting(at=datetime.now(UTC))
    emit({"drawn": many}, f"{many} mẫu đã rút / samples drawn", as_json=as_json)


@oversight.command("prove")
@click.option("--month", "month_text", required=True, help="mm/yyyy")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def prove(*, month_text: str, as_json: bool) -> None:
    """Draw a month's samples again from the published words; exit 1 where one differs."""
    month = Month.parse(month_text)
    with transaction.atomic():
        open_to_all()
        draws = (
            Draw.objects.filter(seed__period=month.first_day).select_related("seed").order_by("payroll_id")
        )
        proofs = [drawn_again(draw=each) for each in draws]
    found = [
        {"payroll": each.payroll_id, "lines": each.lines, "drawn": each.drawn, "same": each.same}
        for each in proofs
    ]
    lines = [f"bảng chi {each.payroll_id}: {each.drawn}/{each.lines} {SAME[each.same]}" for each in proofs]
    emit({"samples": found}, "\n".join(lines) or "chưa có mẫu / no sample", as_json=as_json)
    if not all(each.same for each in proofs):
        raise SystemExit(1)
