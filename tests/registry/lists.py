# SPDX-License-Identifier: MPL-2.0
"""Sending and confirming a list of the invented commune, as the pages and the command do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ansinh.places.models import Unit
from ansinh.registry.actions import confirm_import, receive_list
from ansinh.registry.actions.confirm import Control
from ansinh.registry.models import ImportFile
from ansinh.rules.months import Month
from ansinh.staff.models import Officer
from tests.conftest import units
from tests.hostile.files import MONTH, xlsx

AT = datetime(2024, 3, 20, 3, 0, tzinfo=UTC)


def sister() -> Unit:
    """Another commune of the same district."""
    commune, _province = units()
    found: Unit = commune.parents.get().parent.children.exclude(unit=commune).order_by("unit__code")[0].unit
    return found


def received(
    folder: Path, rows: Any, *, unit: Unit | None = None, form: str = "awards", month: Month = MONTH,
    by: Officer | None = None, name: str = "danh sach.xlsx", at: datetime = AT, **other: Any,
) -> ImportFile:  # fmt: skip
    """Send a list; `rows` are cells or the file's bytes."""
    path = folder / "to-send"
    path.write_bytes(rows if isinstance(rows, bytes) else xlsx(rows))
    return receive_list(
        path=path, name=name, unit=unit or units()[0], form=form, month=month, by=by, at=at,
        on=min(at.date(), month.last_day), **other,
    )  # fmt: skip


def confirmed(
    file: ImportFile, *, decisions: Mapping[str, str] | None = None, count: int | None = None,
    sum_vnd: int | None = None, replace: bool = False, by: Officer | None = None, at: datetime = AT,
) -> ImportFile:  # fmt: skip
    """Confirm a list; every warning is kept unless `decisions` say otherwise."""
    given = dict.fromkeys(file.must_be_decided, "keep") | dict(decisions or {})
    return confirm_import(
        import_id=file.pk, decisions=given, control=Control(count, sum_vnd), replace=replace, by=by, at=at
    )
