# SPDX-License-Identifier: MPL-2.0
"""What the pages of this stage read from a request, and lists sent as files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ansinh.places.models import Unit
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.staff.queries import permissions_at
from ansinh.staff.sign_in import officer_of
from ansinh.ui.fields import shown

PAGE = 50
MOST_EXPORTED = 20_000  # rows of one file; a commune has two or three thousand beneficiaries


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


def as_csv(*, name: str, heads: Sequence[str], rows: Iterable[Sequence[object]], who: str) -> HttpResponse:
    """A list as CSV that a spreadsheet opens rightly: BOM, semicolons, text cells kept as text, no
    formulas, and in the last line who made it."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    writer.writerow([])
    writer.writerow([who])
    response = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t"} else text


def held_at(request: HttpRequest, unit_id: int) -> frozenset[str]:
    """What the officer may do at one commune: a duty held elsewhere does not count here."""
    return permissions_at(officer_id=officer_of(request).pk, unit_id=unit_id, on=timezone.localdate())
