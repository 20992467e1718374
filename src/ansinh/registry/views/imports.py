# SPDX-License-Identifier: MPL-2.0
"""Lists: send one, see what is in it, correct the columns, decide the doubts, import."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ansinh.places.models import Unit
from ansinh.registry import queries
from ansinh.registry.actions import confirm_import, discard_import, receive_list, remember_mapping
from ansinh.registry.actions.confirm import Control
from ansinh.registry.files import error_book
from ansinh.registry.files.check import survey
from ansinh.registry.files.error_book import Told
from ansinh.registry.files.forms import FORMS
from ansinh.registry.files.headers import Mapping
from ansinh.registry.forms import ConfirmForm, UploadForm
from ansinh.registry.models import ImportFile, ImportRow
from ansinh.registry.views.people import communes_of
from ansinh.rules.months import Month
from ansinh.rules.refusals import CATALOGUE, Refusal
from ansinh.staff.sign_in import officer_of
from ansinh.ui.access import requires
from ansinh.ui.fields import shown
from ansinh.vault import store

TABS = ("loi", "canh-bao", "hop-le", "bo-qua", "vang")
ROWS = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _units(request: HttpRequest) -> list[tuple[str, str]]:
    return [(str(each.pk), each.name) for each in communes_of(request, "register.write")]


@requires("register.write")
@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """The lists that were sent, and sending one."""
    month = Month.of(timezone.localdate())
    form = UploadForm(
        request.POST or None, request.FILES or None, units=_units(request), initial={"month": month}
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = _receive(
                request, data["file"], unit=Unit.objects.get(pk=data["unit"]), form=data["form"],
                month=data["month"],
            )  # fmt: skip
        except Refusal as refused:
            form.add_error("file", shown(refused))
        else:
            return redirect("registry:import", made.pk)
    sent = ImportFile.objects.select_related("commune", "sent_by").order_by("-sent_at", "-pk")[:ROWS]
    context = {"form": form, "sent": sent, "forms": FORMS}
    return render(request, "registry/imports.html", context, status=422 if form.errors else 200)


def _receive(
    request: HttpRequest,
    upload: UploadedFile[Any],
    *,
    unit: Unit,
    form: str,
    month: Month,
) -> ImportFile:
    with tempfile.TemporaryDirectory(prefix="ansinh-") as folder:
        path = Path(folder) / "list"  # never under the name that the sender gave
        with path.open("wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
        return receive_list(
            path=path, name=upload.name or "", unit=unit, form=form, month=month, by=officer_of(request),
            at=timezone.now(), on=min(timezone.localdate(), month.last_day),
        )  # fmt: skip


def _found(import_id: int) -> ImportFile:
    found = ImportFile.objects.select_related("commune", "sent_by", "decided_by").filter(pk=import_id).first()
    if found is None:
        raise Http404
    return found


def _in_tab(file: ImportFile, tab: str) -> Any:
    rows = ImportRow.objects.filter(file=file).order_by("row")
    if tab == "canh-bao":
        return rows.filter(outcome="accepted").exclude(warnings=[])
    return rows.filter(outcome={"loi": "rejected", "hop-le": "accepted", "bo-qua": "skipped"}[tab])


@requires("register.write")
@require_GET
def one(request: HttpRequest, import_id: int) -> HttpResponse:
    """A list as a table with its own row numbers, the message in the row."""
    return _page(request, _found(import_id))


def _page(
    request: HttpRequest, file: ImportFile, form: ConfirmForm | None = None, status: int = 200
) -> HttpResponse:
    asked = request.GET.get("muc", "")
    tab = asked if asked in TABS else (TABS[0] if file.rejected else "hop-le")
    columns = error_book.in_order(file.mapping["columns"])
    lang = 3 if get_language() == "en" else 2
    rows: list[dict[str, Any]] = []
    missing: list[Any] = []
    page = None
    if tab == "vang":
        missing = list(queries.missing_awards(file=file, families=_families(file))[:200])
    else:
        page = Paginator(_in_tab(file, tab), ROWS).get_page(request.GET.get("trang"))
        rows = [_shown(row, columns, lang) for row in page]
    sample = {code: CATALOGUE[code][lang - 2] for code in file.warnings}
    context = {
        "file": file, "tab": tab, "rows": rows, "page": page, "columns": columns, "missing": missing,
        "form_label": FORMS[file.form].label,
        "heads": [(letter, FORMS[file.form].label_of(name)) for name, letter in columns],
        "warnings": [(code, count, sample[code]) for code, count in sorted(file.warnings.items())],
        "notices": [notice[lang] for notice in file.notices],
        "form": form or ConfirmForm(), "month": Month.of(file.month),
    }  # fmt: skip
    return render(request, "registry/import.html", context, status=status)


def _families(file: ImportFile) -> list[str]:
    found = ImportRow.objects.filter(file=file, award__isnull=False).values_list("award__family", flat=True)
    return sorted(set(found.distinct()))


def _shown(row: ImportRow, columns: list[tuple[str, str]], lang: int) -> dict[str, Any]:
    content = queries.opened_row(row=row)
    bad = {each[0] for each in content["errors"]}
    doubtful = {each[0] for each in content["warnings"]}
    cells = [
        (content["raw"].get(name, content["raw"].get(letter, "")), letter in bad, letter in doubtful)
        for name, letter in columns
    ]
    said = [(f"{each[0]}{row.row}" if each[0] else "", each[lang], True) for each in content["errors"]]
    said += [(f"{each[0]}{row.row}" if each[0] else "", each[lang], False) for each in content["warnings"]]
    return {"row": row.row, "cells": cells, "said": said, "why": content["why"], "change": row.change}


@requires("register.write")
@require_http_methods(["GET", "POST"])
def mapping(request: HttpRequest, import_id: int) -> HttpResponse:
    """Which column is which field; remembered for the unit's next list with the same header."""
    file = _found(import_id)
    fields = FORMS[file.form].fields
    with tempfile.TemporaryDirectory(prefix="ansinh-") as folder:
        path = Path(folder) / "list"
        path.write_bytes(store.get(bytes(file.sha256)))
        if request.method == "POST":
            typed = {each.name: request.POST.get(each.name, "").strip() for each in fields}
            row = request.POST.get("header_row", "")
            payload = {
                "sheet": request.POST.get("sheet", ""), "header_row": int(row) if row.isdigit() else -1,
                "columns": {name: letters for name, letters in typed.items() if letters},
            }  # fmt: skip
            try:
                return _remap(request, file, path, payload)
            except Refusal as refused:
                messages.error(request, shown(refused))
        sheets, _proposal = survey(path, name=file.name, form=file.form)
    sheet = next((each for each in sheets if each.name == file.mapping["sheet"]), sheets[0])
    context = {
        "file": file, "sheets": [each for each in sheets if not each.hidden], "head": sheet.head[:15],
        "fields": [(each, file.mapping["columns"].get(each.name, "")) for each in fields],
        "letters": [chr(ord("A") + at) for at in range(min(26, max(len(c) for _n, c in sheet.head)))],
    }  # fmt: skip
    return render(request, "registry/mapping.html", context)


def _remap(request: HttpRequest, file: ImportFile, path: Path, payload: dict[str, Any]) -> HttpResponse:
    chosen = Mapping.from_payload(
        payload, known=[each.name for each in FORMS[file.form].fields], name=file.name
    )
    _sheets, proposal = survey(path, name=file.name, form=file.form)
    month = Month.of(file.month)
    made = receive_list(
        path=path, name=file.name, unit=file.commune, form=file.form, month=month, mapping=chosen,
        by=officer_of(request), at=timezone.now(), on=min(timezone.localdate(), month.last_day),
    )  # fmt: skip
    discard_import(import_id=file.pk, by=officer_of(request), at=timezone.now())
    if proposal is not None:
        remember_mapping(
            unit_id=file.commune_id, form=file.form, mapping=chosen, headers=proposal.mapping.headers,
            at=timezone.now(),
        )  # fmt: skip
    messages.success(request, _("Đã đọc lại tệp theo cột bạn chọn và ghi nhớ cho lần sau."))
    return redirect("registry:import", made.pk)


@requires("register.write")
@require_POST
def confirm(request: HttpRequest, import_id: int) -> HttpResponse:
    """Import what was accepted: all of it or nothing."""
    file = _found(import_id)
    form = ConfirmForm(request.POST)
    decisions = {code: request.POST.get(f"w-{code}", "") for code in file.warnings}
    decided = {code: choice for code, choice in decisions.items() if choice in {"keep", "leave_out"}}
    if form.is_valid():
        data = form.cleaned_data
        try:
            confirm_import(
                import_id=file.pk, decisions=decided, control=Control(data["count"], data["sum_vnd"]),
                replace=data["replace"], by=officer_of(request), at=timezone.now(),
            )  # fmt: skip
        except Refusal as refused:
            form.add_error(None, shown(refused))
        else:
            messages.success(request, _("Đã nhập danh sách."))
            return redirect("registry:import", file.pk)
    return _page(request, file, form, status=422)


@requires("register.write")
@require_POST
def discard(request: HttpRequest, import_id: int) -> HttpResponse:
    """Put a checked list aside."""
    try:
        discard_import(import_id=_found(import_id).pk, by=officer_of(request), at=timezone.now())
    except Refusal as refused:
        messages.error(request, shown(refused))
    return redirect("registry:imports")


@requires("register.write")
@require_GET
def error_file(_request: HttpRequest, import_id: int) -> HttpResponse:
    """The officer's own workbook with what to do in each faulty row."""
    file = _found(import_id)
    columns = error_book.in_order(file.mapping["columns"])
    lang = 3 if get_language() == "en" else 2
    told = []
    rows = ImportRow.objects.filter(file=file).exclude(codes=[], warnings=[]).order_by("row")
    for row in rows[: queries.LONGEST_REPORT]:
        content = queries.opened_row(row=row)
        told.append(
            Told(
                row.row,
                [(each[0], each[lang]) for each in content["errors"]],
                [(each[0], each[lang]) for each in content["warnings"]],
                [content["raw"].get(name, "") for name, _letter in columns],
            )
        )
    content_bytes = store.get(bytes(file.sha256))
    if content_bytes.startswith(b"PK\x03\x04") and file.rows <= error_book.MOST_MARKED and not file.encoding:
        book = error_book.marked(
            content_bytes, sheet=file.mapping["sheet"], header_row=file.mapping["header_row"], told=told
        )
    else:
        labels = {each.name: each.label for each in FORMS[file.form].fields}
        book = error_book.plain(
            labels=[labels[name] for name, _letter in columns], letters=[letter for _name, letter in columns],
            told=told,
        )  # fmt: skip
    answer = HttpResponse(book, content_type=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="loi-can-sua-{file.pk}.xlsx"'
    return answer
