# SPDX-License-Identifier: MPL-2.0
"""The life of a random visit."""

from __future__ import annotations

from enum import StrEnum

from ansinh.rules.lifecycle import Lifecycle


class VisitState(StrEnum):
    """States of a visit. `missed`: nobody was met; somebody goes again."""

    DRAWN = "drawn"
    MISSED = "missed"
    VISITED = "visited"


_S = VisitState

VISIT = Lifecycle(
    "visit",
    states=VisitState,
    initial=_S.DRAWN,
    edges=(
        (_S.DRAWN, "record", _S.VISITED),
        (_S.DRAWN, "miss", _S.MISSED),
        (_S.MISSED, "record", _S.VISITED),
        (_S.MISSED, "miss", _S.MISSED),
        (_S.VISITED, "amend", _S.VISITED),
    ),
)
