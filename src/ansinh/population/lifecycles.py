# SPDX-License-Identifier: MPL-2.0
"""The lives of a round and of a batch of settled differences."""

from __future__ import annotations

from enum import StrEnum

from ansinh.rules.lifecycle import Lifecycle


class RoundState(StrEnum):
    """One check of a commune's list against the population register."""

    PREPARED = "prepared"
    HANDED_OVER = "handed_over"
    ANSWERED = "answered"
    RESOLVED = "resolved"
    SIGNED = "signed"
    CANCELLED = "cancelled"


class BatchState(StrEnum):
    """What an officer chose for a group of differences: can be undone until it is submitted."""

    DRAFTED = "drafted"
    SUBMITTED = "submitted"
    UNDONE = "undone"


ROUND: Lifecycle[RoundState] = Lifecycle(
    "population_round",
    states=RoundState,
    initial=RoundState.PREPARED,
    edges=(
        (RoundState.PREPARED, "hand_over", RoundState.HANDED_OVER),
        (RoundState.HANDED_OVER, "answer_all", RoundState.ANSWERED),
        (RoundState.ANSWERED, "take_back", RoundState.HANDED_OVER),
        (RoundState.ANSWERED, "resolve", RoundState.RESOLVED),
        (RoundState.RESOLVED, "reopen", RoundState.ANSWERED),
        (RoundState.RESOLVED, "sign", RoundState.SIGNED),
        (RoundState.PREPARED, "cancel", RoundState.CANCELLED),
        (RoundState.HANDED_OVER, "cancel", RoundState.CANCELLED),
        (RoundState.ANSWERED, "cancel", RoundState.CANCELLED),
        (RoundState.RESOLVED, "cancel", RoundState.CANCELLED),
    ),
    final=(RoundState.SIGNED, RoundState.CANCELLED),
)

BATCH: Lifecycle[BatchState] = Lifecycle(
    "population_batch",
    states=BatchState,
    initial=BatchState.DRAFTED,
    edges=(
        (BatchState.DRAFTED, "submit", BatchState.SUBMITTED),
        (BatchState.DRAFTED, "undo", BatchState.UNDONE),
    ),
    final=(BatchState.SUBMITTED, BatchState.UNDONE),
)
