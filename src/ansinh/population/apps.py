# SPDX-License-Identifier: MPL-2.0
"""App configuration."""

from django.apps import AppConfig

from ansinh.vault.columns import SealedColumn, register


class PopulationConfig(AppConfig):
    """Reconciliation with the national population register."""

    name = "ansinh.population"

    def ready(self) -> None:
        """The sealed column that key rotation walks."""
        register(SealedColumn("population_answer.said_number", "population_answer", "said_number_enc"))
