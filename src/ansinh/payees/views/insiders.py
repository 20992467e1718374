# SPDX-License-Identifier: MPL-2.0
"""The list of those who are close to the money without being officers: the rule D7 reads it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ansinh.payees.actions.insiders import Close, declare_insider, end_insider
from ansinh.payees.forms import InsiderForm
from ansinh.payees.labels import INSIDERS
from ansinh.payees.models import Insider
from ansinh.payees.views.asked import communes, refuse_form
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of
from ansinh.ui.access import requires
from ansinh.ui.lists import MOST_ROWS, asked_kind, list_file

FIELDS = {"CITIZEN_NUMBER": "number", "NAME": "name", "INSIDER_RELATIVE": "of_whom"}


@requires("case.decide")
@require_http_methods(["GET", "POST"])
def insiders(request: HttpRequest) -> HttpResponse:
    """Who is on the list, and putting somebody on it."""
    on = timezone.localdate()
    units = [each for each in communes(request, "case.decide") if on in each.validity]
    found = (
        Insider.objects.filter(commune__in=request.units_for("case.decide"))  # type: ignore[attr-defined]
        .select_related("commune", "declared_by").order_by("until", "commune__sort_key", "name")
    )  # fmt: skip
    if kind := asked_kind(request.GET.get("tai")):
        return list_file(
            kind=kind, name="nguoi-lien-quan", who=officer_of(request).full_name,
            heads=[_("Họ và tên"), _("Xã, phường"), _("Là ai"), _("Người thân của ai, quan hệ"),
                   _("Số định danh"), _("Từ ngày"), _("Đến trước ngày")],
            rows=(
                (each.name, each.commune.name, INSIDERS[each.kind][0], each.of_whom,
                 f"••••{each.number_last4}", each.since, each.until)
                for each in found[:MOST_ROWS]
            ),
        )  # fmt: skip
    form = InsiderForm(
        request.POST or None, units=[(str(each.pk), each.name) for each in units], initial={"since": on}
    )
    if request.method == "POST" and form.is_valid() and _declared(request, form, form.cleaned_data):
        messages.success(request, _("Đã ghi vào danh sách."))
        return redirect("payees:insiders")
    context = {"found": found[:500], "form": form, "query": ""}
    return render(request, "payees/insiders.html", context, status=422 if form.errors else 200)


def _declared(request: HttpRequest, form: InsiderForm, data: dict[str, Any]) -> bool:
    who = Close(data["name"], data["kind"], data["number"], data["phone"], data["of_whom"])
    try:
        declare_insider(
            commune_id=int(data["unit"]), who=who, since=data["since"], by=officer_of(request),
            at=timezone.now(),
        )  # fmt: skip
    except Refusal as refused:
        refuse_form(form, refused, FIELDS)
        return False
    return True


@requires("case.decide")
@require_POST
def end(request: HttpRequest, insider_id: int) -> HttpResponse:
    """Somebody is no longer close to the money."""
    found = Insider.objects.filter(pk=insider_id).first()
    if found is None or found.commune_id not in request.units_for("case.decide"):  # type: ignore[attr-defined]
        raise Http404
    end_insider(insider_id=found.pk, until=timezone.localdate(), by=officer_of(request), at=timezone.now())
    messages.success(request, _("Đã kết thúc."))
    return redirect("payees:insiders")
