# SPDX-License-Identifier: MPL-2.0
"""`ansinh report targets` and `ansinh outreach …`."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import click
from django.db import transaction
from django.utils import timezone

from ansinh.outreach import queries
from ansinh.outreach.actions.messages import send_waiting
from ansinh.outreach.actions.targets import freeze_month, load_targets
from ansinh.outreach.notices import adapter_named
from ansinh.outreach.queries import Standing
from ansinh.places.queries import unit_on
from ansinh.rules.dates import parse_date
from ansinh.rules.months import Month
from ansinh.staff.scope import open_to_all
from ansinh.ui.console import emit


def share(part: int, whole: int) -> Any:
    """A share between 0 and 1 with four decimals, for machines; nobody over nobody is 0."""
    return round(part / whole, 4) if whole else 0.0


def as_json_figures(code: str, on: date, standing: Standing) -> dict[str, Any]:
    """The machine contract of `report targets` (docs/reference/outreach.md)."""
    return {
        "unit": code, "on": on.isoformat(), "beneficiaries": standing.beneficiaries,
        "eligible": standing.eligible, "with_account": standing.with_account,
        "registered": standing.registered,
        "share_of_all": share(standing.with_account, standing.beneficiaries),
        "share_of_eligible": share(standing.registered, standing.eligible), "groups": standing.groups,
    }  # fmt: skip


@click.command("targets")
@click.option("--unit", "code", required=True, help="Code of the unit; 49 is Quảng Nam of 2024.")
@click.option("--on", "on_text", help="The day, dd/mm/yyyy or yyyy-mm-dd; today unless given.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def targets(*, code: str, on_text: str | None, as_json: bool) -> None:
    """How many people of a unit have an account and are registered, by group, on a day."""
    on = parse_date(on_text) if on_text else timezone.localdate()
    with transaction.atomic():
        open_to_all()
        standing = queries.standing(unit=unit_on(code=code, on=on), on=on)
    found = as_json_figures(code, on, standing)
    lines = [
        f"{found['beneficiaries']} người hưởng / beneficiaries, {found['eligible']} đủ điều kiện / eligible",
        f"{found['with_account']} có tài khoản / with an account ({found['share_of_all']:.1%} of all)",
        f"{found['registered']} đã đăng ký / registered ({found['share_of_eligible']:.1%} of eligible)",
        "  ".join(f"{name} {count}" for name, count in standing.groups.items()),
    ]
    emit(found, "\n".join(lines), as_json=as_json)


@click.group()
def outreach() -> None:
    """Messages to beneficiaries, targets, frozen figures."""


@outreach.command("send")
@click.option("--adapter", help="file, email, sms or zalo; the installation's unless given.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def send(*, adapter: str | None, as_json: bool) -> None:
    """Hand over the messages that wait, commune by commune."""
    chosen, sent = adapter_named(adapter), 0
    while handed := send_waiting(adapter=chosen, at=datetime.now(UTC)):
        sent += handed
    emit({"handed_over": sent, "adapter": chosen.name}, f"{sent} tin / messages", as_json=as_json)


@outreach.command("load-targets")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def load(*, as_json: bool) -> None:
    """Load the targets that ship (the directive's two); those that are there stay."""
    made = load_targets(by=None, at=datetime.now(UTC))
    emit({"new": made}, f"{made} chỉ tiêu mới / new targets", as_json=as_json)


@outreach.command("freeze")
@click.option("--month", required=True, help="The month, mm/yyyy; it must be over.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def freeze(*, month: str, as_json: bool) -> None:
    """Keep how every hamlet stands at a month's end. Frozen figures never change."""
    made = freeze_month(month=Month.parse(month), by=None, at=datetime.now(UTC))
    emit({"rows": made}, f"{made} dòng / rows", as_json=as_json)
