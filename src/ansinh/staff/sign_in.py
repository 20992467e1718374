# SPDX-License-Identifier: MPL-2.0
"""Signing in: nobody registers themself, everybody has a second factor, approving asks again."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.decorators import reauthentication_required
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse

from ansinh.staff.gate import enter, is_in_scope
from ansinh.staff.models import Officer
from ansinh.ui.access import declared
from ansinh.vault.sealing import open_sealed, seal

COLUMN = "mfa_authenticator.secret"


class OfficerAccountAdapter(DefaultAccountAdapter):
    """Officers are added by an action, never by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Always closed."""
        return False


class OfficerMfaAdapter(DefaultMFAAdapter):
    """Second-factor secrets are sealed like citizen numbers."""

    def encrypt(self, text: str) -> str:
        """Seal a TOTP secret or recovery seed for the database."""
        return seal(column=COLUMN, text=text).hex()

    def decrypt(self, encrypted_text: str) -> str:
        """Open it again."""
        return open_sealed(column=COLUMN, sealed=bytes.fromhex(encrypted_text))


def officer_of(request: HttpRequest) -> Officer:
    """The officer who asks; only for pages that need a sign-in."""
    assert isinstance(request.user, Officer)
    return request.user


def has_second_factor(user: Any) -> bool:
    """Whether the officer has enrolled an authenticator app or a passkey."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return bool(Authenticator.objects.filter(user=user, type__in=kinds).exists())


def step_up_required(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Ask for password or second factor again unless that was done in the last five minutes:
    before approving, granting, revealing (ASVS 7.5.3). Looking is free; acting (POST) is asked."""
    asked: Callable[..., HttpResponse] = reauthentication_required(view, allow_get=True)

    @wraps(view)
    def stepped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_in_scope(request):
            return asked(request, *args, **kwargs)
        # After the password allauth goes on with the POST that waited by calling the view itself: no
        # middleware of ours has asked for its permission or set its scope.
        return enter(request, asked, declared(stepped) or "", args, kwargs)

    return stepped
