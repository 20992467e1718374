# SPDX-License-Identifier: MPL-2.0
"""Names of roles in templates."""

from __future__ import annotations

from django import template

from ansinh.staff.duties import label

register = template.Library()


@register.filter
def role_name(role: str, language: str = "vi") -> str:
    """The role's name in the language of the page."""
    return label(role, language)
