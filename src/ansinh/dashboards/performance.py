# SPDX-License-Identifier: MPL-2.0
"""How payers do after they were chosen: from real payments, never from what somebody typed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from ansinh.dashboards import money
from ansinh.providers.models import REACH, Contract, Provider
from ansinh.rules.months import Month
from ansinh.rules.payments import Payment
from ansinh.statements import statement


@dataclass(slots=True)
class Performed:
    """One contract's month (None: what no contract covers). Counts are payments, sums in đồng.

    `on_time`: arrived by the contract's report day. `unreported`: left, and no answer yet. `returned`:
    came back, also when it was paid again since. `fee_vnd`: by the contract's fee, on what arrived.
    """

    contract: Contract | None
    payments: int = 0
    sum_vnd: int = 0
    arrived: int = 0
    arrived_vnd: int = 0
    on_time: int = 0
    returned: int = 0
    returned_vnd: int = 0
    unreported: int = 0
    unreported_vnd: int = 0
    carried_vnd: int = 0
    refunded_vnd: int = 0
    complaints: int = 0
    fee_bps: int = 0

    @property
    def on_time_share(self) -> int | None:
        """Tenths of a percent of all that were given to the payer."""
        return None if self.payments == 0 else self.on_time * 1000 // self.payments

    @property
    def returned_share(self) -> int | None:
        """Tenths of a percent that came back."""
        return None if self.payments == 0 else self.returned * 1000 // self.payments

    @property
    def unreported_share(self) -> int | None:
        """Tenths of a percent without an answer."""
        return None if self.payments == 0 else self.unreported * 1000 // self.payments

    @property
    def fee_vnd(self) -> int:
        """The fee on what arrived, cut to whole đồng."""
        return self.arrived_vnd * self.fee_bps // 10_000


def performed(*, unit_ids: Collection[int], month: Month, on: date) -> list[Performed]:
    """Every contract that paid in some units in a month, the largest first; four statements."""
    found: dict[int, Performed] = {}
    for each in money.settled(unit_ids=unit_ids, month=month, on=on):
        if each.bucket == "waiting" or each.state == Payment.CANCELLED:
            continue  # not given to a payer
        _add(found.setdefault(each.contract_id, Performed(None)), each)
    for contract in Contract.objects.filter(pk__in=found).select_related("provider", "unit"):
        found[contract.pk].contract = contract
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT contract_id, fee_bps FROM providers_in_force(%s)", [month.first_day])
        for contract_id, fee_bps in cursor.fetchall():
            if contract_id in found:
                found[contract_id].fee_bps = fee_bps
        values: dict[str, Any] = {"units": list(unit_ids), "month": month.first_day, "on": on}
        cursor.execute(statement("dashboards", "complaints_by_contract"), values)
        for contract_id, complaints in cursor.fetchall():
            if contract_id in found:
                found[contract_id].complaints = complaints
    return sorted(found.values(), key=lambda each: (each.contract is None, -each.sum_vnd))


def _add(made: Performed, each: money.Settled) -> None:
    made.payments += each.payments
    made.sum_vnd += each.sum_vnd
    if each.bucket == "arrived":
        made.arrived += each.payments
        made.arrived_vnd += each.sum_vnd
        made.on_time += each.by_due
    elif each.bucket == "unreported":
        made.unreported += each.payments
        made.unreported_vnd += each.sum_vnd
    else:
        made.returned += each.payments
        made.returned_vnd += each.sum_vnd
        made.carried_vnd += each.sum_vnd if each.bucket == "carried" else 0
        made.refunded_vnd += each.sum_vnd if each.bucket == "refunded" else 0


@dataclass(frozen=True, slots=True)
class Covered:
    """A hamlet's people and how near each payer in force is: 2 in the hamlet, 1 in the commune or at
    home, 0 nowhere."""

    commune_id: int
    commune: str
    hamlet: str
    people: int
    reach: dict[int, int]

    @property
    def is_gap(self) -> bool:
        """Nobody who pays reaches this hamlet."""
        return not any(self.reach.values())


@dataclass(frozen=True, slots=True)
class Coverage:
    """Hamlets with the payers in force (id -> name) and how many people each of them reaches."""

    payers: dict[int, str]
    hamlets: list[Covered]

    @property
    def people(self) -> int:
        """Everybody."""
        return sum(each.people for each in self.hamlets)

    @property
    def out_of_reach(self) -> int:
        """People whom nobody reaches."""
        return sum(each.people for each in self.hamlets if each.is_gap)

    def reached(self, payer: int) -> int:
        """People whom one payer reaches."""
        return sum(each.people for each in self.hamlets if each.reach.get(payer))

    def shares(self) -> list[tuple[str, int]]:
        """(payer, people within reach) of each."""
        return [(name, self.reached(payer)) for payer, name in self.payers.items()]


def coverage(*, unit_id: int, on: date) -> Coverage:
    """People per hamlet within reach of each payer that has a contract in force on a day."""
    values: dict[str, Any] = {"unit": unit_id, "on": on, "reach": [*REACH, "home_service"]}
    found: dict[tuple[int, str], Covered] = {}
    with connection.cursor() as cursor:
        cursor.execute(statement("dashboards", "coverage"), values)
        for commune_id, commune, hamlet, people, provider, reach in cursor.fetchall():
            row = found.setdefault((commune_id, hamlet), Covered(commune_id, commune, hamlet, people, {}))
            if provider is not None:
                row.reach[provider] = reach
    ids = {provider for row in found.values() for provider in row.reach}
    payers = dict(Provider.objects.filter(pk__in=ids).order_by("name").values_list("pk", "name"))
    return Coverage(payers, list(found.values()))
