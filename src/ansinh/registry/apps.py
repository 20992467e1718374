# SPDX-License-Identifier: MPL-2.0
"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from ansinh.ui.navigation import Entry, register_counter, register_entry
from ansinh.vault.columns import SealedColumn, register


class RegistryConfig(AppConfig):
    """People, awards, lists, changes."""

    name = "ansinh.registry"

    def ready(self) -> None:
        """Sidebar, today's work, and the sealed columns that key rotation walks."""
        section = _("Hồ sơ")
        register_entry(
            Entry(100, _("Đối tượng"), "registry:people", "register.read", "address-book", section)
        )
        register_entry(
            Entry(110, _("Nhập danh sách"), "registry:imports", "register.write", "file-import", section)
        )
        register_entry(
            Entry(120, _("Đề nghị thay đổi"), "registry:changes", "register.read", "edit", section)
        )
        register_entry(Entry(130, _("Hồ sơ trùng"), "registry:duplicates", "register.read", "copy", section))
        register_counter("ansinh.registry.today.waiting")
        for name, table, enc in (
            ("registry_person.number", "registry_person", "number_enc"),
            ("registry_person.phone", "registry_person", "phone_enc"),
            ("registry_oldnumber.number", "registry_oldnumber", "number_enc"),
            ("registry_change.content", "registry_change", "content_enc"),
            ("registry_importrow.sealed", "registry_importrow", "sealed"),
        ):
            register(SealedColumn(name, table, enc))
