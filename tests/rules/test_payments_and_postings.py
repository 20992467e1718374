# SPDX-License-Identifier: MPL-2.0
"""The life of a payment and the money that moves with it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.rules.payments import (
    HELD_IN,
    OVER,
    PAYMENT,
    NotAnEndToEndId,
    Payment,
    check_end_to_end_id,
    end_to_end_id,
    posting_of,
)
from ansinh.rules.postings import CONTRA, HOLDING, MOVES, Account, conserved


def test_every_edge_moves_the_money_by_a_move_that_the_ledger_knows() -> None:
    for edge in PAYMENT.edges:
        posting = posting_of(edge.source, edge.event, edge.target)
        assert posting is None or posting in MOVES[edge.event]


def test_unknown_leaves_only_by_a_result() -> None:
    assert PAYMENT.allowed(Payment.UNKNOWN) == ("confirm", "reject", "bounce", "dispute")
    assert posting_of(Payment.SENT, "lose", Payment.UNKNOWN) is None


def test_a_disputed_payment_cannot_be_paid_again() -> None:
    assert "reissue" not in PAYMENT.allowed(Payment.DISPUTED)
    assert HELD_IN[Payment.DISPUTED] == Account.AT_BANK


def test_nothing_that_arrived_or_may_have_arrived_may_be_replaced() -> None:
    for state in (Payment.SENT, Payment.UNKNOWN, Payment.DISPUTED, Payment.PAID, Payment.COLLECTED):
        assert state not in OVER
        assert not {"reissue", "carry", "refund"} & set(PAYMENT.allowed(state))


@given(st.lists(st.integers(0, 20), max_size=12), st.integers(1, 10**9))
def test_money_is_conserved_along_any_life(choices: list[int], amount: int) -> None:
    state = Payment.INSTRUCTED
    balances = {Account.APPROVED: -amount, Account.WAITING: amount}
    for choice in choices:
        events = PAYMENT.allowed(state)
        if not events:
            break
        event = events[choice % len(events)]
        target = PAYMENT.apply(state, event)
        if posting := posting_of(state, event, target):
            balances[posting[0]] = balances.get(posting[0], 0) + amount
            balances[posting[1]] = balances.get(posting[1], 0) - amount
        state = target
        assert conserved(balances)


def test_no_move_of_approved_money_leaves_its_accounts() -> None:
    inside = {Account.APPROVED, *HOLDING}
    for pairs in MOVES.values():
        for debit, credit in pairs:
            assert (debit in inside) == (credit in inside)
            assert debit != credit
    assert {Account.APPROVED, Account.CLAIM, Account.CLEARING} == set(CONTRA)


@given(st.integers(1, 10**10 - 1), st.integers(1, 12))
def test_an_end_to_end_id_reads_back_and_one_wrong_digit_is_noticed(number: int, month: int) -> None:
    made = end_to_end_id(province="49", year=2024, month=month, number=number)
    assert check_end_to_end_id(f" {made.lower()} ") == made
    place = 2 + number % 18
    wrong = made[:place] + str((int(made[place]) + 1) % 10) + made[place + 1 :]
    with pytest.raises(NotAnEndToEndId):
        check_end_to_end_id(wrong)


@pytest.mark.parametrize("text", ["", "AS", "12", "AS49240300000001232", "XX492403000000012322"])
def test_what_is_no_end_to_end_id_is_refused(text: str) -> None:
    with pytest.raises(NotAnEndToEndId):
        check_end_to_end_id(text)
