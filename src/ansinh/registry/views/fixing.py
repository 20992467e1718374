# SPDX-License-Identifier: MPL-2.0
"""A faulty cell corrected on the page, and in every row that says the same wrong thing."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ansinh.registry import queries
from ansinh.registry.actions import discard_import
from ansinh.registry.actions.receive import field_names
from ansinh.registry.files import error_book
from ansinh.registry.files.headers import Mapping
from ansinh.registry.models import ImportFile, ImportRow
from ansinh.registry.views.imports import can_be_fixed, found, read
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of
from ansinh.ui.access import requires
from ansinh.ui.fields import shown
from ansinh.vault import store

LONGEST = 1_000


@requires("register.write")
@require_POST
def fix(request: HttpRequest, import_id: int) -> HttpResponse:
    """Write what was typed into the officer's own workbook and read it again; nothing is imported."""
    file = found(import_id)
    row, letter = request.POST.get("row", ""), request.POST.get("column", "")
    value = request.POST.get("value", "").strip()[:LONGEST]
    columns = {at: name for name, at in file.mapping.get("columns", {}).items()}
    one = ImportRow.objects.filter(file=file, row=int(row)).first() if row.isdigit() else None
    if one is None or letter not in columns or not can_be_fixed(file):
        messages.error(request, _("Ô này không sửa được trên trang. Tải tệp lỗi, sửa rồi gửi lại."))
        return redirect("registry:import", file.pk)
    cells = dict.fromkeys(_cells(file, one, letter, columns[letter], "alike" in request.POST), value)
    content = error_book.corrected(store.get(bytes(file.sha256)), sheet=file.mapping["sheet"], cells=cells)
    try:
        made = _read_again(request, file, content)
    except Refusal as refused:
        messages.error(request, shown(refused))
        return redirect("registry:import", file.pk)
    messages.success(request, _("Đã sửa %(count)s ô và đọc lại tệp.") % {"count": len(cells)})
    return redirect(f"{reverse('registry:import', args=[made.pk])}{'?muc=loi' if made.rejected else ''}")


def _read_again(request: HttpRequest, file: ImportFile, content: bytes) -> ImportFile:
    mapping = Mapping.from_payload(file.mapping, known=field_names(file.form), name=file.name)
    with tempfile.TemporaryDirectory(prefix="ansinh-") as folder:
        path = Path(folder) / "list"
        path.write_bytes(content)
        made = read(
            path, name=file.name, unit=file.commune, form=file.form, month=Month.of(file.month),
            by=officer_of(request), mapping=mapping,
        )  # fmt: skip
    discard_import(import_id=file.pk, by=officer_of(request), at=timezone.now())
    return made


def _cells(file: ImportFile, one: ImportRow, letter: str, name: str, alike: bool) -> list[str]:
    """The cell, and those of the same column that say the same and are told the same."""
    wrong = queries.opened_row(row=one)
    mine = _told(wrong, letter)
    if not alike or not mine:
        return [f"{letter}{one.row}"]
    rows = ImportRow.objects.filter(file=file).exclude(codes=[], warnings=[]).order_by("row")
    return [
        f"{letter}{row.row}"
        for row in rows.iterator(chunk_size=2_000)
        if (content := queries.opened_row(row=row))["raw"].get(name) == wrong["raw"].get(name)
        and _told(content, letter) & mine
    ]


def _told(content: dict[str, list[list[str]]], letter: str) -> set[str]:
    return {each[1] for each in (*content["errors"], *content["warnings"]) if each[0] == letter}
