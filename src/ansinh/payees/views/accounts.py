# SPDX-License-Identifier: MPL-2.0
"""Accounts: the verification queue, one account with its history, names that differ, declaring."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ansinh.payees import queries
from ansinh.payees.actions import accounts as acts
from ansinh.payees.actions import uses
from ansinh.payees.forms import AccountForm
from ansinh.payees.labels import ACCOUNT_STATES, FAULTS
from ansinh.payees.models import Account, Mandate
from ansinh.payees.views.asked import PAGE, communes, held_at, refuse_form, whole_number
from ansinh.payees.views.many import decidable_at
from ansinh.registry.models import Person
from ansinh.rules.holders import differences
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of, step_up_required
from ansinh.ui.access import requires
from ansinh.ui.fields import shown
from ansinh.ui.lists import MOST_ROWS, asked_kind, list_file

FIELDS = {"ACCOUNT_": "number", "BANK_": "bank"}


@requires("register.read")
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Accounts that wait for somebody, the oldest first; tabs say for what."""
    asked = request.GET
    tab = asked.get("muc", "cho")
    found = queries.accounts(
        tab=tab,
        commune=whole_number(asked.get("xa")),
        bank=asked.get("nh", "")[:20],
        text=asked.get("tim", ""),
    )
    if kind := asked_kind(asked.get("tai")):
        return _export(request, found, kind)
    page = Paginator(found, PAGE)
    query = asked.copy()
    query.pop("trang", None)
    context = {
        "page": page.get_page(asked.get("trang")),
        "tab": tab,
        "tabs": queries.account_tabs(),
        "query": query.urlencode(),
        "communes": communes(request, "register.read")[:400],
        "asked": asked,
        "banks": queries.banks_in_use(),
        "decidable": decidable_at(request, tab),
    }
    return render(request, "payees/accounts.html", context)


def _export(request: HttpRequest, found: Any, kind: str) -> HttpResponse:
    rows = (
        (
            each.person.name, each.commune.name, each.person.hamlet, each.bank, f"••••{each.number_last4}",
            each.holder_name, ACCOUNT_STATES[each.state][0], FAULTS.get(each.fault, ("", ""))[0],
        )
        for each in found[:MOST_ROWS]
    )  # fmt: skip
    heads = [_("Người hưởng"), _("Xã, phường"), _("Thôn"), _("Ngân hàng"), _("Số tài khoản"),
             _("Tên chủ tài khoản"), _("Trạng thái"), _("Lý do")]  # fmt: skip
    return list_file(kind=kind, name="tai-khoan", heads=heads, rows=rows, who=officer_of(request).full_name)


def _found(account_id: int) -> Account:
    rows = Account.objects.select_related(
        "person", "person__commune", "mandate", "made_by", "decided_by", "replaces"
    )
    found = rows.filter(pk=account_id).first()
    if found is None:
        raise Http404
    return found


def _may(request: HttpRequest, account: Account) -> dict[str, bool]:
    """What this officer may do to this account now."""
    held, mine = held_at(request, account.commune_id), account.made_by_id == officer_of(request).pk
    leads = "account.confirm" in held and not mine
    confirms = ("register.confirm_identity" in held or leads) and not mine
    state = account.state
    return {
        "identity": confirms and state in {"format_checked", "identity_failed"},
        "holder": leads and state in {"identity_checked", "holder_failed"} and bool(account.name_match),
        "answer": "account.propose" in held and state in {"identity_checked", "holder_failed"},
        "approve": leads and state == "holder_checked",
        "suspend": leads and state in {"approved", "active"},
        "resume": leads and state == "suspended",
        "close": leads and state in {"approved", "active", "suspended"},
        "withdraw": "account.propose" in held and account.state in ACCOUNT_WAITING,
    }


ACCOUNT_WAITING = {
    "format_checked", "identity_checked", "identity_failed", "holder_checked", "holder_failed",
    "format_failed",
}  # fmt: skip


@requires("register.read")
@require_GET
def account(request: HttpRequest, account_id: int) -> HttpResponse:
    """One account: whose, its checks one after the other, its history, and what is next."""
    found = _found(account_id)
    expected = acts.expected_holder(account=found)
    context = {
        "account": found,
        "expected": expected,
        "pieces": differences(expected, found.holder_name) if found.holder_name else [],
        "events": found.events.select_related("by").order_by("pk"),
        "steps": queries.check_steps(account=found),
        "may": _may(request, found),
        "mine": found.made_by_id == officer_of(request).pk,
        "faults": [(code, FAULTS[code][0]) for code in ("account_blocked", "holder_reports_loss")],
        "number": request.session.pop(f"account-{account_id}", ""),
    }
    return render(request, "payees/account.html", context)


def _decide(request: HttpRequest, found: Account, decision: str) -> str:
    """One decision about an account; returns what to tell the officer."""
    by, at, on = officer_of(request), timezone.now(), timezone.localdate()
    reason = request.POST.get("reason", "")
    may = _may(request, found)
    if decision in {"identity", "identity_no"} and may["identity"]:
        acts.check_identity(account_id=found.pk, passed=decision == "identity", by=by, at=at, note=reason)
        return _("Đã ghi kết quả xác nhận nhân thân.")
    if decision in {"same", "not_same"} and may["holder"]:
        acts.decide_holder(account_id=found.pk, same=decision == "same", reason=reason, by=by, at=at)
        return _("Đã ghi kết luận về tên chủ tài khoản.")
    if decision == "answer" and may["answer"]:
        name = request.POST.get("holder_name", "")
        acts.answer_holder(account_id=found.pk, holder_name=name, answered_by=reason, by=by, at=at)
        return _("Đã ghi tên ngân hàng in.")
    if decision == "approve" and may["approve"]:
        done = acts.approve_account(account_id=found.pk, by=by, at=at, on=on)
        assert done.usable_from is not None
        return _("Đã duyệt. Chi vào tài khoản này từ tháng %(month)s.") % {
            "month": f"{done.usable_from:%m/%Y}"
        }
    if decision == "refuse" and may["approve"]:
        acts.refuse_account(account_id=found.pk, reason=reason, by=by, at=at)
        return _("Đã trả lại người lập.")
    return _decide_use(request, found, decision, may, reason)


def _decide_use(
    request: HttpRequest, found: Account, decision: str, may: dict[str, bool], reason: str
) -> str:
    by, at, on = officer_of(request), timezone.now(), timezone.localdate()
    if decision == "withdraw" and may["withdraw"]:
        acts.withdraw_account(account_id=found.pk, reason=reason, by=by, at=at)
        return _("Đã rút lại.")
    if decision == "suspend" and may["suspend"]:
        fault = request.POST.get("fault", "")
        if fault not in FAULTS:
            raise Http404
        uses.suspend_account(account_id=found.pk, fault=fault, note=reason, by=by, at=at)
        return _("Đã tạm dừng; không chi vào tài khoản này.")
    if decision == "resume" and may["resume"]:
        uses.resume_account(account_id=found.pk, reason=reason, by=by, at=at)
        return _("Tài khoản dùng lại được.")
    if decision == "close" and may["close"]:
        uses.close_account(account_id=found.pk, reason=reason, by=by, at=at, on=on)
        return _("Đã đóng tài khoản trong hồ sơ.")
    raise Http404


@requires("register.read")
@step_up_required
@require_POST
def decide(request: HttpRequest, account_id: int) -> HttpResponse:
    """A check, an approval, a suspension: each needs its own duty (see `_may`)."""
    found = _found(account_id)
    try:
        messages.success(request, _decide(request, found, request.POST.get("decision", "")))
    except Refusal as refused:
        messages.error(request, shown(refused))
    back = request.POST.get("back", "")
    own = reverse("payees:exceptions"), reverse("payees:accounts")
    return redirect(back if back in own else reverse("payees:account", args=[account_id]))


@requires("register.reveal")
@step_up_required
@require_POST
def reveal(request: HttpRequest, account_id: int) -> HttpResponse:
    """Show the whole account number once, recorded with its reason."""
    found = _found(account_id)
    try:
        number = acts.reveal_account(
            account_id=found.pk,
            reason=request.POST.get("reason", ""),
            by=officer_of(request),
            at=timezone.now(),
        )
    except Refusal as refused:
        messages.error(request, shown(refused))
    else:
        request.session[f"account-{account_id}"] = number
    return redirect("payees:account", account_id)


@requires("register.read")
@require_GET
def exceptions(request: HttpRequest) -> HttpResponse:
    """Names that are not equal: ours beside the bank's, the difference marked."""
    found = queries.accounts(tab="ten", commune=whole_number(request.GET.get("xa")), bank="", text="")
    if kind := asked_kind(request.GET.get("tai")):
        return _export(request, found, kind)
    page = Paginator(found, PAGE).get_page(request.GET.get("trang"))
    rows = []
    for each in page:
        ours = acts.expected_holder(account=each)
        rows.append((each, ours, differences(ours, each.holder_name), _may(request, each)["holder"]))
    context = {"page": page, "rows": rows, "query": "", "communes": communes(request, "register.read")[:400]}
    return render(request, "payees/exceptions.html", context)


@requires("account.propose")
@require_http_methods(["GET", "POST"])
def declare(request: HttpRequest, person_id: int) -> HttpResponse:
    """A new account for somebody. An account that replaces one goes the same way, with its checks."""
    person = Person.objects.filter(pk=person_id, merged_into__isnull=True).first()
    if person is None:
        raise Http404
    on = timezone.localdate()
    mandates = list(Mandate.objects.filter(person=person, state__in=["declared", "active"]).order_by("pk"))
    own = not queries.needs_representative(person=person, on=on)
    initial = {"asserted_on": on, "asserted_by": person.name}
    form = AccountForm(request.POST or None, mandates=mandates, own=own, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        chosen = next((each for each in mandates if str(each.pk) == data["mandate"]), None)
        try:
            made = acts.declare_account(
                person=person, mandate=chosen, bank=data["bank"], number=data["number"],
                source=data["source"], holder_name=data["holder_name"], asserted_by=data["asserted_by"],
                by=officer_of(request), asserted_on=data["asserted_on"], at=timezone.now(), on=on,
            )  # fmt: skip
        except Refusal as refused:
            refuse_form(
                form, refused, FIELDS | {"ACCOUNT_WAITS": "", "ACCOUNT_IS": "", "ACCOUNT_MANDATE": "mandate"}
            )
        else:
            messages.success(request, _("Đã ghi tài khoản; chờ xác nhận nhân thân."))
            return redirect("payees:account", made.pk)
    context = {"form": form, "person": person, "own": own, "mandates": mandates}
    return render(request, "payees/declare.html", context, status=422 if form.errors else 200)
