# SPDX-License-Identifier: MPL-2.0
"""App configuration."""

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from ansinh.approvals.subjects import register_subject
from ansinh.ui.navigation import Entry, register_counter, register_entry
from ansinh.vault.columns import SealedColumn, register


class DisbursementConfig(AppConfig):
    """Instructions, envelopes, channels."""

    name = "ansinh.disbursement"

    def ready(self) -> None:
        """Sidebar, today's work, the person's panel, envelopes for approval, the sealed column."""
        pay = _("Chi trả")
        register_entry(Entry(400, _("Bảng chi trả"), "disbursement:board", "money.read", "send", pay))
        register_entry(
            Entry(420, _("Ngày chi tiền mặt"), "disbursement:cash_day", "cash.hand_out", "cash", pay)
        )
        register_entry(
            Entry(425, _("Tạm ứng tiền mặt"), "disbursement:advance", "money.read", "checklist", pay)
        )
        register_counter("ansinh.disbursement.today.waiting")
        # The register's seam imports models, which are ready only now.
        register_person_panel = import_string("ansinh.registry.extensions.register_person_panel")
        register_person_panel("ansinh.disbursement.person_page.money", order=500)
        register_subject("envelope", "ansinh.disbursement.actions.approve.ENVELOPE_SUBJECT")
        # An instruction keeps the account number as payees sealed it.
        register(SealedColumn("payees_account.number", "disbursement_instruction", "account_enc"))
