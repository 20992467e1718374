# SPDX-License-Identifier: MPL-2.0
"""App configuration."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Balanced postings."""

    name = "ansinh.ledger"
