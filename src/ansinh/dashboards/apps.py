# SPDX-License-Identifier: MPL-2.0
"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from ansinh.ui.navigation import Entry, register_entry


class DashboardsConfig(AppConfig):
    """Figures by unit and month."""

    name = "ansinh.dashboards"

    def ready(self) -> None:
        """Sidebar."""
        label, section = _("Tiến độ, số liệu"), _("Chỉ đạo")
        register_entry(Entry(10, label, "dashboards:overview", "dashboards.read", "chart-bar", section))
