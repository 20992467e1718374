# SPDX-License-Identifier: MPL-2.0
"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from ansinh.approvals.subjects import register_subject
from ansinh.ui.navigation import Entry, register_entry


class ProvidersConfig(AppConfig):
    """Banks and payment organisations."""

    name = "ansinh.providers"

    def ready(self) -> None:
        """Sidebar, and what two persons approve."""
        section = _("Tổ chức chi trả")
        register_entry(
            Entry(240, _("Nơi chi trả"), "providers:providers", "providers.read",
                  "building-bank", section)
        )  # fmt: skip
        register_entry(
            Entry(241, _("Lựa chọn, hợp đồng"), "providers:selections", "providers.read", "file-certificate",
                  section)
        )  # fmt: skip
        register_subject("provider_selection", "ansinh.providers.subjects.SELECTION")
        register_subject("provider_contract", "ansinh.providers.subjects.CONTRACT")
        register_subject("provider_annex", "ansinh.providers.subjects.ANNEX")
