# SPDX-License-Identifier: MPL-2.0
"""Loading the shipped units, and importing an official list over them."""

from ansinh.places.actions.import_official import confirm_import, preview_import
from ansinh.places.actions.load import load_units

__all__ = ["confirm_import", "load_units", "preview_import"]
