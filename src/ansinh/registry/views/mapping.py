# SPDX-License-Identifier: MPL-2.0
"""Which column of a list is which field: proposed, corrected, remembered for the next list."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ansinh.registry.actions import discard_import, remember_mapping
from ansinh.registry.actions.receive import field_names, opened
from ansinh.registry.files.cells import column_letter
from ansinh.registry.files.check import survey
from ansinh.registry.files.forms import FORMS
from ansinh.registry.files.headers import Mapping, headers_at
from ansinh.registry.files.reader import Sheet
from ansinh.registry.models import ImportFile
from ansinh.registry.views.imports import found, read
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of
from ansinh.ui.access import requires
from ansinh.ui.fields import shown

HEAD = 20  # rows of the sheet that are shown
WIDEST = 26


@requires("register.write")
@require_http_methods(["GET", "POST"])
def mapping(request: HttpRequest, import_id: int) -> HttpResponse:
    """Which column is which field; remembered for the unit's next list with the same header."""
    file = found(import_id)
    fields = FORMS[file.form].fields
    with opened(file=file) as path:
        sheets, proposal = survey(path, name=file.name, form=file.form)
        if request.method == "POST":
            typed = {each.name: request.POST.get(each.name, "").strip() for each in fields}
            row = request.POST.get("header_row", "")
            payload = {
                "sheet": request.POST.get("sheet", ""), "header_row": int(row) if row.isdigit() else -1,
                "columns": {name: letters for name, letters in typed.items() if letters},
            }  # fmt: skip
            try:
                chosen = Mapping.from_payload(payload, known=field_names(file.form), name=file.name)
                made = read(
                    path, name=file.name, unit=file.commune, form=file.form, month=Month.of(file.month),
                    by=officer_of(request), mapping=chosen,
                )  # fmt: skip
            except Refusal as refused:
                messages.error(request, shown(refused))
            else:
                return _remembered(request, file, made, chosen, sheets)
    now: dict[str, Any] = file.mapping or (proposal.mapping.payload() if proposal else {})
    visible = [each for each in sheets if not each.hidden] or sheets
    asked = request.GET.get("trang-tinh") or now.get("sheet", "")
    sheet = next((each for each in visible if each.name == asked), visible[0])
    columns: dict[str, str] = dict(now.get("columns", {}))
    return render(request, "registry/mapping.html", _context(file, visible, sheet, now, columns))


def _context(
    file: ImportFile, sheets: list[Sheet], sheet: Sheet, now: dict[str, Any], columns: dict[str, str]
) -> dict[str, Any]:
    width = min(WIDEST, max((len(cells) for _number, cells in sheet.head), default=1))
    names = {letter: name for name, letter in columns.items()}
    labels = {each.name: each.label for each in FORMS[file.form].fields}
    letters = [column_letter(at) for at in range(width)]
    return {
        "file": file, "sheets": sheets, "sheet": sheet, "head": sheet.head[:HEAD],
        "header_row": now.get("header_row", ""),
        "letters": [(letter, labels.get(names.get(letter, ""), "")) for letter in letters],
        "fields": [(each, columns.get(each.name, "")) for each in FORMS[file.form].fields],
    }  # fmt: skip


def _remembered(
    request: HttpRequest, old: ImportFile, made: ImportFile, chosen: Mapping, sheets: list[Sheet]
) -> HttpResponse:
    now = timezone.now()
    if old.state in {"checked", "refused", "received"}:
        discard_import(import_id=old.pk, by=officer_of(request), at=now)
    sheet = next((each for each in sheets if each.name == chosen.sheet), None)
    if made.state != "refused" and sheet is not None:
        remember_mapping(
            unit_id=old.commune_id, form=old.form, mapping=chosen, at=now,
            headers=headers_at(sheet, chosen.header_row),
        )  # fmt: skip
        messages.success(request, _("Đã đọc lại tệp theo cột bạn chọn và ghi nhớ cho lần sau."))
    return redirect("registry:import", made.pk)
