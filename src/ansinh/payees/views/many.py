# SPDX-License-Identifier: MPL-2.0
"""Many accounts decided at once from the queue: those ticked, or all that the filter shows."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ansinh.payees import queries
from ansinh.payees.actions import approve_accounts, check_identities
from ansinh.payees.actions.many import Done
from ansinh.payees.models import Account
from ansinh.payees.views.asked import whole_number
from ansinh.staff.sign_in import officer_of, step_up_required
from ansinh.ui.access import requires

MOST_AT_ONCE = 5_000  # a commune has two or three thousand; more is decided commune by commune
# tab of the queue -> the duty that decides it there
DUTIES = {"nhan-than": "register.confirm_identity", "duyet": "account.confirm"}


def decidable_at(request: HttpRequest, tab: str) -> frozenset[int]:
    """The communes where this officer may decide what a tab shows; none for the other tabs."""
    permission = DUTIES.get(tab)
    return frozenset(request.units_for(permission)) if permission else frozenset()  # type: ignore[attr-defined]


@requires("register.read")
@step_up_required
@require_POST
def decide_many(request: HttpRequest) -> HttpResponse:
    """Confirm the owners, or approve, of the accounts ticked (or of all that the filter shows)."""
    asked = QueryDict(request.POST.get("query", ""))
    tab = asked.get("muc", "")
    communes = decidable_at(request, tab)
    if not communes:
        raise Http404
    found = queries.accounts(
        tab=tab, commune=whole_number(asked.get("xa")), bank=asked.get("nh", "")[:20],
        text=asked.get("tim", ""),
    ).filter(commune_id__in=communes)  # fmt: skip
    if "all" not in request.POST:
        found = found.filter(pk__in=[whole_number(each) or 0 for each in request.POST.getlist("account")])
    ids = list(Account.objects.filter(pk__in=found.values("pk")).values_list("pk", flat=True)[:MOST_AT_ONCE])
    by, at = officer_of(request), timezone.now()
    if tab == "nhan-than":
        done = check_identities(account_ids=ids, by=by, at=at)
    else:
        done = approve_accounts(account_ids=ids, by=by, at=at, on=timezone.localdate())
    _tell(request, done)
    return redirect(f"{reverse('payees:accounts')}?{asked.urlencode()}")


def _tell(request: HttpRequest, done: Done) -> None:
    if done.done:
        messages.success(request, _("Đã ghi cho %(count)s tài khoản.") % {"count": done.done})
    why = {
        "mine": _("do chính bạn khai"), "elsewhere": _("đã sang bước khác"),
        "represented": _("phải có người đại diện"), "mandate": _("uỷ quyền không còn hiệu lực"),
    }  # fmt: skip
    left = [f"{count} {why[reason]}" for reason, count in sorted(done.left.items()) if count]
    if left:
        messages.warning(request, _("Còn lại: %(left)s.") % {"left": "; ".join(left)})
    if not done.done and not left:
        messages.error(request, _("Chọn ít nhất một tài khoản."))
