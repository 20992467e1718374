# SPDX-License-Identifier: MPL-2.0
"""What payers say adds up to one state, in any order, and nothing unclear is ever paid again."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.rules.payments import HELD_IN, PAYMENT, Payment
from ansinh.rules.results import Decision, Fact, decide, decisions_sql, target_of
from ansinh.rules.return_reasons import REASONS, reason_of

SETS = [frozenset(each) for each in ((Fact.PAID,), (Fact.FAILED,), (Fact.RETURNED,), (Fact.PAID, Fact.FAILED),
        (Fact.PAID, Fact.RETURNED), (Fact.FAILED, Fact.RETURNED), tuple(Fact))]  # fmt: skip


def after(start: Payment, order: tuple[Fact, ...]) -> Payment:
    state, known = start, set[Fact]()
    for fact in order:
        known.add(fact)
        found = decide(state, frozenset(known))
        assert found.suspense == ""
        state = PAYMENT.apply(state, found.event) if found.event else state
    return state


@pytest.mark.parametrize("facts", SETS)
@pytest.mark.parametrize("start", [Payment.SENT, Payment.UNKNOWN])
def test_the_order_of_facts_never_matters(start: Payment, facts: frozenset[Fact]) -> None:
    ends = {after(start, order) for order in permutations(facts)}
    assert ends == {target_of(facts)}
    assert len({HELD_IN[end] for end in ends}) == 1


def test_paid_and_failed_is_a_dispute_and_returned_ends_it() -> None:
    assert target_of(frozenset({Fact.PAID, Fact.FAILED})) == Payment.DISPUTED
    assert target_of(frozenset(Fact)) == Payment.RETURNED


def test_money_that_arrives_after_it_was_paid_again_is_put_before_a_person() -> None:
    found = decide(Payment.REISSUED, frozenset({Fact.FAILED, Fact.PAID}))
    assert found == Decision(suspense="paid_after_replaced")
    assert decide(Payment.REISSUED, frozenset({Fact.FAILED, Fact.RETURNED})) == Decision()


def test_a_result_for_what_was_never_sent_or_was_cancelled_is_put_before_a_person() -> None:
    assert decide(Payment.INSTRUCTED, frozenset({Fact.PAID})).suspense == "not_sent"
    assert decide(Payment.CANCELLED, frozenset({Fact.PAID})).suspense == "cancelled"


@given(st.sampled_from(list(Payment)), st.sampled_from(SETS))
def test_every_decision_is_an_edge_or_a_reason(state: Payment, facts: frozenset[Fact]) -> None:
    found = decide(state, facts)
    if found.event:
        PAYMENT.apply(state, found.event)
        assert found.event not in {"reissue", "carry", "refund"}
    assert not (found.event and found.suspense)


def test_the_table_for_statements_holds_every_case() -> None:
    assert decisions_sql().count("(") == len(Payment) * 7
    assert "('sent', true, false, false, 'confirm', '')" in decisions_sql()


@pytest.mark.parametrize(("said", "code"), [("AC04", "AC04"), ("ac01", "AC01"), ("Tài khoản ĐÃ ĐÓNG", "AC04"),
                         ("Sai tên người hưởng", "BE01"), ("mã lỗi 99", "OTHER")])  # fmt: skip
def test_banks_words_become_reasons_with_an_office(said: str, code: str) -> None:
    found = reason_of(said)
    assert found.code == code
    assert found.action_vi
    assert found.office


def test_every_reason_says_what_to_do_and_who() -> None:
    assert all(
        reason.vi and reason.action_vi and reason.action_en and reason.office for reason in REASONS.values()
    )
