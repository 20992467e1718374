# SPDX-License-Identifier: MPL-2.0
"""Forms that propose: other data, a new award, stop, suspend, resume, an event, a move."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ansinh.places.queries import unit_on
from ansinh.registry import labels
from ansinh.registry.actions import proposals as acts
from ansinh.registry.actions.events import record_event
from ansinh.registry.forms import (
    AwardForm,
    EditAwardForm,
    EventForm,
    MoveForm,
    PersonForm,
    ReasonForm,
    SpanForm,
    StopForm,
)
from ansinh.registry.models import Award, Change, Person
from ansinh.registry.records import born_of
from ansinh.registry.views.looking import GROUNDS, award_or_404, number_asked, person_or_404, viewer_of
from ansinh.registry.views.person import award_page, person_page
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of
from ansinh.ui.access import requires
from ansinh.ui.fields import shown

PERSON = ("name", "sex", "ethnicity", "hamlet", "household")


def _waits(request: HttpRequest) -> None:
    messages.success(request, _("Đã ghi đề nghị; chờ người khác kiểm tra."))


def _changed_values(found: Person, form: PersonForm) -> dict[str, Any]:
    """What the form says otherwise than the record."""
    values = form.values()
    known: dict[str, Any] = {name: getattr(found, name) for name in PERSON}
    known["born"] = born_of(found.born_on, found.born_precision).iso
    changed = {name: values[name] for name in known if (values[name] or "") != known[name]}
    changed |= {name: values[name] for name in ("number", "phone", "old_number") if values[name]}
    return changed


@requires("register.write")
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, person_id: int) -> HttpResponse:
    """Propose a change of the person's own data."""
    found = person_or_404(person_id)
    initial = {name: getattr(found, name) for name in PERSON}
    initial["born"] = born_of(found.born_on, found.born_precision)
    form, reason = PersonForm(request.POST or None, initial=initial), ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and reason.is_valid():
        try:
            acts.propose_person(
                person=found, content=_changed_values(found, form), reason=reason.cleaned_data["reason"],
                document=request.POST.get("document", "")[:200], on=timezone.localdate(),
                seen_version=number_asked(request.POST.get("version", "")), by=officer_of(request),
                at=timezone.now(),
            )  # fmt: skip
        except Refusal as refused:
            form.add_error(None, shown(refused))
        else:
            _waits(request)
            return redirect("registry:person", found.pk)
    status = 422 if form.errors or reason.errors else 200
    context = {"form": form, "reason_form": reason, "person": found,
               "document": request.POST.get("document", "")}  # fmt: skip
    return render(request, "registry/propose.html", context, status=status)


@requires("register.write")
@require_http_methods(["GET", "POST"])
def new_award(request: HttpRequest, person_id: int) -> HttpResponse:
    """Propose one more award of a person."""
    found = person_or_404(person_id)
    form, reason = AwardForm(request.POST or None), ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and reason.is_valid():
        try:
            acts.propose_new_award(
                person=found, award=_with_merit_person(form.values()), by=officer_of(request),
                reason=reason.cleaned_data["reason"], at=timezone.now(),
            )  # fmt: skip
        except Refusal as refused:
            form.add_error("code", shown(refused))
        else:
            _waits(request)
            return redirect("registry:person", found.pk)
    status = 422 if form.errors or reason.errors else 200
    context = {"form": form, "reason_form": reason, "person": found}
    return render(request, "registry/new_award.html", context, status=status)


def _with_merit_person(values: dict[str, Any]) -> dict[str, Any]:
    """The record of the merit person that an award derives from has to be in the officer's sight."""
    merit = values.get("derives_from")
    if merit and not Person.objects.filter(pk=merit).exists():
        raise Http404
    return values


def _may_see_grounds(request: HttpRequest, found: Award) -> bool:
    viewer = viewer_of(request, found.commune_id)
    return labels.may_show_facts(found, open_grounds=GROUNDS in viewer.permissions)


@requires("register.write")
@require_http_methods(["GET", "POST"])
def edit_award(request: HttpRequest, award_id: int) -> HttpResponse:
    """Propose other data of an award."""
    found = award_or_404(award_id)
    if not _may_see_grounds(request, found):
        raise Http404
    form = EditAwardForm(request.POST or None, initial=EditAwardForm.initial_of(found))
    reason = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and reason.is_valid():
        try:
            acts.propose_award(
                award=found, content=form.changed(found), reason=reason.cleaned_data["reason"],
                seen_version=number_asked(request.POST.get("version", "")), by=officer_of(request),
                at=timezone.now(),
            )  # fmt: skip
        except Refusal as refused:
            form.add_error(None, shown(refused))
        else:
            _waits(request)
            return redirect("registry:award", found.pk)
    status = 422 if form.errors or reason.errors else 200
    return render(request, "registry/edit_award.html", {"form": form, "reason_form": reason, "award": found},
                  status=status)  # fmt: skip


def _about_award(
    request: HttpRequest, award_id: int, form: Any, act: Callable[[Award, Any], Change], name: str
) -> HttpResponse:
    found = award_or_404(award_id)
    if form.is_valid():
        try:
            act(found, form.cleaned_data)
        except Refusal as refused:
            form.add_error(None, shown(refused))
        else:
            _waits(request)
            return redirect("registry:award", found.pk)
    return award_page(request, found, status=422, **{name: form})


@requires("register.write")
@require_POST
def stop(request: HttpRequest, award_id: int) -> HttpResponse:
    """Propose the last month of an award."""

    def act(found: Award, data: Any) -> Change:
        return acts.propose_stop(award=found, last_month=data["last_month"], reason=data["reason"],
                                 by=officer_of(request), at=timezone.now())  # fmt: skip

    return _about_award(request, award_id, StopForm(request.POST), act, "stop_form")


@requires("register.write")
@require_POST
def suspend(request: HttpRequest, award_id: int) -> HttpResponse:
    """Propose not to pay from a month on."""

    def act(found: Award, data: Any) -> Change:
        return acts.propose_suspend(award=found, first=data["first"], reason=data["reason"],
                                    by=officer_of(request), at=timezone.now())  # fmt: skip

    return _about_award(request, award_id, SpanForm(request.POST), act, "span_form")


@requires("register.write")
@require_POST
def resume(request: HttpRequest, award_id: int) -> HttpResponse:
    """Propose to pay again from a month on."""

    def act(found: Award, data: Any) -> Change:
        first: Month = data["first"]
        return acts.propose_resume(award=found, first=first, reason=data["reason"], by=officer_of(request),
                                   at=timezone.now())  # fmt: skip

    return _about_award(request, award_id, SpanForm(request.POST), act, "span_form")


@requires("register.write")
@require_POST
def event(request: HttpRequest, person_id: int) -> HttpResponse:
    """Record a life event; what the law prescribes is proposed and waits for another person."""
    found = person_or_404(person_id)
    form = EventForm(request.POST)
    if not form.is_valid():
        return person_page(request, found, status=422, event_form=form)
    data = form.cleaned_data
    try:
        made = record_event(
            person=found, kind=data["kind"], happened_on=data["happened_on"], source=data["source"],
            reported_on=timezone.localdate(), by=officer_of(request), at=timezone.now(),
        )  # fmt: skip
    except Refusal as refused:
        form.add_error(None, shown(refused))
        return person_page(request, found, status=422, event_form=form)
    count = made.proposals.count()
    messages.success(request, _("Đã ghi sự kiện và lập %(count)s đề nghị.") % {"count": count})
    return redirect("registry:person", found.pk)


@requires("register.write")
@require_POST
def move(request: HttpRequest, person_id: int) -> HttpResponse:
    """Propose a move to another commune."""
    found = person_or_404(person_id)
    form = MoveForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        on: date = data["moved_on"]
        try:
            unit = unit_on(code=data["unit_code"].strip(), on=on, level="commune")
            acts.propose_move(person=found, to=unit, hamlet=data["hamlet"], on=on, reason=data["reason"],
                              by=officer_of(request), at=timezone.now())  # fmt: skip
        except Refusal as refused:
            form.add_error("unit_code", shown(refused))
        else:
            _waits(request)
            return redirect("registry:person", found.pk)
    return person_page(request, found, status=422, move_form=form)
