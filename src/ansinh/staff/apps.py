# SPDX-License-Identifier: MPL-2.0
"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from ansinh.ui.navigation import Entry, register_counter, register_entry
from ansinh.vault.columns import SealedColumn, register


class StaffConfig(AppConfig):
    """Officers and roles."""

    name = "ansinh.staff"

    def ready(self) -> None:
        """Sidebar, today's work, and the sealed column that key rotation walks."""
        section = _("Giám sát")
        register_entry(Entry(910, _("Cán bộ và vai trò"), "staff:officers", "staff.read", "users", section))
        register_entry(Entry(920, _("Ai được làm gì"), "staff:duties", "home.read", "shield-lock", section))
        register_counter("ansinh.staff.today.waiting")
        register(SealedColumn("staff_officer.citizen_number", "staff_officer", "citizen_number_enc"))
