# SPDX-License-Identifier: MPL-2.0
"""The province's desk: every case with who leads it, its due day and outcome, and each rule's precision."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from ansinh.oversight.actions.cases import put_in_charge
from ansinh.oversight.forms import ChargeForm
from ansinh.oversight.queries import desk as queries
from ansinh.payees.actions.cases import known_rules
from ansinh.payees.models import Case
from ansinh.places.queries import ancestors, homes
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.staff.queries import holders
from ansinh.staff.sign_in import officer_of
from ansinh.ui.access import requires
from ansinh.ui.fields import shown

PAGE, MOST_OFFICERS = 50, 200
READ = "oversight.read"


@requires(READ)
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """Every case of every rule."""
    tab = request.GET.get("muc", "open")
    tab = tab if tab in queries.TABS else "open"
    codes = [rule.code for rule in known_rules()]
    rule = request.GET.get("luat", "")
    rule = rule if rule in codes else ""
    mine = request.GET.get("cua") == "toi"
    on = timezone.localdate()
    found = queries.cases(
        tab=tab, rule=rule, officer_id=officer_of(request).pk if mine else None,
        commune_ids=request.units_for(READ), on=on,  # type: ignore[attr-defined]
    )  # fmt: skip
    query = request.GET.copy()
    query.pop("trang", None)
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("trang")), "tab": tab, "rule": rule,
        "mine": mine, "codes": sorted(codes, key=lambda code: int(code[1:])), "today": on,
        "query": query.urlencode(), "precision": queries.precision(on=on),
    }  # fmt: skip
    return render(request, "oversight/desk.html", context)


@requires(READ)
@require_http_methods(["GET", "POST"])
def case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Who leads one case until when, and who did before; its facts stand on its own page."""
    units = request.units_for(READ)  # type: ignore[attr-defined]
    found = Case.objects.filter(pk=case_id, commune_id__in=units).select_related("commune").first()
    if found is None:
        raise Http404
    may = "oversight.lead" in request.permissions and found.state == "open"  # type: ignore[attr-defined]
    form = ChargeForm(request.POST or None, officers=_officers(found), initial={"due_on": found.due_on})
    if request.method == "POST":
        if not may:
            raise Http404
        if form.is_valid() and _charged(request, found, form):
            return redirect("oversight:case", found.pk)
    context = {"case": found, "form": form, "may": may, "charges": queries.charges(case_id=found.pk)}
    return render(request, "oversight/case.html", context, status=422 if form.errors else 200)


def _officers(found: Case) -> list[tuple[str, str]]:
    """Those who may decide cases of the commune: its own leaders and those of the units above, as it was
    and as it is after a merger."""
    on = timezone.localdate()
    last = found.commune.validity.upper
    lived = on if last is None or on < last else last - timedelta(days=1)
    home = homes(unit_ids=[found.commune_id], on=on).get(found.commune_id, found.commune_id)
    units = {found.commune_id, home}
    for unit_id, day in ((found.commune_id, lived), (home, on)):
        units |= {each.pk for each in ancestors(unit_id=unit_id, on=day)}
    known = holders(permission="case.decide", unit_ids=units, on=on)[:MOST_OFFICERS]
    return [(str(each.pk), each.full_name) for each in known]


def _charged(request: HttpRequest, found: Case, form: ChargeForm) -> bool:
    try:
        put_in_charge(
            case_id=found.pk, officer=Officer.objects.get(pk=int(form.cleaned_data["officer"])),
            due_on=form.cleaned_data["due_on"], reason=form.cleaned_data["reason"], by=officer_of(request),
            at=timezone.now(), on=timezone.localdate(),
        )  # fmt: skip
    except Refusal as refused:
        form.add_error(None, shown(refused))
        return False
    messages.success(request, _("Đã giao người xử lý."))
    return True
