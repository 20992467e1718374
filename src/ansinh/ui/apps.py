# SPDX-License-Identifier: MPL-2.0
"""App configuration."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The officer's shell."""

    name = "ansinh.ui"
