# SPDX-License-Identifier: MPL-2.0
"""Where approved money is: the accounts of the ledger and every move between two of them.

A posting is one row that debits one account and credits another with the same amount, so it cannot
be unbalanced. The moves below are the only ones there are; the database holds the same list.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Account(StrEnum):
    """Accounts of one source of money, commune and period."""

    APPROVED = "approved"  # contra: what was approved to be paid
    WAITING = "waiting"  # approved, not sent
    AT_BANK = "at_bank"  # sent, no final result
    PAID_ACCOUNT = "paid_account"
    CASH_WITH_AGENT = "cash_with_agent"
    PAID_CASH = "paid_cash"
    RETURNED = "returned"  # came back, to be paid again, carried or refunded
    REFUNDED_BUDGET = "refunded_budget"
    # outside the conservation of approved money
    CLAIM = "claim"  # contra of the two below
    RECOVERABLE = "recoverable"  # paid but not due
    RECOVERED = "recovered"
    CLEARING = "clearing"  # contra: the bank's account
    SUSPENSE = "suspense"  # a bank line that has no place yet


HOLDING = (
    Account.WAITING, Account.AT_BANK, Account.PAID_ACCOUNT, Account.CASH_WITH_AGENT, Account.PAID_CASH,
    Account.RETURNED, Account.REFUNDED_BUDGET,
)  # fmt: skip
CONTRA = (Account.APPROVED, Account.CLAIM, Account.CLEARING)

# cause -> the (debit, credit) pairs that it may post
MOVES: Mapping[str, tuple[tuple[Account, Account], ...]] = {
    "approve": ((Account.WAITING, Account.APPROVED),),
    "send": ((Account.AT_BANK, Account.WAITING),),
    "confirm": ((Account.PAID_ACCOUNT, Account.AT_BANK),),
    "reject": ((Account.RETURNED, Account.AT_BANK),),
    "bounce": ((Account.RETURNED, Account.PAID_ACCOUNT), (Account.RETURNED, Account.AT_BANK)),
    "dispute": ((Account.AT_BANK, Account.PAID_ACCOUNT), (Account.AT_BANK, Account.RETURNED)),
    "hand_over": ((Account.CASH_WITH_AGENT, Account.WAITING),),
    "collect": ((Account.PAID_CASH, Account.CASH_WITH_AGENT),),
    "miss": ((Account.RETURNED, Account.CASH_WITH_AGENT),),
    "reissue": ((Account.WAITING, Account.RETURNED),),
    # The approval moves on to the list of a later period, which approves the money once more.
    "carry": ((Account.APPROVED, Account.RETURNED),),
    "refund": ((Account.REFUNDED_BUDGET, Account.RETURNED),),
    "cancel": ((Account.REFUNDED_BUDGET, Account.WAITING),),
    "claim": ((Account.RECOVERABLE, Account.CLAIM),),
    "recover": ((Account.RECOVERED, Account.RECOVERABLE),),
    "suspend": ((Account.SUSPENSE, Account.CLEARING),),
    "place": ((Account.CLEARING, Account.SUSPENSE),),
}


def moves_sql() -> str:
    """Every (cause, debit, credit) as SQL constants, for the CHECK of the table of postings."""
    return ", ".join(
        f"('{cause}', '{debit}', '{credit}')" for cause, pairs in MOVES.items() for debit, credit in pairs
    )


def accounts_sql() -> str:
    """The accounts as SQL constants."""
    return ", ".join(f"'{account}'" for account in Account)


def conserved(balances: Mapping[Account, int]) -> bool:
    """Whether approved = waiting + at bank + paid + with agent + paid in cash + returned +
    refunded, each not below zero (reliability M2). The approved balance is negative: a contra."""
    held = [balances.get(account, 0) for account in HOLDING]
    return min(held) >= 0 and -balances.get(Account.APPROVED, 0) == sum(held)
