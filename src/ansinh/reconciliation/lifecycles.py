# SPDX-License-Identifier: MPL-2.0
"""The lives of result files and of the cases at the exception desk."""

from __future__ import annotations

from enum import StrEnum

from ansinh.rules.lifecycle import Lifecycle


class FileState(StrEnum):
    """A result file. `held`: its control totals do not close, so nothing of it counts yet."""

    RECEIVED = "received"
    HELD = "held"
    APPLIED = "applied"
    DISCARDED = "discarded"


class CaseState(StrEnum):
    """A line that somebody must decide about."""

    OPEN = "open"
    PROPOSED = "proposed"
    SETTLED = "settled"


FILE = Lifecycle(
    "result file",
    states=FileState,
    initial=FileState.RECEIVED,
    edges=(
        (FileState.RECEIVED, "apply", FileState.APPLIED),
        (FileState.RECEIVED, "hold", FileState.HELD),
        (FileState.HELD, "apply", FileState.APPLIED),
        (FileState.HELD, "discard", FileState.DISCARDED),
    ),
    final=(FileState.APPLIED, FileState.DISCARDED),
)

CASE = Lifecycle(
    "case",
    states=CaseState,
    initial=CaseState.OPEN,
    edges=(
        (CaseState.OPEN, "propose", CaseState.PROPOSED),
        (CaseState.PROPOSED, "return", CaseState.OPEN),
        (CaseState.PROPOSED, "settle", CaseState.SETTLED),
    ),
    final=(CaseState.SETTLED,),
)
