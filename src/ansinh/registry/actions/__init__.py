# SPDX-License-Identifier: MPL-2.0
"""Legal acts of the register: one function, one transaction."""

from ansinh.registry.actions.confirm import confirm_import, discard_import
from ansinh.registry.actions.receive import receive_list, remember_mapping

__all__ = ["confirm_import", "discard_import", "receive_list", "remember_mapping"]
