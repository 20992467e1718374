# SPDX-License-Identifier: MPL-2.0
"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from ansinh.ui.navigation import Entry, register_entry, register_panel


class DashboardsConfig(AppConfig):
    """Figures by unit and month."""

    name = "ansinh.dashboards"

    def ready(self) -> None:
        """Sidebar."""
        section = _("Chỉ đạo")
        for order, label, address, icon in (
            (10, _("Tiến độ, số liệu"), "dashboards:overview", "chart-bar"),
            (12, _("Kết quả của tổ chức chi trả"), "dashboards:payers", "building-bank"),
            (11, _("Báo cáo"), "dashboards:reports", "file-certificate"),
        ):
            register_entry(Entry(order, label, address, "dashboards.read", icon, section))
        register_panel("ansinh.dashboards.home.panel")
