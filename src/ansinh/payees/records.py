# SPDX-License-Identifier: MPL-2.0
"""Sealed columns of the stage, and what a failed check asks for next."""

from __future__ import annotations

from collections.abc import Iterable

from ansinh.vault.sealing import blind_index_many, open_many, open_sealed

NUMBER = "payees_account.number"
PAYEE_NUMBER = "payees_mandate.payee_number"
PAYEE_PHONE = "payees_mandate.payee_phone"
NOTICE_PHONE = "payees_notice.phone"
INSIDER_NUMBER = "payees_insider.number"
INSIDER_PHONE = "payees_insider.phone"

# fault -> (whose move it is, what they do next)
FAULTS: dict[str, tuple[str, str]] = {
    "format_wrong": ("preparer", "correct_number"),
    "identity_number_differs": ("police", "confirm_identity"),
    "identity_unknown": ("police", "confirm_identity"),
    "holder_different": ("preparer", "ask_for_another"),
    "account_not_found": ("preparer", "correct_number"),
    "account_closed": ("preparer", "ask_for_another"),
    "account_blocked": ("preparer", "visit_bank"),
    "holder_reports_loss": ("preparer", "ask_for_another"),
    "payment_returned": ("preparer", "correct_number"),
    "case_of_doubt": ("commune_leader", "decide_case"),
}


def account_indexes(pairs: list[tuple[str, str]]) -> list[bytes]:
    """Blind indexes of (institution, number): equal for one account, whoever is paid into it."""
    return blind_index_many(column=NUMBER, texts=[f"{bank}‖{number}" for bank, number in pairs])


def opened_accounts(sealed: Iterable[bytes | memoryview | None]) -> list[str]:
    """Many account numbers in clear, in order; nothing for nothing."""
    return open_many(column=NUMBER, sealed=sealed)


def opened_account(sealed: bytes | memoryview) -> str:
    """An account number in clear."""
    return open_sealed(column=NUMBER, sealed=bytes(sealed))
