# SPDX-License-Identifier: MPL-2.0
"""Legal acts of the register: one function, one transaction."""

from ansinh.registry.actions.confirm import confirm_import, confirm_later, discard_import
from ansinh.registry.actions.receive import receive_list, remember_mapping, take_in_list

__all__ = [
    "confirm_import", "confirm_later", "discard_import", "receive_list", "remember_mapping", "take_in_list",
]  # fmt: skip
