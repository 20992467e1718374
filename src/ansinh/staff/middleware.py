# SPDX-License-Identifier: MPL-2.0
"""Default deny: a page that declares no permission is refused, also to those who hold them all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import structlog
from allauth.account.middleware import AccountMiddleware
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from ansinh.staff.gate import in_scope
from ansinh.staff.queries import jurisdiction, permissions
from ansinh.staff.sign_in import has_second_factor
from ansinh.ui.access import PUBLIC, SIGNED_IN, declared

Next = Callable[[HttpRequest], HttpResponse]
log = structlog.get_logger(__name__)

# Addresses of libraries, which cannot carry our decorators. What is not listed is refused.
LIBRARY_VIEWS: dict[str, str] = {
    "account_login": PUBLIC,
    "account_logout": SIGNED_IN,
    "account_reauthenticate": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "account_inactive": PUBLIC,
    "mfa_authenticate": PUBLIC,
    "mfa_login_webauthn": PUBLIC,
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_reauthenticate_webauthn": SIGNED_IN,
    "mfa_index": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": SIGNED_IN,
    "mfa_list_webauthn": SIGNED_IN,
    "mfa_add_webauthn": SIGNED_IN,
    "mfa_remove_webauthn": SIGNED_IN,
    "mfa_edit_webauthn": SIGNED_IN,
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_view_recovery_codes": SIGNED_IN,
    "mfa_download_recovery_codes": SIGNED_IN,
    "usersessions_list": SIGNED_IN,
}
# What an officer without a second factor may still open: enrolling one, and leaving.
BEFORE_SECOND_FACTOR = {
    "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn", "account_logout",
    "account_reauthenticate", "mfa_index", "ui:language", "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes", "account_change_password",
}  # fmt: skip
_ACCOUNTS: Any = AccountMiddleware(lambda _request: HttpResponse())  # type: ignore[no-untyped-call]
STARTED, SEEN = "session_started", "session_seen"


def permission_of(view: object, view_name: str) -> str | None:
    """The permission that an address declares, itself or through the table of library views."""
    return declared(view) or LIBRARY_VIEWS.get(view_name)


class SessionLimitMiddleware:
    """Ends sessions that are too old, idle too long, or older than a change of credentials."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = timezone.now()
            if self._over(request, now):
                logout(request)
                return redirect(settings.LOGIN_URL)
            request.session[SEEN] = now.timestamp()
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        elif request.path == reverse("account_logout"):
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response

    def _over(self, request: HttpRequest, now: datetime) -> bool:
        session, user = request.session, request.user
        started = session.setdefault(STARTED, now.timestamp())
        idle = timedelta(minutes=settings.SESSION_IDLE_MINUTES).total_seconds()
        changed: datetime | None = getattr(user, "credentials_changed_at", None)
        return (
            not user.is_active
            or now.timestamp() - started > settings.SESSION_COOKIE_AGE
            or now.timestamp() - session.get(SEEN, now.timestamp()) > idle
            or (changed is not None and changed.timestamp() > started)
        )


class PermissionMiddleware:
    """Refuses a view whose permission the officer does not hold, or that declares none."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.permissions = frozenset()  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            officer_id, on = request.user.pk, timezone.localdate()
            held = permissions(officer_id=officer_id, on=on)
            request.permissions = held | {SIGNED_IN}  # type: ignore[attr-defined]
            request.units_for = lambda permission: jurisdiction(  # type: ignore[attr-defined]
                officer_id=officer_id, permission=permission, on=on
            )
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        wanted = permission_of(view, name)
        if wanted is None:
            log.error("no permission declared", view=name)
            raise PermissionDenied
        if wanted == PUBLIC:
            return None
        if not request.user.is_authenticated:
            return redirect(f"{reverse(settings.LOGIN_URL)}?next={request.path}")
        if name not in BEFORE_SECOND_FACTOR and not has_second_factor(request.user):
            return redirect("mfa_activate_totp")
        if wanted not in request.permissions:  # type: ignore[attr-defined]
            raise PermissionDenied
        return None


class ScopeMiddleware:
    """Runs each of our own pages in one transaction that sees the rows of the officer's units only.

    Last in the list: what comes before has refused those who may not open the page. A refusal that
    the page shows as a form again has been rolled back by its own action.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        wanted = declared(view)
        if wanted in {None, PUBLIC, SIGNED_IN} or not request.user.is_authenticated:
            return None
        try:
            return in_scope(request, view, str(wanted), args, kwargs)
        except ReauthenticationRequired as asked:
            # Raised in here, it does not reach allauth's own hook: hand it over.
            answer: HttpResponse = _ACCOUNTS.process_exception(request, asked)
            return answer
