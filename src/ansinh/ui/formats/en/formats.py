# SPDX-License-Identifier: MPL-2.0
"""The same formats in English: one country, one way to write a date and an amount."""

from ansinh.ui.formats.vi.formats import *  # noqa: F403 - Django reads the names from this module
