# SPDX-License-Identifier: MPL-2.0
"""A unit's own plan: from the template to its number."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ansinh.directives.actions import plans as acts
from ansinh.directives.forms import IssuePlanForm
from ansinh.directives.models import Directive, Task
from ansinh.directives.official import WORDS, Head, Words
from ansinh.directives.plan_words import first_draft
from ansinh.directives.queries import tasks as queries
from ansinh.directives.views.asked import number_asked, paper_answer, units_of
from ansinh.places.models import Unit
from ansinh.places.queries import ancestors
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of
from ansinh.ui.access import requires
from ansinh.ui.fields import shown

MOST_SECTIONS, LONGEST = 12, 20_000


def _found(request: HttpRequest, directive_id: int, unit_id: int) -> tuple[Directive, Unit]:
    unit = Unit.objects.filter(pk=unit_id, pk__in=units_of(request, "tasks.work")).first()
    directive = Directive.objects.filter(pk=directive_id).select_related("document").first()
    has = Task.objects.filter(order__directive_id=directive_id, unit_id=unit_id).exists()
    if unit is None or directive is None or not has:
        raise Http404
    return directive, unit


@requires("tasks.work")
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, directive_id: int, unit_id: int) -> HttpResponse:
    """Write the plan; what was typed stays when it is refused."""
    directive, unit = _found(request, directive_id, unit_id)
    found = queries.plan_of(directive_id=directive.pk, unit_id=unit.pk)
    orders = queries.orders_for(directive_id=directive.pk, unit_id=unit.pk)
    sections = [tuple(each) for each in found.words] if found else first_draft(directive, orders)
    wrong = ""
    if request.method == "POST":
        headings, texts = request.POST.getlist("heading"), request.POST.getlist("text")
        sections = [
            (heading[:200], text[:LONGEST])
            for heading, text in list(zip(headings, texts, strict=False))[:MOST_SECTIONS]
            if heading.strip()
        ]
        try:
            acts.write_plan(
                directive_id=directive.pk, unit_id=unit.pk, dated_on=timezone.localdate(), sections=sections,
                version=number_asked(request.POST.get("version")) or 0, by=officer_of(request),
                at=timezone.now(),
            )  # fmt: skip
        except Refusal as refused:
            wrong = shown(refused)
        else:
            messages.success(request, _("Đã lưu kế hoạch."))
            return redirect("directives:plan", directive.pk, unit.pk)
    context = {
        "directive": directive, "unit": unit, "plan": found, "sections": sections, "wrong": wrong,
        "version": found.version if found else 0, "form": IssuePlanForm(),
    }  # fmt: skip
    return render(request, "directives/plan.html", context, status=422 if wrong else 200)


@requires("tasks.work")
@require_POST
def issue(request: HttpRequest, directive_id: int, unit_id: int) -> HttpResponse:
    """Say that it was signed and sent."""
    directive, unit = _found(request, directive_id, unit_id)
    found = queries.plan_of(directive_id=directive.pk, unit_id=unit.pk)
    if found is None:
        raise Http404
    form = IssuePlanForm(request.POST)
    if form.is_valid():
        try:
            acts.issue_plan(plan_id=found.pk, **form.cleaned_data, by=officer_of(request), at=timezone.now())
            messages.success(request, _("Đã ghi kế hoạch ban hành."))
            return redirect("directives:plan", directive.pk, unit.pk)
        except Refusal as refused:
            form.add_error("number", shown(refused))
    context = {
        "directive": directive, "unit": unit, "plan": found, "version": found.version, "form": form,
        "sections": [tuple(each) for each in found.words],
    }  # fmt: skip
    return render(request, "directives/plan.html", context, status=422)


@requires("tasks.work")
@require_GET
def download(request: HttpRequest, directive_id: int, unit_id: int) -> HttpResponse:
    """The plan as an editable .docx or a PDF in the layout of official papers."""
    directive, unit = _found(request, directive_id, unit_id)
    found = queries.plan_of(directive_id=directive.pk, unit_id=unit.pk)
    kind = request.GET.get("dang", "pdf")
    if found is None or kind not in WORDS:
        raise Http404
    above = ancestors(unit_id=unit.pk, on=found.dated_on)
    document = directive.document
    words = Words(
        head=Head(
            agency_above=f"UBND {above[0].name}" if above else "", agency=f"Ủy ban nhân dân {unit.name}",
            number=found.number or "…/KH-UBND", place=unit.name, on=found.dated_on, title="Kế hoạch",
            subtitle=f"Thực hiện {document.kind} số {document.number} ngày {document.issued_on:%d/%m/%Y}",
        ),
        sections=[(heading, text) for heading, text in found.words], signer_title=found.signer_title,
        signer=found.signer, code=f"KH-{found.pk}",
    )  # fmt: skip
    return paper_answer(WORDS[kind](words), kind, f"ke-hoach-{found.pk}")
