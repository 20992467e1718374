# SPDX-License-Identifier: MPL-2.0
"""`ansinh import`: a list from the command line, the same act as on the pages."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
from django.db import transaction
from django.utils import timezone

from ansinh.places.models import Unit
from ansinh.places.queries import UnitUnknown, descendants, with_history
from ansinh.registry.actions import confirm_import, receive_list
from ansinh.registry.actions.birthdays import raise_birthdays
from ansinh.registry.actions.confirm import Control
from ansinh.registry.actions.duplicates import find_duplicates
from ansinh.registry.actions.linkage import link_records
from ansinh.registry.actions.receive import note_refused_file
from ansinh.registry.files.forms import FORMS
from ansinh.registry.files.headers import Mapping
from ansinh.registry.files.kinds import FileRefused
from ansinh.registry.models import ImportFile
from ansinh.registry.queries import findings
from ansinh.rules.money import parse_vnd
from ansinh.rules.months import Month
from ansinh.staff.scope import open_to_all
from ansinh.ui.console import emit, progress


class _PreviewOnlyError(Exception):
    """Rolls a preview back: nothing is written without --confirm."""


def commune_named(code: str, on: date) -> Unit:
    """The commune with a code on a day, or the last one that had it. Raises `UnitUnknown`."""
    same = Unit.objects.filter(code=code, level="commune").order_by("-validity")
    found = same.filter(validity__contains=on).first() or same.first()
    if found is None:
        found = Unit.objects.filter(code=code).order_by("-validity").first()
    if found is None:
        raise UnitUnknown(text=code, on=on)
    return found


def read_mapping(text: str | None, form: str, name: str) -> Mapping | None:
    """A mapping typed as JSON or as the path of a JSON file."""
    if not text:
        return None
    source = Path(text).read_text(encoding="utf-8") if not text.lstrip().startswith("{") else text
    try:
        payload = json.loads(source)
    except json.JSONDecodeError as wrong:
        raise click.BadParameter(f"--mapping: {wrong}") from wrong
    return Mapping.from_payload(payload, known=[each.name for each in FORMS[form].fields], name=name)


def outcome(file: ImportFile, *, lang: str = "vi") -> dict[str, Any]:
    """The machine contract of `ansinh import` (docs/reference/imports.md)."""
    errors, warnings = findings(file=file, lang=lang)
    return {
        "file_sha256": bytes(file.sha256).hex(),
        "rows": file.rows,
        "accepted": file.accepted,
        "rejected": file.rejected,
        "skipped": file.skipped,
        "errors": errors,
        "warnings": warnings,
        "notices": [{"column": n[0], "code": n[1], "message": n[2]} for n in file.notices],
        "changes": {key: file.changes.get(key, 0) for key in ("new", "changed", "unchanged", "missing")},
        "mapping": {key: value for key, value in file.mapping.items() if key != "headers"},
        "sum_vnd": file.sum_vnd,
        "state": file.state,
    }


@click.command("import")
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--unit", "code", required=True, help="Code of the commune whose list it is.")
@click.option("--form", required=True, type=click.Choice(list(FORMS)), help="Which form it is.")
@click.option("--month", help="Month of the list, mm/yyyy (default: this month).")
@click.option("--mapping", help='JSON or a JSON file: {"header_row": 5, "columns": {"name": "B"}}.')
@click.option("--confirm", is_flag=True, help="Write the accepted rows; without this nothing is written.")
@click.option("--keep", multiple=True, metavar="CODE", help="Keep rows with this warning (or all).")
@click.option("--leave-out", multiple=True, metavar="CODE", help="Leave rows with this warning out.")
@click.option("--count", type=int, help="Control: how many people the paper says.")
@click.option("--sum", "sum_text", help="Control: the sum that the paper says.")
@click.option("--replace", is_flag=True, help="Take the place of the list confirmed before.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def import_list(
    *, path: Path, code: str, form: str, month: str | None, mapping: str | None, confirm: bool,
    keep: tuple[str, ...], leave_out: tuple[str, ...], count: int | None, sum_text: str | None,
    replace: bool, as_json: bool,
) -> None:  # fmt: skip
    """Check a list that a commune sent, and with --confirm import it.

    Prints every row that is refused with its sheet, row, column and what to do. Exit code 1 when a
    file is refused as a whole.
    """
    today = timezone.localdate()
    of_month = Month.parse(month) if month else Month.of(today)
    on = min(today, of_month.last_day)
    unit = commune_named(code, on)
    given = read_mapping(mapping, form, path.name)
    control = Control(count, parse_vnd(sum_text) if sum_text else None)
    found: dict[str, Any] = {}
    try:
        with transaction.atomic(), progress("Đọc tệp / reading", total=None, quiet=as_json) as advance:
            file = receive_list(
                path=path, name=path.name, unit=unit, form=form, month=of_month, by=None,
                at=datetime.now(UTC), on=on, mapping=given, progress=advance,
            )  # fmt: skip
            if confirm:
                decisions = dict.fromkeys(leave_out, "leave_out")
                wanted = file.must_be_decided
                decisions |= {each: "keep" for each in wanted if each in keep or "all" in keep}
                file = confirm_import(
                    import_id=file.pk, decisions=decisions, control=control, replace=replace, by=None,
                    at=datetime.now(UTC),
                )  # fmt: skip
            found = outcome(file)
            if not confirm:
                raise _PreviewOnlyError
    except _PreviewOnlyError:
        pass
    except FileRefused as refused:
        note_refused_file(
            path=path, name=path.name, unit=unit, refused=refused, by=None, at=datetime.now(UTC)
        )
        if as_json:
            emit({"refused": refused.code, "message": refused.vi, "english": refused.en}, "", as_json=True)
            raise click.exceptions.Exit(1) from refused
        click.echo(f"{refused.vi}\n{refused.en}", err=True)
        raise click.exceptions.Exit(1) from refused
    emit(found, _words(found, confirm=confirm), as_json=as_json)


def _words(found: dict[str, Any], *, confirm: bool) -> str:
    changes = found["changes"]
    lines = [
        f"Dòng / rows {found['rows']}: nhận / accepted {found['accepted']}, loại / rejected"
        f" {found['rejected']}, bỏ qua / skipped {found['skipped']}",
        f"Mới / new {changes['new']}, thay đổi / changed {changes['changed']}, giữ nguyên / unchanged"
        f" {changes['unchanged']}, vắng / missing {changes['missing']}",
    ]
    lines += [f"  {e['sheet']} {e['row']}{e['column']}: {e['message']}" for e in found["errors"][:50]]
    lines += [f"  ? {e['sheet']} {e['row']}{e['column']}: {e['message']}" for e in found["warnings"][:50]]
    lines.append(
        "Đã nhập. / Imported." if confirm else "Chưa ghi gì; thêm --confirm để nhập. / Nothing was written."
    )
    return "\n".join(lines)


@click.group()
def register() -> None:
    """The register of people: find duplicates, propose what birthdays change."""


@register.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def duplicates(*, as_json: bool) -> None:
    """Compare everybody with everybody likely and queue the pairs for a person to decide."""
    with transaction.atomic():
        open_to_all()
        counts = find_duplicates(by=None, at=datetime.now(UTC))
    text = (
        f"{counts['people']} người / people, {counts['weighed']} cặp / pairs, {counts['kept']} giữ lại / kept"
    )
    emit(counts, text, as_json=as_json)


@register.command("linkage")
@click.option("--unit", "code", required=True, help="Code of a commune, or of a unit above its communes.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def linkage_of(*, code: str, as_json: bool) -> None:
    """Link the records of a region by probability (Splink, an extra) and queue what it finds."""
    today = timezone.localdate()
    unit = Unit.objects.filter(code=code, validity__contains=today).first()
    if unit is None:
        raise UnitUnknown(text=code, on=today)
    communes = sorted(with_history(unit_ids=descendants(unit_ids={unit.pk}, on=today)))
    with transaction.atomic():
        open_to_all()
        counts = link_records(commune_ids=communes, by=None, at=datetime.now(UTC))
    text = f"{counts['people']} người / people, {counts['linked']} cặp / pairs, {counts['kept']} mới / new"
    emit(counts, text, as_json=as_json)


@register.command("birthdays")
@click.option("--month", required=True, help="The month, mm/yyyy.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def birthdays_of(*, month: str, as_json: bool) -> None:
    """Propose what the birthdays of a month change or end. Run again, it proposes nothing twice."""
    with transaction.atomic():
        open_to_all()
        made = raise_birthdays(month=Month.parse(month), at=datetime.now(UTC))
    emit({"proposed": made}, f"{made} đề nghị / proposals", as_json=as_json)
