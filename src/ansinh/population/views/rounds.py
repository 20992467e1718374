# SPDX-License-Identifier: MPL-2.0
"""The board of rounds, and one round: where it stands and what is next."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ansinh.places.models import Unit
from ansinh.population import queries
from ansinh.population.actions import rounds as acts
from ansinh.population.actions.from_file import FileTaken, take_file
from ansinh.population.actions.hand_over import hand_over
from ansinh.population.adapters.file import FileRegister
from ansinh.population.forms import AnswersForm, HandOverForm, PrepareForm, ReasonForm
from ansinh.population.labels import KINDS, RESULTS, STATES
from ansinh.population.models import HandOver, Round
from ansinh.population.views import found_round, may
from ansinh.registry.queries import findings
from ansinh.registry.views.looking import communes_of
from ansinh.rules.population import BLOCKING, serious_first
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of
from ansinh.ui.access import requires
from ansinh.ui.fields import shown
from ansinh.vault import store

SHOWN = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STEPS = ("prepared", "handed_over", "answered", "resolved", "signed")


@requires("population.read")
@require_http_methods(["GET", "POST"])
def rounds(request: HttpRequest) -> HttpResponse:
    """Rounds of one's communes, and opening one."""
    communes = communes_of(request, "population.prepare")
    units = [(str(each.pk), each.name) for each in communes]
    form = PrepareForm(request.POST or None, units=units)
    if request.method == "POST" and communes and form.is_valid():
        try:
            made = acts.prepare_round(
                unit=Unit.objects.get(pk=form.cleaned_data["unit"]), due_on=form.cleaned_data["due_on"],
                by=officer_of(request), at=timezone.now(), on=timezone.localdate(),
            )  # fmt: skip
        except Refusal as refused:
            form.add_error(None, shown(refused))
        else:
            messages.success(request, _("Đã lập danh sách. Giao cho công an xã ở bước tiếp theo."))
            return redirect("population:round", made.pk)
    listed = [
        (each, *STATES[each.state], queries.counts(round_id=each.pk) if each.state in queries.OPEN else None)
        for each in queries.rounds()[:SHOWN]
    ]
    context = {
        "listed": listed, "form": form if communes else None, "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "population/rounds.html", context, status=422 if form.errors else 200)


def _page(request: HttpRequest, found: Round, status: int = 200, **more: Any) -> HttpResponse:
    counted = queries.counts(round_id=found.pk)
    results = [
        (RESULTS[result], counted.results[result], result in BLOCKING)
        for result in RESULTS if counted.results[result]
    ]  # fmt: skip
    kinds = [
        (*KINDS[kind], counted.kinds[kind], counted.open_kinds[kind]) for kind in serious_first(counted.kinds)
    ]
    at = STEPS.index(found.state) if found.state in STEPS else -1
    context = {
        "round": found, "state": STATES[found.state], "counts": counted, "results": results, "kinds": kinds,
        "steps": [(STATES[step][0], place < at or found.state == "signed", place == at)
                  for place, step in enumerate(STEPS)],
        "hand_overs": found.hand_overs.select_related("by").order_by("-pk"),
        "signatures": found.signatures.select_related("officer").order_by("pk"),
        "may_prepare": may(request, "population.prepare", found),
        "may_answer": may(request, "population.answer", found),
        "open": found.state in queries.OPEN, "today": timezone.localdate(),
        "hand_form": HandOverForm(), "answers_form": AnswersForm(), "reason_form": ReasonForm(),
    } | more  # fmt: skip
    return render(request, "population/round.html", context, status=status)


@requires("population.read")
@require_GET
def one(request: HttpRequest, round_id: int) -> HttpResponse:
    """One round: the steps, what the register said, what is next."""
    return _page(request, found_round(round_id))


@requires("population.prepare")
@require_POST
def give(request: HttpRequest, round_id: int) -> HttpResponse:
    """Make the locked list for the police; the password is shown once, on this answer only."""
    found = found_round(round_id)
    form = HandOverForm(request.POST)
    if form.is_valid():
        try:
            done = hand_over(
                round_id=found.pk, register=FileRegister(), receiver=form.cleaned_data["receiver"],
                by=officer_of(request), at=timezone.now(),
            )  # fmt: skip
        except Refusal as refused:
            form.add_error(None, shown(refused))
        else:
            return _page(request, found_round(round_id), password=done.sent.password, handed=done.record)
    return _page(request, found, status=422, hand_form=form)


@requires("population.prepare")
@require_GET
def handed_file(_request: HttpRequest, round_id: int, hand_over_id: int) -> HttpResponse:
    """The locked workbook as it was handed over."""
    made = HandOver.objects.filter(pk=hand_over_id, round_id=round_id, adapter="file").first()
    if made is None:
        raise Http404
    answer = HttpResponse(store.get(bytes(made.file_sha256)), content_type=XLSX)
    name = f"doi-chieu-dan-cu-{round_id}-{made.pk}.xlsx"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@requires("population.prepare")
@require_POST
def answers(request: HttpRequest, round_id: int) -> HttpResponse:
    """Take the answers of the workbook that came back; say row by row what was not taken."""
    found = found_round(round_id)
    form = AnswersForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, found, status=422, answers_form=form)
    upload = form.cleaned_data["file"]
    try:
        with tempfile.TemporaryDirectory(prefix="ansinh-") as folder:
            path = Path(folder) / "list"  # never under the name that the sender gave
            with path.open("wb") as file:
                for chunk in upload.chunks():
                    file.write(chunk)
            done = take_file(
                round_id=found.pk, path=path, name=upload.name or "", by=officer_of(request),
                password=form.cleaned_data["password"], at=timezone.now(), on=timezone.localdate(),
            )  # fmt: skip
    except Refusal as refused:
        form.add_error("file", shown(refused))
        return _page(request, found, status=422, answers_form=form)
    return _page(request, found_round(round_id), taken=done.taken, told=_told(done))


def _told(done: FileTaken) -> list[tuple[int, str]]:
    """(row, sentence) of what could not be read or could not be taken."""
    errors, _warnings = findings(file=done.file, lang=get_language() or "vi")
    told = [(each["row"], each["message"]) for each in errors]
    told += [(given.row, shown(refused)) for given, refused in done.taken.refused]
    return sorted(told)[:SHOWN]


@requires("population.prepare")
@require_POST
def cancel(request: HttpRequest, round_id: int) -> HttpResponse:
    """Give a round up, with the reason."""
    found = found_round(round_id)
    try:
        acts.cancel_round(
            round_id=found.pk,
            reason=request.POST.get("reason", ""),
            by=officer_of(request),
            at=timezone.now(),
        )
        messages.success(request, _("Đã hủy đợt đối chiếu. Câu trả lời đã có vẫn được giữ."))
    except Refusal as refused:
        messages.error(request, shown(refused))
    return redirect("population:round", found.pk)
