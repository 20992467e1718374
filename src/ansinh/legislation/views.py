# SPDX-License-Identifier: MPL-2.0
"""The law on the screen: browse by date, and "why this amount?"."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ansinh.legislation.cases import answer_case
from ansinh.legislation.forms import CalculatorForm
from ansinh.legislation.load import load
from ansinh.rules.law import Category, Law, Value, value_on
from ansinh.rules.money import format_vnd
from ansinh.rules.names import fold_name
from ansinh.rules.refusals import Refusal
from ansinh.ui.access import requires
from ansinh.ui.asked import day_asked
from ansinh.ui.fields import shown


def _listed(law: Law, text: str) -> list[Category]:
    rows = {band.row for each in law.categories.values() for band in each.bands if band.row != each.code}
    words = fold_name(text).split()
    return [
        each
        for each in law.categories.values()
        if each.code not in rows
        and all(word in f"{each.code.lower()} {fold_name(each.shown)}" for word in words)
    ]


@requires("law.read")
@require_GET
def browse(request: HttpRequest) -> HttpResponse:
    """Standards on a day, and every category, searchable without diacritics."""
    law = load()
    on, wrong = day_asked(request)
    text = request.GET.get("tim", "").strip()
    standards = [(each, value_on(each.values, on)) for each in law.parameters.values()]
    families: dict[str, list[Category]] = {}
    for category in _listed(law, text):
        families.setdefault(str(law.families[category.family]["label"]), []).append(category)
    context = {
        "on": on,
        "wrong": wrong,
        "text": text,
        "standards": [(p, value, _number(value)) for p, value in standards if value],
        "families": families,
        "overlaps": law.overlaps.values(),
        "version": law.version[:12],
    }
    return render(request, "legislation/browse.html", context, status=422 if wrong else 200)


def _number(value: Value) -> str:
    return format_vnd(int(value.number)) if value.number is not None else ""


@requires("law.read")
@require_GET
def category(request: HttpRequest, code: str) -> HttpResponse:
    """One category: its rows at every date, with sources, and its family's rules."""
    law = load()
    found = law.categories.get(code)
    if found is None:
        raise Http404
    on, wrong = day_asked(request)
    rows = []
    for band in found.bands:
        for value in band.values:
            amount = str(value.number) if found.standard else _number(value)
            rows.append((band, value, amount, value is value_on(band.values, on)))
    context = {
        "category": found,
        "family": law.families[found.family],
        "standard": law.parameters.get(found.standard or ""),
        "rows": rows,
        "tables": found.tables,
        "on": on,
        "wrong": wrong,
    }
    return render(request, "legislation/category.html", context, status=422 if wrong else 200)


@requires("law.read")
@require_GET
def calculator(request: HttpRequest) -> HttpResponse:
    """Why this amount? The same function as the payroll, its steps and citations."""
    form = CalculatorForm(request.GET or None)
    answer: dict[str, Any] | None = None
    status = 200
    if form.is_bound:
        if form.is_valid():
            try:
                answer = answer_case(load(), form.case())
            except Refusal as refused:
                form.add_error(None, shown(refused))
        status = 422 if form.errors else 200
    return render(request, "legislation/calculator.html", {"form": form, "answer": answer}, status=status)
