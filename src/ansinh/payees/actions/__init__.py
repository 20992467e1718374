# SPDX-License-Identifier: MPL-2.0
"""Legal acts of the stage: one function, one transaction."""

from ansinh.payees.actions.accounts import (
    answer_holder,
    approve_account,
    check_identity,
    declare_account,
    refuse_account,
    withdraw_account,
)
from ansinh.payees.actions.cases import decide_case, raise_cases
from ansinh.payees.actions.dates import keep_dates
from ansinh.payees.actions.enquiries import open_enquiry, take_answer_file, take_answers
from ansinh.payees.actions.mandates import (
    approve_mandate,
    declare_mandate,
    record_incapacity,
    refuse_mandate,
    revoke_mandate,
    withdraw_mandate,
)
from ansinh.payees.actions.many import approve_accounts, check_identities
from ansinh.payees.actions.uses import close_account, resume_account, suspend_account

__all__ = [
    "answer_holder", "approve_account", "approve_accounts", "approve_mandate", "check_identities",
    "check_identity", "close_account",
    "decide_case", "declare_account", "declare_mandate", "keep_dates", "open_enquiry", "raise_cases",
    "record_incapacity", "refuse_account",
    "refuse_mandate", "resume_account", "revoke_mandate", "suspend_account", "take_answer_file",
    "take_answers", "withdraw_account",
    "withdraw_mandate",
]  # fmt: skip
