# SPDX-License-Identifier: MPL-2.0
"""Somebody by name leads a case until a day."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from ansinh.audit.actions import record
from ansinh.oversight.models import Charge
from ansinh.payees.models import Case
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.staff.queries import may


class ChargeNeedsReason(Refusal):
    """Why this officer, or why later, is written down."""

    code = "CHARGE_NEEDS_REASON"


class ChargeNotTheirs(Refusal):
    """The officer has no duty to decide cases of that commune."""

    code = "CHARGE_NOT_THEIRS"


class CaseDecided(Refusal):
    """The case has its outcome."""

    code = "CASE_DECIDED"


class DueInPast(Refusal):
    """The day has passed."""

    code = "CHARGE_IN_PAST"


def put_in_charge(
    *, case_id: int, officer: Officer, due_on: date, reason: str, by: Officer, at: datetime, on: date
) -> Charge:
    """Name who leads a case and until when. Raises `ChargeNeedsReason`, `ChargeNotTheirs`, `CaseDecided`
    or `DueInPast`."""
    if not reason.strip():
        raise ChargeNeedsReason
    if due_on < on:
        raise DueInPast
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case_id)
        if case.state != "open":
            raise CaseDecided
        if not may(officer_id=officer.pk, permission="case.decide", unit_id=case.commune_id, on=on):
            raise ChargeNotTheirs
        made = Charge.objects.create(
            case=case, commune_id=case.commune_id, officer=officer, due_on=due_on,
            reason=reason.strip()[:300], at=at, by=by,
        )  # fmt: skip
        record(
            by=by.pk, at=at, act="oversight.put_in_charge", subject="case", subject_id=case.pk,
            unit_id=case.commune_id, details={"officer": officer.pk, "due_on": due_on.isoformat()},
        )  # fmt: skip
    return made
