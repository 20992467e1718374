# SPDX-License-Identifier: MPL-2.0
"""Submit, approve, return, withdraw, void; delegate."""

from ansinh.approvals.actions.decide import approve, open_group, open_submission, return_with_reason
from ansinh.approvals.actions.delegate import delegate, end_delegation
from ansinh.approvals.actions.submit import submit, void_on_change, withdraw

__all__ = [
    "approve",
    "delegate",
    "end_delegation",
    "open_group",
    "open_submission",
    "return_with_reason",
    "submit",
    "void_on_change",
    "withdraw",
]
