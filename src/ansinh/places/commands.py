# SPDX-License-Identifier: MPL-2.0
"""`ansinh places …`."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import click

from ansinh.places import queries
from ansinh.places.actions import confirm_import, load_units, preview_import
from ansinh.places.models import Unit
from ansinh.rules.dates import parse_date
from ansinh.ui.console import emit


@click.group()
def places() -> None:
    """Administrative units over time: what a code means on a date, and what became of a unit."""


@places.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def load(*, as_json: bool) -> None:
    """Load the units that ship with An Sinh (once; an official list is never overwritten)."""
    counts = load_units(by=None, at=datetime.now(UTC))
    text = ", ".join(f"{name} {count}" for name, count in counts.items())
    emit(counts, text or "Đã có đơn vị. / Units are loaded already.", as_json=as_json)


def _brief(unit: Unit) -> dict[str, object]:
    span = unit.validity
    return {
        "code": unit.code,
        "name": unit.name,
        "level": unit.level,
        "from": span.lower.isoformat() if span.lower else None,
        "to": span.upper.isoformat() if span.upper else None,
    }


@places.command()
@click.argument("code")
@click.option("--on", "day", help="The day, dd/mm/yyyy or yyyy-mm-dd (default: today).")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def show(*, code: str, day: str | None, as_json: bool) -> None:
    """Show the unit with CODE on a day: what it belongs to, what is below, what became of it.

    Codes have 2 digits for provinces, 3 for districts, 5 for communes.
    """
    on = parse_date(day) if day else date.today()  # noqa: DTZ011 - a person's today
    unit = queries.unit_on(code=code, on=on)
    above = [_brief(each) for each in queries.ancestors(unit_id=unit.pk, on=on)]
    below = [_brief(each) for each in queries.children(unit_id=unit.pk, on=on)]
    became = [_brief(each) | {"share": share} for each, share, _on in queries.successors(unit_id=unit.pk)]
    payload = _brief(unit) | {"on": on.isoformat(), "above": above, "below": below, "became": became}
    lines = [f"{unit.code} {unit.name}", *(f"  thuộc / in {each['name']}" for each in above)]
    lines += [f"  {each['code']} {each['name']}" for each in below]
    lines += [f"  → {each['code']} {each['name']} ({each['share']})" for each in became]
    emit(payload, "\n".join(lines), as_json=as_json)


@places.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--confirm", is_flag=True, help="Write it; without this only the differences are shown.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def import_list(*, file: Path, confirm: bool, as_json: bool) -> None:
    """Import an official list of units (CSV) over the shipped data.

    Columns: code, level, kind, name, parent_code, valid_from, valid_to. Nothing is removed.
    """
    text = file.read_text(encoding="utf-8")
    if confirm:
        found = confirm_import(text=text, source=file.name, by=None, at=datetime.now(UTC))
    else:
        found = preview_import(text=text)
    words = (
        f"mới / new {len(found.new)}, đổi tên / renamed {len(found.renamed)}, "
        f"giữ nguyên / unchanged {found.unchanged}, chỉ ta có / only ours {len(found.only_ours)}"
    )
    emit(found.payload(), words, as_json=as_json)
