# SPDX-License-Identifier: MPL-2.0
"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from ansinh.ui.navigation import Entry, register_counter, register_entry
from ansinh.vault.columns import SealedColumn, register


class DirectivesConfig(AppConfig):
    """Tasks, difficulties, complaints."""

    name = "ansinh.directives"

    def ready(self) -> None:
        """Sidebar, today's work, and the sealed columns that key rotation walks."""
        section = _("Chỉ đạo")
        register_entry(Entry(20, _("Việc được giao"), "directives:tasks", "tasks.work", "checklist", section))
        register_entry(
            Entry(21, _("Văn bản chỉ đạo"), "directives:directives", "directives.read", "file-text", section)
        )
        register_entry(
            Entry(22, _("Khó khăn, vướng mắc"), "directives:difficulties", "directives.read", "help", section)
        )
        register_entry(
            Entry(23, _("Hướng dẫn đã trả lời"), "directives:guidance", "directives.read", "book", section)
        )
        register_entry(
            Entry(24, _("Khiếu nại"), "directives:complaints", "complaints.read",
                  "message-report", section)
        )  # fmt: skip
        register_counter("ansinh.directives.today.waiting")
        for name in ("content", "contact", "answer"):
            register(SealedColumn(f"directives_complaint.{name}", "directives_complaint", f"{name}_enc"))
