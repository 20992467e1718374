# SPDX-License-Identifier: MPL-2.0
"""Home, language, health, and the pages for what went wrong."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from ansinh.ui.access import public, requires
from ansinh.ui.language import COOKIE, LANGUAGES
from ansinh.ui.navigation import panels, tasks
from ansinh.ui.request_log import reference_of

YEAR_SECONDS = 31_536_000


@requires("home.read")
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Việc hôm nay: what waits for this officer first, figures of their unit below."""
    now = timezone.now()
    found = tasks(request.user.pk, now)  # type: ignore[arg-type]
    return render(request, "ui/home.html", {"tasks": found, "now": now, "panels": panels(request)})


@public
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Choose Vietnamese or English; kept in a cookie for a year."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    response = redirect(target)
    chosen = request.POST.get("language", "vi")
    if chosen in LANGUAGES:
        response.set_cookie(COOKIE, chosen, max_age=YEAR_SECONDS, samesite="Lax", httponly=True)
    return response


@public
@require_GET
def health(request: HttpRequest) -> JsonResponse:
    """Whether the process and its database answer; no personal data, no versions."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"ok": True})


def wrong(request: HttpRequest, status: int) -> HttpResponse:
    """A page for an error, with a reference to read out on the phone and no technical detail."""
    context = {"status": status, "reference": reference_of(request)}
    return render(request, "ui/wrong.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return wrong(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return wrong(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return wrong(request, 404)


def failed(request: HttpRequest) -> HttpResponse:
    """500."""
    return wrong(request, 500)


@public
def refused_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token (CSRF)."""
    return wrong(request, 403)
