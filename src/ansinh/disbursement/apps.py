# SPDX-License-Identifier: MPL-2.0
"""App configuration."""

from django.apps import AppConfig

from ansinh.approvals.subjects import register_subject
from ansinh.vault.columns import SealedColumn, register


class DisbursementConfig(AppConfig):
    """Instructions, envelopes, channels."""

    name = "ansinh.disbursement"

    def ready(self) -> None:
        """What may be submitted, and the sealed column that key rotation walks."""
        register_subject("envelope", "ansinh.disbursement.actions.approve.ENVELOPE_SUBJECT")
        # An instruction keeps the account number as payees sealed it.
        register(SealedColumn("payees_account.number", "disbursement_instruction", "account_enc"))
