# SPDX-License-Identifier: MPL-2.0
"""Groups with their people, the desk of cases, enquiries with banks, scanned papers."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ansinh.audit.actions import record
from ansinh.payees import queries
from ansinh.payees.actions import cases as case_acts
from ansinh.payees.actions import enquiries as enquiry_acts
from ansinh.payees.enquiry.file_round import list_out
from ansinh.payees.forms import AnswerForm, CaseForm, EnquiryForm
from ansinh.payees.labels import GROUPS, OBSTACLES, OUTCOMES, OWNERS, RULES, WHYS
from ansinh.payees.models import Case, Enquiry, Paper
from ansinh.payees.views.asked import (
    PAGE,
    communes,
    held_at,
    month_asked,
    whole_number,
)
from ansinh.providers.directory import bank_name
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.staff.duties import Role
from ansinh.staff.queries import held_roles, jurisdiction
from ansinh.staff.sign_in import officer_of, step_up_required
from ansinh.ui.access import requires
from ansinh.ui.fields import shown
from ansinh.ui.lists import MOST_ROWS, asked_kind, list_file
from ansinh.vault import store


@requires("register.read")
@require_GET
def groups(request: HttpRequest) -> HttpResponse:
    """Beneficiaries by group, commune by commune; each number opens its people."""
    month = month_asked(request.GET.get("thang"), Month.of(timezone.localdate()).next)
    units = communes(request, "register.read")
    rows = queries.groups_by_commune(unit_ids=[each.pk for each in units], month=month)
    shown_rows = [(unit, rows[unit.pk], sum(rows[unit.pk].values())) for unit in units if unit.pk in rows]
    totals = {group: sum(row[group] for row in rows.values()) for group in GROUPS}
    if kind := asked_kind(request.GET.get("tai")):
        return list_file(
            kind=kind, name=f"phan-nhom-{month}", heads=[_("Xã, phường"), *GROUPS, _("Cộng")],
            rows=((unit.name, *counts.values(), total) for unit, counts, total in shown_rows),
            who=officer_of(request).full_name,
        )  # fmt: skip
    context = {
        "month": month, "groups": [(code, label) for code, (label, _badge) in GROUPS.items()],
        "rows": shown_rows, "totals": totals, "people": sum(totals.values()), "query": f"thang={month}",
    }  # fmt: skip
    return render(request, "payees/groups.html", context)


@requires("register.read")
@require_GET
def group_people(request: HttpRequest) -> HttpResponse:
    """The people behind a number: of a group, a commune, a reason."""
    asked = request.GET
    month = month_asked(asked.get("thang"), Month.of(timezone.localdate()).next)
    wanted = queries.GroupFilter(
        group=asked.get("nhom", "") if asked.get("nhom") in GROUPS else "",
        commune=whole_number(asked.get("xa")),
        hamlet=asked.get("thon", "")[:120],
        reason=asked.get("vuong", "") if asked.get("vuong") in OBSTACLES else "",
    )
    if kind := asked_kind(asked.get("tai")):
        people, _total = queries.people_in_groups(wanted=wanted, month=month, offset=0, many=MOST_ROWS)
        rows = (
            (
                each.name, each.commune, each.hamlet, each.born, each.group, WHYS[each.why][0],
                ", ".join(str(OBSTACLES[code][0]) for code in each.reasons),
            )
            for each in people
        )  # fmt: skip
        heads = [_("Họ và tên"), _("Xã, phường"), _("Thôn"), _("Ngày sinh"), _("Nhóm"), _("Vì sao"),
                 _("Vướng gì để dùng tài khoản")]  # fmt: skip
        return list_file(
            kind=kind, name=f"nhom-{month}", heads=heads, rows=rows, who=officer_of(request).full_name
        )
    number = max(whole_number(asked.get("trang")) or 1, 1)
    people, total = queries.people_in_groups(
        wanted=wanted, month=month, offset=(number - 1) * PAGE, many=PAGE
    )
    query = asked.copy()
    query.pop("trang", None)
    context = {
        "people": people, "total": total, "wanted": wanted, "month": month, "query": query.urlencode(),
        "page": Paginator(range(total), PAGE).get_page(number), "asked": asked,
        "groups": [(code, label) for code, (label, _badge) in GROUPS.items()],
        "reasons": [(code, label) for code, (label, _badge) in OBSTACLES.items()],
        "communes": communes(request, "register.read")[:400],
    }  # fmt: skip
    return render(request, "payees/group_people.html", context)


@requires("register.read")
@require_GET
def cases(request: HttpRequest) -> HttpResponse:
    """Cases of doubt: open ones by due date, decided ones, and how often each rule was right."""
    tab, rule = request.GET.get("muc", "open"), request.GET.get("luat", "")
    found = Case.objects.filter(state="closed" if tab == "closed" else "open").select_related("commune")
    if rule:
        found = found.filter(rule=rule[:4])
    found = found.order_by("due_on", "pk")
    if kind := asked_kind(request.GET.get("tai")):
        return list_file(
            kind=kind, name=f"nghi-van-{tab[:6]}", who=officer_of(request).full_name,
            heads=[_("Luật"), _("Nghi vấn"), _("Xã, phường"), _("Người xử lý"), _("Hạn"), _("Kết luận"),
                   _("Căn cứ")],
            rows=(
                (each.rule, RULES[each.rule][0], each.commune.name, OWNERS[each.owner][0], each.due_on,
                 OUTCOMES[each.outcome][0], each.note)
                for each in found[:MOST_ROWS]
            ),
        )  # fmt: skip
    page = Paginator(found, PAGE).get_page(request.GET.get("trang"))
    query = request.GET.copy()
    query.pop("trang", None)
    context = {
        "page": page, "tab": tab, "rule": rule, "query": query.urlencode(), "today": timezone.localdate(),
        "rules": queries.rule_figures(), "may_list": "case.decide" in request.permissions,  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "payees/cases.html", context)


def _elsewhere(request: HttpRequest) -> bool:
    """Whether the officer decides for another unit than the commune: at the department."""
    held = held_roles(officer_id=officer_of(request).pk, on=timezone.localdate())
    return any(each.role is Role.DEPARTMENT_APPROVER for each in held)


@requires("register.read")
@require_http_methods(["GET"])
def case(request: HttpRequest, case_id: int) -> HttpResponse:
    """One case: what the rule noticed, whom it is about, and its outcome."""
    found = Case.objects.select_related("commune", "decided_by").filter(pk=case_id).first()
    if found is None:
        raise Http404
    return _case_page(request, found, CaseForm())


def _case_page(request: HttpRequest, found: Case, form: CaseForm, status: int = 200) -> HttpResponse:
    people = found.people.select_related("person", "account", "account__mandate", "account__made_by")
    rule = case_acts.rule_named(code=found.rule)
    held = held_at(request, found.commune_id)
    context = {
        "case": found, "people": people, "form": form, "rule": rule,
        "may": "case.decide" in held and found.state == "open"
        and (not rule.elsewhere or _elsewhere(request)),
        "elsewhere": rule.elsewhere and not _elsewhere(request),
    }  # fmt: skip
    return render(request, "payees/case.html", context, status=status)


@requires("case.decide")
@step_up_required
@require_POST
def decide_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Close a case with its outcome."""
    found = Case.objects.select_related("commune").filter(pk=case_id).first()
    if found is None:
        raise Http404
    if "case.decide" not in held_at(request, found.commune_id):
        raise Http404
    form = CaseForm(request.POST)
    if not form.is_valid():
        return _case_page(request, found, form, 422)
    try:
        case_acts.decide_case(
            case_id=found.pk, outcome=form.cleaned_data["outcome"], note=form.cleaned_data["note"],
            from_elsewhere=_elsewhere(request), by=officer_of(request), at=timezone.now(),
        )  # fmt: skip
    except Refusal as refused:
        form.add_error(None, shown(refused))
        return _case_page(request, found, form, 422)
    messages.success(request, _("Đã ghi kết luận."))
    return redirect("payees:cases")


@requires("account.enquire")
@require_http_methods(["GET", "POST"])
def enquiries(request: HttpRequest) -> HttpResponse:
    """Rounds with banks: a new list out, answers in."""
    banks = queries.banks_to_ask()
    form = EnquiryForm(
        request.POST or None, banks=[(code, f"{bank_name(code)} ({many})") for code, many in banks]
    )
    if request.method == "POST" and form.is_valid():
        unit = min(
            jurisdiction(
                officer_id=officer_of(request).pk, permission="account.enquire", on=timezone.localdate()
            )
        )
        try:
            made, questions = enquiry_acts.open_enquiry(
                bank=form.cleaned_data["bank"], unit_id=unit, how="file", by=officer_of(request),
                at=timezone.now(),
            )  # fmt: skip
        except Refusal as refused:
            form.add_error(None, shown(refused))
        else:
            response = HttpResponse(list_out(questions), content_type="text/csv; charset=utf-8")
            response["Content-Disposition"] = f'attachment; filename="hoi-ten-{made.bank}-{made.pk}.csv"'
            return response
    found = Enquiry.objects.select_related("sent_by", "answered_by").order_by("-sent_at")
    if kind := asked_kind(request.GET.get("tai")):
        return list_file(
            kind=kind, name="hoi-ten", who=officer_of(request).full_name,
            heads=[_("Ngân hàng"), _("Số tài khoản"), _("Gửi"), _("Trả lời"), _("Kết quả")],
            rows=(
                (bank_name(each.bank), each.lines, each.sent_at, each.answered_at, each.counts)
                for each in found[:MOST_ROWS]
            ),
        )  # fmt: skip
    found = found[:PAGE]
    context = {"found": found, "form": form, "banks": banks, "answer": AnswerForm()}
    return render(request, "payees/enquiries.html", context, status=422 if form.errors else 200)


@requires("account.enquire")
@require_POST
def answer(request: HttpRequest, enquiry_id: int) -> HttpResponse:
    """Take in the bank's answers, or give the round up."""
    found = Enquiry.objects.filter(pk=enquiry_id).first()
    if found is None:
        raise Http404
    by, at = officer_of(request), timezone.now()
    try:
        if request.POST.get("decision") == "cancel":
            enquiry_acts.cancel_enquiry(enquiry_id=found.pk, by=by, at=at)
            messages.success(request, _("Đã bỏ đợt hỏi này."))
        elif form_file := request.FILES.get("file"):
            done = enquiry_acts.take_answer_file(enquiry_id=found.pk, content=form_file.read(), by=by, at=at)
            messages.success(
                request, _("Đã nhập %(count)s câu trả lời.") % {"count": sum(done.counts.values())}
            )
        else:
            messages.error(request, _("Chọn tệp trả lời của ngân hàng."))
    except Refusal as refused:
        messages.error(request, shown(refused))
    return redirect("payees:enquiries")


@requires("register.read")
@require_GET
def paper(request: HttpRequest, paper_id: int) -> HttpResponse:
    """A scanned paper; looking at it is recorded."""
    found = Paper.objects.filter(pk=paper_id).first()
    if found is None:
        raise Http404
    record(by=officer_of(request).pk, at=timezone.now(), act="payees.read_paper", subject="paper",
           subject_id=found.pk, unit_id=found.commune_id)  # fmt: skip
    response = HttpResponse(store.get(bytes(found.sha256)), content_type=found.mime)
    response["Content-Disposition"] = f'inline; filename="giay-{found.pk}"'
    return response
