# SPDX-License-Identifier: MPL-2.0
"""Complaints: take one down, hand the slip over, answer; and the status behind a code for everybody."""

from __future__ import annotations

import segno
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ansinh.directives.actions import complaints as acts
from ansinh.directives.forms import CHANNELS, KINDS, ComplaintForm
from ansinh.directives.models import Complaint
from ansinh.directives.queries import complaints as queries
from ansinh.directives.queries.payments import Paid, payments_of
from ansinh.directives.records import answer_of, contact_of, content_of
from ansinh.directives.views.asked import living_units
from ansinh.disbursement.labels import CHANNELS as PAID_BY
from ansinh.disbursement.labels import STATES
from ansinh.reconciliation.payment_views import story, written
from ansinh.registry.models import Person
from ansinh.rules.lookup_codes import grouped
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of
from ansinh.ui.access import public, requires
from ansinh.ui.fields import shown

PAGE = 50
READ, WRITE = "complaints.read", "complaints.write"


@requires(READ)
@require_GET
def complaints(request: HttpRequest) -> HttpResponse:
    """The complaints of one's communes, and how soon they are answered."""
    on = timezone.localdate()
    which = request.GET.get("loc", "open")
    found = queries.complaints(late_on=on) if which == "late" else queries.complaints(
        state="" if which == "all" else which
    )  # fmt: skip
    page = Paginator(found, PAGE).get_page(request.GET.get("trang"))
    context = {
        "rows": [(each, KINDS[each.kind], CHANNELS[each.channel]) for each in page], "page": page,
        "which": which, "query": f"loc={which}", "on": on, "figures": queries.figures(on=on),
        "may_write": WRITE in request.permissions,  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "directives/complaints.html", context)


@requires(WRITE)
@require_http_methods(["GET", "POST"])
def take(request: HttpRequest) -> HttpResponse:
    """Take a complaint down and print the slip with its code."""
    communes = living_units(request, WRITE, ("commune",))
    form = ComplaintForm(
        request.POST or None,
        communes=communes,
        initial={
            "person": request.GET.get("ho-so", ""),
            "commune": request.GET.get("xa", ""),
            "payment_ref": request.GET.get("lenh", "")[:60],
        },
    )
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        commune = int(data.pop("commune"))
        person = data.pop("person")
        if person is not None and not Person.objects.filter(pk=person).exists():
            form.add_error("person", _("Không có hồ sơ này trong phạm vi của bạn. Gõ lại mã hồ sơ."))
        else:
            try:
                taken = acts.take_complaint(
                    commune_id=commune, person_id=person, **data, by=officer_of(request), at=timezone.now(),
                    on=timezone.localdate(),
                )  # fmt: skip
            except Refusal as refused:
                form.add_error(
                    "payment_ref" if isinstance(refused, acts.PaymentUnknown) else "words", shown(refused)
                )
            else:
                return _slip(request, taken)
    return render(
        request, "directives/take_complaint.html", {"form": form}, status=422 if form.errors else 200
    )


def _slip(request: HttpRequest, taken: acts.Taken) -> HttpResponse:
    """The slip, shown this once: the code is kept nowhere."""
    code = grouped(taken.code)
    address = request.build_absolute_uri(f"{reverse('directives:look_up')}?ma={code}")
    context = {
        "complaint": taken.complaint, "code": code, "kind": KINDS[taken.complaint.kind],
        "qr": segno.make(address, error="m").svg_data_uri(scale=4), "address": reverse("directives:look_up"),
    }  # fmt: skip
    return render(request, "directives/slip.html", context)


def _found(complaint_id: int) -> Complaint:
    found = (
        Complaint.objects.filter(pk=complaint_id)
        .select_related("commune", "person", "owner", "received_by")
        .first()
    )
    if found is None:
        raise Http404
    return found


@requires(READ)
@require_GET
def complaint(request: HttpRequest, complaint_id: int) -> HttpResponse:
    """One complaint with its steps."""
    return _page(request, _found(complaint_id))


def _page(request: HttpRequest, found: Complaint, wrong: str = "") -> HttpResponse:
    context = {
        "complaint": found, "content": content_of(found), "contact": contact_of(found),
        "answer": answer_of(found), "kind": KINDS[found.kind], "channel": CHANNELS[found.channel],
        "payments": [] if found.instruction_id else [_worded(each) for each in payments_of(complaint=found)],
        "steps": found.steps.select_related("by").order_by("at", "pk"), "wrong": wrong,
        "payment": found.instruction_id,
        "story": story(found.instruction_id, request.LANGUAGE_CODE) if found.instruction_id else [],
        "lines": written(found.instruction_id) if found.instruction_id else [],
        "on": timezone.localdate(), "typed": request.POST.get("words", ""),
        "may_write": WRITE in request.permissions,  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "directives/complaint.html", context, status=422 if wrong else 200)


def _worded(paid: Paid) -> dict[str, object]:
    """A payment with its states in words."""
    steps = [(each, *STATES[each.state]) for each in paid.steps]
    return {"paid": paid, "way": PAID_BY.get(paid.channel, paid.channel), "steps": steps,
            "label": STATES[paid.state][0], "badge": STATES[paid.state][1]}  # fmt: skip


@requires(WRITE)
@require_POST
def move(request: HttpRequest, complaint_id: int) -> HttpResponse:
    """Look into it, answer it, close it, look again."""
    found = _found(complaint_id)
    by, at, event = officer_of(request), timezone.now(), request.POST.get("event", "")
    try:
        if event == "look_into":
            acts.look_into(complaint_id=found.pk, by=by, at=at)
        elif event == "answer":
            acts.answer_complaint(
                complaint_id=found.pk, words=request.POST.get("words", "")[:4000],
                upheld=request.POST.get("upheld") == "yes", by=by, at=at,
            )  # fmt: skip
        elif event == "link":
            acts.link_payment(
                complaint_id=found.pk, text=request.POST.get("payment_ref", "")[:60], by=by, at=at
            )
        elif event == "reopen":
            acts.reopen_complaint(complaint_id=found.pk, by=by, at=at, on=timezone.localdate())
        else:
            acts.close_complaint(complaint_id=found.pk, by=by, at=at)
    except Refusal as refused:
        return _page(request, found, shown(refused))
    messages.success(request, _("Đã ghi."))
    return redirect("directives:complaint", found.pk)


@public
@require_http_methods(["GET", "POST"])
def look_up(request: HttpRequest) -> HttpResponse:
    """What stands behind the code of a complaint or of a payment slip, for whoever holds it: the status,
    nothing else. Who hands out cash goes on to the slip."""
    typed = (request.POST.get("ma") or request.GET.get("ma") or "")[:60]
    context: dict[str, object] = {"typed": typed}
    status = 200
    if typed:
        address, at = request.META.get("REMOTE_ADDR", ""), timezone.now()
        try:
            queries.may_look_up(address=address, at=at)
            acts.note_look_up(address=address, at=at)
            found = queries.status_of(code=typed)
            context["found"] = found
            if not found.number:
                context["payment"], context["badge"] = STATES[found.state]
                context["may_pay"] = "cash.hand_out" in request.permissions  # type: ignore[attr-defined]
        except queries.TooManyLookUps as refused:
            context["wrong"], status = shown(refused), 429
        except Refusal as refused:
            context["wrong"], status = shown(refused), 404
    answer = render(request, "directives/look_up.html", context, status=status)
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Cache-Control"] = "no-store"
    return answer
