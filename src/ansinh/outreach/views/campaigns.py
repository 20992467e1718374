# SPDX-License-Identifier: MPL-2.0
"""Campaigns: the board, one campaign with its hamlets, helpers and opening days."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ansinh.outreach import queries
from ansinh.outreach.actions import campaigns as acts
from ansinh.outreach.forms import CampaignForm, DayForm, HelperForm, InviteForm, SheetForm
from ansinh.outreach.models import Campaign, Helper, OpeningDay
from ansinh.places.models import Unit
from ansinh.providers.directory import bank_name
from ansinh.registry.views import looking
from ansinh.rules.outreach import Step
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of
from ansinh.ui.access import requires
from ansinh.ui.fields import shown
from ansinh.ui.lists import MOST_ROWS, asked_kind, list_file


def communes_of(request: HttpRequest, permission: str) -> list[Unit]:
    """The communes of an officer's jurisdiction that exist today, in Vietnamese order."""
    today = timezone.localdate()
    return [each for each in looking.communes_of(request, permission) if today in each.validity]


def found_campaign(request: HttpRequest, campaign_id: int, permission: str) -> Campaign:
    """A campaign of the officer's communes, or 404."""
    found = Campaign.objects.select_related("commune").filter(pk=campaign_id).first()
    if found is None or found.commune_id not in request.units_for(permission):  # type: ignore[attr-defined]
        raise Http404
    return found


@requires("outreach.read")
@require_http_methods(["GET", "POST"])
def campaigns(request: HttpRequest) -> HttpResponse:
    """The campaigns of one's communes, and planning one."""
    may_write = "outreach.write" in request.permissions  # type: ignore[attr-defined]
    units = (
        [(str(each.pk), each.name) for each in communes_of(request, "outreach.write")] if may_write else []
    )
    form = CampaignForm(request.POST or None, units=units)
    if request.method == "POST" and may_write and form.is_valid():
        data = form.cleaned_data
        try:
            made = acts.plan_campaign(
                commune_id=int(data["unit"]), name=data["name"], groups=data["groups"],
                starts_on=data["starts_on"], ends_on=data["ends_on"], by=officer_of(request),
                at=timezone.now(),
            )  # fmt: skip
        except Refusal as refused:
            form.add_error(None, shown(refused))
        else:
            return redirect("outreach:campaign", made.pk)
    found = (
        Campaign.objects.filter(commune_id__in=request.units_for("outreach.read"))  # type: ignore[attr-defined]
        .select_related("commune")
        .annotate(
            people=Count("contacts"),
            visited=Count("contacts", filter=Q(contacts__visits__gt=0)),
            done=Count("contacts", filter=Q(contacts__step=Step.DONE.value)),
        )
        .order_by("-starts_on", "-pk")
    )
    if kind := asked_kind(request.GET.get("tai")):
        return list_file(
            kind=kind, name="van-dong", who=officer_of(request).full_name,
            heads=[_("Đợt"), _("Xã, phường"), _("Từ ngày"), _("Đến ngày"), _("Nhóm"), _("Người"),
                   _("Đã gặp"), _("Xong")],
            rows=(
                (each.name, each.commune.name, each.starts_on, each.ends_on, ", ".join(each.groups),
                 each.people, each.visited, each.done)
                for each in found[:MOST_ROWS]
            ),
        )  # fmt: skip
    found = found[:200]
    context = {"found": found, "form": form, "may_write": may_write}
    return render(request, "outreach/campaigns.html", context, status=422 if form.errors else 200)


@requires("outreach.read")
@require_GET
def campaign(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """One campaign: hamlets, helpers, opening days."""
    return campaign_page(request, found_campaign(request, campaign_id, "outreach.read"))


def campaign_page(request: HttpRequest, found: Campaign, status: int = 200, **forms: Any) -> HttpResponse:
    """The page of a campaign, perhaps with a form that was refused."""
    today = timezone.localdate()
    hamlets = queries.progress(campaign=found, today=today)
    days = [(day, bank_name(day.bank)) for day in found.days.order_by("on", "pk")]
    context = {
        "campaign": found,
        "hamlets": hamlets,
        "helpers": queries.workload(campaign=found, today=today),
        "days": days,
        "people": sum(each["people"] for each in hamlets),
        "done": sum(each["done"] for each in hamlets),
        "may_write": found.commune_id in request.units_for("outreach.write"),  # type: ignore[attr-defined]
        "helper_form": HelperForm(),
        "day_form": DayForm(),
        "invite_form": InviteForm(),
        "sheet_form": SheetForm(),
    } | forms
    return render(request, "outreach/campaign.html", context, status=status)


MOVES = {"start": acts.start_campaign, "draw": acts.draw_again, "close": acts.close_campaign,
         "cancel": acts.cancel_campaign}  # fmt: skip


@requires("outreach.write")
@require_POST
def move(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Start, add newcomers, close or cancel."""
    found = found_campaign(request, campaign_id, "outreach.write")
    event = request.POST.get("event", "")
    if event not in MOVES:
        raise Http404
    common: dict[str, Any] = {"campaign_id": found.pk, "by": officer_of(request), "at": timezone.now()}
    if event in {"start", "draw"}:
        common["on"] = timezone.localdate()
    try:
        people = MOVES[event](**common)  # type: ignore[operator]
    except Refusal as refused:
        messages.error(request, shown(refused))
    else:
        if people is not None:
            messages.success(request, _("Thêm %(people)s người vào đợt.") % {"people": people})
    return redirect("outreach:campaign", found.pk)


@requires("outreach.write")
@require_POST
def assign(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Give a hamlet to a helper."""
    found = found_campaign(request, campaign_id, "outreach.write")
    helper_id = request.POST.get("helper", "")
    if not helper_id.isdigit():
        raise Http404
    try:
        people = acts.assign(
            campaign_id=found.pk, helper_id=int(helper_id), hamlet=request.POST.get("hamlet", "")[:120],
            by=officer_of(request), at=timezone.now(),
        )  # fmt: skip
    except Helper.DoesNotExist as unknown:
        raise Http404 from unknown
    except Refusal as refused:
        messages.error(request, shown(refused))
    else:
        messages.success(request, _("Đã giao %(people)s người.") % {"people": people})
    return redirect("outreach:campaign", found.pk)


@requires("outreach.write")
@require_POST
def helper(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Add somebody who goes to people."""
    found = found_campaign(request, campaign_id, "outreach.write")
    form = HelperForm(request.POST)
    if not form.is_valid():
        return campaign_page(request, found, 422, helper_form=form)
    acts.add_helper(
        commune_id=found.commune_id, by=officer_of(request), at=timezone.now(), **form.cleaned_data
    )
    return redirect("outreach:campaign", found.pk)


@requires("outreach.write")
@require_POST
def day(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Agree with a bank on a day."""
    found = found_campaign(request, campaign_id, "outreach.write")
    form = DayForm(request.POST)
    if form.is_valid():
        try:
            acts.plan_day(
                campaign_id=found.pk, by=officer_of(request), at=timezone.now(), **form.cleaned_data
            )
        except Refusal as refused:
            form.add_error("on", shown(refused))
        else:
            return redirect("outreach:campaign", found.pk)
    return campaign_page(request, found, 422, day_form=form)


@requires("outreach.write")
@require_POST
def end_day(request: HttpRequest, day_id: int) -> HttpResponse:
    """Say that the bank came, or did not."""
    found = OpeningDay.objects.filter(pk=day_id).first()
    if found is None or found.commune_id not in request.units_for("outreach.write"):  # type: ignore[attr-defined]
        raise Http404
    try:
        acts.end_day(day_id=found.pk, held=request.POST.get("held") == "1", by=officer_of(request),
                     at=timezone.now())  # fmt: skip
    except Refusal as refused:
        messages.error(request, shown(refused))
    return redirect("outreach:campaign", found.campaign_id)
