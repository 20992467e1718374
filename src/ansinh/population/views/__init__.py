# SPDX-License-Identifier: MPL-2.0
"""The reconciliation's pages."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from ansinh.population.models import Round


def found_round(round_id: int) -> Round:
    """A round in scope, or "not found"."""
    found = Round.objects.select_related("commune", "prepared_by").filter(pk=round_id).first()
    if found is None:
        raise Http404
    return found


def may(request: HttpRequest, permission: str, round_: Round) -> bool:
    """Whether the officer holds a permission for the round's commune today."""
    return round_.commune_id in request.units_for(permission)  # type: ignore[attr-defined]
