# SPDX-License-Identifier: MPL-2.0
"""Messages to beneficiaries: what waits, what was sent, what nobody knows."""

from __future__ import annotations

import re

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ansinh.background.queue import enqueue
from ansinh.outreach import queries
from ansinh.outreach.actions import messages as acts
from ansinh.outreach.forms import InviteForm
from ansinh.outreach.models import Sending
from ansinh.outreach.notices import adapter_named
from ansinh.outreach.views.campaigns import campaign_page, found_campaign
from ansinh.payees.models import Notice
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of
from ansinh.ui.access import requires
from ansinh.ui.fields import shown
from ansinh.vault import store

PAGE = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires("outreach.write")
@require_POST
def invite(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Leave a message for a hamlet's people, or all of a campaign."""
    campaign = found_campaign(request, campaign_id, "outreach.write")
    form = InviteForm(request.POST)
    if not form.is_valid():
        return campaign_page(request, campaign, 422, invite_form=form)
    hamlet = form.cleaned_data["hamlet"] or None
    people = list(queries.contacts(campaign=campaign, hamlet=hamlet))
    try:
        count = acts.invite(campaign=campaign, contacts=people, text=form.cleaned_data["text"],
                            by=officer_of(request), at=timezone.now())  # fmt: skip
    except Refusal as refused:
        form.add_error("text", shown(refused))
        return campaign_page(request, campaign, 422, invite_form=form)
    messages.success(request, _("Đã soạn %(count)s tin, chờ gửi.") % {"count": count})
    return redirect("outreach:messages")


@requires("outreach.read")
@require_GET
def messages_page(request: HttpRequest) -> HttpResponse:
    """Messages by state, the newest first; the words as they leave."""
    units = request.units_for("outreach.read")  # type: ignore[attr-defined]
    mine = Notice.objects.filter(commune_id__in=units)
    state = request.GET.get("muc", "waiting")
    found = mine.filter(state=state) if state in {"waiting", "sent", "failed"} else mine
    counts = dict(mine.values_list("state").annotate(count=Count("id")))
    files = (
        Sending.objects.filter(commune_id__in=units, file_sha256__isnull=False)
        .values("file_sha256")
        .annotate(people=Count("id"))
        .order_by("-people")[:10]
    )
    context = {
        "found": found.select_related("person", "commune").order_by("-pk")[:PAGE], "tab": state,
        "counts": counts, "unanswered": queries.unanswered(at=timezone.now())[:PAGE],
        "files": [(bytes(each["file_sha256"] or b"").hex(), each["people"]) for each in files],
        "may_write": "outreach.write" in request.permissions,  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "outreach/messages.html", context)


@requires("outreach.write")
@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """Let the worker hand over what waits; the way out is the installation's."""
    try:
        adapter_named()
    except Refusal as refused:
        messages.error(request, shown(refused))
    else:
        enqueue(name="outreach.send_notices", once="outreach.send_notices", lock="outreach.send_notices")
        messages.success(request, _("Đang gửi. Tải lại trang để xem kết quả."))
    return redirect("outreach:messages")


@requires("outreach.write")
@require_POST
def send_again(request: HttpRequest, notice_id: int) -> HttpResponse:
    """A person decides that a message is handed over once more."""
    if not Sending.objects.filter(notice_id=notice_id).exists():
        raise Http404
    try:
        acts.hand_again(notice_id=notice_id, by=officer_of(request), at=timezone.now())
    except Refusal as refused:
        messages.error(request, shown(refused))
    return redirect("outreach:messages")


@requires("outreach.write")
@require_GET
def file(request: HttpRequest, sha256: str) -> HttpResponse:
    """The list that was handed over, for whoever sends or prints it."""
    units = request.units_for("outreach.write")  # type: ignore[attr-defined]
    known = re.fullmatch("[0-9a-f]{64}", sha256) and Sending.objects.filter(file_sha256=bytes.fromhex(sha256))
    if not known or not known.exists() or known.exclude(commune_id__in=units).exists():
        raise Http404
    answer = HttpResponse(store.get(bytes.fromhex(sha256)), content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="tin-gui-nguoi-huong.xlsx"'
    answer["Cache-Control"] = "no-store"
    return answer
