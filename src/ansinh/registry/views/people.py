# SPDX-License-Identifier: MPL-2.0
"""The list of people, one person with everything about them, adding and proposing."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ansinh.legislation.load import load
from ansinh.places.models import Unit
from ansinh.places.queries import unit_on
from ansinh.registry import queries
from ansinh.registry.actions import people as acts
from ansinh.registry.actions.changes import propose_change
from ansinh.registry.actions.events import record_event
from ansinh.registry.extensions import Viewer, panels
from ansinh.registry.forms import AwardForm, EventForm, MoveForm, PersonForm, ReasonForm, StopForm
from ansinh.registry.models import LIFE, Award, Person, SavedView
from ansinh.registry.records import born_of, opened_phone
from ansinh.rules.refusals import Refusal
from ansinh.staff.queries import permissions_at
from ansinh.staff.sign_in import officer_of, step_up_required
from ansinh.ui.access import requires
from ansinh.ui.fields import shown


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def communes_of(request: HttpRequest, permission: str) -> list[Unit]:
    """The communes of an officer's jurisdiction that exist today, or existed when they ended."""
    units = request.units_for(permission)  # type: ignore[attr-defined]
    found = Unit.objects.filter(pk__in=units, level="commune").order_by("sort_key", "-validity")
    return list(found)


@requires("register.read")
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """People in Vietnamese order; filters in the address, kept under a name by whoever wants to."""
    asked = request.GET
    wanted = queries.PeopleFilter(
        text=asked.get("tim", "").strip()[:100],
        commune=_number(asked.get("xa", "")),
        code=asked.get("che-do", "")[:40],
        family=asked.get("nhom", "")[:30],
        life=asked.get("song", "") if asked.get("song") in LIFE else "",
        lacks=asked.get("thieu", "")[:10],
    )
    wrong = ""
    try:
        found = queries.people(wanted=wanted)
    except Refusal as refused:
        wrong, found = shown(refused), Person.objects.none()
    page = Paginator(found.select_related("commune").prefetch_related("awards"), queries.PAGE)
    query = asked.copy()
    query.pop("trang", None)
    law = load()
    context = {
        "page": page.get_page(asked.get("trang")),
        "wanted": wanted,
        "wrong": wrong,
        "query": query.urlencode(),
        "communes": communes_of(request, "register.read")[:400],
        "families": [(code, family["label"]) for code, family in law.families.items()],
        "views": SavedView.objects.filter(officer=officer_of(request)).order_by("name"),
        "may_write": "register.write" in request.permissions,  # type: ignore[attr-defined]
        "law": law,
    }
    return render(request, "registry/people.html", context, status=422 if wrong else 200)


@requires("register.read")
@require_POST
def keep_view(request: HttpRequest) -> HttpResponse:
    """Keep the present filter under a name."""
    name, query = request.POST.get("name", "").strip()[:60], request.POST.get("query", "")[:500]
    if name:
        acts.keep_view(officer=officer_of(request), name=name, query=query)
        messages.success(request, _("Đã lưu bộ lọc."))
    return redirect(f"{request.path.removesuffix('luu/')}?{query}")


def _seen(person_id: int) -> Person:
    found = Person.objects.select_related("commune", "merged_into").filter(pk=person_id).first()
    if found is None:
        raise Http404
    return found


def _label(request: HttpRequest, award: Award) -> str:
    """What an award is called: confidential grounds by their neutral label, but for named roles."""
    category = load().categories.get(award.code)
    if category is None:
        return award.code
    open_to = "register.confidential" in request.permissions  # type: ignore[attr-defined]
    return category.label if open_to or not category.confidential else category.public_label


def viewer_of(request: HttpRequest, commune_id: int) -> Viewer:
    """What the officer may do at the commune of a record, today."""
    officer, on = officer_of(request), timezone.localdate()
    return Viewer(officer.pk, permissions_at(officer_id=officer.pk, unit_id=commune_id, on=on), on)


def _page(request: HttpRequest, person: Person, status: int = 200, **forms: Any) -> HttpResponse:
    awards = [
        (award, _label(request, award), load().categories.get(award.code))
        for award in person.awards.filter(voided=False).order_by("end_month", "first_month")
    ]
    held = request.permissions  # type: ignore[attr-defined]
    viewer = viewer_of(request, person.commune_id)
    context = {
        "person": person,
        "viewer": viewer,
        "panels": panels(person=person, viewer=viewer),
        "born": born_of(person.born_on, person.born_precision),
        "phone": opened_phone(person.phone_enc) if "register.write" in held else "",
        "awards": awards,
        "residences": person.residences.select_related("commune").order_by("-validity"),
        "old_numbers": person.old_numbers.all(),
        "timeline": queries.timeline(person=person, viewer=viewer),
        "aliases": person.aliases.all(),
        "may_write": "register.write" in held and person.merged_into_id is None,
        "may_reveal": "register.reveal" in held,
        "event_form": EventForm(),
        "move_form": MoveForm(),
        "stop_form": StopForm(),
        "reason_form": ReasonForm(),
    } | forms
    return render(request, "registry/person.html", context, status=status)


@requires("register.read")
@require_GET
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """One person: facts, awards, residences, and a timeline of everything."""
    return _page(request, _seen(person_id))


@requires("register.reveal")
@step_up_required
@require_POST
def reveal(request: HttpRequest, person_id: int) -> HttpResponse:
    """Show the whole citizen number once, recorded with its reason."""
    found = _seen(person_id)
    try:
        number = acts.reveal_number(
            person_id=found.pk, reason=request.POST.get("reason", ""), by=officer_of(request),
            at=timezone.now(),
        )  # fmt: skip
    except Refusal as refused:
        messages.error(request, shown(refused))
        return redirect("registry:person", person_id)
    return _page(request, found, number=number)


@requires("register.write")
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new person with their first award, on one page."""
    communes = communes_of(request, "register.write")
    form, award = PersonForm(request.POST or None), AwardForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and award.is_valid():
        unit = _number(request.POST.get("unit", ""))
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


def _changed_values(found: Person, form: PersonForm) -> dict[str, Any]:
    """What the form says otherwise than the record."""
    values = form.values()
    known: dict[str, Any] = {
        "name": found.name, "born": born_of(found.born_on, found.born_precision).iso, "sex": found.sex,
        "ethnicity": found.ethnicity, "hamlet": found.hamlet, "household": found.household,
    }  # fmt: skip
    changed = {name: values[name] for name in known if (values[name] or "") != known[name]}
    changed |= {name: values[name] for name in ("number", "phone") if values[name]}
    return changed


@requires("register.write")
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, person_id: int) -> HttpResponse:
    """Propose a change of the person's own data."""
    found = _seen(person_id)
    initial = {
        "name": found.name, "born": born_of(found.born_on, found.born_precision), "sex": found.sex,
        "ethnicity": found.ethnicity, "hamlet": found.hamlet, "household": found.household,
    }  # fmt: skip
    form, reason = PersonForm(request.POST or None, initial=initial), ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and reason.is_valid():
        try:
            propose_change(
                person=found, kind="person", content=_changed_values(found, form),
                reason=reason.cleaned_data["reason"], by=officer_of(request), at=timezone.now(),
            )  # fmt: skip
        except Refusal as refused:
            form.add_error(None, shown(refused))
        else:
            messages.success(request, _("Đã ghi đề nghị; chờ người khác kiểm tra."))
            return redirect("registry:person", found.pk)
    context = {"form": form, "reason_form": reason, "person": found}
    return render(request, "registry/propose.html", context, status=422 if form.errors else 200)


@requires("register.write")
@require_POST
def stop(request: HttpRequest, award_id: int) -> HttpResponse:
    """Propose the last month of an award."""
    award = Award.objects.select_related("person").filter(pk=award_id, voided=False).first()
    if award is None:
        raise Http404
    form = StopForm(request.POST)
    if not form.is_valid():
        return _page(request, award.person, status=422, stop_form=form, stopping=award.pk)
    month = form.cleaned_data["last_month"]
    try:
        propose_change(
            person=award.person, award=award, kind="stop", content={"last_month": str(month)},
            label=f"Dừng {award.code} sau {month.vi}", reason=form.cleaned_data["reason"],
            by=officer_of(request), at=timezone.now(), effective_month=month.first_day,
        )  # fmt: skip
        messages.success(request, _("Đã ghi đề nghị; chờ người khác kiểm tra."))
    except Refusal as refused:
        messages.error(request, shown(refused))
    return redirect("registry:person", award.person_id)


@requires("register.write")
@require_POST
def event(request: HttpRequest, person_id: int) -> HttpResponse:
    """Record a life event; what the law prescribes is proposed and waits for another person."""
    found = _seen(person_id)
    form = EventForm(request.POST)
    if not form.is_valid():
        return _page(request, found, status=422, event_form=form)
    data = form.cleaned_data
    try:
        made = record_event(
            person=found, kind=data["kind"], happened_on=data["happened_on"], source=data["source"],
            reported_on=timezone.localdate(), by=officer_of(request), at=timezone.now(),
        )  # fmt: skip
    except Refusal as refused:
        form.add_error(None, shown(refused))
        return _page(request, found, status=422, event_form=form)
    count = made.proposals.count()
    messages.success(request, _("Đã ghi sự kiện và lập %(count)s đề nghị.") % {"count": count})
    return redirect("registry:person", found.pk)


@requires("register.write")
@require_POST
def move(request: HttpRequest, person_id: int) -> HttpResponse:
    """Propose a move to another commune."""
    found = _seen(person_id)
    form = MoveForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        on: date = data["moved_on"]
        try:
            unit = unit_on(code=data["unit_code"].strip(), on=on)
            propose_change(
                person=found, kind="move", reason=data["reason"], by=officer_of(request), at=timezone.now(),
                content={"commune": unit.pk, "hamlet": data["hamlet"], "on": on.isoformat()},
                label=f"Chuyển đến {unit.name}",
            )  # fmt: skip
        except Refusal as refused:
            form.add_error("unit_code", shown(refused))
        else:
            messages.success(request, _("Đã ghi đề nghị; chờ người khác kiểm tra."))
            return redirect("registry:person", found.pk)
    return _page(request, found, status=422, move_form=form)
