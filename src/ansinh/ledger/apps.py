# SPDX-License-Identifier: MPL-2.0
"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from ansinh.ui.navigation import Entry, register_entry


class LedgerConfig(AppConfig):
    """Balanced postings."""

    name = "ansinh.ledger"

    def ready(self) -> None:
        """Sidebar."""
        register_entry(Entry(460, _("Sổ cái"), "ledger:conservation", "money.read", "scale", _("Chi trả")))
