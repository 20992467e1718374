# SPDX-License-Identifier: MPL-2.0
"""Moving a pair of records along its life, one edge at a time."""

from __future__ import annotations

from datetime import datetime

from ansinh.audit.actions import record
from ansinh.registry.lifecycles import PAIR, PairState
from ansinh.registry.models import DuplicatePair
from ansinh.staff.models import Officer


def settle_pair(*, pair_id: int, event: str, reason: str, by: Officer, at: datetime) -> DuplicatePair:
    """Apply an edge to a pair under its lock; part of the caller's transaction. Raises
    `NotFromThisState`."""
    pair = (
        DuplicatePair.objects.select_for_update(of=("self",))
        .select_related("first", "second")
        .get(pk=pair_id)
    )
    target = PAIR.apply(PairState(pair.state), event)
    DuplicatePair.objects.filter(pk=pair.pk).update(
        state=target.value, reason=reason[:300], decided_at=at, decided_by=by
    )
    record(
        by=by.pk, at=at, act=f"registry.pair_{event}", subject="person", subject_id=pair.first_id,
        unit_id=pair.commune_id, details={"pair": pair.pk, "other": pair.second_id},
    )  # fmt: skip
    return pair
