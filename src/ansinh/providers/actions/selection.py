# SPDX-License-Identifier: MPL-2.0
"""Choosing who pays: criteria with weights, candidates, scores with evidence, minutes, decision."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction

from ansinh.approvals.actions import submit, void_on_change
from ansinh.approvals.models import Submission
from ansinh.audit.actions import record
from ansinh.providers.lifecycles import SELECTION, SelectionState
from ansinh.providers.models import Candidate, Criterion, Score, Selection
from ansinh.providers.queries import comparison
from ansinh.providers.standards import standard_criteria
from ansinh.rules.months import VIETNAM
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer

SUBJECT = "provider_selection"
WHOLE = 100


class SelectionNotOpen(Refusal):
    """The selection is submitted, decided or cancelled."""

    code = "SELECTION_NOT_OPEN"


class WeightsNotWhole(Refusal):
    """The weights do not make 100; fields: total."""

    code = "SELECTION_WEIGHTS"


class CandidateTwice(Refusal):
    """The provider takes part already."""

    code = "SELECTION_CANDIDATE_TWICE"


class PointsOutOfRange(Refusal):
    """Points below 0 or above 100."""

    code = "SELECTION_POINTS"


class ScoreNeedsEvidence(Refusal):
    """Points without what they rest on."""

    code = "SELECTION_EVIDENCE"


class SelectionIncomplete(Refusal):
    """Something lacks before it can be submitted; fields: lacks."""

    code = "SELECTION_INCOMPLETE"


class ChoiceNeedsReason(Refusal):
    """Somebody other than the best is chosen without a reason; fields: best."""

    code = "SELECTION_CHOICE_REASON"


def open_selection(*, unit_id: int, title: str, opened_on: date, by: Officer, at: datetime) -> Selection:
    """Begin to choose who pays for a unit, with the standard criteria."""
    with transaction.atomic():
        made = Selection.objects.create(
            unit_id=unit_id,
            title=title.strip(),
            opened_on=opened_on,
            opened_by=by,
            edited_by=by,
            opened_at=at,
        )
        Criterion.objects.bulk_create(
            Criterion(
                selection=made, code=each.code, label=each.label, label_en=each.label_en, weight=each.weight,
                order=order,
            )
            for order, each in enumerate(standard_criteria(), 1)
        )  # fmt: skip
        _recorded("providers.open_selection", made, by=by, at=at)
    return made


def _recorded(
    act: str,
    found: Selection,
    *,
    by: Officer | None,
    at: datetime,
    details: Mapping[str, object] | None = None,
) -> None:
    record(
        by=by.pk if by else None, at=at, act=act, subject="selection", subject_id=found.pk,
        unit_id=found.unit_id, details=details,
    )  # fmt: skip


def _editable(selection_id: int, by: Officer) -> Selection:
    found = Selection.objects.select_for_update().get(pk=selection_id)
    if found.state != SelectionState.OPEN.value:
        raise SelectionNotOpen
    Selection.objects.filter(pk=found.pk).update(edited_by=by)
    return found


def set_weights(*, selection_id: int, weights: Mapping[str, int], by: Officer, at: datetime) -> None:
    """Weigh the criteria; together they make 100. Raises `WeightsNotWhole` or `SelectionNotOpen`."""
    with transaction.atomic():
        found = _editable(selection_id, by)
        criteria = list(found.criteria.all())
        for each in criteria:
            each.weight = weights.get(each.code, each.weight)
        total = sum(each.weight for each in criteria)
        if total != WHOLE or any(not 0 <= each.weight <= WHOLE for each in criteria):
            raise WeightsNotWhole(total=total)
        Criterion.objects.bulk_update(criteria, ["weight"])
        _recorded("providers.weigh", found, by=by, at=at, details=dict(weights))


def add_candidate(
    *, selection_id: int, provider_id: int, fee_bps: int, offer: str, by: Officer, at: datetime
) -> Candidate:
    """Let a provider take part. Raises `CandidateTwice` or `SelectionNotOpen`."""
    try:
        with transaction.atomic():
            found = _editable(selection_id, by)
            made = Candidate.objects.create(
                selection=found, provider_id=provider_id, fee_bps=fee_bps, offer=offer.strip()
            )
            _recorded("providers.candidate", found, by=by, at=at, details={"provider": provider_id})
    except IntegrityError as twice:
        raise CandidateTwice from twice
    return made


def score(
    *, candidate_id: int, criterion_id: int, points: int, evidence: str, by: Officer, at: datetime
) -> None:
    """Give points with what they rest on; a correction replaces and both stay in the log. Raises
    `PointsOutOfRange`, `ScoreNeedsEvidence` or `SelectionNotOpen`."""
    if not 0 <= points <= WHOLE:
        raise PointsOutOfRange(points=points)
    if not evidence.strip():
        raise ScoreNeedsEvidence
    with transaction.atomic():
        candidate = Candidate.objects.get(pk=candidate_id)
        found = _editable(candidate.selection_id, by)
        criterion = found.criteria.get(pk=criterion_id)
        Score.objects.update_or_create(
            candidate=candidate, criterion=criterion,
            defaults={"points": points, "evidence": evidence.strip(), "scored_at": at, "scored_by": by},
        )  # fmt: skip
        _recorded(
            "providers.score", found, by=by, at=at,
            details={"candidate": candidate_id, "criterion": criterion.code, "points": points},
        )  # fmt: skip


def write_minutes(
    *,
    selection_id: int,
    held_on: date,
    present: str,
    text: str,
    chosen: Collection[int],
    reason: str,
    by: Officer,
    at: datetime,
) -> None:
    """Write the minutes and whom the meeting chose (candidate ids). Raises `ChoiceNeedsReason` when
    the best is not among them and nothing says why, `SelectionIncomplete` or `SelectionNotOpen`."""
    with transaction.atomic():
        found = _editable(selection_id, by)
        if not chosen:
            raise SelectionIncomplete(lacks=["tổ chức được chọn"])
        _criteria, compared = comparison(selection_id=found.pk)
        best = [row.candidate for row in compared if row.rank == 1]
        if best and not {each.pk for each in best} & set(chosen) and not reason.strip():
            raise ChoiceNeedsReason(best=[each.provider.name for each in best])
        Candidate.objects.filter(selection=found).update(chosen=False)
        Candidate.objects.filter(selection=found, pk__in=list(chosen)).update(chosen=True)
        Selection.objects.filter(pk=found.pk).update(
            minutes_on=held_on, minutes_present=present.strip(), minutes_text=text.strip(),
            choice_reason=reason.strip(),
        )  # fmt: skip
        _recorded("providers.minutes", found, by=by, at=at, details={"chosen": sorted(chosen)})


def _lacks(found: Selection) -> list[str]:
    """What a selection still lacks before it can be decided, in words."""
    _criteria, compared = comparison(selection_id=found.pk)
    lacks = []
    if not compared:
        lacks.append("ứng viên")
    lacks += [f"điểm của {row.candidate.provider.name}" for row in compared if row.total is None]
    if found.minutes_on is None or not found.minutes_text:
        lacks.append("biên bản họp")
    if not any(row.candidate.chosen for row in compared):
        lacks.append("tổ chức được chọn")
    return lacks


def submit_selection(*, selection_id: int, by: Officer, at: datetime) -> Submission:
    """Hand the choice in for the decision of two others. Raises `SelectionIncomplete`,
    `SelectionNotOpen` or `SubmittedAlready`."""
    with transaction.atomic():
        found = _editable(selection_id, by)
        if lacks := _lacks(found):
            raise SelectionIncomplete(lacks=lacks)
        _criteria, compared = comparison(selection_id=found.pk)
        chosen = [row.candidate.provider.name for row in compared if row.candidate.chosen]
        target = SELECTION.apply(SelectionState(found.state), "submit")
        Selection.objects.filter(pk=found.pk).update(state=target.value)
        made = submit(
            subject=SUBJECT, subject_id=str(found.pk), title=f"Lựa chọn: {found.title}"[:200],
            unit_id=found.unit_id,
            summary={"Ứng viên": len(compared), "Được chọn": ", ".join(chosen)},
            last_editor=by, by=by, at=at,
        )  # fmt: skip
        _recorded("providers.submit_selection", found, by=by, at=at)
    return made


def _move(selection_id: int, event: str, *, by: Officer | None, at: datetime, **fields: object) -> Selection:
    found = Selection.objects.select_for_update().get(pk=selection_id)
    target = SELECTION.apply(SelectionState(found.state), event)
    Selection.objects.filter(pk=found.pk).update(state=target.value, **fields)
    _recorded(f"providers.{event}_selection", found, by=by, at=at)
    return found


def rework_selection(*, selection_id: int, by: Officer, at: datetime) -> None:
    """Take a submitted choice back to change it: what was approved of it is void. Raises
    `NotFromThisState`."""
    with transaction.atomic():
        _move(selection_id, "rework", by=by, at=at)
        void_on_change(subject=SUBJECT, subject_id=str(selection_id), by=by, at=at)


def cancel_selection(*, selection_id: int, by: Officer, at: datetime) -> None:
    """Give a selection up. Raises `NotFromThisState`."""
    with transaction.atomic():
        _move(selection_id, "cancel", by=by, at=at)


def decided(*, selection_id: int, by: int, at: datetime) -> None:
    """The second approval: the choice is decided. Called by approvals in its own transaction."""
    found = _move(selection_id, "decide", by=None, at=at, decided_on=at.astimezone(VIETNAM).date())
    record(by=by, at=at, act="providers.decided", subject="selection", subject_id=found.pk,
           unit_id=found.unit_id)  # fmt: skip
