# SPDX-License-Identifier: MPL-2.0
"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from ansinh.ui.navigation import Entry, register_entry


class PlacesConfig(AppConfig):
    """Administrative units over time."""

    name = "ansinh.places"

    def ready(self) -> None:
        """Put the units into the sidebar."""
        label = _("Đơn vị hành chính")
        register_entry(Entry(810, label, "places:units", "places.read", "map-pin", _("Nền tảng")))
