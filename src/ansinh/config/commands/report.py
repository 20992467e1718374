# SPDX-License-Identifier: MPL-2.0
"""`ansinh report`: figures for the level above, from the same numbers as the pages."""

from __future__ import annotations

import click
from django.db import transaction
from django.utils import timezone

from ansinh.outreach.commands import targets
from ansinh.payees.commands import frauds
from ansinh.payees.queries import group_counts
from ansinh.places.queries import unit_on, units_covered, with_history
from ansinh.rules.dates import parse_date
from ansinh.rules.months import Month
from ansinh.staff.scope import open_to_all
from ansinh.ui.console import emit


@click.group()
def report() -> None:
    """Figures of a unit on a day."""


@report.command()
@click.option("--unit", required=True, help="Code of a province, district or commune on that day.")
@click.option("--on", "on_text", help="The day, dd/mm/yyyy; today unless given.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def groups(*, unit: str, on_text: str | None, as_json: bool) -> None:
    """Beneficiaries by group A to F, as of the month of a day."""
    on = parse_date(on_text) if on_text else timezone.localdate()
    with transaction.atomic():
        open_to_all()
        found = unit_on(code=unit, on=on)
        units = with_history(unit_ids=units_covered(unit_ids=[found.pk], on=on))
        counts = group_counts(unit_ids=units, month=Month.of(on))
    payload = {
        "unit": unit, "on": on.isoformat(), "beneficiaries": counts.beneficiaries, "groups": counts.groups,
        "reasons": counts.whys,
    }  # fmt: skip
    words = ", ".join(f"{group} {count}" for group, count in counts.groups.items())
    emit(payload, f"{found.name}, {counts.month.vi}: {counts.beneficiaries} người / persons. {words}",
         as_json=as_json)  # fmt: skip


report.add_command(targets)
report.add_command(frauds)
