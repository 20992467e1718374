# SPDX-License-Identifier: MPL-2.0
"""The life of a role assignment, as one table of edges."""

from __future__ import annotations

from enum import StrEnum

from ansinh.rules.lifecycle import Lifecycle


class Grant(StrEnum):
    """States of a role assignment."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    ENDED = "ended"


GRANT = Lifecycle(
    "role assignment",
    states=Grant,
    initial=Grant.PROPOSED,
    edges=(
        (Grant.PROPOSED, "confirm", Grant.CONFIRMED),
        (Grant.PROPOSED, "refuse", Grant.REFUSED),
        (Grant.CONFIRMED, "end", Grant.ENDED),
    ),
    final=(Grant.REFUSED, Grant.ENDED),
)
