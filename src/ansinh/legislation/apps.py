# SPDX-License-Identifier: MPL-2.0
"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from ansinh.approvals.subjects import register_subject
from ansinh.ui.navigation import Entry, register_entry


class LegislationConfig(AppConfig):
    """The law, read and shown."""

    name = "ansinh.legislation"

    def ready(self) -> None:
        """Put the law into the sidebar."""
        register_subject("law_version", "ansinh.legislation.actions.LAW_VERSION")
        section = _("Nền tảng")
        register_entry(Entry(800, _("Pháp luật"), "legislation:browse", "law.read", "scale", section))
