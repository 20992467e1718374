# SPDX-License-Identifier: MPL-2.0
"""Results in, the exception desk, what came back, closing a month."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ansinh.disbursement.actions import single
from ansinh.disbursement.labels import CHANNELS, STATES
from ansinh.disbursement.models import Instruction
from ansinh.payroll.models import Payroll
from ansinh.places.models import Unit
from ansinh.reconciliation import queries
from ansinh.reconciliation.actions import desk
from ansinh.reconciliation.actions import returns as acts
from ansinh.reconciliation.actions.receive import counts_of, discard_held, receive, take_held
from ansinh.reconciliation.forms import RemedyForm, UploadForm
from ansinh.reconciliation.labels import ALARMS, CASES, FILES, HELD, KINDS, OFFICES, REMEDIES
from ansinh.reconciliation.models import Case, ResultFile
from ansinh.rules.refusals import Refusal
from ansinh.rules.return_reasons import reason_of
from ansinh.staff.sign_in import officer_of, step_up_required
from ansinh.ui.access import requires
from ansinh.ui.fields import shown

PAGE = 100
MOST_UNITS = 500


def _units(request: HttpRequest, permission: str) -> set[int]:
    found: set[int] = request.units_for(permission)  # type: ignore[attr-defined]
    return found


def choices(request: HttpRequest, permission: str) -> list[tuple[str, str]]:
    """The units of the officer that have had payrolls handed over, and their communes."""
    paid = Payroll.objects.filter(state="handed_over").values_list("unit_id", "communes")
    known = {each for unit, communes in paid for each in (unit, *communes)}
    found = Unit.objects.filter(pk__in=known & _units(request, permission))
    return [(str(unit.pk), unit.name) for unit in found.order_by("level", "sort_key", "pk")[:MOST_UNITS]]


@requires("money.read")
def files(request: HttpRequest) -> HttpResponse:
    """The files that came in; those who import bring another."""
    may_import = "results.import" in request.permissions  # type: ignore[attr-defined]
    form = UploadForm(request.POST or None, request.FILES or None, units=choices(request, "results.import"))
    status = 200
    if request.method == "POST" and may_import:
        if form.is_valid():
            try:
                return _received(request, form)
            except Refusal as refused:
                form.add_error("file", shown(refused))
        status = 422
    found = queries.files(unit_ids=_units(request, "money.read"))[:PAGE]
    rows = [(each, *FILES[each.state], counts_of(file_id=each.pk)) for each in found]
    context = {"rows": rows, "form": form, "may_import": may_import}
    return render(request, "reconciliation/files.html", context, status=status)


def _received(request: HttpRequest, form: UploadForm) -> HttpResponse:
    data = form.cleaned_data
    found = receive(
        content=data["file"].read(), name=data["file"].name, form=data["form"], unit_id=int(data["unit"]),
        stream=data["stream"], control=form.control(), by=officer_of(request), at=timezone.now(),
    )  # fmt: skip
    if found.seen:
        messages.info(
            request, _("Tệp này đã nhập trước đây, bỏ qua %(count)s dòng.") % {"count": found.file.count}
        )
    elif found.file.state == "held":
        messages.warning(
            request, _("Tệp được giữ lại, chưa ghi gì: %(why)s") % {"why": HELD[found.file.held_for]}
        )
    else:
        messages.success(request, _("Đã ghi %(count)s dòng.") % {"count": found.counts["applied"]})
    return redirect("reconciliation:file", found.file.pk)


def _file(request: HttpRequest, file_id: int, permission: str) -> ResultFile:
    found = queries.files(unit_ids=_units(request, permission)).filter(pk=file_id).first()
    if found is None:
        raise Http404
    return found


@requires("money.read")
@require_GET
def file(request: HttpRequest, file_id: int) -> HttpResponse:
    """What a file was and did."""
    found = _file(request, file_id, "money.read")
    label, badge = FILES[found.state]
    context = {
        "file": found, "label": label, "badge": badge, "counts": counts_of(file_id=found.pk),
        "why": HELD.get(found.held_for, ""), "hash": bytes(found.sha256).hex(),
        "may_import": "results.import" in request.permissions,  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "reconciliation/file.html", context)


@requires("results.import")
@step_up_required
@require_POST
def decide_held(request: HttpRequest, file_id: int) -> HttpResponse:
    """Take a held file as it is, with the reason, or put it aside."""
    found = _file(request, file_id, "results.import")
    act = take_held if request.POST.get("decision") == "take" else discard_held
    note = request.POST.get("note", "").strip()
    if len(note) < 5:
        messages.error(request, _("Ghi lý do và căn cứ."))
    else:
        try:
            act(file_id=found.pk, note=note, by=officer_of(request), at=timezone.now())
            messages.success(request, _("Đã ghi quyết định."))
        except Refusal as refused:
            messages.error(request, shown(refused))
    return redirect("reconciliation:file", found.pk)


@requires("money.read")
@require_GET
def cases(request: HttpRequest) -> HttpResponse:
    """The exception desk: what hangs, since when, whose it is."""
    state = request.GET.get("muc", "open")
    now = timezone.now()
    found = queries.cases(unit_ids=_units(request, "money.read"), state=state if state in CASES else "")
    rows = [
        (each, KINDS.get(each.kind, each.kind), *CASES[each.state], (now - each.opened_at).days)
        for each in found[:PAGE]
    ]
    tabs = [(name, label) for name, (label, _badge) in CASES.items()]
    return render(request, "reconciliation/cases.html", {"rows": rows, "tab": state, "tabs": tabs})


@requires("money.read")
@require_GET
def alarms(request: HttpRequest) -> HttpResponse:
    """What the sweep found: promised and not done, stuck, without a result; jobs for whoever sees them."""
    wanted = request.GET.get("loai", "")
    found = queries.alarms(unit_ids=_units(request, "money.read"), kind=wanted if wanted in ALARMS else "")
    now = timezone.now()
    rows = [(each, *ALARMS[each.kind], (now - each.since).days) for each in found[:PAGE]]
    return render(request, "reconciliation/alarms.html", {"rows": rows, "wanted": wanted})


def _case(request: HttpRequest, case_id: int, permission: str) -> Case:
    found = queries.cases(unit_ids=_units(request, permission)).filter(pk=case_id).first()
    if found is None:
        raise Http404
    return found


@requires("money.read")
def case(request: HttpRequest, case_id: int) -> HttpResponse:
    """One case: what the payer wrote beside what we asked, and the remedy that is proposed."""
    found = _case(request, case_id, "money.read")
    may = "results.import" in request.permissions  # type: ignore[attr-defined]
    form = RemedyForm(request.POST or None)
    if request.method == "POST" and may and form.is_valid():
        try:
            desk.propose(case_id=found.pk, by=officer_of(request), at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Đã đề nghị. Hai người khác duyệt."))
        except Refusal as refused:
            messages.error(request, shown(refused))
        return redirect("reconciliation:case", found.pk)
    label, badge = CASES[found.state]
    line = queries.case_line(case=found)
    context = {
        "case": found, "line": line, "form": form, "label": label, "badge": badge, "may": may,
        "kind": KINDS.get(found.kind, found.kind), "remedy": REMEDIES.get(found.remedy, ""),
        "state": STATES[line["state"]][0] if line["state"] else "", "mine": found.owner_id == request.user.pk,
    }  # fmt: skip
    return render(request, "reconciliation/case.html", context)


@requires("results.import")
@require_POST
def take_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Own a case."""
    found = _case(request, case_id, "results.import")
    desk.take(case_id=found.pk, by=officer_of(request), at=timezone.now())
    return redirect("reconciliation:case", found.pk)


@requires("money.read")
@require_GET
def returns(request: HttpRequest) -> HttpResponse:
    """What did not arrive: why, what to do, whose move it is."""
    rows = queries.came_back(unit_ids=_units(request, "money.read"), limit=PAGE)
    for row in rows:
        reason = reason_of(row["reason"])
        row["label"], row["badge"] = STATES[row["state"]]
        row["way"] = CHANNELS.get(row["channel"], row["channel"])
        english = request.LANGUAGE_CODE == "en"
        row["why"] = reason.en if english else reason.vi
        row["todo"] = reason.action_en if english else reason.action_vi
        row["office"] = OFFICES[reason.office]
    may = "batch.prepare" in request.permissions  # type: ignore[attr-defined]
    absent = sum(1 for row in rows if row["state"] == "uncollected" and not row["blocked"])
    return render(request, "reconciliation/returns.html", {"rows": rows, "may": may, "absent": absent})


@requires("batch.prepare")
@require_POST
def carry_all(request: HttpRequest) -> HttpResponse:
    """Leave everything that nobody collected to the next month, in one act."""
    try:
        many = acts.carry_uncollected(
            unit_ids=_units(request, "batch.prepare"), by=officer_of(request), at=timezone.now()
        )
        messages.success(request, _("Đã chuyển %(count)s khoản chưa đến nhận sang kỳ sau.") % {"count": many})
    except Refusal as refused:
        messages.error(request, shown(refused))
    return redirect("reconciliation:returns")


@requires("batch.prepare")
@require_POST
def settle_return(request: HttpRequest, instruction_id: int) -> HttpResponse:
    """Pay again to the verified account or in cash, leave to the next month, or refund."""
    one = Instruction.objects.filter(
        pk=instruction_id, commune_id__in=_units(request, "batch.prepare")
    ).first()
    if one is None:
        raise Http404
    decision, by, at = request.POST.get("decision", ""), officer_of(request), timezone.now()
    try:
        if decision in {"account", "cash"}:
            made = acts.pay_again(instruction_id=one.pk, in_cash=decision == "cash", by=by, at=at)
            messages.success(request, _("Đã lập lệnh chi lại %(id)s.") % {"id": made.end_to_end_id})
        elif decision == "carry":
            single.carry_forward(instruction_id=one.pk, by=by, at=at)
            messages.success(request, _("Đã chuyển sang kỳ sau."))
        elif decision == "refund":
            single.refund(instruction_id=one.pk, by=by, at=at)
            messages.success(request, _("Đã ghi nộp trả ngân sách."))
        else:
            messages.error(request, _("Chọn một cách xử lý."))
    except Refusal as refused:
        messages.error(request, shown(refused))
    return redirect("reconciliation:returns")
