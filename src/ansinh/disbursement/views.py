# SPDX-License-Identifier: MPL-2.0
"""The board, the split of a payroll, and an envelope with its file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ansinh.audit.models import Event
from ansinh.disbursement.actions.approve import submit_envelope
from ansinh.disbursement.actions.envelopes import build, cancel
from ansinh.disbursement.actions.instruct import instruct, split_of
from ansinh.disbursement.actions.online import FORMS, payer
from ansinh.disbursement.actions.release import release
from ansinh.disbursement.actions.sent_notes import unknown_dispatches
from ansinh.disbursement.forms import PaperForm, ReasonForm
from ansinh.disbursement.labels import CHANNELS, ENVELOPES, HOLDS, PAPERS, STATES, STREAMS
from ansinh.disbursement.layouts import LAYOUTS, layout
from ansinh.disbursement.models import Envelope
from ansinh.disbursement.queries import board as sums
from ansinh.disbursement.queries import ends_of, envelopes, preview
from ansinh.disbursement.treasury_forms import form_on
from ansinh.payroll.models import Payroll
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of, step_up_required
from ansinh.ui.access import requires
from ansinh.ui.fields import shown
from ansinh.vault import store

PAGE = 50


def _units(request: HttpRequest, permission: str = "money.read") -> set[int]:
    found: set[int] = request.units_for(permission)  # type: ignore[attr-defined]
    return found


@requires("money.read")
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Where the money of each month is, what waits, and the files."""
    units = _units(request)
    rows = [
        {**row, "label": STATES[row["state"]][0], "badge": STATES[row["state"]][1],
         "way": CHANNELS.get(row["channel"], row["channel"]), "source": STREAMS[row["stream"]]}
        for row in sums(period=None, unit_ids=units)[:PAGE]
    ]  # fmt: skip
    locked = Payroll.objects.filter(state="locked", unit_id__in=_units(request, "batch.prepare"))
    instructed = Payroll.objects.filter(state="handed_over", unit_id__in=units)
    files = [(each, *ENVELOPES[each.state]) for each in envelopes(unit_ids=units)[:PAGE]]
    context = {
        "rows": rows, "files": files, "locked": locked.select_related("unit").order_by("pk"),
        "lost": [name for name, _token in unknown_dispatches()],
        "may_release": "money.release" in request.permissions,  # type: ignore[attr-defined]
        "payrolls": instructed.select_related("unit").order_by("-period", "-pk")[:PAGE],
    }  # fmt: skip
    return render(request, "disbursement/board.html", context)


def _payroll(request: HttpRequest, payroll_id: int) -> Payroll:
    found = (
        Payroll.objects.select_related("unit")
        .filter(pk=payroll_id, unit_id__in=_units(request, "batch.prepare"))
        .first()
    )
    if found is None:
        raise Http404
    return found


@requires("batch.prepare")
def split(request: HttpRequest, payroll_id: int) -> HttpResponse:
    """The split by channel; confirming exactly what is shown makes the instructions."""
    payroll = _payroll(request, payroll_id)
    shares = preview(payroll_id=payroll.pk)
    pays = [each for each in shares if not each.hold]
    if request.method == "POST":
        try:
            by, at = officer_of(request), timezone.now()
            made = instruct(payroll_id=payroll.pk, confirmed=_confirmed(request), by=by, at=at)
            messages.success(request, _("Đã lập %(count)s lệnh chi.") % {"count": made})
        except Refusal as refused:
            messages.error(request, shown(refused))
        return redirect("disbursement:split", payroll.pk)
    context = {
        "payroll": payroll, "source": STREAMS[payroll.stream],
        "pays": [(CHANNELS.get(each.channel, each.channel), each) for each in pays],
        "held": [(HOLDS.get(each.hold, each.hold), each) for each in shares if each.hold],
        "people": sum(each.people for each in pays), "total": sum(each.sum_vnd for each in pays),
        "confirmed": [f"{name}:{people}:{vnd}" for name, (people, vnd) in split_of(shares=shares).items()],
        "files": [(each, *ENVELOPES[each.state]) for each in Envelope.objects.filter(payroll_id=payroll.pk)],
        "layouts": _layouts(pays),
    }  # fmt: skip
    return render(request, "disbursement/split.html", context)


def _confirmed(request: HttpRequest) -> dict[str, tuple[int, int]]:
    """What the page showed, as it came back with the form; anything else confirms nothing."""
    found = {}
    for each in request.POST.getlist("xac-nhan"):
        name, _colon, rest = each.partition(":")
        people, _colon, vnd = rest.partition(":")
        if people.isdigit() and vnd.isdigit():
            found[name] = (int(people), int(vnd))
    return found


def _layouts(pays: list[Any]) -> list[Any]:
    used = {each.channel for each in pays}
    return [each for each in LAYOUTS.values() if used & each.channels]


@requires("batch.prepare")
@require_POST
def build_file(request: HttpRequest, payroll_id: int) -> HttpResponse:
    """Put what may leave into files of the chosen layout."""
    payroll = _payroll(request, payroll_id)
    try:
        made = build(
            payroll_id=payroll.pk, layout_code=request.POST.get("layout", ""), by=officer_of(request),
            at=timezone.now(),
        )  # fmt: skip
    except Refusal as refused:
        messages.error(request, shown(refused))
        return redirect("disbursement:split", payroll.pk)
    messages.success(
        request, _("Đã lập %(count)s tệp. Xem rồi trình hai người duyệt.") % {"count": len(made)}
    )
    return redirect("disbursement:envelope", made[0].pk)


def _envelope(request: HttpRequest, envelope_id: int, permission: str = "money.read") -> Envelope:
    found = envelopes(unit_ids=_units(request, permission)).filter(pk=envelope_id).first()
    if found is None:
        raise Http404
    return found


@requires("money.read")
@require_GET
def envelope(request: HttpRequest, envelope_id: int) -> HttpResponse:
    """One file: what it declares, its first and last lines, its hash, what happened, what to do."""
    found = _envelope(request, envelope_id)
    held = request.permissions  # type: ignore[attr-defined]
    label, badge = ENVELOPES[found.state]
    context = {
        "envelope": found, "label": label, "badge": badge, "layout": layout(found.layout),
        "source": STREAMS[found.stream], "hash": bytes(found.sha256).hex(),
        "ends": ends_of(envelope=found),
        "events": Event.objects.filter(subject="envelope", subject_id=str(found.pk)).order_by("pk"),
        "papers": [(each, PAPERS[each.kind]) for each in found.papers.order_by("pk")],
        "paper_form": PaperForm(), "cash": found.layout == "organisation",
        "approved": found.state not in {"built", "cancelled"},
        "may_print": bool({"batch.prepare", "money.release"} & held),
        **{name: form_on(use=use, on=timezone.localdate(found.built_at), period=found.period)
           for name, use in (("withdrawal", "withdrawal"), ("list_form", "list"))},
        "may_prepare": "batch.prepare" in held, "may_release": "money.release" in held,
        "on_line": found.layout in FORMS and payer() is not None,
    }  # fmt: skip
    return render(request, "disbursement/envelope.html", context)


def _act(request: HttpRequest, envelope_id: int, permission: str, act: Any, said: str) -> HttpResponse:
    found = _envelope(request, envelope_id, permission)
    try:
        act(envelope_id=found.pk, by=officer_of(request), at=timezone.now())
        messages.success(request, said)
    except Refusal as refused:
        messages.error(request, shown(refused))
    return redirect("disbursement:envelope", found.pk)


@requires("batch.prepare")
@require_POST
def hand_in(request: HttpRequest, envelope_id: int) -> HttpResponse:
    """Hand a file in: two others approve its bytes."""
    return _act(request, envelope_id, "batch.prepare", submit_envelope, _("Đã trình. Hai người khác duyệt."))


@requires("batch.prepare")
@require_POST
def cancel_file(request: HttpRequest, envelope_id: int) -> HttpResponse:
    """Take a file back before it leaves."""
    found = _envelope(request, envelope_id, "batch.prepare")
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Ghi lý do huỷ tệp."))
        return redirect("disbursement:envelope", found.pk)
    try:
        cancel(
            envelope_id=found.pk,
            reason=form.cleaned_data["reason"],
            by=officer_of(request),
            at=timezone.now(),
        )
        messages.success(request, _("Đã huỷ tệp; các lệnh chi có thể vào tệp khác."))
    except Refusal as refused:
        messages.error(request, shown(refused))
    return redirect("disbursement:envelope", found.pk)


@requires("money.release")
@step_up_required
@require_POST
def send(request: HttpRequest, envelope_id: int) -> HttpResponse:
    """Let a file leave; then it can be fetched and handed to the payer."""
    return _act(
        request, envelope_id, "money.release", release, _("Đã cho gửi. Tải tệp và chuyển cho bên chi.")
    )


@requires("money.release")
@require_GET
def download(request: HttpRequest, envelope_id: int) -> HttpResponse:
    """The bytes that were approved, once the file was let go."""
    found = _envelope(request, envelope_id, "money.release")
    if found.state not in {"sent", "settled"}:
        messages.error(request, _("Tệp chưa được cho gửi nên chưa tải được."))
        return redirect("disbursement:envelope", found.pk)
    answer = HttpResponse(store.get(bytes(found.sha256)), content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{found.file_name}"'
    return answer
