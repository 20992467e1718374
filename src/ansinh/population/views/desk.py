# SPDX-License-Identifier: MPL-2.0
"""The desk of people whom nothing is paid to: decide with a reason; "dead, later alive"."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ansinh.population import queries
from ansinh.population.actions import hold
from ansinh.population.labels import RESULTS, SOURCES
from ansinh.population.models import Answer
from ansinh.rules.dates import PartialDate
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of, step_up_required
from ansinh.ui.access import requires
from ansinh.ui.fields import shown


@requires("population.read")
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """Everybody in scope whom nothing is paid to, and answers that wait for a second person."""
    units = request.units_for("population.read")  # type: ignore[attr-defined]
    decides = request.units_for("population.decide")  # type: ignore[attr-defined]
    me = officer_of(request).pk
    held = queries.held(unit_ids=units)
    for each in held:
        each |= {
            "label": RESULTS[each["result"]], "source_label": SOURCES[each["source"]],
            "died": PartialDate.parse(each["died_on"]).vi if each["died_on"] else "",
            "may_decide": each["commune_id"] in decides and each["officer_id"] != me,
            "may_pay": each["result"] != "deceased",
        }  # fmt: skip
    second = [
        (answer, RESULTS[answer.result], hold.stopped_by_death(person=answer.person),
         answer.commune_id in decides and answer.officer_id != me)
        for answer in queries.waiting_for_second(unit_ids=units)
    ]  # fmt: skip
    context = {
        "waiting": [each for each in held if not each["decided"]],
        "decided": [each for each in held if each["decided"]], "second": second,
    }  # fmt: skip
    return render(request, "population/desk.html", context)


def _answer(answer_id: int) -> Answer:
    found = Answer.objects.filter(pk=answer_id).first()
    if found is None:
        raise Http404
    return found


@requires("population.decide")
@step_up_required
@require_POST
def decide(request: HttpRequest, answer_id: int) -> HttpResponse:
    """Let payment go on, or keep it stopped, with the reason."""
    found = _answer(answer_id)
    pays = request.POST.get("decision") == "pay"
    try:
        hold.decide_hold(
            answer_id=found.pk, pays=pays, reason=request.POST.get("reason", ""), by=officer_of(request),
            at=timezone.now(),
        )  # fmt: skip
        messages.success(request, _("Đã cho chi trả trở lại.") if pays else _("Đã ghi: không chi trả."))
    except Refusal as refused:
        messages.error(request, shown(refused))
    return redirect("population:desk")


@requires("population.decide")
@step_up_required
@require_POST
def alive(request: HttpRequest, answer_id: int) -> HttpResponse:
    """The second person on "dead, later alive"."""
    found = _answer(answer_id)
    if not found.needs_second:
        raise Http404
    accepted = request.POST.get("decision") == "alive"
    try:
        done = hold.confirm_alive(
            answer_id=found.pk, accepted=accepted, reason=request.POST.get("reason", ""),
            by=officer_of(request), at=timezone.now(),
        )  # fmt: skip
    except Refusal as refused:
        messages.error(request, shown(refused))
        return redirect("population:desk")
    if accepted:
        said = (
            _("Đã xác nhận còn sống: trả lại %(returned)s đề nghị, lập %(proposed)s đề nghị hưởng lại.")
            % done
        )
        messages.success(request, said)
    else:
        messages.success(request, _("Đã ghi: không xác nhận. Kết quả “đã chết” vẫn giữ."))
    return redirect("population:desk")
