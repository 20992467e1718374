# SPDX-License-Identifier: MPL-2.0
"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from ansinh.approvals.subjects import register_subject
from ansinh.registry.extensions import register_person_panel
from ansinh.ui.navigation import Entry, register_counter, register_entry
from ansinh.vault.columns import SealedColumn, register


class PayrollConfig(AppConfig):
    """Payrolls, their lines, holds and budgets."""

    name = "ansinh.payroll"

    def ready(self) -> None:
        """Sidebar, today's work, what may be submitted, and the sealed column that key rotation walks."""
        register_entry(Entry(290, _("Bảng chi"), "payroll:board", "payroll.read", "file-text", _("Chi trả")))
        register_counter("ansinh.payroll.today.waiting")
        register_person_panel("ansinh.payroll.person_page.payroll", order=300)
        register_subject("payroll", "ansinh.payroll.actions.submit.PAYROLL_SUBJECT")
        # The lines of a payroll keep the account number as payees sealed it.
        register(SealedColumn("payees_account.number", "payroll_line", "account_enc"))
