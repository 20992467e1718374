# SPDX-License-Identifier: MPL-2.0
"""Adding and disabling officers; proposing, confirming and ending roles."""

from ansinh.staff.actions.officers import add_officer, disable_officer
from ansinh.staff.actions.roles import confirm_role, end_role, first_roles, propose_role, refuse_role

__all__ = [
    "add_officer",
    "confirm_role",
    "disable_officer",
    "end_role",
    "first_roles",
    "propose_role",
    "refuse_role",
]
