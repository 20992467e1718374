# SPDX-License-Identifier: MPL-2.0
"""The lives of a selection, a contract and an annex."""

from __future__ import annotations

from enum import StrEnum

from ansinh.rules.lifecycle import Lifecycle


class SelectionState(StrEnum):
    """Choosing who pays for a unit."""

    OPEN = "open"
    SUBMITTED = "submitted"
    DECIDED = "decided"
    CANCELLED = "cancelled"


class ContractState(StrEnum):
    """A contract with a provider."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    SIGNED = "signed"
    ENDED = "ended"
    CANCELLED = "cancelled"


class AnnexState(StrEnum):
    """A change of a signed contract."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    SIGNED = "signed"
    CANCELLED = "cancelled"


SELECTION: Lifecycle[SelectionState] = Lifecycle(
    "selection",
    states=SelectionState,
    initial=SelectionState.OPEN,
    edges=(
        (SelectionState.OPEN, "submit", SelectionState.SUBMITTED),
        (SelectionState.SUBMITTED, "rework", SelectionState.OPEN),
        (SelectionState.SUBMITTED, "decide", SelectionState.DECIDED),
        (SelectionState.OPEN, "cancel", SelectionState.CANCELLED),
    ),
    final=(SelectionState.DECIDED, SelectionState.CANCELLED),
)

CONTRACT: Lifecycle[ContractState] = Lifecycle(
    "contract",
    states=ContractState,
    initial=ContractState.DRAFT,
    edges=(
        (ContractState.DRAFT, "submit", ContractState.SUBMITTED),
        (ContractState.SUBMITTED, "rework", ContractState.DRAFT),
        (ContractState.SUBMITTED, "sign", ContractState.SIGNED),
        (ContractState.SIGNED, "end", ContractState.ENDED),
        (ContractState.DRAFT, "cancel", ContractState.CANCELLED),
    ),
    final=(ContractState.ENDED, ContractState.CANCELLED),
)

ANNEX: Lifecycle[AnnexState] = Lifecycle(
    "annex",
    states=AnnexState,
    initial=AnnexState.DRAFT,
    edges=(
        (AnnexState.DRAFT, "submit", AnnexState.SUBMITTED),
        (AnnexState.SUBMITTED, "rework", AnnexState.DRAFT),
        (AnnexState.SUBMITTED, "sign", AnnexState.SIGNED),
        (AnnexState.DRAFT, "cancel", AnnexState.CANCELLED),
    ),
    final=(AnnexState.SIGNED, AnnexState.CANCELLED),
)
