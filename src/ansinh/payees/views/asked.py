# SPDX-License-Identifier: MPL-2.0
"""What the pages of this stage read from a request."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest
from django.utils import timezone

from ansinh.places.models import Unit
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.staff.queries import permissions_at
from ansinh.staff.sign_in import officer_of
from ansinh.ui.fields import shown

PAGE = 50


def whole_number(text: str | None) -> int | None:
    """An id from the address, or None."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 12 else None


def month_asked(text: str | None, otherwise: Month) -> Month:
    """A month from the address (2024-04 or 04/2024), or another."""
    try:
        return Month.parse(text) if text else otherwise
    except Refusal:
        return otherwise


def communes(request: HttpRequest, permission: str) -> list[Unit]:
    """The communes of an officer's jurisdiction, in Vietnamese order."""
    units = request.units_for(permission)  # type: ignore[attr-defined]
    return list(Unit.objects.filter(pk__in=units, level="commune").order_by("sort_key", "-validity"))


def refuse_form(form: Form, refused: Refusal, fields: dict[str, str]) -> None:
    """Put a refusal beside the field that it is about, else above the form."""
    field = next((name for prefix, name in fields.items() if refused.code.startswith(prefix)), None)
    form.add_error(field, ValidationError(shown(refused), code=refused.code))


def held_at(request: HttpRequest, unit_id: int) -> frozenset[str]:
    """What the officer may do at one commune: a duty held elsewhere does not count here."""
    return permissions_at(officer_id=officer_of(request).pk, unit_id=unit_id, on=timezone.localdate())
