# SPDX-License-Identifier: MPL-2.0
"""Difficulties: raise one, send it up, take it on, get the answer."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ansinh.directives.actions import difficulties as acts
from ansinh.directives.forms import CATEGORIES, DifficultyForm
from ansinh.directives.models import Difficulty, Task
from ansinh.directives.queries import difficulties as queries
from ansinh.directives.views.asked import file_answer, holds, living_units, number_asked, units_of
from ansinh.places.models import Unit
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of
from ansinh.ui.access import requires
from ansinh.ui.fields import shown

PAGE = 50
READ, RAISE = "directives.read", "difficulties.raise"


@requires(READ)
@require_GET
def difficulties(request: HttpRequest) -> HttpResponse:
    """Whose turn it is here (groups that look alike together), or what one's units raised."""
    units = units_of(request, READ)
    tab = request.GET.get("muc", "cho-xu-ly")
    context: dict[str, object] = {
        "tab": tab, "categories": CATEGORIES, "may_raise": holds(request, RAISE),
        "may_answer": holds(request, "difficulties.answer"), "on": timezone.localdate(),
    }  # fmt: skip
    if tab == "da-gui":
        page = Paginator(queries.raised_by(unit_ids=units), PAGE).get_page(request.GET.get("trang"))
        context |= {"page": page, "query": "muc=da-gui", "found": _labelled(page)}
    else:
        waiting = list(queries.waiting(unit_ids=units)[: queries.MOST_COMPARED])
        context["groups"] = [_labelled(group) for group in queries.groups(found=waiting)]
        context["answered_soon"] = _labelled([each for each in waiting if each.answer_id is not None])
    return render(request, "directives/difficulties.html", context)


def _labelled(found: object) -> list[tuple[Difficulty, object]]:
    return [(each, CATEGORIES[each.category]) for each in found]  # type: ignore[attr-defined]


@requires(RAISE)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Report what stands in the way, of a task or of the work itself."""
    task_id = number_asked(request.GET.get("viec") or request.POST.get("viec"))
    task = Task.objects.filter(pk=task_id, unit_id__in=units_of(request, READ)).first() if task_id else None
    units = living_units(request, RAISE)
    form = DifficultyForm(request.POST or None, request.FILES or None, units=units)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        unit = Unit.objects.get(pk=data.pop("unit"))
        try:
            made = acts.raise_difficulty(
                unit=unit, **data, task_id=task.pk if task else None, by=officer_of(request),
                at=timezone.now(), on=timezone.localdate(),
            )  # fmt: skip
        except Refusal as refused:
            form.add_error("words", shown(refused))
        else:
            messages.success(request, _("Đã gửi, số %(number)s.") % {"number": made.number})
            return redirect("directives:difficulty", made.pk)
    context = {"form": form, "task": task}
    return render(request, "directives/add_difficulty.html", context, status=422 if form.errors else 200)


def _found(request: HttpRequest, difficulty_id: int) -> Difficulty:
    units = units_of(request, READ)
    mine = Difficulty.objects.filter(unit_id__in=units) | Difficulty.objects.filter(at_unit_id__in=units)
    found = (
        mine.filter(pk=difficulty_id)
        .select_related("unit", "at_unit", "owner", "raised_by", "answer", "task")
        .first()
    )
    if found is None:
        raise Http404
    return found


@requires(READ)
@require_GET
def difficulty(request: HttpRequest, difficulty_id: int) -> HttpResponse:
    """One difficulty: its steps and clocks, guidance that looks like it, and what may be done."""
    found = _found(request, difficulty_id)
    units = units_of(request, READ)
    here = found.at_unit_id in units
    context = {
        "difficulty": found, "category": CATEGORIES[found.category], "on": timezone.localdate(),
        "steps": found.steps.select_related("to_unit", "by").order_by("at", "pk"),
        "people": found.people.select_related("person") if holds(request, "register.read") else [],
        "like": queries.guidance_like(difficulty=found) if found.state in queries.OPEN else [],
        "may_send": here and found.state == "raised" and holds(request, RAISE),
        "may_answer": here and found.state in {"raised", "with_department"}
        and holds(request, "difficulties.answer"),
        "asked_here": found.unit_id in units and holds(request, RAISE),
    }  # fmt: skip
    return render(request, "directives/difficulty.html", context)


@requires(RAISE)
@require_POST
def move(request: HttpRequest, difficulty_id: int) -> HttpResponse:
    """Send up, straight to the department, close, ask again, withdraw."""
    found = _found(request, difficulty_id)
    by, at, on = officer_of(request), timezone.now(), timezone.localdate()
    event, words = request.POST.get("event", ""), request.POST.get("words", "")
    try:
        if event in {"up", "straight"}:
            straight = event == "straight"
            acts.send_up(difficulty_id=found.pk, straight=straight, words=words, by=by, at=at, on=on)
        elif event == "close":
            acts.close(difficulty_id=found.pk, by=by, at=at)
        elif event == "again":
            acts.ask_again(difficulty_id=found.pk, words=words, by=by, at=at, on=on)
        else:
            acts.withdraw(difficulty_id=found.pk, words=words, by=by, at=at)
        messages.success(request, _("Đã ghi."))
    except Refusal as refused:
        messages.error(request, shown(refused))
    return redirect("directives:difficulty", found.pk)


@requires("difficulties.answer")
@require_POST
def settle(request: HttpRequest, difficulty_id: int) -> HttpResponse:
    """Take it on, or answer it with guidance that was issued before."""
    found = _found(request, difficulty_id)
    by, at = officer_of(request), timezone.now()
    answer_id = number_asked(request.POST.get("answer"))
    try:
        if answer_id:
            acts.answer_with(difficulty_id=found.pk, answer_id=answer_id, by=by, at=at)
            messages.success(request, _("Đã trả lời bằng hướng dẫn đã ban hành."))
        else:
            acts.take_on(difficulty_id=found.pk, by=by, at=at)
            messages.success(request, _("Bạn đã nhận xử lý."))
    except Refusal as refused:
        messages.error(request, shown(refused))
    return redirect("directives:difficulty", found.pk)


@requires(READ)
@require_GET
def evidence(request: HttpRequest, difficulty_id: int) -> FileResponse:
    """The file of a difficulty."""
    found = _found(request, difficulty_id)
    return file_answer(found.file_sha256, found.file_name)
