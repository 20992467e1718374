# SPDX-License-Identifier: MPL-2.0
"""Records that may be one person: side by side, with what differs marked."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from ansinh.registry import labels
from ansinh.registry.actions import duplicates as acts
from ansinh.registry.linkage import probability
from ansinh.registry.models import DuplicatePair, Person
from ansinh.registry.records import born_of
from ansinh.registry.views.looking import GROUNDS, number_asked, person_or_404
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of
from ansinh.ui.access import requires
from ansinh.ui.fields import shown

PAGE = 20
STATES = ("open", "proposed", "merged", "distinct")
REASONS = {
    "same_number": gettext_lazy("cùng số định danh"), "other_numbers": gettext_lazy("số định danh khác nhau"),
    "same_old_number": gettext_lazy("cùng số CMND cũ"), "same_phone": gettext_lazy("cùng điện thoại"),
    "same_hamlet": gettext_lazy("cùng thôn"), "same_commune": gettext_lazy("cùng xã"),
    "name_equal": gettext_lazy("cùng họ tên"), "name_close": gettext_lazy("họ tên gần giống"),
    "name_different": gettext_lazy("họ tên khác"), "same_birth": gettext_lazy("cùng ngày sinh"),
    "day_month_swapped": gettext_lazy("ngày và tháng sinh đảo nhau"),
    "same_month": gettext_lazy("cùng tháng sinh"), "same_year": gettext_lazy("cùng năm sinh"),
    "other_birth": gettext_lazy("ngày sinh khác"),
    "linkage": gettext_lazy("so theo xác suất"),
}  # fmt: skip


class Line(NamedTuple):
    """One field of both records."""

    label: str
    first: str
    second: str
    differs: bool


def _side(person: Person, open_at: set[int]) -> dict[str, str]:
    awards = [
        labels.badge(award.code, open_grounds=person.commune_id in open_at)
        for award in person.awards.all() if not award.voided and award.end_month is None
    ]  # fmt: skip
    return {
        _("Họ và tên"): person.name,
        _("Ngày sinh"): born_of(person.born_on, person.born_precision).vi,
        _("Giới tính"): labels.value("sex", person.sex),
        _("Số định danh"): labels.value("number", person.number_last4),
        _("Số CMND cũ"): ", ".join(f"••••{old.number_last4}" for old in person.old_numbers.all()),
        _("Điện thoại"): labels.value("phone", person.phone_last4),
        _("Xã, thôn"): ", ".join(part for part in (person.commune.name, person.hamlet) if part),
        _("Tình trạng"): labels.value("life", person.life),
        _("Khoản hưởng"): ", ".join(awards),
    }


def _lines(pair: DuplicatePair, open_at: set[int]) -> list[Line]:
    first, second = _side(pair.first, open_at), _side(pair.second, open_at)
    return [Line(label, first[label], second[label], first[label] != second[label]) for label in first]


def _reasons(pair: DuplicatePair) -> list[str]:
    """Why the two stand here; a linked pair with its probability in per cent."""
    found = [str(REASONS.get(code, code)) for code in pair.reasons]
    if "linkage" in pair.reasons:
        tenths = probability(pair.weight)
        found.append(_("xác suất %(percent)s %%") % {"percent": f"{tenths // 10},{tenths % 10}"})
    return found


@requires("register.read")
@require_GET
def duplicates(request: HttpRequest) -> HttpResponse:
    """Records that may be one person, the likeliest first."""
    state = request.GET.get("muc", "open")
    if state not in STATES:
        state = "open"
    asked = DuplicatePair.objects.filter(state=state)
    only = number_asked(request.GET.get("nguoi", ""))
    if only:
        asked = asked.filter(first_id=only) | asked.filter(second_id=only)
    page = max(number_asked(request.GET.get("trang", "1")) or 1, 1)
    pairs = list(
        asked.select_related("first__commune", "second__commune", "decided_by")
        .prefetch_related("first__awards", "second__awards", "first__old_numbers", "second__old_numbers")
        .order_by("-weight", "pk")[(page - 1) * PAGE : page * PAGE + 1]
    )
    open_at = request.units_for(GROUNDS)  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "found": [(pair, _lines(pair, open_at), _reasons(pair)) for pair in pairs[:PAGE]],
        "tab": state,
        "page": page,
        "more": len(pairs) > PAGE,
        "may_settle": "register.duplicates" in request.permissions,  # type: ignore[attr-defined]
    }
    return render(request, "registry/duplicates.html", context)


@requires("register.duplicates")
@require_POST
def settle(request: HttpRequest, pair_id: int) -> HttpResponse:
    """Propose to merge the two, say with a reason that they are two people, or look again."""
    pair = DuplicatePair.objects.select_related("first", "second").filter(pk=pair_id).first()
    if pair is None:
        raise Http404
    said: dict[str, Any] = {
        "pair_id": pair.pk,
        "reason": request.POST.get("reason", ""),
        "by": officer_of(request),
        "at": timezone.now(),
    }
    decision = request.POST.get("decision")
    try:
        if decision == "merge":
            acts.propose_merge(**said)
            messages.success(request, _("Đã ghi đề nghị; chờ người khác kiểm tra."))
        elif decision == "apart":
            acts.keep_apart(**said)
            messages.success(request, _("Đã ghi: hai người khác nhau."))
        elif decision == "reopen":
            acts.reopen_pair(**said)
            messages.success(request, _("Đã mở lại để xem xét."))
        else:
            raise Http404
    except Refusal as refused:
        messages.error(request, shown(refused))
    return redirect("registry:duplicates")


@requires("register.duplicates")
@require_POST
def merge_by_hand(request: HttpRequest, person_id: int) -> HttpResponse:
    """Propose that this record becomes an alias of another one, by the other's number in the address."""
    alias, into = person_or_404(person_id), number_asked(request.POST.get("into", ""))
    if into is None:
        raise Http404
    main = person_or_404(into)
    try:
        acts.propose_merge_of(alias_id=alias.pk, into_id=main.pk, reason=request.POST.get("reason", ""),
                              by=officer_of(request), at=timezone.now())  # fmt: skip
        messages.success(request, _("Đã ghi đề nghị; chờ người khác kiểm tra."))
    except Refusal as refused:
        messages.error(request, shown(refused))
    return redirect("registry:person", alias.pk)


@requires("register.duplicates")
@require_POST
def split(request: HttpRequest, person_id: int) -> HttpResponse:
    """Propose to undo a merge."""
    alias = person_or_404(person_id)
    try:
        acts.propose_split(person_id=alias.pk, reason=request.POST.get("reason", ""), by=officer_of(request),
                           at=timezone.now())  # fmt: skip
        messages.success(request, _("Đã ghi đề nghị; chờ người khác kiểm tra."))
    except Refusal as refused:
        messages.error(request, shown(refused))
    return redirect("registry:person", alias.pk)
