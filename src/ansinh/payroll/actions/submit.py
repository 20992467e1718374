# SPDX-License-Identifier: MPL-2.0
"""Submitting, and what the approvals do to a payroll: two persons, bound to its content hash."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.urls import reverse

from ansinh.approvals.actions import submit as hand_in
from ansinh.approvals.models import Submission
from ansinh.approvals.subjects import Group, Subject
from ansinh.audit.actions import record
from ansinh.payroll.actions.budget import commit_to_budget
from ansinh.payroll.actions.content import content_hash
from ansinh.payroll.labels import GROUPS
from ansinh.payroll.lifecycles import PAYROLL, PayrollState
from ansinh.payroll.models import Payroll
from ansinh.payroll.queries import flagged_groups
from ansinh.registry.records import NUMBER as PERSON_NUMBER
from ansinh.rules.money import format_vnd
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.staff.actions.officers import COLUMN as OFFICER_NUMBER
from ansinh.staff.models import Officer
from ansinh.staff.scope import opened_to_all
from ansinh.statements import statement
from ansinh.vault.sealing import blind_index, open_sealed

STREAM_LABELS = {"merit": "Người có công", "assistance": "Bảo trợ xã hội"}


class Unexplained(Refusal):
    """Differences from last month without a reason; fields: count."""

    code = "PAYROLL_UNEXPLAINED"


class PaysNothing(Refusal):
    """No line is payable."""

    code = "PAYROLL_EMPTY"


class ApproverInvolved(Refusal):
    """The approver is beneficiary, proxy or payee of a line; fields: others."""

    code = "PAYROLL_APPROVER_INVOLVED"


class ChangedSince(Refusal):
    """What is stored is not what was approved; fields: hash."""

    code = "PAYROLL_CHANGED_SINCE"


def submit(*, payroll_id: int, by: Officer, at: datetime) -> Submission:
    """Hand a calculated payroll in for two approvals; each approver opens its flagged groups. Raises
    `Unexplained`, `PaysNothing`, a refusal of the budget, or `NotFromThisState`."""
    with transaction.atomic(), opened_to_all():
        payroll = Payroll.objects.select_for_update(of=("self",)).select_related("unit").get(pk=payroll_id)
        target = PAYROLL.apply(PayrollState(payroll.state), "submit")
        if payroll.unexplained:
            raise Unexplained(count=payroll.unexplained)
        if payroll.total_vnd == 0:
            raise PaysNothing
        commit_to_budget(payroll=payroll)
        Payroll.objects.filter(pk=payroll_id).update(state=target.value)
        made = hand_in(
            subject="payroll", subject_id=str(payroll_id), title=title_of(payroll=payroll),
            unit_id=payroll.unit_id, last_editor=payroll.calculated_by or by, by=by, at=at,
            groups=flagged_groups(payroll=payroll),
            summary={
                "lines": payroll.lines, "Người được chi": payroll.people, "Dòng": payroll.lines,
                "Số tiền": format_vnd(payroll.total_vnd), "Đang giữ": payroll.held,
            },
        )  # fmt: skip
        Payroll.objects.filter(pk=payroll_id).update(submission_id=made.pk)
    return made


def title_of(*, payroll: Payroll) -> str:
    """What a payroll is called: stream, month, unit."""
    month = Month.of(payroll.period).vi
    supplement = f", bổ sung {payroll.number - 1}" if payroll.number > 1 else ""
    return f"Bảng chi {STREAM_LABELS[payroll.stream].lower()} {month}, {payroll.unit.name}{supplement}"


def lock(*, payroll_id: int, by: Officer, at: datetime) -> None:
    """Lock an approved payroll: from now on it can be paid and nothing changes it. The hash is
    computed again from what is stored. Raises `ChangedSince` or `NotFromThisState`."""
    with transaction.atomic(), opened_to_all():
        payroll = Payroll.objects.select_for_update(of=("self",)).select_related("unit").get(pk=payroll_id)
        target = PAYROLL.apply(PayrollState(payroll.state), "lock")
        now = content_hash(payroll_id=payroll_id)
        approved = Submission.objects.get(pk=payroll.submission_id or 0)
        if not bytes(payroll.content_sha256 or b"") == bytes(approved.content_sha256) == now:
            raise ChangedSince(hash=bytes(approved.content_sha256).hex()[:12])
        commit_to_budget(payroll=payroll)
        Payroll.objects.filter(pk=payroll_id).update(state=target.value, locked_at=at, locked_by=by)
        record(
            by=by.pk, at=at, act="payroll.lock", subject="payroll", subject_id=payroll_id,
            unit_id=payroll.unit_id, details={"sha256": now.hex(), "total_vnd": payroll.total_vnd},
        )  # fmt: skip


def hand_over(*, payroll_id: int, by: int | None, at: datetime) -> None:
    """A later stage says that it has taken the locked payroll over. Raises `NotFromThisState`."""
    with transaction.atomic():
        payroll = Payroll.objects.select_for_update().get(pk=payroll_id)
        target = PAYROLL.apply(PayrollState(payroll.state), "hand_over")
        Payroll.objects.filter(pk=payroll_id).update(state=target.value)
        record(by=by, at=at, act="payroll.hand_over", subject="payroll", subject_id=payroll_id,
               unit_id=payroll.unit_id)  # fmt: skip


def _hash_of(payroll_id: str) -> bytes:
    with opened_to_all():
        return content_hash(payroll_id=int(payroll_id))


def _approved(payroll_id: str, officer_id: int, at: datetime) -> None:
    payroll = Payroll.objects.select_for_update().get(pk=int(payroll_id))
    target = PAYROLL.apply(PayrollState(payroll.state), "approve")
    Payroll.objects.filter(pk=payroll.pk).update(state=target.value)
    record(by=officer_id, at=at, act="payroll.approve", subject="payroll", subject_id=payroll.pk,
           unit_id=payroll.unit_id)  # fmt: skip


def _closed(payroll_id: str, event: str, officer_id: int, at: datetime, reason: str) -> None:
    payroll = Payroll.objects.select_for_update().get(pk=int(payroll_id))
    target = PAYROLL.apply(PayrollState(payroll.state), event)
    Payroll.objects.filter(pk=payroll.pk).update(state=target.value, return_reason=reason, submission_id=None)
    record(by=officer_id, at=at, act=f"payroll.{event}", subject="payroll", subject_id=payroll.pk,
           unit_id=payroll.unit_id, details={"reason": reason})  # fmt: skip


def _involved(payroll_id: str, officer: Officer, others: list[str]) -> None:
    """A7, by the blind index that the officer's number has in the register. Raises
    `ApproverInvolved`."""
    number = open_sealed(column=OFFICER_NUMBER, sealed=bytes(officer.citizen_number_enc))
    index = blind_index(column=PERSON_NUMBER, text=number)
    values: dict[str, Any] = {"payroll": int(payroll_id), "number": index}
    with opened_to_all(), connection.cursor() as cursor:
        cursor.execute(statement("payroll", "officer_is_paid"), values)
        if cursor.fetchone():
            raise ApproverInvolved(others=", ".join(others) or "–")


def _page(payroll_id: str) -> str:
    return reverse("payroll:payroll", args=[payroll_id])


def _groups(payroll_id: str) -> dict[str, Group]:
    pages = {
        "holds": reverse("payroll:holds", args=[payroll_id]),
        "entries": reverse("payroll:payroll_entries", args=[payroll_id]),
    }
    changes = reverse("payroll:differences", args=[payroll_id])
    return {
        code: Group(str(label), pages.get(code, f"{changes}?loai={code}")) for code, label in GROUPS.items()
    }


PAYROLL_SUBJECT = Subject(
    content_hash=_hash_of, on_approved=_approved, url=_page, on_closed=_closed, forbid=_involved,
    groups=_groups,
)  # fmt: skip
