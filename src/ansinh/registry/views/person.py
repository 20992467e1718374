# SPDX-License-Identifier: MPL-2.0
"""One person with everything about them, one award, and a new record."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ansinh.legislation.load import load
from ansinh.registry import labels
from ansinh.registry.actions import people as acts
from ansinh.registry.extensions import Viewer, panels
from ansinh.registry.forms import AwardForm, EventForm, MoveForm, PersonForm, SpanForm, StopForm
from ansinh.registry.models import Award, Change, Person
from ansinh.registry.records import born_of, opened_phone
from ansinh.registry.timeline import award_history, timeline
from ansinh.registry.views.looking import (
    GROUNDS,
    award_or_404,
    communes_of,
    number_asked,
    person_or_404,
    viewer_of,
)
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of, step_up_required
from ansinh.ui.access import requires
from ansinh.ui.fields import shown


def shown_award(award: Award, viewer: Viewer, birthday: Change | None = None) -> dict[str, Any]:
    """An award as this officer may see it: neutral, without facts, where its ground is confidential.
    `birthday` is the proposal that an age of the law raised and nobody has decided yet."""
    open_grounds = GROUNDS in viewer.permissions
    open_facts = labels.may_show_facts(award, open_grounds=open_grounds)
    return {
        "award": award,
        "label": labels.award(award.code, open_grounds=open_grounds),
        "facts": labels.value("facts", award.facts) if open_facts else "",
        "law_page": award.code if open_facts and award.code in load().categories else "",
        "suspended": award.suspended_from is not None and award.suspended_to is None,
        "birthday": birthday,
    }


def person_page(request: HttpRequest, person: Person, status: int = 200, **forms: Any) -> HttpResponse:
    """The page of a person, with the forms as they were sent when something in them was refused."""
    viewer = viewer_of(request, person.commune_id)
    may_write = "register.write" in viewer.permissions and person.merged_into_id is None
    awards = person.awards.filter(voided=False).order_by("end_month", "first_month", "pk")
    waiting = list(person.changes.filter(state="proposed").order_by("made_at"))
    birthdays = {each.award_id: each for each in waiting if each.source == "birthday"}
    context = {
        "person": person,
        "viewer": viewer,
        "born": born_of(person.born_on, person.born_precision),
        "phone": opened_phone(person.phone_enc) if may_write else "",
        "sex": labels.value("sex", person.sex),
        "household": labels.value("household", person.household),
        "life": labels.value("life", person.life),
        "awards": [shown_award(award, viewer, birthdays.get(award.pk)) for award in awards],
        "residences": person.residences.select_related("commune").order_by("-validity"),
        "old_numbers": person.old_numbers.all(),
        "waiting": waiting,
        "timeline": timeline(person=person, viewer=viewer),
        "aliases": person.aliases.all(),
        "panels": panels(person=person, viewer=viewer),
        "may_write": may_write,
        "may_split": "register.duplicates" in viewer.permissions and person.merged_into_id is not None,
        "may_reveal": "register.reveal" in viewer.permissions,
        "event_form": EventForm(),
        "move_form": MoveForm(),
    } | forms
    return render(request, "registry/person.html", context, status=status)


@requires("register.read")
@require_GET
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """One person: facts, awards, residences, what later stages say, a timeline of everything."""
    return person_page(request, person_or_404(person_id))


@requires("register.reveal")
@step_up_required
@require_POST
def reveal(request: HttpRequest, person_id: int) -> HttpResponse:
    """Show the whole citizen number once, recorded with its reason."""
    found = person_or_404(person_id)
    try:
        number = acts.reveal_number(
            person_id=found.pk, reason=request.POST.get("reason", ""), by=officer_of(request),
            at=timezone.now(),
        )  # fmt: skip
    except Refusal as refused:
        messages.error(request, shown(refused))
        return redirect("registry:person", person_id)
    return person_page(request, found, number=number)


@requires("register.write")
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new person with their first award, on one page."""
    communes = communes_of(request, "register.write")
    form, award = PersonForm(request.POST or None), AwardForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and award.is_valid():
        unit = number_asked(request.POST.get("unit", ""))
        if unit not in {each.pk for each in communes}:
            raise Http404
        try:
            made = acts.add_person(
                unit_id=unit or 0, values=form.values(), award=award.values(), since=timezone.localdate(),
                by=officer_of(request), at=timezone.now(),
            )  # fmt: skip
        except Refusal as refused:
            form.add_error("number", shown(refused))
        else:
            messages.success(request, _("Đã lập hồ sơ."))
            return redirect("registry:person", made.pk)
    status = 422 if form.errors or award.errors else 200
    context = {"form": form, "award": award, "communes": communes}
    return render(request, "registry/add.html", context, status=status)


def award_page(request: HttpRequest, found: Award, status: int = 200, **forms: Any) -> HttpResponse:
    """The page of an award, with the forms as they were sent when something in them was refused."""
    viewer = viewer_of(request, found.commune_id)
    shown_as = shown_award(found, viewer)
    may_write = "register.write" in viewer.permissions and not found.voided
    context = {
        **shown_as,
        "viewer": viewer,
        "spans": [*found.earlier_suspensions, *_last_span(found)],
        "history": award_history(award=found, viewer=viewer),
        "waiting": found.changes.filter(state="proposed").order_by("made_at"),
        "may_stop": may_write and found.end_month is None,
        "may_edit": may_write and bool(shown_as["law_page"]),
        "stop_form": StopForm(),
        "span_form": SpanForm(),
    } | forms
    return render(request, "registry/award.html", context, status=status)


def _last_span(found: Award) -> list[list[str]]:
    if found.suspended_from is None:
        return []
    last = found.suspended_to.strftime("%Y-%m") if found.suspended_to else ""
    return [[found.suspended_from.strftime("%Y-%m"), last]]


@requires("register.read")
@require_GET
def award(request: HttpRequest, award_id: int) -> HttpResponse:
    """One award: the decision as printed, months, what became of it, what can be proposed."""
    return award_page(request, award_or_404(award_id))
