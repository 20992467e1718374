# SPDX-License-Identifier: MPL-2.0
"""Mandates: who receives for whom, what ends soon, who receives for many; declaring and deciding."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ansinh.legislation.load import load
from ansinh.payees import queries
from ansinh.payees.actions import mandates as acts
from ansinh.payees.actions.mandates import Paper, Payee
from ansinh.payees.actions.papers import add_paper
from ansinh.payees.forms import MandateForm
from ansinh.payees.labels import KINDS, MANDATE_STATES
from ansinh.payees.models import Mandate
from ansinh.payees.views.asked import PAGE, communes, held_at, refuse_form, whole_number
from ansinh.registry.models import Award, Person
from ansinh.rules.payees import PayeeKind
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of, step_up_required
from ansinh.ui.access import requires
from ansinh.ui.fields import shown
from ansinh.ui.lists import MOST_ROWS, asked_kind, list_file

FIELDS = {
    "MANDATE_PAYEE_NUMBER": "payee_number", "CITIZEN": "payee_number", "NUMBER": "payee_number",
    "NAME": "payee_name", "MANDATE_DATES": "ends_on", "MANDATE_PROXY": "kind", "PAPER": "scan",
}  # fmt: skip


@requires("register.read")
@require_GET
def mandates(request: HttpRequest) -> HttpResponse:
    """Mandates by tab: all that hold, waiting, ending within the reminder, one payee for many."""
    asked, on = request.GET, timezone.localdate()
    tab = asked.get("muc", "hieu-luc")
    found = queries.mandates(tab=tab, commune=whole_number(asked.get("xa")), text=asked.get("tim", ""), on=on)
    if kind := asked_kind(asked.get("tai")):
        rows = (
            (
                each.person.name, each.commune.name, KINDS[each.kind][0], each.payee_name, each.relation,
                each.document, each.starts_on, each.ends_on, MANDATE_STATES[each.state][0],
            )
            for each in found[:MOST_ROWS]
        )  # fmt: skip
        heads = [_("Người hưởng"), _("Xã, phường"), _("Tư cách"), _("Người nhận thay"), _("Quan hệ"),
                 _("Giấy tờ"), _("Từ ngày"), _("Đến trước ngày"), _("Trạng thái")]  # fmt: skip
        return list_file(
            kind=kind, name="uy-quyen", heads=heads, rows=rows, who=officer_of(request).full_name
        )
    query = asked.copy()
    query.pop("trang", None)
    context = {
        "page": Paginator(found, PAGE).get_page(asked.get("trang")),
        "tab": tab,
        "query": query.urlencode(),
        "asked": asked,
        "counts": queries.mandate_counts(on=on),
        "communes": communes(request, "register.read")[:400],
    }
    return render(request, "payees/mandates.html", context)


def _found(mandate_id: int) -> Mandate:
    rows = Mandate.objects.select_related("person", "commune", "made_by", "decided_by", "ended_by")
    found = rows.filter(pk=mandate_id).first()
    if found is None:
        raise Http404
    return found


@requires("register.read")
@require_GET
def mandate(request: HttpRequest, mandate_id: int) -> HttpResponse:
    """One mandate: paper, scope, dates, accounts under it."""
    found = _found(mandate_id)
    held = held_at(request, found.commune_id)
    mine = found.made_by_id == officer_of(request).pk
    context = {
        "mandate": found,
        "awards": [each.award for each in found.scope.select_related("award")],
        "law": load(),
        "accounts": found.accounts.order_by("-pk"),
        "papers": found.papers.order_by("pk"),
        "mine": mine,
        "may_decide": found.state == "declared" and "account.confirm" in held and not mine,
        "may_revoke": found.state == "active" and bool({"account.propose", "account.confirm"} & held),
        "may_withdraw": found.state == "declared" and mine,
    }
    return render(request, "payees/mandate.html", context)


@requires("register.read")
@step_up_required
@require_POST
def decide(request: HttpRequest, mandate_id: int) -> HttpResponse:
    """Approve, refuse, withdraw or revoke: each with its own duty."""
    found = _found(mandate_id)
    by, at, on = officer_of(request), timezone.now(), timezone.localdate()
    held = held_at(request, found.commune_id)
    decision, reason = request.POST.get("decision", ""), request.POST.get("reason", "")
    leads, works = "account.confirm" in held, bool({"account.propose", "account.confirm"} & held)
    try:
        if decision == "approve" and leads:
            acts.approve_mandate(mandate_id=found.pk, by=by, at=at, on=on)
            messages.success(request, _("Đã duyệt người nhận thay."))
        elif decision == "refuse" and leads:
            acts.refuse_mandate(mandate_id=found.pk, reason=reason, by=by, at=at)
            messages.success(request, _("Đã trả lại người lập."))
        elif decision == "withdraw" and found.made_by_id == by.pk:
            acts.withdraw_mandate(mandate_id=found.pk, by=by, at=at)
            messages.success(request, _("Đã rút lại."))
        elif decision == "revoke" and works:
            acts.revoke_mandate(mandate_id=found.pk, reason=reason, by=by, at=at, on=on)
            messages.success(request, _("Đã huỷ; từ tháng này không chi cho người nhận thay."))
        else:
            raise Http404
    except Refusal as refused:
        messages.error(request, shown(refused))
    return redirect("payees:mandate", mandate_id)


def _payee(data: dict[str, Any]) -> Payee:
    number = "".join(data["payee_number"].split())
    phone = "".join(each for each in data["payee_phone"] if each.isdigit())
    return Payee(
        data["payee_name"], data["relation"], number, phone, queries.person_with_number(number=number)
    )


def _declared(request: HttpRequest, person: Person, data: dict[str, Any], awards: list[Award]) -> Mandate:
    """The mandate with its scan, or neither."""
    by, at, on = officer_of(request), timezone.now(), timezone.localdate()
    with transaction.atomic():
        made = acts.declare_mandate(
            person=person, kind=PayeeKind(data["kind"]), payee=_payee(data), starts_on=data["starts_on"],
            paper=Paper(data["document"], data["certified_by"], data["certified_on"]), awards=awards,
            ends_on=data["ends_on"], by=by, at=at, on=on,
        )  # fmt: skip
        if data["scan"]:
            add_paper(
                kind="mandate", name=data["scan"].name, content=data["scan"].read(), person=person,
                mandate=made, commune_id=person.commune_id, by=by, at=at,
            )  # fmt: skip
    return made


@requires("account.propose")
@require_http_methods(["GET", "POST"])
def declare(request: HttpRequest, person_id: int) -> HttpResponse:
    """Somebody is to receive for this person."""
    person = Person.objects.filter(pk=person_id, merged_into__isnull=True).first()
    if person is None:
        raise Http404
    on, law = timezone.localdate(), load()
    held = list(Award.objects.filter(person=person, voided=False, end_month__isnull=True).order_by("pk"))
    labels = [(each, law.categories[each.code].public_label or each.code) for each in held]
    needs = queries.needs_representative(person=person, on=on)
    initial = {"starts_on": on, "kind": "guardian" if needs else "proxy"}
    form = MandateForm(request.POST or None, request.FILES or None, awards=labels, initial=initial)
    if request.method == "POST" and form.is_valid():
        chosen = [award for award in held if str(award.pk) in form.cleaned_data["awards"]]
        try:
            made = _declared(request, person, form.cleaned_data, chosen)
        except Refusal as refused:
            refuse_form(form, refused, FIELDS)
        else:
            messages.success(request, _("Đã ghi người nhận thay; chờ lãnh đạo duyệt."))
            return redirect("payees:mandate", made.pk)
    context = {"form": form, "person": person, "needs": needs}
    return render(request, "payees/declare_mandate.html", context, status=422 if form.errors else 200)
