# SPDX-License-Identifier: MPL-2.0
"""One line in the log for each request, with nothing in it that tells about a person.

It names the view, never the address (searches and file names stand in addresses), the officer by
number, and a reference that the error page shows too, so that what somebody reads out on the phone
is found in the log.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

Next = Callable[[HttpRequest], HttpResponse]
REFERENCE_BYTES = 4
log = structlog.get_logger(__name__)


def reference_of(request: HttpRequest) -> str:
    """The reference of this request; eight hexadecimal digits, made on first use."""
    found: str | None = getattr(request, "reference", None)
    if found is None:
        found = secrets.token_hex(REFERENCE_BYTES)
        request.reference = found  # type: ignore[attr-defined]
    return found


class RequestLogMiddleware:
    """Writes the line, and gives every other line of the same request its reference."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        with structlog.contextvars.bound_contextvars(reference=reference_of(request)):
            response = self.get_response(request)
            match = request.resolver_match
            user = getattr(request, "user", None)
            log.info(
                "request",
                view=match.view_name if match else None,
                method=request.method,
                status=response.status_code,
                ms=round((time.perf_counter() - started) * 1000),
                officer=user.pk if user is not None and user.is_authenticated else None,
            )
        return response
