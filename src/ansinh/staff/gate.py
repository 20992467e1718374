# SPDX-License-Identifier: MPL-2.0
"""Running a page as what it is: by somebody who holds its permission, in their scope."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ansinh.staff.queries import row_scope
from ansinh.staff.scope import limit_to, open_to_all

View = Callable[..., HttpResponse]
_MARK = "ansinh_in_scope"


def is_in_scope(request: HttpRequest) -> bool:
    """Whether the request went through the gate."""
    return getattr(request, _MARK, False)


def in_scope(request: HttpRequest, view: View, permission: str, args: Any, kwargs: Any) -> HttpResponse:
    """Run a view in one transaction that sees the rows of the officer's units only."""
    setattr(request, _MARK, True)
    with transaction.atomic():
        scope = row_scope(officer_id=request.user.pk or 0, permission=permission, on=timezone.localdate())
        if scope is None:
            open_to_all()
        else:
            limit_to(unit_ids=scope)
        response = view(request, *args, **kwargs)
        if hasattr(response, "render") and callable(response.render):
            response = response.render()
        return response


def enter(request: HttpRequest, view: View, permission: str, args: Any, kwargs: Any) -> HttpResponse:
    """The same for a request that no middleware has seen: permission first, then scope."""
    if permission not in getattr(request, "permissions", frozenset()):
        raise PermissionDenied
    return in_scope(request, view, permission, args, kwargs)
