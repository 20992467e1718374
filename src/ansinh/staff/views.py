# SPDX-License-Identifier: MPL-2.0
"""Officers, their roles, what waits for confirmation, who may do what."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ansinh.places.queries import UnitUnknown, unit_on
from ansinh.rules.names import fold_name
from ansinh.rules.refusals import Refusal
from ansinh.staff import queries
from ansinh.staff.actions import confirm_role, end_role, propose_role, refuse_role
from ansinh.staff.duties import LABELS, Role, label
from ansinh.staff.forms import EndRoleForm, ProposeRoleForm, ReasonForm
from ansinh.staff.models import Officer, RoleAssignment
from ansinh.staff.sign_in import officer_of, step_up_required
from ansinh.ui.access import requires
from ansinh.ui.fields import shown

PAGE = 100


def _visible(request: HttpRequest, officer_id: int) -> Officer:
    found = queries.visible_officers(officer_id=officer_of(request).pk, on=timezone.localdate())
    officer = found.filter(pk=officer_id).first()
    if officer is None:
        raise Http404
    return officer


@requires("staff.read")
@require_GET
def officers(request: HttpRequest) -> HttpResponse:
    """Officers in one's jurisdiction, with their roles of today; filters in the address."""
    on = timezone.localdate()
    text, role = request.GET.get("tim", "").strip(), request.GET.get("vai-tro", "")
    found = queries.visible_officers(officer_id=officer_of(request).pk, on=on)
    if role in {each.value for each in Role}:
        found = found.filter(assignments__role=role, assignments__validity__contains=on)
    rows = []
    for officer in found.prefetch_related("assignments__unit")[:PAGE]:
        if all(word in fold_name(officer.full_name) for word in fold_name(text).split()):
            held = [a for a in officer.assignments.all() if a.state == "confirmed" and on in a.validity]
            rows.append((officer, held))
    context = {"rows": rows, "text": text, "role": role, "roles": LABELS, "limit": PAGE}
    return render(request, "staff/officers.html", context)


@requires("staff.read")
@require_GET
def officer(request: HttpRequest, officer_id: int) -> HttpResponse:
    """One officer: roles over time; propose and end where one may."""
    return _officer_page(request, _visible(request, officer_id), ProposeRoleForm())


def _officer_page(
    request: HttpRequest, found: Officer, form: ProposeRoleForm, status: int = 200
) -> HttpResponse:
    assignments = found.assignments.select_related("unit", "proposed_by", "confirmed_by")
    context = {
        "officer": found,
        "assignments": assignments.order_by("-proposed_at", "-pk"),
        "form": form,
        "end_form": EndRoleForm(),
        "may_propose": "staff.propose" in request.permissions,  # type: ignore[attr-defined]
        "today": timezone.localdate(),
    }
    return render(request, "staff/officer.html", context, status=status)


@requires("staff.propose")
@step_up_required
@require_POST
def propose(request: HttpRequest, officer_id: int) -> HttpResponse:
    """Propose a role; it waits for another person."""
    found = _visible(request, officer_id)
    form = ProposeRoleForm(request.POST)
    if form.is_valid():
        try:
            _propose(request, found, form)
        except UnitUnknown as unknown:
            form.add_error("unit_code", shown(unknown))
        except Refusal as refused:
            form.add_error(None, shown(refused))
        else:
            messages.success(request, _("Đã ghi đề nghị. Vai trò có hiệu lực khi người khác xác nhận."))
            return redirect("staff:officer", officer_id)
    return _officer_page(request, found, form, status=422)


def _propose(request: HttpRequest, found: Officer, form: ProposeRoleForm) -> RoleAssignment:
    data = form.cleaned_data
    last_day: date | None = data["last_day"]
    return propose_role(
        officer_id=found.pk,
        role=form.role_value(),
        unit_id=unit_on(code=data["unit_code"].strip(), on=data["valid_from"]).pk,
        valid_from=data["valid_from"],
        valid_to=date.fromordinal(last_day.toordinal() + 1) if last_day else None,
        reason=data["reason"],
        by=officer_of(request),
        at=timezone.now(),
        on=timezone.localdate(),
    )


@requires("staff.propose")
@step_up_required
@require_POST
def end(request: HttpRequest, officer_id: int, assignment_id: int) -> HttpResponse:
    """End a role with a last day and a reason."""
    found = _visible(request, officer_id)
    form = EndRoleForm(request.POST)
    if form.is_valid():
        try:
            end_role(
                assignment_id=found.assignments.get(pk=assignment_id).pk,
                last_day=form.cleaned_data["last_day"],
                reason=form.cleaned_data["reason"],
                by=officer_of(request),
                at=timezone.now(),
                on=timezone.localdate(),
            )
        except RoleAssignment.DoesNotExist as missing:
            raise Http404 from missing
        except Refusal as refused:
            messages.error(request, shown(refused))
        else:
            messages.success(request, _("Đã ghi ngày thôi giữ vai trò."))
        return redirect("staff:officer", officer_id)
    for errors in form.errors.values():
        messages.error(request, " ".join(map(str, errors)))
    return _officer_page(request, found, ProposeRoleForm(), status=422)


@requires("staff.confirm")
@require_GET
def grants(request: HttpRequest) -> HttpResponse:
    """Roles that wait for this officer's confirmation."""
    waiting = queries.waiting_grants(officer_id=officer_of(request).pk, on=timezone.localdate())
    return render(request, "staff/grants.html", {"waiting": waiting, "form": ReasonForm()})


@requires("staff.confirm")
@step_up_required
@require_http_methods(["POST"])
def answer(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """Confirm or refuse a proposed role."""
    now = {"by": officer_of(request), "at": timezone.now(), "on": timezone.localdate()}
    try:
        if request.POST.get("answer") == "confirm":
            done = confirm_role(assignment_id=assignment_id, **now)  # type: ignore[arg-type]
            messages.success(
                request,
                _("Đã xác nhận: %(name)s là %(role)s.")
                % {"name": done.officer.full_name, "role": label(done.role, get_language() or "vi")},
            )
        else:
            reason = request.POST.get("reason", "").strip()
            if not reason:
                messages.error(request, _("Ghi lý do không đồng ý."))
                return redirect("staff:grants")
            refuse_role(assignment_id=assignment_id, reason=reason, **now)  # type: ignore[arg-type]
            messages.success(request, _("Đã ghi không đồng ý."))
    except RoleAssignment.DoesNotExist as missing:
        raise Http404 from missing
    except Refusal as refused:
        messages.error(request, shown(refused))
    return redirect("staff:grants")


@requires("home.read")
@require_GET
def duties(request: HttpRequest) -> HttpResponse:
    """The matrix of duties, as the code enforces it."""
    language = get_language() or "vi"
    context = {
        "rows": queries.duty_rows(),
        "roles": [label(role.value, language) for role in Role],
        "language": language,
    }
    return render(request, "staff/duties.html", context)
