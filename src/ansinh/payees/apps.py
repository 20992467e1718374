# SPDX-License-Identifier: MPL-2.0
"""App configuration."""

from django.apps import AppConfig

from ansinh.vault.columns import SealedColumn, register


class PayeesConfig(AppConfig):
    """Accounts, mandates, review rounds, groups."""

    name = "ansinh.payees"

    def ready(self) -> None:
        """The sealed columns that key rotation walks."""
        for name, table, enc in (
            ("payees_account.number", "payees_account", "number_enc"),
            ("payees_mandate.payee_number", "payees_mandate", "payee_number_enc"),
            ("payees_mandate.payee_phone", "payees_mandate", "payee_phone_enc"),
            ("payees_notice.phone", "payees_notice", "phone_enc"),
        ):
            register(SealedColumn(name, table, enc))
