# SPDX-License-Identifier: MPL-2.0
"""The life of an envelope: one file to one payer, with declared count and sum."""

from __future__ import annotations

from enum import StrEnum

from ansinh.rules.lifecycle import Lifecycle


class EnvelopeState(StrEnum):
    """States of an envelope. `uncertain`: it was sent and no answer came; never sent anew before
    the payer says that it did not take it."""

    BUILT = "built"
    APPROVED = "approved"
    DISPATCHING = "dispatching"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    SETTLED = "settled"
    CANCELLED = "cancelled"


_E = EnvelopeState

ENVELOPE = Lifecycle(
    "envelope",
    states=EnvelopeState,
    initial=_E.BUILT,
    edges=(
        (_E.BUILT, "approve", _E.APPROVED),
        (_E.BUILT, "cancel", _E.CANCELLED),
        (_E.APPROVED, "cancel", _E.CANCELLED),
        (_E.APPROVED, "dispatch", _E.DISPATCHING),
        (_E.DISPATCHING, "accept", _E.SENT),
        (_E.DISPATCHING, "lose", _E.UNCERTAIN),
        (_E.DISPATCHING, "refuse", _E.APPROVED),
        (_E.UNCERTAIN, "accept", _E.SENT),
        (_E.UNCERTAIN, "refuse", _E.APPROVED),
        (_E.SENT, "settle", _E.SETTLED),
    ),
    final=(_E.SETTLED, _E.CANCELLED),
)
LIVING = tuple(state.value for state in EnvelopeState if state != _E.CANCELLED)
