# SPDX-License-Identifier: MPL-2.0
"""Import an official list of units over the shipped data: preview, then confirm.

The list is CSV with the columns code, level, kind, name, parent_code, valid_from, valid_to. A unit in
both keeps its id, so nothing that refers to it is lost; a unit that only we have stays and is listed.
"""

from __future__ import annotations

import csv
import io
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from ansinh.audit.actions import Entry, record, record_many
from ansinh.places.models import Level, Unit, UnitParent
from ansinh.places.queries import UnitUnknown, unit_on
from ansinh.rules.dates import parse_date
from ansinh.rules.name_order import sort_key
from ansinh.rules.names import fold_name
from ansinh.rules.refusals import Refusal

COLUMNS = ("code", "level", "kind", "name", "parent_code", "valid_from", "valid_to")
MOST_ROWS = 20_000  # the country has 14,000 units


class UnitListNotUnderstood(Refusal):
    """A line of the official list cannot be read; fields: line, why_vi, why_en."""

    code = "UNIT_LIST_NOT_UNDERSTOOD"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list."""

    line: int
    code: str
    level: str
    kind: str
    name: str
    parent_code: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What confirming would do."""

    new: tuple[str, ...]
    renamed: tuple[tuple[str, str, str], ...]  # code, ours, official
    unchanged: int
    only_ours: tuple[str, ...]

    def payload(self) -> dict[str, object]:
        """As JSON."""
        return asdict(self)


def read_list(*, text: str) -> list[Row]:
    """Parse the list. Raises `UnitListNotUnderstood` with the line; reads nothing half."""
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        listed = ", ".join(missing)
        raise UnitListNotUnderstood(line=1, why_vi=f"thiếu cột {listed}", why_en=f"no column {listed}")
    rows = []
    for line, entry in enumerate(reader, 2):
        if line > MOST_ROWS:
            raise UnitListNotUnderstood(
                line=line, why_vi=f"nhiều hơn {MOST_ROWS} dòng", why_en=f"more than {MOST_ROWS} lines"
            )
        rows.append(_row(line, entry))
    return rows


def _row(line: int, entry: dict[str, str | None]) -> Row:
    value = {name: (entry.get(name) or "").strip() for name in COLUMNS}
    if value["level"] not in Level.values:
        raise UnitListNotUnderstood(
            line=line, why_vi="cấp phải là province, district, commune hoặc hamlet",
            why_en="level is province, district, commune or hamlet",
        )  # fmt: skip
    if not value["code"] or not value["name"]:
        raise UnitListNotUnderstood(line=line, why_vi="thiếu mã hoặc tên", why_en="no code or no name")
    try:
        start = parse_date(value["valid_from"])
        end = parse_date(value["valid_to"]) if value["valid_to"] else None
    except Refusal as refused:
        raise UnitListNotUnderstood(line=line, why_vi=refused.vi, why_en=refused.en) from refused
    return Row(line, value["code"], value["level"], value["kind"], value["name"], value["parent_code"],
               start, end)  # fmt: skip


def _ours(row: Row) -> Unit | None:
    return Unit.objects.filter(code=row.code, level=row.level, validity__contains=row.valid_from).first()


def preview_import(*, text: str) -> Preview:
    """What `confirm_import` would do with the list. Writes nothing."""
    new, renamed, unchanged = [], [], 0
    rows = read_list(text=text)
    for row in rows:
        unit = _ours(row)
        if unit is None:
            new.append(row.code)
        elif unit.name != row.name:
            renamed.append((row.code, unit.name, row.name))
        else:
            unchanged += 1
    only_ours: list[str] = []
    for level in {row.level for row in rows}:
        on = max(row.valid_from for row in rows if row.level == level)
        listed = {row.code for row in rows if row.level == level}
        living = Unit.objects.filter(level=level, validity__contains=on)
        only_ours += living.exclude(code__in=listed).order_by("code").values_list("code", flat=True)
    return Preview(tuple(new), tuple(renamed), unchanged, tuple(only_ours))


def confirm_import(*, text: str, source: str, by: int | None, at: datetime) -> Preview:
    """Write the list: new units are added, names replaced, nothing removed. All or nothing."""
    with transaction.atomic():
        found = preview_import(text=text)
        entries = []
        for row in read_list(text=text):
            unit = _ours(row)
            if unit is None:
                unit = _add(row, source)
                entries.append(Entry("places.add_unit", "unit", unit.pk, unit.pk, {"name": row.name}))
            elif unit.name != row.name:
                old = unit.name
                Unit.objects.filter(pk=unit.pk).update(
                    name=row.name, kind=row.kind or unit.kind, name_key=fold_name(row.name),
                    sort_key=sort_key(row.name), source=source,
                )  # fmt: skip
                details = {"from": old, "to": row.name}
                entries.append(Entry("places.rename_unit", "unit", unit.pk, unit.pk, details))
        if entries:
            record_many(by=by, at=at, entries=entries)
        record(by=by, at=at, act="places.import", subject="units", subject_id=source,
               details={"new": len(found.new), "renamed": len(found.renamed)})  # fmt: skip
    return found


def _add(row: Row, source: str) -> Unit:
    validity = (row.valid_from, row.valid_to)
    unit = Unit.objects.create(
        key=f"{row.valid_from.year}:{row.level[0]}{row.code}", code=row.code, level=row.level,
        kind=row.kind, name=row.name, name_key=fold_name(row.name), sort_key=sort_key(row.name),
        validity=validity, source=source,
    )  # fmt: skip
    if row.parent_code:
        try:
            parent = unit_on(code=row.parent_code, on=row.valid_from)
        except UnitUnknown as unknown:
            raise UnitListNotUnderstood(line=row.line, why_vi=unknown.vi, why_en=unknown.en) from unknown
        UnitParent.objects.create(unit=unit, parent=parent, validity=validity)
    return unit
