# SPDX-License-Identifier: MPL-2.0
"""The cleaning screen: every difference of a commune on one page, by group; chosen, undone, submitted."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ansinh.population import queries
from ansinh.population.actions import settle
from ansinh.population.labels import ACTIONS, HOW, KINDS, RESULTS, SEX, SOURCES, WHY_NOT, Text
from ansinh.population.models import Batch, Round
from ansinh.population.queries import Line
from ansinh.population.views import found_round, may
from ansinh.rules.population import written_as_name
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of
from ansinh.ui.access import requires
from ansinh.ui.fields import shown


def _digits_differ(mine: str, theirs: str) -> str:
    """Where two masked numbers differ, without showing them."""
    if not mine or not theirs or len(mine) != len(theirs):
        return ""
    places = [str(at) for at, (one, other) in enumerate(zip(mine, theirs, strict=True), 1) if one != other]
    return _("khác chữ số thứ %(places)s") % {"places": ", ".join(places)} if places else ""


def row(line: Line) -> dict[str, Any]:
    """A line as the page shows it: for each field that the answer is about, ours beside theirs."""
    said, mine = line.said, line.ours
    pairs: list[tuple[Text, Text, Text]] = []
    if said.name:
        pairs.append((_("Họ tên"), mine.name, written_as_name(said.name)))
    if said.born:
        pairs.append((_("Ngày sinh"), mine.born.vi, said.born.vi))
    if said.sex or said.result == "different_sex":
        theirs = said.sex or line.assessment.correction.get("sex", "")
        pairs.append((_("Giới tính"), SEX[mine.sex], SEX[theirs]))
    if said.number:
        masked = f"••••{line.said_last4} {_digits_differ(mine.number, said.number)}"
        pairs.append((_("Số định danh"), f"••••{line.number_last4}" if line.number_last4 else "–", masked))
    if said.died_on:
        pairs.append((_("Ngày chết"), "–", said.died_on.vi))
    if said.moved_to:
        pairs.append((_("Nơi đến"), "–", said.moved_to))
    return {
        "line": line, "result": RESULTS[said.result], "pairs": pairs, "source": SOURCES[line.source],
        "chosen": HOW.get(line.chosen, ""),
        "why_not": WHY_NOT["number_elsewhere"] if line.number_elsewhere else "",
    }  # fmt: skip


@requires("population.read")
@require_GET
def differences(request: HttpRequest, round_id: int) -> HttpResponse:
    """Every difference of the round, the most serious group first."""
    found = found_round(round_id)
    lines = queries.differences(round_id=found.pk)
    only = request.GET.get("con", "")
    groups = []
    for kind, one_click, members in queries.groups(lines=lines):
        open_lines = [line for line in members if not line.settled]
        seen = open_lines if only == "mo" else members
        if seen:
            groups.append({
                "kind": kind, "label": KINDS[kind][0], "advice": KINDS[kind][1], "one_click": one_click,
                "open": len(open_lines), "rows": [row(line) for line in seen], "death": kind == "deceased",
                "corrects": any(line.assessment.correction for line in open_lines),
            })  # fmt: skip
    drafts = list(queries.drafts(round_id=found.pk))
    context = {
        "round": found, "groups": groups, "only": only, "total": len(lines),
        "left": sum(not line.settled for line in lines),
        "drafts": [(batch, ACTIONS[batch.action], KINDS[batch.kind][0]) for batch in drafts],
        "drafted": sum(batch.people for batch in drafts),
        "may_settle": may(request, "population.prepare", found) and found.state in settle.SETTLES,
        "counts": queries.counts(round_id=found.pk),
    }  # fmt: skip
    return render(request, "population/differences.html", context)


def _chosen(request: HttpRequest) -> tuple[str, str, set[int] | None]:
    """(action, kind, members or None for the whole group) as the form says."""
    action, kind = request.POST.get("action", ""), request.POST.get("kind", "")
    if action not in ACTIONS or kind not in KINDS:
        raise Http404
    if request.POST.get("scope") == "group":
        return action, kind, None
    return action, kind, {int(each) for each in request.POST.getlist("member") if each.isdecimal()}


@requires("population.prepare")
@require_POST
def choose(request: HttpRequest, round_id: int) -> HttpResponse:
    """First show whom the choice reaches and whom not; confirmed, keep it until it is submitted."""
    found = found_round(round_id)
    action, kind, people = _chosen(request)
    reason = request.POST.get("reason", "")
    if request.POST.get("sure"):
        try:
            made = settle.draft_batch(
                round_id=found.pk, action=action, kind=kind, people=people, reason=reason,
                by=officer_of(request), at=timezone.now(), on=timezone.localdate(),
            )  # fmt: skip
        except Refusal as refused:
            return _preview(request, found, action, kind, people, reason, wrong=shown(refused))
        messages.success(request, _("Đã chọn cho %(count)s người.") % {"count": made.people})
        return redirect("population:differences", found.pk)
    return _preview(request, found, action, kind, people, reason)


def _preview(
    request: HttpRequest, found: Round, action: str, kind: str, people: set[int] | None, reason: str,
    wrong: str = "",
) -> HttpResponse:  # fmt: skip
    lines = [
        line for line in queries.differences(round_id=found.pk)
        if line.kind == kind and (people is None or line.member_id in people)
    ]  # fmt: skip
    seen = queries.preview(lines=lines, action=action, on=timezone.localdate())
    context = {
        "round": found, "action": action, "action_label": ACTIONS[action], "kind": kind,
        "kind_label": KINDS[kind][0], "scope": "group" if people is None else "some", "people": people or (),
        "included": [row(line) for line in seen.included],
        "excluded": [(row(line), WHY_NOT[why]) for line, why in seen.excluded],
        "reason": reason, "wrong": wrong,
    }  # fmt: skip
    return render(request, "population/preview.html", context, status=422 if wrong else 200)


@requires("population.prepare")
@require_POST
def undo(request: HttpRequest, round_id: int) -> HttpResponse:
    """Take a choice back."""
    found = found_round(round_id)
    wanted = request.POST.get("batch", "")
    batch = Batch.objects.filter(pk=wanted, round=found).first() if wanted.isdecimal() else None
    if batch is None:
        raise Http404
    try:
        settle.undo_batch(batch_id=batch.pk, by=officer_of(request), at=timezone.now())
        messages.success(request, _("Đã hoàn tác."))
    except Refusal as refused:
        messages.error(request, shown(refused))
    return redirect("population:differences", found.pk)


@requires("population.prepare")
@require_POST
def submit(request: HttpRequest, round_id: int) -> HttpResponse:
    """Submit every choice: corrections and deaths wait for another person."""
    found = found_round(round_id)
    try:
        done = settle.submit_batches(
            round_id=found.pk, by=officer_of(request), at=timezone.now(), on=timezone.localdate()
        )
    except Refusal as refused:
        messages.error(request, shown(refused))
        return redirect("population:differences", found.pk)
    said = _("Đã trình: sửa %(correct)s, ghi chết %(death)s, giữ %(keep)s. Người khác sẽ kiểm tra.") % done
    messages.success(request, said)
    return redirect("population:differences", found.pk)


@requires("population.prepare")
@require_POST
def resolve(request: HttpRequest, round_id: int) -> HttpResponse:
    """Close the differences: the minutes are ready for both signatures."""
    found = found_round(round_id)
    try:
        settle.resolve_round(round_id=found.pk, by=officer_of(request), at=timezone.now())
    except Refusal as refused:
        messages.error(request, shown(refused))
        return redirect("population:differences", found.pk)
    messages.success(request, _("Đã xử lý xong sai lệch. Biên bản chờ hai bên ký."))
    return redirect(reverse("population:minutes", args=[found.pk]))
