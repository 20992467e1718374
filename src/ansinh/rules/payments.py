# SPDX-License-Identifier: MPL-2.0
"""The life of an instruction to pay, what each step does to the money, and its end-to-end id."""

from __future__ import annotations

from enum import StrEnum

from ansinh.rules.lifecycle import Lifecycle
from ansinh.rules.postings import MOVES, Account
from ansinh.rules.refusals import Refusal


class Payment(StrEnum):
    """States of an instruction. `unknown` is a state: a time-out never means failed."""

    INSTRUCTED = "instructed"
    SENT = "sent"
    PAID = "paid"
    FAILED = "failed"
    UNKNOWN = "unknown"
    DISPUTED = "disputed"  # the bank said paid and failed: nothing happens until two persons decide
    RETURNED = "returned"
    REISSUED = "reissued"
    WITH_AGENT = "with_agent"
    COLLECTED = "collected"
    UNCOLLECTED = "uncollected"
    CARRIED_FORWARD = "carried_forward"
    REFUNDED = "refunded"
    CANCELLED = "cancelled"


_P = Payment

PAYMENT = Lifecycle(
    "payment",
    states=Payment,
    initial=_P.INSTRUCTED,
    edges=(
        (_P.INSTRUCTED, "send", _P.SENT),
        (_P.INSTRUCTED, "hand_over", _P.WITH_AGENT),
        (_P.INSTRUCTED, "cancel", _P.CANCELLED),
        (_P.SENT, "confirm", _P.PAID),
        (_P.SENT, "reject", _P.FAILED),
        (_P.SENT, "bounce", _P.RETURNED),
        (_P.SENT, "lose", _P.UNKNOWN),
        (_P.SENT, "dispute", _P.DISPUTED),
        (_P.UNKNOWN, "confirm", _P.PAID),
        (_P.UNKNOWN, "reject", _P.FAILED),
        (_P.UNKNOWN, "bounce", _P.RETURNED),
        (_P.UNKNOWN, "dispute", _P.DISPUTED),
        (_P.PAID, "bounce", _P.RETURNED),
        (_P.PAID, "dispute", _P.DISPUTED),
        (_P.FAILED, "bounce", _P.RETURNED),
        (_P.FAILED, "dispute", _P.DISPUTED),
        (_P.DISPUTED, "confirm", _P.PAID),
        (_P.DISPUTED, "reject", _P.FAILED),
        (_P.DISPUTED, "bounce", _P.RETURNED),
        (_P.FAILED, "reissue", _P.REISSUED),
        (_P.FAILED, "carry", _P.CARRIED_FORWARD),
        (_P.FAILED, "refund", _P.REFUNDED),
        (_P.RETURNED, "reissue", _P.REISSUED),
        (_P.RETURNED, "carry", _P.CARRIED_FORWARD),
        (_P.RETURNED, "refund", _P.REFUNDED),
        (_P.WITH_AGENT, "collect", _P.COLLECTED),
        (_P.WITH_AGENT, "miss", _P.UNCOLLECTED),
        (_P.UNCOLLECTED, "carry", _P.CARRIED_FORWARD),
        (_P.UNCOLLECTED, "refund", _P.REFUNDED),
    ),
    final=(_P.REISSUED, _P.COLLECTED, _P.CARRIED_FORWARD, _P.REFUNDED, _P.CANCELLED),
)

# The account that holds an instruction's money in each state. `reissued` gives it to the new
# instruction, which waits; `carried_forward` gives the approval back.
HELD_IN: dict[Payment, Account] = {
    _P.INSTRUCTED: Account.WAITING,
    _P.SENT: Account.AT_BANK,
    _P.UNKNOWN: Account.AT_BANK,
    _P.DISPUTED: Account.AT_BANK,
    _P.PAID: Account.PAID_ACCOUNT,
    _P.FAILED: Account.RETURNED,
    _P.RETURNED: Account.RETURNED,
    _P.REISSUED: Account.WAITING,
    _P.WITH_AGENT: Account.CASH_WITH_AGENT,
    _P.COLLECTED: Account.PAID_CASH,
    _P.UNCOLLECTED: Account.RETURNED,
    _P.CARRIED_FORWARD: Account.APPROVED,
    _P.REFUNDED: Account.REFUNDED_BUDGET,
    _P.CANCELLED: Account.REFUNDED_BUDGET,
}

CASH_CHANNELS = ("pay_point", "home", "institution")
ACCOUNT_CHANNELS = ("account", "wallet", "mobile_money")
OVER = (_P.REISSUED, _P.CARRIED_FORWARD, _P.REFUNDED, _P.CANCELLED)  # another may take its place
ARRIVED = (_P.PAID, _P.COLLECTED)


def posting_of(source: Payment, event: str, target: Payment) -> tuple[Account, Account] | None:
    """The (debit, credit) that an edge posts, or None when the money stays where it is."""
    debit, credit = HELD_IN[target], HELD_IN[source]
    if debit == credit:
        return None
    assert (debit, credit) in MOVES[event], (source, event, target)
    return debit, credit


def edges_sql() -> str:
    """Every edge with its posting, as SQL rows (from, event, to, debit, credit); the accounts are
    null where nothing moves. Statements join it instead of deciding."""
    rows = []
    for edge in PAYMENT.edges:
        posting = posting_of(edge.source, edge.event, edge.target)
        debit, credit = (f"'{posting[0]}'", f"'{posting[1]}'") if posting else ("NULL", "NULL")
        rows.append(f"('{edge.source}', '{edge.event}', '{edge.target}', {debit}, {credit})")
    return ", ".join(rows)


class NotAnEndToEndId(Refusal):
    """Text that is no end-to-end id, or one with a wrong digit; fields: text."""

    code = "END_TO_END_ID_WRONG"


def end_to_end_id(*, province: str, year: int, month: int, number: int) -> str:
    """`AS` + province (2) + year and month (4) + number (10) + two check digits (ISO 7064, mod
    97-10): made before anything is sent, in the file and in the transfer text, never used again.

    20 characters, letters and digits: every bank's reference and a transfer text of 35 hold it.
    """
    digits = f"{province:0>2}{year % 100:02d}{month:02d}{number:010d}"
    return f"AS{digits}{98 - int(digits) * 100 % 97:02d}"


def check_end_to_end_id(text: str) -> str:
    """The id again, upper-case. Raises `NotAnEndToEndId`."""
    found = text.strip().upper()
    digits = found[2:]
    right = len(found) == 20 and found.startswith("AS") and digits.isascii() and digits.isdigit()
    if not right or int(digits) % 97 != 1:
        raise NotAnEndToEndId(text=text.strip()[:40])
    return found
