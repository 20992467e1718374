# SPDX-License-Identifier: MPL-2.0
"""The exception desk: one owns a case, proposes a remedy with evidence, two others decide."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from django.db import transaction

from ansinh.approvals.actions import submit
from ansinh.approvals.models import Submission
from ansinh.approvals.subjects import Subject
from ansinh.audit.actions import record
from ansinh.disbursement.actions.moves import move
from ansinh.disbursement.models import Instruction
from ansinh.ledger.actions import post
from ansinh.ledger.queries import open_month
from ansinh.reconciliation.lifecycles import CASE, CaseState
from ansinh.reconciliation.models import Case
from ansinh.rules.failpoints import failpoint
from ansinh.rules.money import format_vnd
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.staff.scope import opened_to_all
from ansinh.statements import statement

# remedy -> the event that it applies to the instruction, '' for none
REMEDIES: dict[str, str] = {
    "confirm_paid": "confirm",
    "confirm_failed": "reject",
    "confirm_returned": "bounce",
    "ask_bank": "lose",
    "explained": "",
}


class RemedyUnknown(Refusal):
    """No such remedy, or it needs an instruction that the case has not; fields: text, known."""

    code = "REMEDY_UNKNOWN"


class EvidenceMissing(Refusal):
    """A remedy is proposed with evidence."""

    code = "EVIDENCE_MISSING"


def take(*, case_id: int, by: Officer, at: datetime) -> None:
    """Own a case."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case_id)
        Case.objects.filter(pk=case_id).update(owner=by)
        record(by=by.pk, at=at, act="reconciliation.take_case", subject="result_case", subject_id=case_id,
               unit_id=case.unit_id)  # fmt: skip


def propose(*, case_id: int, remedy: str, evidence: str, by: Officer, at: datetime) -> Submission:
    """Propose a remedy with evidence; two others decide. Raises `RemedyUnknown`, `EvidenceMissing`
    or `NotFromThisState`."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case_id)
        target = CASE.apply(CaseState(case.state), "propose")
        needs = REMEDIES.get(remedy)
        if needs is None or (needs and case.instruction_id is None):
            raise RemedyUnknown(text=remedy, known=sorted(REMEDIES))
        if len(evidence.strip()) < 5:
            raise EvidenceMissing
        Case.objects.filter(pk=case_id).update(
            state=target.value, remedy=remedy, evidence=evidence[:300], owner=by
        )
        made = submit(
            subject="result_case", subject_id=str(case_id),
            title=f"Ngoại lệ {case_id}: {format_vnd(case.amount_vnd or 0)}", unit_id=case.unit_id,
            summary={"lines": 1, "kind": case.kind, "remedy": remedy, "evidence": evidence[:300]},
            last_editor=by, by=by, at=at,
        )  # fmt: skip
        Case.objects.filter(pk=case_id).update(submission_id=made.pk)
        failpoint("propose.before_commit")
    return made


def take_back(*, case_id: int, by: Officer, at: datetime) -> None:
    """Open a case again whose proposal was returned or withdrawn. Raises `NotFromThisState`."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case_id)
        target = CASE.apply(CaseState(case.state), "return")
        said = Submission.objects.filter(pk=case.submission_id or 0).values_list("state", flat=True).first()
        if said in {"returned", "withdrawn", "voided"}:
            Case.objects.filter(pk=case_id).update(state=target.value, remedy="", evidence="")
            record(by=by.pk, at=at, act="reconciliation.reopen_case", subject="result_case",
                   subject_id=case_id, unit_id=case.unit_id)  # fmt: skip


def _hash_of(case_id: str) -> bytes:
    case = Case.objects.get(pk=int(case_id))
    said = [case.pk, case.kind, case.remedy, case.evidence, case.instruction_id, case.amount_vnd]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).digest()


def _approved(case_id: str, officer_id: int, at: datetime) -> None:
    with opened_to_all():
        case = Case.objects.select_for_update().get(pk=int(case_id))
        target = CASE.apply(CaseState(case.state), "settle")
        event = REMEDIES[case.remedy]
        if event:
            one = Instruction.objects.get(pk=case.instruction_id or 0)
            move(
                chosen="SELECT %(one)s::bigint AS instruction_id", values={"one": one.pk}, event=event,
                cause="desk", source=one.stream, commune_ids=[one.commune_id], by=officer_id, at=at,
            )  # fmt: skip
        failpoint("desk.before_posting")
        if case.posted_vnd:
            booked = open_month(source=case.stream, commune_ids=[case.commune_id], wanted=Month.at(at))
            post(
                moves=statement("reconciliation", "placed_posting"), values={"line": case.line_id},
                booked=booked.first_day, by=officer_id, at=at,
            )  # fmt: skip
        Case.objects.filter(pk=case.pk).update(state=target.value, settled_at=at)
        failpoint("desk.after_state")
        record(
            by=officer_id, at=at, act="reconciliation.settle_case", subject="result_case",
            subject_id=case.pk, unit_id=case.unit_id,
            details={"remedy": case.remedy, "evidence": case.evidence},
        )  # fmt: skip


def _page(case_id: str) -> str:
    return f"/doi-soat/ngoai-le/{case_id}/"


CASE_SUBJECT = Subject(_hash_of, _approved, _page)
