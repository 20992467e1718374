# SPDX-License-Identifier: MPL-2.0
"""Where the money of a month was at the end of a day, from the events of its instructions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from ansinh.rules.months import Month
from ansinh.rules.payments import Payment
from ansinh.statements import statement

_P = Payment
BUCKETS: dict[Payment, str] = {
    _P.PAID: "arrived", _P.COLLECTED: "arrived",
    _P.INSTRUCTED: "waiting",
    _P.SENT: "unreported", _P.UNKNOWN: "unreported", _P.DISPUTED: "unreported", _P.WITH_AGENT: "unreported",
    _P.FAILED: "returned", _P.RETURNED: "returned", _P.UNCOLLECTED: "returned",
    _P.CARRIED_FORWARD: "carried", _P.REFUNDED: "refunded",
    _P.REISSUED: "replaced", _P.CANCELLED: "replaced",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settled:
    """Payments of a unit that are in one place. `by_due`: their last step came by the contract's report
    day (20 without one). A replaced one counts with the one that replaces it, and for its payer as one
    that came back."""

    unit_id: int
    stream: str
    channel: str
    contract_id: int
    state: Payment
    payments: int
    sum_vnd: int
    by_due: int

    @property
    def bucket(self) -> str:
        """arrived, waiting, unreported, returned, carried, refunded or replaced."""
        return BUCKETS[self.state]

    @property
    def in_cash(self) -> bool:
        """Whether it goes from hand to hand."""
        return self.channel not in {"account", "wallet", "mobile_money"}


@dataclass(frozen=True, slots=True)
class Approved:
    """What locked payrolls pay in a unit, by stream."""

    unit_id: int
    stream: str
    people: int
    sum_vnd: int


def _values(unit_ids: Collection[int], month: Month, on: date) -> dict[str, Any]:
    return {"units": list(unit_ids), "month": month.first_day, "on": on}


def settled(*, unit_ids: Collection[int], month: Month, on: date) -> list[Settled]:
    """The payments of a month as they stood at the end of a day; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement("dashboards", "settlement"), _values(unit_ids, month, on))
        return [
            Settled(unit_id, stream, channel, contract_id, Payment(state), payments, sum_vnd, by_due)
            for unit_id, stream, channel, contract_id, state, payments, sum_vnd, by_due in cursor.fetchall()
        ]


def approved(*, unit_ids: Collection[int], month: Month, on: date) -> list[Approved]:
    """What was approved for a month by a day."""
    with connection.cursor() as cursor:
        cursor.execute(statement("dashboards", "approved"), _values(unit_ids, month, on))
        return [Approved(*row) for row in cursor.fetchall()]
