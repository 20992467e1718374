# SPDX-License-Identifier: MPL-2.0
"""App configuration."""

from django.apps import AppConfig

from ansinh.approvals.subjects import register_subject


class ReconciliationConfig(AppConfig):
    """Results in, exceptions, returns."""

    name = "ansinh.reconciliation"

    def ready(self) -> None:
        """What may be submitted."""
        register_subject("result_case", "ansinh.reconciliation.actions.desk.CASE_SUBJECT")
