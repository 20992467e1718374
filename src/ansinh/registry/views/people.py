# SPDX-License-Identifier: MPL-2.0
"""The list of people: filters in the address, kept under a name, exported with a reason."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ansinh.legislation.load import load
from ansinh.registry import export, labels, queries
from ansinh.registry.actions import people as acts
from ansinh.registry.actions.lookups import count_search, record_export
from ansinh.registry.models import Person, SavedView
from ansinh.registry.money import owed_vnd
from ansinh.registry.views.looking import GROUNDS, communes_of, number_asked
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of, step_up_required
from ansinh.ui.access import requires
from ansinh.ui.fields import shown

__all__ = ["communes_of", "export_people", "keep_view", "people"]
MOST_SUMMED = 500  # people; the money of a longer list comes after the page
FILTERS = ("tim", "xa", "nhom", "che-do", "song", "thieu")


def _asked(query: QueryDict) -> queries.PeopleFilter:
    return queries.PeopleFilter(
        text=query.get("tim", "").strip()[:100],
        commune=number_asked(query.get("xa", "")),
        code=query.get("che-do", "")[:40],
        family=query.get("nhom", "")[:30],
        life=query.get("song", "")[:10],
        lacks=query.get("thieu", "")[:10],
    )


def _codes(request: HttpRequest) -> list[str]:
    """The codes that this officer may filter by."""
    hidden = set() if GROUNDS in request.permissions else labels.confidential_codes()  # type: ignore[attr-defined]
    return [c.code for c in load().categories.values() if c.kind == "monthly" and c.code not in hidden]


def _found(request: HttpRequest, wanted: queries.PeopleFilter) -> Any:
    """The people asked for. Raises `SearchTooShort`, `FilterUnknown` or `SearchQuota`."""
    wanted.checked(codes=_codes(request), families=list(load().families))
    if wanted.text:
        count_search(by=officer_of(request), at=timezone.now())
    found = queries.people(wanted=wanted)
    if wanted.code in labels.confidential_codes():
        found = found.filter(commune_id__in=request.units_for(GROUNDS))  # type: ignore[attr-defined]
    return found


def _chips(wanted: queries.PeopleFilter, query: QueryDict, communes: dict[int, str]) -> list[dict[str, str]]:
    """Each filter that is on, with the address without it."""
    lacks = {
        "number": _("thiếu số định danh"),
        "phone": _("thiếu điện thoại"),
        "award": _("không có khoản hưởng"),
    }
    family = load().families.get(wanted.family, {}).get("label", wanted.family)
    on = {
        "tim": wanted.text and f"“{wanted.text}”", "xa": communes.get(wanted.commune or 0, ""),
        "nhom": str(family), "che-do": wanted.code,
        "song": wanted.life and labels.value("life", wanted.life), "thieu": lacks.get(wanted.lacks, ""),
    }  # fmt: skip
    chips = []
    for name, label in on.items():
        if label:
            without = query.copy()
            without.pop(name, None)
            chips.append({"label": label, "without": without.urlencode()})
    return chips


def _filters(query: QueryDict) -> QueryDict:
    """The filters alone, as they are kept, paged and exported: nothing else of the address."""
    kept = QueryDict(mutable=True)
    for name in FILTERS:
        if text := query.get(name, ""):
            kept[name] = str(text)[:100]
    return kept


def _rows(request: HttpRequest, page: queries.PageOfPeople) -> list[tuple[Person, list[str]]]:
    open_at = request.units_for(GROUNDS)  # type: ignore[attr-defined]
    return [
        (person, [
            labels.badge(award.code, open_grounds=person.commune_id in open_at)
            for award in person.awards.all() if not award.voided and award.end_month is None
        ])
        for person in page.rows
    ]  # fmt: skip


@requires("register.read")
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """People in Vietnamese order, with the totals of the whole filtered list."""
    query = _filters(request.GET)
    wanted, wrong = _asked(query), ""
    try:
        found = _found(request, wanted)
    except Refusal as refused:
        wrong, found = shown(refused), Person.objects.none()
    page = queries.page_of(
        found=found, after=number_asked(request.GET.get("sau", "")),
        before=number_asked(request.GET.get("truoc", "")),
    )  # fmt: skip
    communes = communes_of(request, "register.read")[:400]
    totals, month = queries.totals(found=found), Month.of(timezone.localdate())
    summed = totals.people <= MOST_SUMMED or request.GET.get("tien") == "1"
    held = request.permissions  # type: ignore[attr-defined]
    context = {
        "rows": _rows(request, page),
        "page": page,
        "totals": totals,
        "month": month.vi,
        "owed_vnd": owed_vnd(people=found, month=month) if summed else None,
        "limit": queries.MOST_FOUND,
        "wanted": wanted,
        "wrong": wrong,
        "query": query.urlencode(),
        "chips": _chips(wanted, query, {unit.pk: unit.name for unit in communes}),
        "communes": communes,
        "families": [(code, family["label"]) for code, family in load().families.items()],
        "codes": _codes(request),
        "views": SavedView.objects.filter(officer=officer_of(request)).order_by("name"),
        "may_write": "register.write" in held,
        "may_export": "register.export" in held,
    }
    return render(request, "registry/people.html", context, status=422 if wrong else 200)


@requires("register.read")
@require_POST
def keep_view(request: HttpRequest) -> HttpResponse:
    """Keep the present filter under a name, or forget one."""
    query = _filters(QueryDict(request.POST.get("query", "")[:500])).urlencode()
    name = request.POST.get("name", "").strip()[:60]
    if request.POST.get("forget"):
        acts.forget_view(officer=officer_of(request), name=name)
    elif name:
        acts.keep_view(officer=officer_of(request), name=name, query=query)
        messages.success(request, _("Đã lưu bộ lọc."))
    return redirect(f"{request.path.removesuffix('luu/')}?{query}")


@requires("register.export")
@step_up_required
@require_POST
def export_people(request: HttpRequest) -> HttpResponse:
    """The filtered list as .xlsx or .csv, recorded with its reason before it leaves."""
    query = _filters(QueryDict(request.POST.get("query", "")[:500]))
    form = "csv" if request.POST.get("form") == "csv" else "xlsx"
    officer, now, reason = officer_of(request), timezone.now(), request.POST.get("reason", "")
    try:
        found = _found(request, _asked(query))
        record_export(
            count=found.count(), query=query.urlencode(), form=form, reason=reason, by=officer, at=now
        )
    except Refusal as refused:
        messages.error(request, shown(refused))
        return redirect(f"{request.path.removesuffix('xuat/')}?{query.urlencode()}")
    head = export.Head(officer.full_name, now, reason, query.urlencode())
    open_at = request.units_for(GROUNDS)  # type: ignore[attr-defined]
    make = export.csv_file if form == "csv" else export.xlsx_file
    response = HttpResponse(make(people=found, head=head, open_at=open_at), content_type=export.TYPES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="doi-tuong-{now:%Y%m%d-%H%M}.{form}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
