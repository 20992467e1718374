# SPDX-License-Identifier: MPL-2.0
"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from ansinh.ui.navigation import Entry, register_entry


class LegislationConfig(AppConfig):
    """The law, read and shown."""

    name = "ansinh.legislation"

    def ready(self) -> None:
        """Put the law into the sidebar."""
        section = _("Nền tảng")
        register_entry(Entry(800, _("Pháp luật"), "legislation:browse", "law.read", "scale", section))
