# SPDX-License-Identifier: MPL-2.0
"""What the pages of this package ask of a request."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils import timezone

from ansinh.directives.official import TYPES
from ansinh.places.models import Unit
from ansinh.vault import store

MOST_UNITS = 400
LEVELS = ("province", "district", "commune")


def units_of(request: HttpRequest, permission: str) -> set[int]:
    """The units of the officer's jurisdiction for a permission."""
    found: set[int] = request.units_for(permission)  # type: ignore[attr-defined]
    return found


def holds(request: HttpRequest, permission: str) -> bool:
    """Whether the officer holds a permission somewhere."""
    return permission in request.permissions  # type: ignore[attr-defined]


def living_units(
    request: HttpRequest, permission: str, levels: tuple[str, ...] = LEVELS
) -> list[tuple[str, str]]:
    """The units of the jurisdiction that exist today, for a select, the highest first."""
    found = Unit.objects.filter(
        pk__in=units_of(request, permission), level__in=levels, validity__contains=timezone.localdate()
    ).order_by("sort_key")
    highest_first = sorted(found[:MOST_UNITS], key=lambda unit: LEVELS.index(unit.level))
    return [(str(unit.pk), unit.name) for unit in highest_first]


def number_asked(text: str | None) -> int | None:
    """An id from an address or a form, or None."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 12 else None


def file_answer(sha256: bytes | memoryview | None, name: str) -> FileResponse:
    """A stored file as a download, never opened in the page. Raises 404 when there is none."""
    if sha256 is None:
        raise Http404
    return FileResponse(
        iter([store.get(bytes(sha256))]), as_attachment=True, filename=name or "tep",
        content_type="application/octet-stream",
    )  # fmt: skip


def paper_answer(content: bytes, kind: str, name: str) -> HttpResponse:
    """A paper that was made now, as a download."""
    answer = HttpResponse(content, content_type=TYPES[kind])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer
