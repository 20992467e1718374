# SPDX-License-Identifier: MPL-2.0
"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from ansinh.ui.navigation import Entry, register_entry


class AuditConfig(AppConfig):
    """The audit log."""

    name = "ansinh.audit"

    def ready(self) -> None:
        """Put the log into the sidebar."""
        register_entry(
            Entry(900, _("Nhật ký kiểm tra"), "audit:events", "audit.read", "history", _("Giám sát"))
        )
