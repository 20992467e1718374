# SPDX-License-Identifier: MPL-2.0
"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from ansinh.registry import extensions
from ansinh.registry.form_writers import register_form
from ansinh.ui.navigation import Entry, register_counter, register_entry
from ansinh.vault.columns import SealedColumn, register


class PayeesConfig(AppConfig):
    """Accounts, mandates, review rounds, groups."""

    name = "ansinh.payees"

    def ready(self) -> None:
        """Sidebar, today's work, cards on the person page, and the sealed columns that key rotation walks."""
        section = _("Người nhận")
        for order, label, address, icon in (
            (200, _("Rà soát tài khoản"), "payees:rounds", "map-pin"),
            (210, _("Kiểm tra tài khoản"), "payees:accounts", "building-bank"),
            (220, _("Uỷ quyền, giám hộ"), "payees:mandates", "users"),
            (230, _("Phân nhóm"), "payees:groups", "scale"),
            (240, _("Nghi vấn"), "payees:cases", "alert-triangle"),
        ):
            register_entry(Entry(order, label, address, "register.read", icon, section))
        register_form("accounts", write="ansinh.payees.actions.lists.take_accounts")
        register_counter("ansinh.payees.today.waiting")
        extensions.register_person_panel("ansinh.payees.person_page.payees", order=200)
        extensions.register_timeline("ansinh.payees.person_page.timeline")
        extensions.register_search("ansinh.payees.queries.people_by_account_digits")
        extensions.register_merge(
            follow="ansinh.payees.actions.merged.follow", undo="ansinh.payees.actions.merged.undo"
        )
        for name, table, enc in (
            ("payees_account.number", "payees_account", "number_enc"),
            ("payees_mandate.payee_number", "payees_mandate", "payee_number_enc"),
            ("payees_mandate.payee_phone", "payees_mandate", "payee_phone_enc"),
            ("payees_notice.phone", "payees_notice", "phone_enc"),
            ("payees_insider.number", "payees_insider", "number_enc"),
            ("payees_insider.phone", "payees_insider", "phone_enc"),
        ):
            register(SealedColumn(name, table, enc))
