# SPDX-License-Identifier: MPL-2.0
"""Questions about payees. Row-level security bounds every answer to the transaction's scope."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Count, Q

from ansinh.payees.lifecycles import DATED
from ansinh.payees.models import Account, Case, Incapacity
from ansinh.payees.periods import for_period
from ansinh.rules.months import Month
from ansinh.statements import statement


def is_incapable(*, person_id: int, on: date) -> bool:
    """Whether a court's finding holds for somebody on a day."""
    open_on = Q(until__isnull=True) | Q(until__gt=on)
    return Incapacity.objects.filter(open_on, person_id=person_id, since__lte=on).exists()


def current_account(*, person_id: int, mandate_id: int | None) -> Account | None:
    """The approved account that nothing has ended yet, or None."""
    states = [state.value for state in DATED]
    under = Q(mandate_id=mandate_id) if mandate_id is not None else Q(mandate__isnull=True)
    return Account.objects.filter(
        under, person_id=person_id, state__in=states, usable_until__isnull=True
    ).first()


@dataclass(frozen=True, slots=True)
class GroupCounts:
    """How many stand in each group, and why: a partition, so the sums are the beneficiaries."""

    month: Month
    groups: dict[str, int]
    whys: dict[str, int]

    @property
    def beneficiaries(self) -> int:
        """Everybody with an award in the month."""
        return sum(self.groups.values())


def group_counts(*, unit_ids: Iterable[int], month: Month) -> GroupCounts:
    """The groups of some communes in a month; part of the caller's transaction and scope."""
    for_period(month=month)
    groups, whys = dict.fromkeys("ABCDEF", 0), dict[str, int]()
    with connection.cursor() as cursor:
        cursor.execute(statement("payees", "count_groups"), {"communes": list(unit_ids)})
        for group, why, count in cursor.fetchall():
            groups[group] += count
            whys[why] = whys.get(why, 0) + count
    return GroupCounts(month, groups, whys)


def round_figures(*, round_id: int) -> dict[str, dict[str, int]]:
    """hamlet -> state -> how many, of one round: the board, the report and the minutes read these."""
    found: dict[str, dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(statement("payees", "round_figures"), {"round": round_id})
        for hamlet, state, count in cursor.fetchall():
            found.setdefault(hamlet, {})[state] = count
    return found


def rule_precision() -> dict[str, tuple[int, int]]:
    """rule -> (decided cases that were something, decided cases): a useless rule is retired."""
    rows = (
        Case.objects.filter(state="closed")
        .values_list("rule")
        .annotate(something=Count("pk", filter=~Q(outcome="legitimate")), decided=Count("pk"))
    )
    return {rule: (something, decided) for rule, something, decided in rows}
