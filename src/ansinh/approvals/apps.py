# SPDX-License-Identifier: MPL-2.0
"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from ansinh.ui.navigation import Entry, register_counter, register_entry


class ApprovalsConfig(AppConfig):
    """Maker and checkers."""

    name = "ansinh.approvals"

    def ready(self) -> None:
        """Sidebar and today's work."""
        label = _("Phê duyệt")
        register_entry(Entry(300, label, "approvals:inbox", "approvals.read", "checks", _("Chi trả")))
        register_counter("ansinh.approvals.today.waiting")
