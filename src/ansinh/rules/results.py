# SPDX-License-Identifier: MPL-2.0
"""What results mean: facts about a payment add up to one state, in whatever order they arrive (R4).

A fact is that the payer said paid, failed or returned. The state is a function of the set of facts:
returned wins (the money is back), paid and failed together are a dispute. Statements join the table
that `decisions_sql` writes out, so that one million lines are decided by these few lines of Python.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from ansinh.rules.payments import PAYMENT, Payment


class Fact(StrEnum):
    """What a payer says about one instruction."""

    PAID = "paid"
    FAILED = "failed"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a set of facts does in a state: an event (or none), or why it hangs in suspense."""

    event: str | None = None
    suspense: str = ""


_ANSWERABLE = frozenset(
    {Payment.SENT, Payment.UNKNOWN, Payment.PAID, Payment.FAILED, Payment.RETURNED, Payment.DISPUTED}
)
_CASH = frozenset({Payment.WITH_AGENT, Payment.COLLECTED, Payment.UNCOLLECTED})
_REPLACED = frozenset({Payment.REISSUED, Payment.CARRIED_FORWARD, Payment.REFUNDED})


def target_of(facts: frozenset[Fact]) -> Payment:
    """The state that a set of facts about a transfer amounts to."""
    if Fact.RETURNED in facts:
        return Payment.RETURNED
    if {Fact.PAID, Fact.FAILED} <= facts:
        return Payment.DISPUTED
    return Payment.PAID if Fact.PAID in facts else Payment.FAILED


def decide(state: Payment, facts: frozenset[Fact]) -> Decision:
    """What all facts known about an instruction do to it in `state`.

    | state | facts | does |
    |---|---|---|
    | sent | paid | confirm |
    | paid | paid, failed | dispute |
    | sent | paid, returned | bounce |
    | reissued | failed, paid | suspense: paid twice, perhaps |
    """
    if state in _ANSWERABLE:
        return _move(state, target_of(facts))
    if state in _CASH:
        return _cash(state, facts)
    if state in _REPLACED:
        return Decision(suspense="paid_after_replaced") if Fact.PAID in facts else Decision()
    return Decision(suspense="not_sent" if state == Payment.INSTRUCTED else "cancelled")


def _move(state: Payment, target: Payment) -> Decision:
    if target == state:
        return Decision()
    for edge in PAYMENT.edges:
        if edge.source == state and edge.target == target:
            return Decision(event=edge.event)
    return Decision(suspense="contradiction")


def _cash(state: Payment, facts: frozenset[Fact]) -> Decision:
    if len(facts) > 1:
        return Decision(suspense="contradiction")
    return _move(state, Payment.COLLECTED if Fact.PAID in facts else Payment.UNCOLLECTED)


def decisions_sql() -> str:
    """The whole table as SQL rows (state, paid, failed, returned, event, suspense)."""
    rows = []
    for state, marks in product(Payment, product((False, True), repeat=3)):
        facts = frozenset(fact for fact, mark in zip(Fact, marks, strict=True) if mark)
        if not facts:
            continue
        found = decide(state, facts)
        flags = ", ".join(str(mark).lower() for mark in marks)
        rows.append(f"('{state}', {flags}, '{found.event or ''}', '{found.suspense}')")
    return ", ".join(rows)
