# SPDX-License-Identifier: MPL-2.0
"""What a visitor found at a door."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from ansinh.audit.actions import record
from ansinh.oversight.lifecycles import VISIT, VisitState
from ansinh.oversight.models import FINDINGS, RIGHT, Visit
from ansinh.payroll.models import Payroll
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.staff.queries import held_roles


class FindingUnknown(Refusal):
    """A visit is recorded with one of the findings."""

    code = "VISIT_FINDING_NEEDED"


class WrongNeedsNote(Refusal):
    """What is wrong is written down."""

    code = "VISIT_NEEDS_NOTE"


class OwnCommune(Refusal):
    """The visitor holds a role in the commune, or made the payroll: another unit visits."""

    code = "VISIT_BY_ANOTHER_UNIT"


class VisitInFuture(Refusal):
    """The day of the visit has not come."""

    code = "VISIT_IN_FUTURE"


class ChangedMeanwhile(Refusal):
    """Somebody recorded the same visit a moment before."""

    code = "VISIT_CHANGED"


def record_visit(
    *, visit_id: int, finding: str, note: str, visited_on: date, by: Officer, at: datetime, on: date
) -> Visit:
    """Record what was found; again, with a reason, amends it. Raises `FindingUnknown`, `WrongNeedsNote`,
    `OwnCommune`, `VisitInFuture`, `ChangedMeanwhile` or `NotFromThisState`."""
    if finding not in FINDINGS:
        raise FindingUnknown
    with transaction.atomic():
        visit = _for(visit_id, visited_on, by, on)
        amends = visit.state == VisitState.VISITED
        if not note.strip() and (amends or finding != RIGHT):
            raise WrongNeedsNote
        before = visit.finding
        _step(visit, "amend" if amends else "record", by=by, at=at, finding=finding, note=note.strip()[:500],
              visited_on=visited_on, details={"finding": finding, "before": before})  # fmt: skip
    visit.refresh_from_db()
    return visit


def miss_visit(*, visit_id: int, note: str, visited_on: date, by: Officer, at: datetime, on: date) -> Visit:
    """Nobody was met: somebody goes again. Raises as `record_visit` does."""
    if not note.strip():
        raise WrongNeedsNote
    with transaction.atomic():
        visit = _for(visit_id, visited_on, by, on)
        _step(visit, "miss", by=by, at=at, finding="", note=note.strip()[:500], visited_on=visited_on,
              details={})  # fmt: skip
    visit.refresh_from_db()
    return visit


def _for(visit_id: int, visited_on: date, by: Officer, on: date) -> Visit:
    visit = Visit.objects.select_for_update(of=("self",)).select_related("draw").get(pk=visit_id)
    if visited_on > on:
        raise VisitInFuture
    here = {each.unit_id for each in held_roles(officer_id=by.pk, on=on)}
    makers = Payroll.objects.filter(pk=visit.draw.payroll_id).values_list(
        "prepared_by_id", "calculated_by_id"
    )
    if visit.commune_id in here or any(by.pk in pair for pair in makers):
        raise OwnCommune
    return visit


def _step(
    visit: Visit, event: str, *, by: Officer, at: datetime, finding: str, note: str, visited_on: date,
    details: dict[str, str],
) -> None:  # fmt: skip
    target = VISIT.apply(VisitState(visit.state), event)
    done = Visit.objects.filter(pk=visit.pk, state=visit.state, tries=visit.tries).update(
        state=target.value, finding=finding, note=note, visited_on=visited_on, recorded_at=at, visitor=by,
        tries=visit.tries + 1,
    )  # fmt: skip
    if done == 0:
        raise ChangedMeanwhile
    record(by=by.pk, at=at, act=f"oversight.{event}_visit", subject="visit", subject_id=visit.pk,
           unit_id=visit.commune_id, details=details)  # fmt: skip
