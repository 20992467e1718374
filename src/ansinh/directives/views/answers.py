# SPDX-License-Identifier: MPL-2.0
"""Answers: drafted for all who asked the same, submitted upwards, issued; guidance; the synthesis."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ansinh.directives.actions import answers as acts
from ansinh.directives.forms import CATEGORIES, AnswerForm
from ansinh.directives.models import Answer, Difficulty
from ansinh.directives.queries import difficulties as queries
from ansinh.directives.views.asked import living_units, number_asked, units_of
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of, step_up_required
from ansinh.ui.access import requires
from ansinh.ui.fields import shown

PAGE = 50
SUMS = ("raised", "answered", "open", "late")
READ, ANSWER, ISSUE = "directives.read", "difficulties.answer", "difficulties.issue"


@requires(READ)
@require_GET
def answers(request: HttpRequest) -> HttpResponse:
    """Answers that are being prepared."""
    waiting = Answer.objects.exclude(state="issued").select_related("drafted_by").order_by("pk")
    found = waiting.annotate(many=Count("difficulties"))
    context = {"found": [(each, CATEGORIES[each.category], each.many) for each in found[:PAGE]]}
    return render(request, "directives/answers.html", context)


@requires(ANSWER)
@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest) -> HttpResponse:
    """Draft one answer for the difficulties that were ticked."""
    ticked = request.POST.getlist("difficulty") or request.GET.getlist("difficulty")
    ids = [pk for pk in (number_asked(each) for each in ticked) if pk]
    units = units_of(request, ANSWER)
    asked = list(
        Difficulty.objects.filter(pk__in=ids, at_unit_id__in=units).select_related("unit").order_by("pk")
    )
    if not asked:
        messages.error(request, _("Chọn ít nhất một khó khăn, vướng mắc để trả lời."))
        return redirect("directives:difficulties")
    initial = {"category": asked[0].category}
    form = AnswerForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        home = living_units(request, ANSWER)
        try:
            made = acts.draft_answer(
                **form.cleaned_data, difficulty_ids=[each.pk for each in asked], unit_id=int(home[0][0]),
                by=officer_of(request), at=timezone.now(),
            )  # fmt: skip
        except Refusal as refused:
            form.add_error("words", shown(refused))
        else:
            return redirect("directives:answer", made.pk)
    context = {"form": form, "asked": asked}
    return render(request, "directives/draft_answer.html", context, status=422 if form.errors else 200)


def _found(answer_id: int) -> Answer:
    found = Answer.objects.filter(pk=answer_id).select_related("drafted_by", "issued_by", "unit").first()
    if found is None:
        raise Http404
    return found


@requires(READ)
@require_GET
def answer(request: HttpRequest, answer_id: int) -> HttpResponse:
    """One answer and whom it answers. Before it is issued only the department sees it."""
    found = _found(answer_id)
    units = units_of(request, READ)
    if found.state != "issued" and found.unit_id not in units:
        raise Http404
    held = request.permissions  # type: ignore[attr-defined]
    mine = found.drafted_by_id == officer_of(request).pk
    context = {
        "answer": found, "category": CATEGORIES[found.category],
        "asked": found.difficulties.filter(unit_id__in=units).select_related("unit").order_by("pk"),
        "everybody": found.difficulties.count(),
        "may_issue": found.state != "issued" and ISSUE in held and not mine,
        "may_submit": found.state == "draft" and ANSWER in held, "mine": mine,
    }  # fmt: skip
    return render(request, "directives/answer.html", context)


@requires(ANSWER)
@require_POST
def submit_up(request: HttpRequest, answer_id: int) -> HttpResponse:
    """Submit to the authority that may decide."""
    found = _found(answer_id)
    try:
        acts.submit_up(
            answer_id=found.pk, authority=request.POST.get("authority", ""),
            number=request.POST.get("number", ""), by=officer_of(request), at=timezone.now(),
            on=timezone.localdate(),
        )  # fmt: skip
        messages.success(request, _("Đã ghi văn bản trình cấp có thẩm quyền."))
    except Refusal as refused:
        messages.error(request, shown(refused))
    return redirect("directives:answer", found.pk)


@requires(ISSUE)
@step_up_required
@require_POST
def issue(request: HttpRequest, answer_id: int) -> HttpResponse:
    """Send it to everybody who asked."""
    found = _found(answer_id)
    try:
        many = acts.issue_answer(
            answer_id=found.pk, words=request.POST.get("words"), by=officer_of(request), at=timezone.now()
        )
        messages.success(
            request, _("Đã trả lời %(count)s đơn vị; từ nay ai cũng tìm được.") % {"count": many}
        )
    except Refusal as refused:
        messages.error(request, shown(refused))
    return redirect("directives:answer", found.pk)


@requires(READ)
@require_GET
def guidance(request: HttpRequest) -> HttpResponse:
    """Everything that was answered, by words and category."""
    text, category = request.GET.get("tim", "").strip()[:100], request.GET.get("loai", "")
    category = category if category in CATEGORIES else ""
    page = Paginator(queries.guidance(text=text, category=category), PAGE).get_page(request.GET.get("trang"))
    query = request.GET.copy()
    query.pop("trang", None)
    context = {
        "rows": [(each, CATEGORIES[each.category]) for each in page], "page": page, "text": text,
        "category": category, "categories": CATEGORIES.items(), "query": query.urlencode(),
    }  # fmt: skip
    return render(request, "directives/guidance.html", context)


@requires(READ)
@require_GET
def synthesis(request: HttpRequest) -> HttpResponse:
    """The month's difficulties by category and unit."""
    month, wrong = Month.of(timezone.localdate()), ""
    if typed := request.GET.get("thang", "").strip():
        try:
            month = Month.parse(typed)
        except Refusal as refused:
            wrong = shown(refused)
    on = timezone.localdate()
    rows = queries.synthesis(month=month, unit_ids=units_of(request, READ), on=on)
    context = {
        "rows": [(row, CATEGORIES[row.category]) for row in rows], "month": month, "wrong": wrong,
        "typed": typed if wrong else f"{month.month:02d}/{month.year}",
        "total": {name: sum(getattr(row, name) for row in rows) for name in SUMS},
    }  # fmt: skip
    return render(request, "directives/synthesis.html", context, status=422 if wrong else 200)
