# SPDX-License-Identifier: MPL-2.0
"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from ansinh.approvals.subjects import register_subject
from ansinh.disbursement.extensions import register_cash_check
from ansinh.registry.extensions import register_timeline
from ansinh.registry.form_writers import register_form
from ansinh.ui.navigation import Entry, register_counter, register_entry


class ReconciliationConfig(AppConfig):
    """Results in, exceptions, returns."""

    name = "ansinh.reconciliation"

    def ready(self) -> None:
        """Sidebar, today's work, what may be submitted."""
        pay = _("Chi trả")
        for order, label, name, icon in (
            (430, _("Kết quả chi trả"), "reconciliation:files", "file-import"),
            (440, _("Ngoại lệ"), "reconciliation:cases", "alert-triangle"),
            (450, _("Trả về, chi lại"), "reconciliation:returns", "arrow-back-up"),
            (460, _("Cảnh báo chi trả"), "reconciliation:alarms", "help"),
        ):
            register_entry(Entry(order, label, name, "money.read", icon, pay))
        register_timeline("ansinh.reconciliation.person_page.timeline")
        register_cash_check("ansinh.reconciliation.queries.why_not_in_cash")
        register_counter("ansinh.reconciliation.today.waiting")
        register_form(
            "results", whole="ansinh.reconciliation.actions.lists.take_results",
            compare="ansinh.reconciliation.actions.lists.compare_results",
        )  # fmt: skip
        register_subject("result_case", "ansinh.reconciliation.actions.desk.CASE_SUBJECT")
