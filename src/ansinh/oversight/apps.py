# SPDX-License-Identifier: MPL-2.0
"""App configuration."""

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from ansinh.ui.navigation import Entry, register_counter, register_entry


class OversightConfig(AppConfig):
    """Random visits, rules over later stages, the desk of every case."""

    name = "ansinh.oversight"

    def ready(self) -> None:
        """Sidebar, today's work, and the rules that join those of accounts."""
        section = _("Giám sát")
        register_entry(
            Entry(400, _("Kiểm tra ngẫu nhiên"), "oversight:samples", "oversight.read", "target", section)
        )
        register_entry(
            Entry(410, _("Bàn nghi vấn"), "oversight:desk", "oversight.read", "alert-triangle", section)
        )
        register_counter("ansinh.oversight.today.waiting")
        register, rules = (
            import_string("ansinh.payees.actions.cases.register_rules"),
            import_string("ansinh.oversight.doubts.RULES"),
        )
        register(rules)
