# SPDX-License-Identifier: MPL-2.0
"""The lives of payrolls, of manual holds and of lines added by hand."""

from __future__ import annotations

from enum import StrEnum

from ansinh.rules.lifecycle import Lifecycle


class PayrollState(StrEnum):
    """A period's payroll of one unit and stream."""

    PREPARING = "preparing"
    CALCULATED = "calculated"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    LOCKED = "locked"
    HANDED_OVER = "handed_over"
    CANCELLED = "cancelled"


class HoldState(StrEnum):
    """A hold that an officer placed on a person's payments."""

    PLACED = "placed"
    RELEASED = "released"


class EntryState(StrEnum):
    """A line added by hand: a grant, a correction, a recovery. One officer proposes it, another
    confirms it; then it waits for the next calculation."""

    PROPOSED = "proposed"
    REFUSED = "refused"
    WAITING = "waiting"
    USED = "used"
    WITHDRAWN = "withdrawn"


class RunState(StrEnum):
    """A calculation that was left to the background."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"


_S = PayrollState
PAYROLL: Lifecycle[PayrollState] = Lifecycle(
    "payroll",
    states=PayrollState,
    initial=PayrollState.PREPARING,
    edges=(
        (_S.PREPARING, "calculate", _S.CALCULATED),
        (_S.CALCULATED, "calculate", _S.CALCULATED),
        (_S.RETURNED, "calculate", _S.CALCULATED),
        (_S.SUBMITTED, "calculate", _S.CALCULATED),
        (_S.APPROVED, "calculate", _S.CALCULATED),
        (_S.CALCULATED, "submit", _S.SUBMITTED),
        (_S.SUBMITTED, "return", _S.RETURNED),
        (_S.SUBMITTED, "withdraw", _S.RETURNED),
        (_S.SUBMITTED, "approve", _S.APPROVED),
        (_S.APPROVED, "lock", _S.LOCKED),
        (_S.LOCKED, "hand_over", _S.HANDED_OVER),
        (_S.PREPARING, "cancel", _S.CANCELLED),
        (_S.CALCULATED, "cancel", _S.CANCELLED),
        (_S.RETURNED, "cancel", _S.CANCELLED),
    ),
    final=(_S.HANDED_OVER, _S.CANCELLED),
)

HOLD: Lifecycle[HoldState] = Lifecycle(
    "payroll hold",
    states=HoldState,
    initial=HoldState.PLACED,
    edges=((HoldState.PLACED, "release", HoldState.RELEASED),),
    final=(HoldState.RELEASED,),
)

ENTRY: Lifecycle[EntryState] = Lifecycle(
    "payroll entry",
    states=EntryState,
    initial=EntryState.PROPOSED,
    edges=(
        (EntryState.PROPOSED, "confirm", EntryState.WAITING),
        (EntryState.PROPOSED, "refuse", EntryState.REFUSED),
        (EntryState.PROPOSED, "withdraw", EntryState.WITHDRAWN),
        (EntryState.WAITING, "use", EntryState.USED),
        (EntryState.USED, "give_back", EntryState.WAITING),
        (EntryState.WAITING, "withdraw", EntryState.WITHDRAWN),
    ),
    final=(EntryState.REFUSED, EntryState.WITHDRAWN),
)

_R = RunState
RUN: Lifecycle[RunState] = Lifecycle(
    "payroll run",
    states=RunState,
    initial=_R.WAITING,
    edges=(
        (_R.WAITING, "start", _R.RUNNING),
        (_R.RUNNING, "start", _R.RUNNING),  # taken up again after its worker was killed
        (_R.RUNNING, "finish", _R.DONE),
        (_R.RUNNING, "refuse", _R.REFUSED),
        (_R.RUNNING, "fail", _R.FAILED),
    ),
    final=(_R.DONE, _R.REFUSED, _R.FAILED),
)

SETTLED = (_S.LOCKED.value, _S.HANDED_OVER.value)
COMMITTED = (_S.SUBMITTED.value, _S.APPROVED.value, *SETTLED)
