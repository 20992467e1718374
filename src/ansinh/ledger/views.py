# SPDX-License-Identifier: MPL-2.0
"""The ledger on one page: approved, and where every đồng of it is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ansinh.ledger.models import Closing, Source
from ansinh.ledger.queries import conservation
from ansinh.places.models import Unit
from ansinh.rules.postings import HOLDING
from ansinh.ui.access import requires

PAGE = 200


@requires("money.read")
@require_GET
def conservation_page(request: HttpRequest) -> HttpResponse:
    """One row a month, source and commune: it adds up, or the row says so in red."""
    units = request.units_for("money.read")  # type: ignore[attr-defined]
    rows = conservation(commune_ids=units)[:PAGE]
    names = dict(Unit.objects.filter(pk__in={row["commune_id"] for row in rows}).values_list("pk", "name"))
    for row in rows:
        row["commune"] = names.get(row["commune_id"], "")
        row["source_label"] = Source(row["source"]).label
        row["held"] = [row[account.value] for account in HOLDING]
        row["adds_up"] = row["approved"] == sum(row["held"])
    closed = Closing.objects.filter(commune_id__in=units).select_related("commune", "by").order_by("-month")
    return render(request, "ledger/conservation.html", {"rows": rows, "closed": closed[:PAGE]})
