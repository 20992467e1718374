# SPDX-License-Identifier: MPL-2.0
"""Files, cases, what came back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from ansinh.disbursement.queries import rows
from ansinh.reconciliation.models import Case, ResultFile
from ansinh.statements import statement


def files(*, unit_ids: Iterable[int]) -> QuerySet[ResultFile]:
    """Result files of units, the newest first."""
    found = ResultFile.objects.filter(unit_id__in=list(unit_ids)).select_related("unit", "received_by")
    return found.order_by("-received_at", "-pk")


def cases(*, unit_ids: Iterable[int], state: str = "") -> QuerySet[Case]:
    """Cases of units, the oldest first: it has waited longest."""
    found = Case.objects.filter(unit_id__in=list(unit_ids)).select_related("unit", "owner")
    return (found.filter(state=state) if state else found).order_by("opened_at", "pk")


def case_line(*, case: Case) -> dict[str, Any]:
    """What the payer wrote about a case, beside the instruction that it may be about."""
    found = rows(sql=statement("reconciliation", "case_line"), values={"line": case.line_id})
    return found[0]


def came_back(*, unit_ids: Iterable[int], limit: int) -> list[dict[str, Any]]:
    """Instructions that failed, came back, or were not collected, the oldest first."""
    return rows(
        sql=statement("reconciliation", "came_back"), values={"units": list(unit_ids), "limit": limit}
    )
