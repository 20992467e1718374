# SPDX-License-Identifier: MPL-2.0
"""The lives of imports, of changes and of pairs of records that may be one person."""

from __future__ import annotations

from enum import StrEnum

from ansinh.rules.lifecycle import Lifecycle


class ImportState(StrEnum):
    """A list that a commune sent: taken in, read, imported."""

    RECEIVED = "received"
    CHECKED = "checked"
    REFUSED = "refused"
    CONFIRMING = "confirming"
    CONFIRMED = "confirmed"
    DISCARDED = "discarded"
    REPLACED = "replaced"


class ChangeState(StrEnum):
    """A change of a record: one proposes, another decides."""

    PROPOSED = "proposed"
    APPLIED = "applied"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class PairState(StrEnum):
    """Two records that may be one person."""

    OPEN = "open"
    PROPOSED = "proposed"
    MERGED = "merged"
    DISTINCT = "distinct"


IMPORT: Lifecycle[ImportState] = Lifecycle(
    "import",
    states=ImportState,
    initial=ImportState.RECEIVED,
    edges=(
        (ImportState.RECEIVED, "check", ImportState.CHECKED),
        (ImportState.RECEIVED, "refuse", ImportState.REFUSED),
        (ImportState.RECEIVED, "discard", ImportState.DISCARDED),
        (ImportState.REFUSED, "discard", ImportState.DISCARDED),
        (ImportState.CHECKED, "confirm", ImportState.CONFIRMED),
        (ImportState.CHECKED, "confirm_later", ImportState.CONFIRMING),
        (ImportState.CHECKED, "discard", ImportState.DISCARDED),
        (ImportState.CONFIRMING, "confirm", ImportState.CONFIRMED),
        (ImportState.CONFIRMING, "give_back", ImportState.CHECKED),
        (ImportState.CONFIRMED, "replace", ImportState.REPLACED),
    ),
    final=(ImportState.DISCARDED, ImportState.REPLACED),
)

CHANGE: Lifecycle[ChangeState] = Lifecycle(
    "change",
    states=ChangeState,
    initial=ChangeState.PROPOSED,
    edges=(
        (ChangeState.PROPOSED, "apply", ChangeState.APPLIED),
        (ChangeState.PROPOSED, "refuse", ChangeState.REFUSED),
        (ChangeState.PROPOSED, "withdraw", ChangeState.WITHDRAWN),
    ),
    final=(ChangeState.APPLIED, ChangeState.REFUSED, ChangeState.WITHDRAWN),
)

PAIR: Lifecycle[PairState] = Lifecycle(
    "pair",
    states=PairState,
    initial=PairState.OPEN,
    edges=(
        (PairState.OPEN, "propose", PairState.PROPOSED),
        (PairState.PROPOSED, "merge", PairState.MERGED),
        (PairState.PROPOSED, "return", PairState.OPEN),
        (PairState.OPEN, "keep_apart", PairState.DISTINCT),
        (PairState.MERGED, "split", PairState.OPEN),
        (PairState.DISTINCT, "reopen", PairState.OPEN),
    ),
)
