# SPDX-License-Identifier: MPL-2.0
"""Files, cases, what came back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from ansinh.disbursement.queries import rows
from ansinh.reconciliation.labels import KINDS
from ansinh.reconciliation.models import Alarm, Case, ResultFile
from ansinh.statements import statement


def files(*, unit_ids: Iterable[int]) -> QuerySet[ResultFile]:
    """Result files of units, the newest first."""
    found = ResultFile.objects.filter(unit_id__in=list(unit_ids)).select_related("unit", "received_by")
    return found.order_by("-received_at", "-pk")


def cases(*, unit_ids: Iterable[int], state: str = "") -> QuerySet[Case]:
    """Cases of units, the oldest first: it has waited longest."""
    found = Case.objects.filter(unit_id__in=list(unit_ids)).select_related("unit", "owner")
    return (found.filter(state=state) if state else found).order_by("opened_at", "pk")


def lines_about(*, instruction_id: int) -> list[dict[str, Any]]:
    """What payers wrote about an instruction, the earliest first."""
    return rows(sql=statement("reconciliation", "lines_about"), values={"instruction": instruction_id})


def alarms(*, unit_ids: Iterable[int], kind: str = "") -> QuerySet[Alarm]:
    """What the sweep found and is still so, the longest waiting first; what belongs to no unit (a job)
    is everybody's."""
    found = Alarm.objects.filter(Q(unit_id__in=list(unit_ids)) | Q(unit_id=None), closed_at__isnull=True)
    found = found.filter(kind=kind) if kind else found
    return found.select_related("unit").order_by("since", "pk")


def why_not_in_cash(instruction_id: int) -> str:
    """What hangs about an instruction or about one that it replaces, in words; '' when nothing does. The
    pay day asks before money is handed over."""
    found = rows(sql=statement("reconciliation", "hanging"), values={"instruction": instruction_id})
    return str(KINDS.get(found[0]["kind"], found[0]["kind"])) if found else ""


def case_line(*, case: Case) -> dict[str, Any]:
    """What the payer wrote about a case, beside the instruction that it may be about."""
    found = rows(sql=statement("reconciliation", "case_line"), values={"line": case.line_id})
    return found[0]


def came_back(*, unit_ids: Iterable[int], limit: int) -> list[dict[str, Any]]:
    """Instructions that failed, came back, or were not collected, the oldest first."""
    return rows(
        sql=statement("reconciliation", "came_back"), values={"units": list(unit_ids), "limit": limit}
    )
