# SPDX-License-Identifier: MPL-2.0
"""Vietnamese unless the officer chose English: the browser's own language is not asked, because
commune machines are often installed in English."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

COOKIE = "ansinh_language"
LANGUAGES = ("vi", "en")


class VietnameseFirstMiddleware:
    """Activates the chosen language for the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(COOKIE, "vi")
        language = chosen if chosen in LANGUAGES else "vi"
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers["Content-Language"] = language
        return response
