# SPDX-License-Identifier: MPL-2.0
"""Whatever officers, the bank and the clock do in whatever order: the invariants hold and nobody is paid
twice (a Hypothesis state machine over the actions; what they refuse is refused, nothing else is raised)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from ansinh.approvals.models import Submission
from ansinh.config.invariants import invariants
from ansinh.disbursement.actions.approve import submit_envelope
from ansinh.disbursement.actions.envelopes import build, cancel
from ansinh.disbursement.actions.release import claim, settle_dispatch
from ansinh.disbursement.actions.single import cancel_instruction, hold, refund, release_hold
from ansinh.disbursement.models import Envelope, Event, Instruction
from ansinh.disbursement.simulated_bank import NoAnswerError, OldTokenError, SimulatedBank
from ansinh.payroll.models import Payroll
from ansinh.reconciliation.actions.receive import Control, receive
from ansinh.reconciliation.actions.returns import mark_unknown, pay_again
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all
from tests.conftest import units
from tests.disbursement.month import AT, instructed, say_yes

WATCHED = ("M1", "M2", "P2", "P3", "P4", "P9", "P11", "F1", "R2", "R3", "R4", "R5", "R7", "R8", "M12")
KNOBS = {"silent": 30, "drop": 20, "forgetful": 100, "account_closed": 15, "return_later": 25,
         "contradict": 10,
         "wrong_amount": 10, "unknown_id": 10, "duplicate": 20, "reorder": 50, "pending": 15}  # fmt: skip
PICK = st.integers(0, 50)


class House(RuleBasedStateMachine):
    """The house and its bank. Each rule is one act by whoever may do it."""

    cast: dict[str, Officer]
    payroll: Payroll

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.bank = SimulatedBank(seed=7, knobs=KNOBS)
        self.at: datetime = AT
        self.sql = {each.name: each.sql for each in invariants() if each.name in WATCHED}

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.savepoint)

    def _try(self, act: object) -> object:
        self.at += timedelta(minutes=1)
        try:
            with transaction.atomic():
                return act()  # type: ignore[operator]
        except Refusal:
            return None

    def _envelope(self, pick: int, *states: str) -> Envelope | None:
        found = list(Envelope.objects.filter(state__in=states).order_by("pk"))
        return found[pick % len(found)] if found else None

    def _one(self, pick: int) -> int:
        ids = list(Instruction.objects.order_by("pk").values_list("pk", flat=True))
        return int(ids[pick % len(ids)])

    @rule(layout=st.sampled_from(["bulk_bin", "pain001", "organisation"]))
    def somebody_builds(self, layout: str) -> None:
        self._try(
            lambda: build(
                payroll_id=self.payroll.pk, layout_code=layout, by=self.cast["lap-danh-sach"], at=self.at
            )
        )

    @rule(pick=PICK)
    def two_approve(self, pick: int) -> None:
        if one := self._envelope(pick, "built"):
            by = self.cast["lap-danh-sach"]
            made = self._try(lambda: submit_envelope(envelope_id=one.pk, by=by, at=self.at))
            if isinstance(made, Submission):
                self._try(lambda: say_yes(made, self.cast["lanh-dao-xa"], self.cast["ke-toan"]))

    @rule(pick=PICK)
    def the_file_is_sent(self, pick: int) -> None:
        one = self._envelope(pick, "approved")
        if one is None:
            return
        by = self.cast["kho-bac"]
        found = self._try(lambda: claim(envelope_id=one.pk, by=by, at=self.at))
        if found is None:
            return
        outcome = "accept"
        if one.layout != "organisation":
            try:
                self.bank.submit(
                    reference=one.reference, token=found.token, content=found.content,  # type: ignore[attr-defined]
                    form=one.layout,
                )  # fmt: skip
            except (NoAnswerError, OldTokenError):
                outcome = "lose"
        token = found.token  # type: ignore[attr-defined]
        self._try(
            lambda: settle_dispatch(envelope_id=one.pk, token=token, outcome=outcome, by=None, at=self.at)
        )

    @rule(pick=PICK)
    def somebody_asks_the_bank(self, pick: int) -> None:
        if one := self._envelope(pick, "uncertain"):
            said = self.bank.enquire(reference=one.reference)
            outcome = "accept" if said == "accepted" else "refuse"
            self._try(
                lambda: settle_dispatch(
                    envelope_id=one.pk, token=one.fence, outcome=outcome, by=None, at=self.at
                )
            )

    @rule(pick=PICK)
    def results_come(self, pick: int) -> None:
        one = self._envelope(pick, "sent", "uncertain")
        if one is None or one.layout == "organisation":
            return
        form = "pain002" if one.layout == "pain001" else "bank_csv"
        for content in self.bank.results(reference=one.reference):
            self._try(
                lambda content=content: receive(  # type: ignore[misc]
                    content=content,
                    name="x",
                    form=form,
                    unit_id=units()[0].pk,
                    stream=self.payroll.stream,
                    control=Control(),
                    by=self.cast["ke-toan"],
                    at=self.at,
                )
            )

    @rule(pick=PICK, act=st.sampled_from([hold, cancel_instruction]))
    def somebody_stops_a_line(self, pick: int, act: object) -> None:
        one = self._one(pick)
        by = self.cast["lap-danh-sach"]
        self._try(lambda: act(instruction_id=one, reason="Chờ xác minh", by=by, at=self.at))  # type: ignore[operator]

    @rule(pick=PICK)
    def a_hold_is_released(self, pick: int) -> None:
        one = self._one(pick)
        self._try(lambda: release_hold(instruction_id=one, by=self.cast["lap-danh-sach"], at=self.at))

    @rule(pick=PICK)
    def a_file_is_cancelled(self, pick: int) -> None:
        if one := self._envelope(pick, "built", "approved", "sent", "uncertain"):
            by = self.cast["lap-danh-sach"]
            self._try(lambda: cancel(envelope_id=one.pk, reason="Sai mẫu", by=by, at=self.at))

    @rule(pick=PICK, in_cash=st.booleans())
    def what_came_back_is_paid_again(self, pick: int, in_cash: bool) -> None:
        one = self._one(pick)
        by = self.cast["lap-danh-sach"]
        self._try(lambda: pay_again(instruction_id=one, in_cash=in_cash, by=by, at=self.at))

    @rule(pick=PICK)
    def what_came_back_is_refunded(self, pick: int) -> None:
        one = self._one(pick)
        self._try(lambda: refund(instruction_id=one, by=self.cast["lap-danh-sach"], at=self.at))

    @rule()
    def silence_is_noted(self) -> None:
        self._try(lambda: mark_unknown(sent_before=self.at, by=None, at=self.at))

    @invariant()
    def every_rule_holds(self) -> None:
        with connection.cursor() as cursor:
            for name, sql in self.sql.items():
                cursor.execute(sql)
                assert cursor.fetchall() == [], name

    @invariant()
    def nobody_is_paid_twice(self) -> None:
        for reference, said in self.bank.count().items():
            assert said.out <= 1, reference
            assert Event.objects.filter(
                instruction_id=Instruction.objects.get(end_to_end_id=reference).pk, event="send"
            ).exists()


@pytest.mark.slow
def test_whatever_happens_in_whatever_order(cast: dict[str, Officer], db: None) -> None:
    open_to_all()
    House.cast, House.payroll = cast, instructed(cast, people=4, accounts=3)
    run_state_machine_as_test(
        House,
        settings=settings(
            max_examples=12, stateful_step_count=18, deadline=None, derandomize=True, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
