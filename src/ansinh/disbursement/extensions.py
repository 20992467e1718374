# SPDX-License-Identifier: MPL-2.0
"""What later stages add to the pay day: a reason not to hand money over, asked before it is.

A stage registers the dotted path of a function in its `apps.py` (models are not ready to be imported
then). Disbursement never imports a later stage.
"""

from __future__ import annotations

from collections.abc import Callable

from django.utils.module_loading import import_string

Check = Callable[[int], str]  # instruction id -> why its money must not be handed over, '' when it may

_CHECKS: list[str] = []


def register_cash_check(path: str) -> None:
    """Ask the function of this path before cash is handed over."""
    if path not in _CHECKS:
        _CHECKS.append(path)


def why_not(*, instruction_id: int) -> str:
    """The first reason that a later stage has, '' when none has."""
    for path in _CHECKS:
        check: Check = import_string(path)
        if found := check(instruction_id):
            return found
    return ""
