# SPDX-License-Identifier: MPL-2.0
"""Codes of awards on pages of every stage: a confidential ground by its neutral label."""

from __future__ import annotations

from django import template

from ansinh.registry import labels

register = template.Library()


register.filter("neutral_text", labels.neutral_text)


@register.filter
def neutral(code: str) -> str:
    """The code, or the neutral label where the ground is confidential (HIV), whoever looks."""
    return labels.badge(str(code), open_grounds=False)
