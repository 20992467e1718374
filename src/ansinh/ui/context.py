# SPDX-License-Identifier: MPL-2.0
"""What every page shows around its content."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from ansinh.ui.navigation import entries


def shell(request: HttpRequest) -> dict[str, object]:
    """Sidebar, mode banner and language for templates; computed when a template asks."""
    permissions: frozenset[str] = getattr(request, "permissions", frozenset())
    return {
        "sidebar": entries(permissions),
        "trial": settings.MODE != "production",
        "language": translation.get_language() or "vi",
    }
