# SPDX-License-Identifier: MPL-2.0
"""A month moved on by whoever is there: each act is read from the database, as an officer or a job reads it.

Nothing is remembered between acts, so a process that was killed is replaced by another that looks and
goes on. What goes out over the wire goes through the queue or the page, as it does in the house.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import IntegrityError, OperationalError, connection, transaction

from ansinh.approvals.models import Submission
from ansinh.disbursement.actions import online
from ansinh.disbursement.actions.approve import submit_envelope
from ansinh.disbursement.actions.cash import hand_to_payee, not_collected
from ansinh.disbursement.actions.envelopes import build, cancel
from ansinh.disbursement.actions.instruct import instruct, split_of
from ansinh.disbursement.actions.release import release
from ansinh.disbursement.actions.single import carry_forward, refund
from ansinh.disbursement.models import Envelope
from ansinh.disbursement.queries import preview
from ansinh.payroll.models import Payroll
from ansinh.reconciliation.actions.desk import propose, take_back
from ansinh.reconciliation.actions.fetch import fetch_results
from ansinh.reconciliation.actions.receive import apply, discard_held
from ansinh.reconciliation.actions.returns import mark_unknown, pay_again
from ansinh.reconciliation.models import Case, ResultFile
from ansinh.rules.refusals import Refusal
from ansinh.staff.scope import opened_to_all
from faults.bank import Bank
from faults.people import Cast, say_yes

FINAL = ("paid", "collected", "reissued", "carried_forward", "refunded", "cancelled")
AT_ONCE = 4  # acts for one look; what became wrong meanwhile is refused
LAYOUTS = ("bulk_bin", "pain001")
WAITING = """
SELECT instruction.id, instruction.channel, state.state, EXISTS (
    SELECT 1 FROM disbursement_enclosed AS enclosed
    JOIN disbursement_envelope AS envelope ON envelope.id = enclosed.envelope_id
    WHERE enclosed.instruction_id = instruction.id AND envelope.state <> 'cancelled') AS enclosed, EXISTS (
    SELECT 1 FROM reconciliation_case AS about
    WHERE about.instruction_id = instruction.id AND about.state <> 'settled') AS asked
FROM disbursement_instruction AS instruction
JOIN disbursement_state AS state ON state.instruction_id = instruction.id
WHERE state.state <> ALL (%s) ORDER BY instruction.id
"""
Act = Callable[[], object]


@dataclass(slots=True)
class Month:
    """One month of one run. `drawn` decides what happens next among what may; `at` is the clock."""

    cast: Cast
    bank: Bank
    book: str
    drawn: random.Random
    at: datetime
    through_queue: bool = False
    builds: bool = True
    looked: bool = False
    uncaught: list[str] = field(default_factory=list)

    def advance(self) -> bool:
        """Look once and do a few acts of what may be done; False when nothing is left to do. Refusals and
        lost races are the answer to an act and no fault; anything else that is raised is noted."""
        acts = self._acts() or self._last_look()
        if not acts:
            return False
        for act in self.drawn.sample(acts, min(len(acts), AT_ONCE)):
            self.at += timedelta(minutes=self.drawn.randrange(1, 9))
            try:
                act()
            except (Refusal, OperationalError):
                connection.close_if_unusable_or_obsolete()
            except IntegrityError as fault:
                self.uncaught.append(f"{type(fault).__name__}: {str(fault).splitlines()[0][:120]}")
        return True

    def _acts(self) -> list[Act]:
        with transaction.atomic(), opened_to_all():
            return [*self._of_payrolls(), *self._of_envelopes(), *self._of_files(), *self._of_cases(),
                    *self._of_instructions()]  # fmt: skip

    def _last_look(self) -> list[Act]:
        """Results are asked for again for two months: once more here, when all else is done."""
        if self.looked:
            return []
        self.looked = True
        return [self._look_again]

    def _look_again(self) -> None:
        for one in Envelope.objects.filter(state="sent", layout__in=LAYOUTS).order_by("pk"):
            fetch_results(envelope=one, at=self.at)

    def _of_payrolls(self) -> list[Act]:
        return [lambda one=one: self._instruct(one) for one in Payroll.objects.filter(state="locked")]  # type: ignore[misc]

    def _instruct(self, payroll: Payroll) -> None:
        with transaction.atomic(), opened_to_all():
            split = split_of(shares=preview(payroll_id=payroll.pk))
        instruct(payroll_id=payroll.pk, confirmed=split, by=self.cast["lap-danh-sach"], at=self.at)

    def _of_envelopes(self) -> list[Act]:
        acts: list[Act] = []
        for one in Envelope.objects.exclude(state__in=("settled", "cancelled")).order_by("pk"):
            acts += self._of_envelope(one)
        return acts

    def _of_envelope(self, one: Envelope) -> list[Act]:
        if one.state == "built":
            return [lambda: self._approve(one)]
        if one.state == "approved":
            if one.layout not in LAYOUTS:
                return [lambda: release(envelope_id=one.pk, by=self.cast["kho-bac"], at=self.at)]
            given_up = one.fence and self.drawn.randrange(6) == 0
            return [(lambda: self._give_up(one)) if given_up else (lambda: self._send(one))]
        if one.state in {"dispatching", "uncertain"}:
            return [lambda: self._enquire(one)]
        return [lambda: self._fetch(one)] if one.layout in LAYOUTS and self._unanswered(one) else []

    def _approve(self, one: Envelope) -> None:
        if one.submission_id is None:
            submit_envelope(envelope_id=one.pk, by=self.cast["lap-danh-sach"], at=self.at)
            one.refresh_from_db()
        handed_in = Submission.objects.get(pk=one.submission_id or 0)
        if handed_in.state == "submitted":
            say_yes(handed_in, self.cast["lanh-dao-xa"], self.cast["ke-toan"], at=self.at)

    def submission_of(self, one: Envelope) -> Submission | None:
        """What was handed in for an envelope."""
        return Submission.objects.filter(pk=one.submission_id or 0).first()

    def _give_up(self, one: Envelope) -> None:
        cancel(envelope_id=one.pk, reason="Ngân hàng không nhận", by=self.cast["lap-danh-sach"], at=self.at)

    def _send(self, one: Envelope) -> None:
        if self.through_queue:
            online.order(envelope_id=one.pk, by=self.cast["kho-bac"], at=self.at)
        else:
            online.send(envelope_id=one.pk, by=self.cast["kho-bac"], at=self.at)

    def _enquire(self, one: Envelope) -> None:
        self.at += timedelta(minutes=3)
        if one.pk in online.in_doubt(at=self.at):
            online.enquire(envelope_id=one.pk, at=self.at)

    def _fetch(self, one: Envelope) -> None:
        if self.drawn.randrange(4) == 0:
            mark_unknown(sent_before=self.at, by=None, at=self.at)
        fetch_results(envelope=one, at=self.at)

    def _unanswered(self, one: Envelope) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT 1 FROM disbursement_enclosed AS enclosed"
                " JOIN disbursement_state AS state ON state.instruction_id = enclosed.instruction_id"
                " WHERE enclosed.envelope_id = %s AND state.state IN ('sent', 'unknown') LIMIT 1", [one.pk],
            )  # fmt: skip
            return cursor.fetchone() is not None

    def _of_files(self) -> list[Act]:
        by = self.cast["ke-toan"]
        held = ResultFile.objects.filter(state="held")
        left = ResultFile.objects.filter(state="received")
        return [
            *(lambda one=one: discard_held(file_id=one.pk, note="Bị cắt", by=by, at=self.at) for one in held),  # type: ignore[misc]
            *(lambda one=one: apply(file_id=one.pk, by=by, at=self.at) for one in left),  # type: ignore[misc]
        ]

    def _of_cases(self) -> list[Act]:
        cases = Case.objects.exclude(state="settled").order_by("pk")
        return [lambda one=one: _as_a_page(lambda: self._decide(one)) for one in cases]  # type: ignore[misc]

    def _decide(self, case: Case) -> None:
        """What the desk finds out from the bank: the truth about the instruction, where it is open."""
        if case.state == "proposed":
            handed_in = Submission.objects.get(pk=case.submission_id or 0)
            if handed_in.state in {"returned", "withdrawn", "voided"}:
                take_back(case_id=case.pk, by=self.cast["lap-danh-sach"], at=self.at)
            else:
                say_yes(handed_in, self.cast["lanh-dao-xa"], self.cast["ke-toan"], at=self.at)
            return
        remedy = self._remedy(case)
        made = propose(case_id=case.pk, remedy=remedy, evidence="Sao kê của ngân hàng",
                       by=self.cast["lap-danh-sach"], at=self.at)  # fmt: skip
        say_yes(made, self.cast["lanh-dao-xa"], self.cast["ke-toan"], at=self.at)

    def _remedy(self, case: Case) -> str:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT instruction.end_to_end_id, state.state FROM disbursement_instruction AS instruction"
                " JOIN disbursement_state AS state ON state.instruction_id = instruction.id"
                " WHERE instruction.id = %s", [case.instruction_id],
            )  # fmt: skip
            found = cursor.fetchone()
        if found is None or found[1] != "disputed":
            return "explained"
        truth = self.bank.count(self.book).get(found[0], {"out": 0, "back": 0})
        if truth["out"] == 0:
            return "confirm_failed"
        return "confirm_returned" if truth["back"] else "confirm_paid"

    def _of_instructions(self) -> list[Act]:
        with connection.cursor() as cursor:
            cursor.execute(WAITING, [list(FINAL)])
            found = cursor.fetchall()
        acts: list[Act] = []
        for id_, _channel, state, _enclosed, asked in found:
            if state in {"failed", "returned", "uncollected"} and not asked:
                acts.append(lambda id_=id_, state=state: _as_a_page(lambda: self._place(id_, state)))  # type: ignore[misc]
            elif state == "with_agent":
                acts.append(lambda id_=id_: _as_a_page(lambda: self._cash(id_)))  # type: ignore[misc]
        if self.builds:
            acts += [lambda channel=channel: self._build(channel) for channel in _loose(found)]  # type: ignore[misc]
        return acts

    def loose(self) -> bool:
        """Whether instructions wait for a file, or the payroll for its instructions."""
        with transaction.atomic(), opened_to_all(), connection.cursor() as cursor:
            cursor.execute(WAITING, [list(FINAL)])
            found = cursor.fetchall()
            return bool(_loose(found)) or Payroll.objects.filter(state="locked").exists()

    def _place(self, instruction_id: int, state: str) -> None:
        by = self.cast["lap-danh-sach"]
        chosen = self.drawn.randrange(4)
        if state != "uncollected" and chosen < 2:
            pay_again(instruction_id=instruction_id, in_cash=True, by=by, at=self.at)
        elif chosen == 2:
            carry_forward(instruction_id=instruction_id, by=by, at=self.at)
        else:
            refund(instruction_id=instruction_id, by=by, at=self.at)

    def _cash(self, instruction_id: int) -> None:
        by = self.cast["diem-chi"]
        if self.drawn.randrange(3):
            hand_to_payee(instruction_id=instruction_id, receipt="signature", supervisor="Trưởng thôn", by=by,
                          at=self.at)  # fmt: skip
        else:
            not_collected(instruction_id=instruction_id, reason="Vắng mặt", by=by, at=self.at)

    def _build(self, channel: str) -> None:
        layout = self.drawn.choice(LAYOUTS) if channel == "account" else "organisation"
        payroll = Payroll.objects.get()
        build(payroll_id=payroll.pk, layout_code=layout, by=self.cast["lap-danh-sach"], at=self.at)


def _loose(found: list[tuple[int, str, str, bool, bool]]) -> list[str]:
    return sorted({row[1] for row in found if row[2] == "instructed" and not row[3]})


def _as_a_page(act: Act) -> None:
    """In the scope and the one transaction that a page has."""
    with transaction.atomic(), opened_to_all():
        act()
