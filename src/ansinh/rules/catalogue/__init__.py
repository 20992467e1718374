# SPDX-License-Identifier: MPL-2.0
"""Every sentence in which An Sinh refuses, warns or proposes: code -> (Vietnamese, English).

What happened, and what to do about it; fields in braces. Codes are stable: machines and documents
name them, docs/reference/refusals.md lists them.
"""

from __future__ import annotations

from ansinh.rules.catalogue import (
    cash,
    files,
    house,
    money,
    online,
    outreach,
    oversight,
    payees,
    payroll,
    population,
    providers,
    register,
    steering,
    values,
)

CATALOGUE: dict[str, tuple[str, str]] = {
    **values.SENTENCES,
    **house.SENTENCES,
    **files.SENTENCES,
    **register.SENTENCES,
    **payees.SENTENCES,
    **providers.SENTENCES,
    **money.SENTENCES,
    **online.SENTENCES,
    **cash.SENTENCES,
    **population.SENTENCES,
    **payroll.SENTENCES,
    **steering.SENTENCES,
    **outreach.SENTENCES,
    **oversight.SENTENCES,
}
