# SPDX-License-Identifier: MPL-2.0
"""Every case in one place: who leads it until when, its outcome, and how often each rule was right."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from django.db import connection
from django.db.models import Count, DateField, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from ansinh.oversight.models import Charge
from ansinh.payees.models import Case
from ansinh.rules.sampling import TENTHS, wilson
from ansinh.statements import statement

TABS = ("open", "late", "closed")


def cases(
    *, tab: str, rule: str, officer_id: int | None, commune_ids: Collection[int] | None, on: date
) -> QuerySet[Case]:
    """Cases of the transaction's scope, the earliest due first; `lead` and `until` from the latest
    charge."""
    latest = Charge.objects.filter(case=OuterRef("pk")).order_by("-pk")
    found = Case.objects.select_related("commune", "decided_by").annotate(
        lead_id=Subquery(latest.values("officer_id")[:1]),
        lead=Subquery(latest.values("officer__full_name")[:1]),
        until=Coalesce(Subquery(latest.values("due_on")[:1], output_field=DateField()), F("due_on")),
        many=Count("people"),
    )
    found = found.filter(state="closed" if tab == "closed" else "open")
    if tab == "late":
        found = found.filter(until__lt=on)
    if rule:
        found = found.filter(rule=rule)
    if officer_id is not None:
        found = found.filter(lead_id=officer_id)
    if commune_ids is not None:
        found = found.filter(commune_id__in=list(commune_ids))
    return found.order_by("-decided_at", "pk") if tab == "closed" else found.order_by("until", "pk")


def charges(*, case_id: int) -> QuerySet[Charge]:
    """Who led a case, the latest first."""
    return Charge.objects.filter(case_id=case_id).select_related("officer", "by").order_by("-pk")


@dataclass(frozen=True, slots=True)
class Precision:
    """A rule's cases. `right`: decided ones that were something, in tenths of a percent with its 95 %
    interval; None before any was decided. `elsewhere`: another desk decides them."""

    rule: str
    open: int
    late: int
    fraud: int
    official_error: int
    client_error: int
    legitimate: int
    elsewhere: bool = False

    @property
    def closed(self) -> int:
        """Decided cases."""
        return self.fraud + self.official_error + self.client_error + self.legitimate

    @property
    def right(self) -> int | None:
        """The share of decided cases that were something."""
        return (self.closed - self.legitimate) * 1000 // self.closed if self.closed else None

    @property
    def interval(self) -> tuple[int, int] | None:
        """Wilson's interval of `right`."""
        if not self.closed:
            return None
        low, high = wilson(
            share=Decimal(self.closed - self.legitimate) / self.closed, worth=Decimal(self.closed)
        )
        return (
            int((low * TENTHS).to_integral_value(ROUND_FLOOR)),
            int((high * TENTHS).to_integral_value(ROUND_CEILING)),
        )


def precision(*, on: date) -> list[Precision]:
    """Every rule that raised something in the transaction's scope, by number; two statements."""
    rows = Case.objects.values("rule").annotate(
        waiting=Count("pk", filter=Q(state="open")),
        overdue=Count("pk", filter=Q(state="open", due_on__lt=on)),
        fraud=_decided("fraud"), official_error=_decided("official_error"),
        client_error=_decided("client_error"), legitimate=_decided("legitimate"),
    )  # fmt: skip
    found = [
        Precision(row["rule"], row["waiting"], row["overdue"], row["fraud"], row["official_error"],
                  row["client_error"], row["legitimate"])
        for row in rows
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement("oversight", "duplicates_and_deaths"))
        for rule, waiting, overdue, closed, something in cursor.fetchall():
            found.append(Precision(rule, waiting, overdue, 0, 0, something, closed - something, True))
    return sorted(found, key=lambda each: (int(each.rule[1:]), each.elsewhere))


def _decided(outcome: str) -> Count:
    return Count("pk", filter=Q(state="closed", outcome=outcome))
