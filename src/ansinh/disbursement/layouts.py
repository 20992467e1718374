# SPDX-License-Identifier: MPL-2.0
"""Every way to write an envelope, by code."""

from __future__ import annotations

from ansinh.disbursement.channels import bank_file, iso20022, organisation, treasury
from ansinh.disbursement.items import Layout
from ansinh.rules.refusals import Refusal

LAYOUTS: dict[str, Layout] = {
    layout.code: layout
    for layout in (*bank_file.LAYOUTS, *iso20022.LAYOUTS, *treasury.LAYOUTS, *organisation.LAYOUTS)
}


class LayoutUnknown(Refusal):
    """No such layout; fields: text, known."""

    code = "LAYOUT_UNKNOWN"


def layout(code: str) -> Layout:
    """The layout with a code. Raises `LayoutUnknown`."""
    found = LAYOUTS.get(code)
    if found is None:
        raise LayoutUnknown(text=code, known=sorted(LAYOUTS))
    return found
