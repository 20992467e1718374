# SPDX-License-Identifier: MPL-2.0
"""Who has not collected three months running: the law suspends, and a person decides (TT 02/2021)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ansinh.disbursement.queries import rows
from ansinh.registry.actions.changes import ChangeOpen, propose_change
from ansinh.registry.models import Award, Change, Person
from ansinh.rules.months import Month
from ansinh.staff.scope import opened_to_all
from ansinh.statements import statement

SOURCE = "uncollected"
CITATION = "NĐ 20/2021/NĐ-CP, TT 02/2021/TT-BLĐTBXH Điều 6"


def propose_suspensions(*, since: Month, at: datetime) -> int:
    """Propose to suspend each award of social assistance whose holder did not collect cash in three
    months running, looking back to `since`; returns how many. Proposed once a month, whatever was decided."""
    made = 0
    with transaction.atomic(), opened_to_all():
        for row in rows(sql=statement("disbursement", "uncollected_three"), values={"from": since.first_day}):
            first, last = Month.of(row["first"]), Month.of(row["last"])
            person = Person.objects.get(pk=row["person_id"])
            for award in Award.objects.filter(pk__in=row["awards"], voided=False, end_month__isnull=True):
                made += _propose(person, award, first, last, at)
    return made


def _propose(person: Person, award: Award, first: Month, last: Month, at: datetime) -> bool:
    suspended = award.suspended_from is not None and award.suspended_to is None
    start = last.next.first_day
    if suspended or Change.objects.filter(award=award, source=SOURCE, effective_month=start).exists():
        return False
    try:
        propose_change(
            person=person, award=award, kind="suspend", content={"from": str(last.next)}, source=SOURCE,
            label=f"Tạm dừng từ {last.next.vi}: ba tháng liền chưa nhận tiền",
            reason=f"Không đến nhận tiền mặt liên tục từ {first.vi} đến {last.vi}. Xác minh rồi quyết định.",
            citation=CITATION, effective_month=start, by=None, at=at,
        )  # fmt: skip
    except ChangeOpen:
        return False
    return True
