# SPDX-License-Identifier: MPL-2.0
"""The people of a campaign, one person's visit (phone-size), sheets out and back."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ansinh.outreach import queries
from ansinh.outreach.actions.sheets import take_sheet as take
from ansinh.outreach.actions.sheets import write_sheet
from ansinh.outreach.actions.visits import OpenedAccount, Told, VisitChanged, keep_wish, log_visit
from ansinh.outreach.forms import OUTCOME_LABELS, STEP_LABELS, SheetForm, VisitForm, WishForm
from ansinh.outreach.models import Contact, Helper, Wish
from ansinh.outreach.views.campaigns import campaign_page, found_campaign
from ansinh.registry.records import born_of, opened_phone
from ansinh.rules.outreach import Outcome, Step
from ansinh.rules.readiness import Obstacle
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of
from ansinh.ui.access import requires
from ansinh.ui.fields import shown
from ansinh.ui.lists import MOST_ROWS, asked_kind, list_file

OUTCOMES, STEPS = dict(OUTCOME_LABELS), dict(STEP_LABELS)
PAGE = 50
MOST_ON_A_SHEET = 500
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _asked(request: HttpRequest) -> dict[str, Any]:
    """The filter of the list, from the address."""
    asked = request.GET
    helper = asked.get("nguoi-giup", "")
    return {
        "hamlet": asked.get("thon") if "thon" in asked else None,
        "helper": int(helper) if helper.isdigit() and len(helper) < 12 else None,
        "step": asked.get("viec", "")[:24],
        "due_by": timezone.localdate() if asked.get("han") == "hom-nay" else None,
    }


@requires("outreach.read")
@require_GET
def contacts(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """People of a campaign, what is due first; filters in the address."""
    campaign = found_campaign(request, campaign_id, "outreach.read")
    wanted, today = _asked(request), timezone.localdate()
    query = request.GET.copy()
    query.pop("trang", None)
    found = queries.contacts(campaign=campaign, **wanted)
    if kind := asked_kind(request.GET.get("tai")):
        return list_file(
            kind=kind, name=f"van-dong-{campaign.pk}", who=officer_of(request).full_name,
            heads=[_("Mã phiếu"), _("Họ và tên"), _("Thôn, tổ"), _("Nhóm"), _("Người đi vận động"),
                   _("Lượt gặp"), _("Kết quả"), _("Việc tiếp theo"), _("Hạn")],
            rows=(
                (each.reference, each.person.name, each.hamlet, each.group_at_start,
                 each.helper.name if each.helper else "", each.visits, OUTCOMES.get(each.outcome, ""),
                 STEPS[each.step], each.step_on)
                for each in found[:MOST_ROWS]
            ),
        )  # fmt: skip
    page = Paginator(found, PAGE)
    context = {
        "campaign": campaign, "wanted": wanted, "page": page.get_page(request.GET.get("trang")),
        "query": query.urlencode(), "steps": list(Step), "today": today,
        "hamlets": [each["hamlet"] for each in queries.progress(campaign=campaign, today=today)],
        "helpers": Helper.objects.filter(commune_id=campaign.commune_id, active=True).order_by("name"),
    }  # fmt: skip
    return render(request, "outreach/contacts.html", context)


def _contact(request: HttpRequest, contact_id: int) -> Contact:
    found = Contact.objects.select_related("campaign", "person", "helper").filter(pk=contact_id).first()
    if found is None or found.commune_id not in request.units_for("outreach.write"):  # type: ignore[attr-defined]
        raise Http404
    return found


@requires("outreach.write")
@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest, contact_id: int) -> HttpResponse:
    """One person: what happened so far, and writing down a visit; works on a phone."""
    found = _contact(request, contact_id)
    today = timezone.localdate()
    form = VisitForm(request.POST or None, initial={"on": today, "version": found.version})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            log_visit(contact_id=found.pk, told=_told(form), by=officer_of(request), at=timezone.now(),
                      today=today, version=form.cleaned_data["version"])  # fmt: skip
        except VisitChanged as changed:
            found.refresh_from_db()
            typed = request.POST.copy()
            typed["version"] = str(found.version)
            form = VisitForm(typed)
            form.add_error(None, shown(changed))
            status = 409
        except Refusal as refused:
            form.add_error(None, shown(refused))
        else:
            messages.success(request, _("Đã ghi lượt gặp %(name)s.") % {"name": found.person.name})
            return _next_one(found)
    status = 422 if form.errors and status == 200 else status
    context = {
        "contact": found, "person": found.person, "form": form, "log": found.log.order_by("-pk")[:20],
        "born": born_of(found.person.born_on, found.person.born_precision),
        "phone": opened_phone(found.person.phone_enc),
        "wish_form": WishForm(initial={"way": _way(found)}),
    }  # fmt: skip
    return render(request, "outreach/contact.html", context, status=status)


def _way(found: Contact) -> str:
    wish = Wish.objects.filter(person_id=found.person_id).first()
    return wish.way if wish is not None else "paper"


def _told(form: VisitForm) -> Told:
    data = form.cleaned_data
    account = OpenedAccount(data["bank"], data["account"], data["holder"]) if data["account"] else None
    return Told(
        data["on"], Outcome(data["outcome"]), frozenset(Obstacle(each) for each in data["reasons"]),
        data["signed"], data["note"], account,
    )  # fmt: skip


def _next_one(found: Contact) -> HttpResponse:
    """The next person of the same hamlet and helper that waits, else the list."""
    waiting = queries.contacts(campaign=found.campaign, hamlet=found.hamlet, helper=found.helper_id)
    following = waiting.filter(visits=0).exclude(pk=found.pk).first()
    if following is not None:
        return redirect("outreach:contact", following.pk)
    return redirect("outreach:contacts", found.campaign_id)


@requires("outreach.write")
@require_POST
def wish(request: HttpRequest, contact_id: int) -> HttpResponse:
    """Keep how the person wants to be told things."""
    found = _contact(request, contact_id)
    form = WishForm(request.POST)
    if form.is_valid():
        keep_wish(person=found.person, way=form.cleaned_data["way"], since=timezone.localdate(),
                  by=officer_of(request), at=timezone.now())  # fmt: skip
        messages.success(request, _("Đã ghi cách báo tin."))
    return redirect("outreach:contact", found.pk)


@requires("outreach.write")
@require_POST
def sheet(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """The visit sheet of a hamlet or a helper, as .xlsx to print or to fill in."""
    campaign = found_campaign(request, campaign_id, "outreach.write")
    hamlet, helper = request.POST.get("hamlet"), request.POST.get("helper", "")
    chosen = queries.contacts(
        campaign=campaign, hamlet=hamlet, helper=int(helper) if helper.isdigit() else None
    ).exclude(step=Step.DONE.value)[:MOST_ON_A_SHEET]
    title = f"{campaign.name} – {campaign.commune.name}" + (f" – {hamlet}" if hamlet else "")
    content = write_sheet(
        campaign=campaign, contacts=list(chosen), title=title, by=officer_of(request), at=timezone.now()
    )
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="phieu-van-dong-{campaign.pk}.xlsx"'
    answer["Cache-Control"] = "no-store"
    return answer


@requires("outreach.write")
@require_POST
def take_sheet(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """A sheet that comes back: what was taken, what could not be read, line by line."""
    campaign = found_campaign(request, campaign_id, "outreach.write")
    form = SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return campaign_page(request, campaign, 422, sheet_form=form)
    upload = form.cleaned_data["file"]
    with tempfile.TemporaryDirectory(prefix="ansinh-") as folder:
        path = Path(folder) / "sheet"
        with path.open("wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
        try:
            taken = take(path=path, name=upload.name or "", campaign_id=campaign.pk, by=officer_of(request),
                         at=timezone.now(), today=timezone.localdate())  # fmt: skip
        except Refusal as refused:
            form.add_error("file", shown(refused))
            return campaign_page(request, campaign, 422, sheet_form=form)
    faults = [(each.row, each.column, shown(each.refusal)) for each in taken.faulty]
    return render(request, "outreach/sheet.html", {"campaign": campaign, "taken": taken, "faults": faults})
