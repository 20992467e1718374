# SPDX-License-Identifier: MPL-2.0
"""Percentages kept as tenths, as people write them."""

from __future__ import annotations

from collections.abc import Sequence

from django import template

register = template.Library()


@register.filter
def share(tenths: int | None) -> str:
    """333 as `33,3%`."""
    return "–" if tenths is None else f"{tenths // 10},{tenths % 10}%"


@register.filter
def points(tenths: int | None) -> str:
    """-12 as `−1,2`; with its sign."""
    if tenths is None:
        return "–"
    sign = "+" if tenths > 0 else "−" if tenths < 0 else ""
    return f"{sign}{abs(tenths) // 10},{abs(tenths) % 10}"


@register.filter
def band(tenths: int | None, bounds: Sequence[int]) -> int:
    """How many bounds a share has reached; 0 for none."""
    return 0 if tenths is None else sum(tenths >= bound for bound in bounds)


@register.filter
def cell(value: str | int) -> str:
    """A cell of a report as its papers print it: 1234 as `1.234`, a text as it is."""
    return value if isinstance(value, str) else f"{value:,}".replace(",", ".")
