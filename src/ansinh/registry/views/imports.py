# SPDX-License-Identifier: MPL-2.0
"""Lists: send one, see what is in it, decide the doubts, import. Mapping columns: `mapping.py`."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ansinh.background.queue import is_served
from ansinh.places.models import Unit
from ansinh.registry import queries
from ansinh.registry.actions import confirm_import, confirm_later, discard_import, receive_list, take_in_list
from ansinh.registry.actions.confirm import Control
from ansinh.registry.actions.receive import (
    CONFIRM_AT_ONCE_ROWS,
    READ_AT_ONCE_BYTES,
    Busy,
    keep_unmapped,
    note_refused_file,
)
from ansinh.registry.files import error_book
from ansinh.registry.files.error_book import Told
from ansinh.registry.files.forms import FORMS
from ansinh.registry.files.headers import ColumnMissing, ColumnTwice, HeaderNotFound
from ansinh.registry.files.headers import Mapping as ColumnMapping
from ansinh.registry.files.kinds import FileRefused
from ansinh.registry.forms import ConfirmForm, UploadForm
from ansinh.registry.lifecycles import ImportState
from ansinh.registry.models import ImportFile, ImportProgress, ImportRow
from ansinh.registry.views.looking import communes_of
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.staff.sign_in import officer_of
from ansinh.ui.access import requires
from ansinh.ui.fields import shown
from ansinh.vault import store

TABS = ("loi", "canh-bao", "hop-le", "bo-qua", "vang")
ROWS = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORKING = {ImportState.RECEIVED.value, ImportState.CONFIRMING.value}
MAPPABLE = (HeaderNotFound, ColumnMissing, ColumnTwice)


def _units(request: HttpRequest) -> list[tuple[str, str]]:
    return [(str(each.pk), each.name) for each in communes_of(request, "register.write")]


def _forms(request: HttpRequest) -> list[str]:
    """The forms that the officer may send: results are the treasury's and the accountant's, on a page
    of their own."""
    asks_police = "population.prepare" in request.permissions  # type: ignore[attr-defined]
    return ["awards", "accounts", *(["population"] if asks_police else [])]


@requires("register.write")
@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """The lists that were sent, and sending one."""
    month = Month.of(timezone.localdate())
    form = UploadForm(
        request.POST or None, request.FILES or None, units=_units(request), names=_forms(request),
        initial={"month": month},
    )  # fmt: skip
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            data = form.cleaned_data
            try:
                made = _receive(
                    data["file"] or _pasted(data["pasted"]), unit=Unit.objects.get(pk=data["unit"]),
                    form=data["form"], month=data["month"], by=officer_of(request),
                )  # fmt: skip
            except Refusal as refused:
                form.add_error("file", shown(refused))
                status = 409 if isinstance(refused, Busy) else 422
            else:
                return redirect("registry:import", made.pk)
    sent = ImportFile.objects.select_related("commune", "sent_by").order_by("-sent_at", "-pk")[:ROWS]
    return render(
        request, "registry/imports.html", {"form": form, "sent": sent, "forms": FORMS}, status=status
    )


def _pasted(text: str) -> UploadedFile[Any]:
    """Rows copied from a spreadsheet as the delimited text that they are: cells apart by tabs."""
    lines = text.replace("\r\n", "\n").strip("\n") + "\n"
    return SimpleUploadedFile(_("Dán từ Excel") + ".csv", lines.encode())


def _receive(upload: UploadedFile[Any], *, unit: Unit, form: str, month: Month, by: Officer) -> ImportFile:
    with tempfile.TemporaryDirectory(prefix="ansinh-") as folder:
        path = Path(folder) / "list"  # never under the name that the sender gave
        with path.open("wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
        return read(path, name=upload.name or "", unit=unit, form=form, month=month, by=by)


def read(
    path: Path, *, name: str, unit: Unit, form: str, month: Month, by: Officer,
    mapping: ColumnMapping | None = None,
) -> ImportFile:  # fmt: skip
    """Read a small list now, leave a large one to the worker; one whose columns are not found is kept
    for the officer to point them out."""
    at = timezone.now()
    try:
        if path.stat().st_size > READ_AT_ONCE_BYTES:
            return take_in_list(
                path=path, name=name, unit=unit, form=form, month=month, by=by, at=at, mapping=mapping
            )
        return receive_list(
            path=path, name=name, unit=unit, form=form, month=month, by=by, at=at, mapping=mapping,
            on=min(timezone.localdate(), month.last_day),
        )  # fmt: skip
    except MAPPABLE as refused:
        return keep_unmapped(
            path=path, name=name, unit=unit, form=form, month=month, by=by, at=at, refused=refused
        )
    except FileRefused as refused:
        note_refused_file(path=path, name=name, unit=unit, refused=refused, by=by, at=at)
        raise


def found(import_id: int) -> ImportFile:
    """A list in the officer's scope. Raises `Http404`."""
    one = ImportFile.objects.select_related("commune", "sent_by", "decided_by").filter(pk=import_id).first()
    if one is None:
        raise Http404
    return one


def _language() -> int:
    """Where the officer's sentence stands in what is kept of a finding."""
    return 3 if get_language() == "en" else 2


def _in_tab(file: ImportFile, tab: str, code: str) -> QuerySet[ImportRow]:
    rows = ImportRow.objects.filter(file=file).order_by("row")
    if tab == "canh-bao":
        rows = rows.filter(outcome="accepted").exclude(warnings=[])
        return rows.filter(warnings__contains=[code]) if code else rows
    return rows.filter(outcome={"loi": "rejected", "hop-le": "accepted", "bo-qua": "skipped"}[tab])


@requires("register.write")
@require_GET
def one(request: HttpRequest, import_id: int) -> HttpResponse:
    """A list as a table with its own row numbers, the message in the row; or how far the work is."""
    file = found(import_id)
    if file.state in WORKING or (file.state != ImportState.CHECKED.value and not file.mapping):
        return render(request, "registry/import_waiting.html", _waiting(file))
    return _page(request, file)


@requires("register.write")
@require_GET
def progress(request: HttpRequest, import_id: int) -> HttpResponse:
    """How far the work is, asked for every two seconds; says when there is nothing to wait for."""
    file = found(import_id)
    answer = render(request, "registry/import_progress.html", _waiting(file))
    if file.state not in WORKING:
        answer.headers["X-Done"] = "1"
    return answer


def _waiting(file: ImportFile) -> dict[str, Any]:
    now = timezone.now()
    note = ImportProgress.objects.filter(pk=file.pk).first() if file.state in WORKING else None
    told = file.told[_language() - 1] if file.told else ""
    context: dict[str, Any] = {"file": file, "note": note, "told": told, "working": file.state in WORKING,
                               "served": is_served(now=now), "form_label": FORMS[file.form].label,
                               "month": Month.of(file.month)}  # fmt: skip
    if note is not None and note.done:
        seconds = max((note.at - note.started_at).total_seconds(), 1)
        context["rate"] = int(note.done / seconds)
        context["left"] = int((note.total - note.done) * seconds / note.done)
    return context


def _page(
    request: HttpRequest, file: ImportFile, form: ConfirmForm | None = None, status: int = 200
) -> HttpResponse:
    asked = request.GET.get("muc", "")
    tab = asked if asked in TABS else (TABS[0] if file.rejected else "hop-le")
    code = request.GET.get("ma", "") if request.GET.get("ma", "") in file.warnings else ""
    columns = error_book.in_order(file.mapping["columns"])
    lang = _language()
    rows: list[dict[str, Any]] = []
    missing: list[Any] = []
    page = None
    if tab == "vang":
        missing = list(queries.missing_awards(file=file, families=_families(file))[:200])
    else:
        page = Paginator(_in_tab(file, tab, code), ROWS).get_page(request.GET.get("trang"))
        rows = [_shown(row, columns, lang) for row in page]
    context = {
        "file": file, "tab": tab, "code": code, "rows": rows, "page": page, "columns": columns,
        "missing": missing, "doubts": _in_tab(file, "canh-bao", "").count(),
        "form_label": FORMS[file.form].label,
        "heads": [(letter, FORMS[file.form].label_of(name)) for name, letter in columns],
        "groups": _groups(file, lang, request.POST), "told": file.told[lang - 1] if file.told else "",
        "notices": [each[lang] for each in file.notices if each[1] not in file.must_be_decided],
        "earlier": queries.earlier_import(file=file), "form": form or ConfirmForm(),
        "month": Month.of(file.month), "query": f"muc={tab}" + (f"&ma={code}" if code else ""),
        "fixable": can_be_fixed(file),
    }  # fmt: skip
    return render(request, "registry/import.html", context, status=status)


def can_be_fixed(file: ImportFile) -> bool:
    """Whether a cell can be corrected on the page: an .xlsx in Unicode, not too long. Other lists go
    through the error file."""
    if file.state != ImportState.CHECKED.value or file.encoding:
        return False
    return error_book.can_be_marked(store.get(bytes(file.sha256)), rows=file.rows)


def _groups(file: ImportFile, lang: int, typed: QueryDict) -> list[tuple[str, int, str, str]]:
    """(code, rows, sentence, choice so far) of what the officer decides; the sentence of the first row
    stands for its group. Notices about the whole list have no rows."""
    groups: list[tuple[str, int, str, str]] = []
    for code in file.must_be_decided:
        count = file.warnings.get(code, 0)
        said = next((each[lang] for each in file.notices if each[1] == code), "")
        if count:
            with_it = ImportRow.objects.filter(file=file, outcome="accepted", warnings__contains=[code])
            row = with_it.order_by("row").first()
            content = queries.opened_row(row=row) if row else {"warnings": []}
            said = next((each[lang] for each in content["warnings"] if each[1] == code), said)
        groups.append((code, count, said, typed.get(f"w-{code}", "")))
    return groups


def _families(file: ImportFile) -> list[str]:
    meant = ImportRow.objects.filter(file=file, award__isnull=False).values_list("award__family", flat=True)
    return sorted(set(meant.distinct()))


def _shown(row: ImportRow, columns: list[tuple[str, str]], lang: int) -> dict[str, Any]:
    content = queries.opened_row(row=row)
    bad = {each[0] for each in content["errors"]}
    doubtful = {each[0] for each in content["warnings"]}
    cells = [
        (content["raw"].get(name, content["raw"].get(letter, "")), letter in bad, letter in doubtful)
        for name, letter in columns
    ]
    by_letter = {letter: content["raw"].get(name, "") for name, letter in columns}
    said = [
        (each[0], each[lang], is_error, by_letter.get(each[0]))
        for kind, is_error in (("errors", True), ("warnings", False))
        for each in content[kind]
    ]
    return {"row": row.row, "cells": cells, "said": said, "why": content["why"], "change": row.change}


@requires("register.write")
@require_POST
def confirm(request: HttpRequest, import_id: int) -> HttpResponse:
    """Import what was accepted: all of it or nothing. A long list is left to the worker."""
    file = found(import_id)
    form = ConfirmForm(request.POST)
    decisions = {code: request.POST.get(f"w-{code}", "") for code in file.must_be_decided}
    decided = {code: choice for code, choice in decisions.items() if choice in {"keep", "leave_out"}}
    status = 422
    if form.is_valid():
        data = form.cleaned_data
        act = confirm_later if file.accepted > CONFIRM_AT_ONCE_ROWS else confirm_import
        try:
            act(
                import_id=file.pk, decisions=decided, control=Control(data["count"], data["sum_vnd"]),
                replace=data["replace"], by=officer_of(request), at=timezone.now(),
            )  # fmt: skip
        except Refusal as refused:
            form.add_error(None, shown(refused))
            status = 409 if isinstance(refused, Busy) else 422
        else:
            if act is confirm_import:
                messages.success(request, _("Đã nhập danh sách."))
            return redirect("registry:import", file.pk)
    if file.state != ImportState.CHECKED.value:
        messages.error(request, " ".join(map(str, form.non_field_errors())))
        return redirect("registry:import", file.pk)
    return _page(request, file, form, status=status)


@requires("register.write")
@require_POST
def discard(request: HttpRequest, import_id: int) -> HttpResponse:
    """Put a list aside."""
    try:
        discard_import(import_id=found(import_id).pk, by=officer_of(request), at=timezone.now())
    except Refusal as refused:
        messages.error(request, shown(refused))
    return redirect("registry:imports")


@requires("register.write")
@require_GET
def error_file(_request: HttpRequest, import_id: int) -> HttpResponse:
    """The officer's own workbook with what to do in each faulty row."""
    file = found(import_id)
    if not file.mapping:
        raise Http404
    lang = _language()
    content = store.get(bytes(file.sha256))
    if error_book.can_be_marked(content, rows=file.rows) and not file.encoding:
        told = [_told(row, lang) for row in _faulty(file)]
        book = error_book.marked(
            content, sheet=file.mapping["sheet"], header_row=file.mapping["header_row"], told=told
        )
    else:
        book = _plain(file, lang)
    answer = HttpResponse(book, content_type=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="loi-can-sua-{file.pk}.xlsx"'
    return answer


def _faulty(file: ImportFile) -> QuerySet[ImportRow]:
    return ImportRow.objects.filter(file=file).exclude(codes=[], warnings=[]).order_by("row")


def _told(row: ImportRow, lang: int) -> Told:
    content = queries.opened_row(row=row)
    return Told(
        row.row,
        [(each[0], each[lang]) for each in content["errors"]],
        [(each[0], each[lang]) for each in content["warnings"]],
        content["raw"],
        content["why"],
    )


def _plain(file: ImportFile, lang: int) -> bytes:
    """A list that cannot be marked in place: all its rows again, or the faulty ones of a huge one."""
    rows = ImportRow.objects.filter(file=file).order_by("row")
    if file.rows > queries.LONGEST_REPORT:
        rows = _faulty(file)[: queries.LONGEST_REPORT]
    labels = {each.name: each.label for each in FORMS[file.form].fields}
    columns = error_book.in_order(file.mapping["columns"])
    return error_book.plain(
        columns=[(name, letter, labels[name]) for name, letter in columns],
        told=(_told(row, lang) for row in rows.iterator(chunk_size=2_000)),
    )
