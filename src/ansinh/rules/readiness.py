# SPDX-License-Identifier: MPL-2.0
"""Why somebody is not paid through an account: coded, several at once; and the six groups.

Hà Nội's guide of the review procedure asks for a specific reason for everybody who is not registered.
A reason *prevents* when the person cannot open an account at all; the others are hurdles that a visit
may clear.
"""

from __future__ import annotations

from enum import StrEnum


class Obstacle(StrEnum):
    """A reason that somebody recorded on a visit. `MINOR`, `INCAPABLE` and `NO_NUMBER` are seen in the
    register and need no recording."""

    NO_SMARTPHONE = "no_smartphone"
    FRAIL = "frail"
    NO_ID = "no_id"
    FAR = "far"
    UNWILLING = "unwilling"
    BANK_REFUSED = "bank_refused"
    OTHER = "other"

    @property
    def prevents(self) -> bool:
        """Whether no account can be opened while it lasts."""
        return self in {Obstacle.FRAIL, Obstacle.NO_ID, Obstacle.BANK_REFUSED}


class Group(StrEnum):
    """Where a beneficiary stands on the way to an account; exactly one at every moment."""

    PAID_BY_ACCOUNT = "A"
    HAS_ACCOUNT = "B"
    CAN_OPEN = "C"
    HAS_PAYEE = "D"
    HAS_NOBODY = "E"
    REFUSES = "F"
