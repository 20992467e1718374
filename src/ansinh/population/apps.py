# SPDX-License-Identifier: MPL-2.0
"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from ansinh.registry.extensions import register_person_panel, register_timeline
from ansinh.registry.form_writers import register_form
from ansinh.ui.navigation import Entry, register_counter, register_entry
from ansinh.vault.columns import SealedColumn, register


class PopulationConfig(AppConfig):
    """Reconciliation with the national population register."""

    name = "ansinh.population"

    def ready(self) -> None:
        """Sidebar, today's work, the person's card, and the sealed column that key rotation walks."""
        section = _("Dân cư")
        register_entry(
            Entry(150, _("Đối chiếu dân cư"), "population:rounds", "population.read", "checks", section)
        )
        register_entry(
            Entry(160, _("Tạm giữ chi trả"), "population:desk", "population.read", "alert-triangle", section)
        )
        register_counter("ansinh.population.today.waiting")
        register_person_panel("ansinh.population.person_page.card", order=150)
        register_timeline("ansinh.population.person_page.timeline")
        register_form(
            "population", write="ansinh.population.actions.lists.take_answers_of",
            compare="ansinh.population.actions.lists.compare_answers",
        )  # fmt: skip
        register(SealedColumn("population_answer.said_number", "population_answer", "said_number_enc"))
