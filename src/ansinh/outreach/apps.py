# SPDX-License-Identifier: MPL-2.0
"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from ansinh.ui.navigation import Entry, register_counter, register_entry


class OutreachConfig(AppConfig):
    """Campaigns, visits, messages, targets."""

    name = "ansinh.outreach"

    def ready(self) -> None:
        """Sidebar and today's work."""
        section = _("Vận động")
        register_entry(
            Entry(300, _("Đợt vận động"), "outreach:campaigns", "outreach.read", "speakerphone", section)
        )
        register_entry(Entry(310, _("Chỉ tiêu"), "outreach:targets", "outreach.read", "target", section))
        register_entry(
            Entry(320, _("Tin gửi người hưởng"), "outreach:messages", "outreach.read", "message", section)
        )
        register_counter("ansinh.outreach.today.waiting")
