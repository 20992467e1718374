# SPDX-License-Identifier: MPL-2.0
"""The payroll that a page is about, when the officer may see it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from ansinh.payroll.models import Payroll


def payroll_of(request: HttpRequest, payroll_id: int, permission: str) -> Payroll:
    """Raises 404 when there is none and 403 when the officer has no such duty for its unit."""
    found = (
        Payroll.objects.select_related("unit", "previous", "prepared_by", "calculated_by", "locked_by")
        .filter(pk=payroll_id)
        .first()
    )
    if found is None:
        raise Http404
    if found.unit_id not in request.units_for(permission):  # type: ignore[attr-defined]
        raise PermissionDenied
    return found
