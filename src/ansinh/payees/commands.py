# SPDX-License-Identifier: MPL-2.0
"""`ansinh payees`: what dates bring by themselves."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, date, datetime

import click
from django.db import transaction
from django.utils import timezone

from ansinh.payees.actions import keep_dates, raise_cases
from ansinh.payees.queries import rule_figures
from ansinh.rules.dates import parse_date
from ansinh.staff.scope import open_to_all
from ansinh.ui.console import emit


def day_or_today(text: str | None) -> date:
    """A day typed as dd/mm/yyyy or yyyy-mm-dd, or today in Viet Nam."""
    return parse_date(text) if text else timezone.localdate()


@click.group()
def payees() -> None:
    """Accounts, mandates, review rounds, groups."""


@payees.command("dates")
@click.option("--on", "on_text", help="The day, dd/mm/yyyy; today unless given.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def dates(*, on_text: str | None, as_json: bool) -> None:
    """Let accounts become active or replaced and mandates end, as their dates say. Run every day."""
    with transaction.atomic():
        open_to_all()
        done = keep_dates(at=datetime.now(UTC), on=day_or_today(on_text))
    text = (
        f"{done.activated} tài khoản bắt đầu dùng / accounts active, {done.replaced} thay thế / replaced,"
        f" {done.ended} uỷ quyền kết thúc / mandates ended, {done.reminded} được nhắc / reminded"
    )
    emit(asdict(done), text, as_json=as_json)


@click.command("frauds")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def frauds(*, as_json: bool) -> None:
    """Cases of doubt by rule: open, decided, how many decided ones were something, the precision."""
    with transaction.atomic():
        open_to_all()
        found = [
            {"rule": rule, "open": waiting, "decided": decided, "something": something,
             "precision": round(something / decided, 4) if decided else None}
            for rule, waiting, something, decided in rule_figures()
        ]  # fmt: skip
    lines = [
        f"{each['rule']}: {each['open']} chờ / open, {each['something']} đúng / right"
        f" trong {each['decided']} đã kết luận / of those decided"
        for each in found
    ]
    emit({"rules": found}, "\n".join(lines) or "Không có nghi vấn. / No cases.", as_json=as_json)


@payees.command("cases")
@click.option("--on", "on_text", help="The day, dd/mm/yyyy; today unless given.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def cases(*, on_text: str | None, as_json: bool) -> None:
    """Run the rules over all accounts and mandates; the same facts are one case. Run every day."""
    with transaction.atomic():
        open_to_all()
        raised = raise_cases(at=datetime.now(UTC), on=day_or_today(on_text))
    emit(raised, ", ".join(f"{rule}: {count}" for rule, count in raised.items()), as_json=as_json)
