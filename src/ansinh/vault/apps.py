# SPDX-License-Identifier: MPL-2.0
"""App configuration."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """Field encryption; it has no tables of its own."""

    name = "ansinh.vault"
