# SPDX-License-Identifier: MPL-2.0
"""Questions about providers: what they can do, how candidates compare, who is in force."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, Q, QuerySet

from ansinh.places.queries import ancestors, units_covered
from ansinh.providers.models import (
    REACH,
    Annex,
    Candidate,
    Contract,
    Provider,
    ProviderFact,
    Score,
    Selection,
)
from ansinh.statements import statement


@dataclass(frozen=True, slots=True)
class InForce:
    """A contract by which a provider may pay in a unit on a day."""

    contract_id: int
    provider_id: int
    provider: str
    institution: str
    streams: tuple[str, ...]
    channels: tuple[str, ...]
    fee_bps: int
    report_day: int


_IN_FORCE = """
SELECT f.contract_id, f.provider_id, p.name, f.institution, f.streams, f.channels, f.fee_bps, f.report_day
FROM providers_in_force(%(on)s) AS f JOIN providers_provider p ON p.id = f.provider_id
WHERE f.unit_id = %(unit)s ORDER BY p.name, f.contract_id
"""


def providers_in_force(
    *, unit_id: int, on: date, stream: str | None = None, channel: str | None = None
) -> list[InForce]:
    """The contracts by which somebody in this unit may be paid on a day: the unit's own, a
    framework's above it, or one of a unit that it was made of. The SQL function of the same name
    answers for all units at once (columns unit_id, contract_id, provider_id, institution, streams,
    channels, fee_bps, report_day)."""
    with connection.cursor() as cursor:
        cursor.execute(_IN_FORCE, {"on": on, "unit": unit_id})
        found = [
            InForce(row[0], row[1], row[2], row[3], tuple(row[4]), tuple(row[5]), row[6], row[7])
            for row in cursor.fetchall()
        ]
    return [
        each
        for each in found
        if (stream is None or stream in each.streams) and (channel is None or channel in each.channels)
    ]


def report_days(*, on: date) -> dict[int, int]:
    """unit id -> the day of the month before which who pays there reports, the earliest of its contracts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT unit_id, min(report_day) FROM providers_in_force(%s) GROUP BY unit_id", [on])
        return {int(unit): int(day) for unit, day in cursor.fetchall() if day}


def seen_units(*, unit_ids: set[int], on: date) -> set[int]:
    """The units whose selections and contracts somebody of these units sees: theirs and, for
    frameworks, those above."""
    if not unit_ids:
        return set()
    top = Contract.objects.values_list("unit_id", flat=True).union(
        Selection.objects.values_list("unit_id", flat=True)
    )
    return unit_ids | {unit for unit in top if units_covered(unit_ids=[unit], on=on) & unit_ids}


def provider_list(*, on: date) -> QuerySet[Provider]:
    """Providers with the number of their contracts in force."""
    signed = Q(contracts__state="signed", contracts__validity__contains=on)
    return Provider.objects.annotate(in_force=Count("contracts", filter=signed, distinct=True)).order_by(
        "name"
    )


def facts_on(*, provider_id: int, on: date) -> QuerySet[ProviderFact]:
    """What a provider has where on a day."""
    return (
        ProviderFact.objects.filter(provider_id=provider_id, validity__contains=on)
        .select_related("unit")
        .order_by("unit__level", "unit__sort_key", "kind")
    )


def facts_of(*, provider_ids: Iterable[int], unit_id: int, on: date) -> dict[int, dict[str, int]]:
    """provider -> kind -> quantity, summed over a unit and what is below it, on a day."""
    found: dict[int, dict[str, int]] = {pk: {} for pk in provider_ids}
    units = units_covered(unit_ids=[unit_id], on=on) | {each.pk for each in ancestors(unit_id=unit_id, on=on)}
    rows = ProviderFact.objects.filter(
        provider_id__in=list(found), unit_id__in=units, validity__contains=on
    ).values_list("provider_id", "kind", "quantity")
    for provider_id, kind, quantity in rows:
        kinds = found[provider_id]
        kinds[kind] = kinds.get(kind, 0) + quantity
    return found


def communes_out_of_reach(*, provider_id: int, unit_id: int, on: date) -> list[tuple[int, str]]:
    """(id, name) of the communes of a unit where the provider has no branch, ATM, pay point or agent."""
    with connection.cursor() as cursor:
        cursor.execute(
            statement("providers", "out_of_reach"),
            {"unit": unit_id, "on": on, "provider": provider_id, "reach": list(REACH)},
        )
        return [(int(row[0]), str(row[1])) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Compared:
    """A candidate beside the others. `total` is in hundredths of a point, None while a score lacks."""

    candidate: Candidate
    scores: list[Score | None]
    total: int | None
    rank: int | None


def comparison(*, selection_id: int) -> tuple[list[Any], list[Compared]]:
    """(criteria, candidates with their scores and totals), the best first."""
    selection = Selection.objects.get(pk=selection_id)
    criteria = list(selection.criteria.order_by("order"))
    candidates = list(selection.candidates.select_related("provider").order_by("provider__name"))
    given = {
        (score.candidate_id, score.criterion_id): score
        for score in Score.objects.filter(candidate__selection_id=selection_id)
    }
    rows = []
    for candidate in candidates:
        scores = [given.get((candidate.pk, each.pk)) for each in criteria]
        whole = [score.points * each.weight for score, each in zip(scores, criteria, strict=True) if score]
        total = sum(whole) if criteria and len(whole) == len(criteria) else None
        rows.append((candidate, scores, total))
    totals = [total for _candidate, _scores, total in rows if total is not None]
    compared = [
        Compared(candidate, scores, total, None if total is None else 1 + sum(t > total for t in totals))
        for candidate, scores, total in rows
    ]
    return criteria, sorted(
        compared, key=lambda each: (each.rank or len(rows) + 1, each.candidate.provider.name)
    )


def fee_on(*, contract: Contract, on: date) -> int:
    """The fee on a day in hundredths of a percent, after the annexes signed by then."""
    changed = (
        contract.annexes.filter(state="signed", applies_from__lte=on, fee_bps__isnull=False)
        .order_by("-applies_from", "-pk")
        .first()
    )
    return changed.fee_bps if changed is not None and changed.fee_bps is not None else contract.fee_bps


def _sha(content: object) -> bytes:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).digest()


def selection_hash(*, selection_id: int) -> bytes:
    """The SHA-256 of everything that a decision rests on."""
    found = Selection.objects.get(pk=selection_id)
    criteria, compared = comparison(selection_id=selection_id)
    return _sha(
        {
            "unit": found.unit_id, "title": found.title,
            "minutes": [found.minutes_on, found.minutes_present, found.minutes_text, found.choice_reason],
            "criteria": [[each.code, each.label, each.weight] for each in criteria],
            "candidates": [
                [
                    row.candidate.provider_id, row.candidate.fee_bps, row.candidate.offer,
                    row.candidate.chosen,
                    row.total, [[s.points, s.evidence] if s else None for s in row.scores],
                ]
                for row in sorted(compared, key=lambda each: each.candidate.pk)
            ],
        }
    )  # fmt: skip


def contract_hash(*, contract_id: int) -> bytes:
    """The SHA-256 of a contract's terms and costs."""
    found = Contract.objects.get(pk=contract_id)
    costs = sorted(found.costs.values_list("cost", "bearer"))
    return _sha(
        [
            found.unit_id, found.provider_id, found.number, found.signed_on, found.validity.lower,
            found.validity.upper, found.streams, found.channels, found.scope, found.fee_bps,
            found.liability, found.list_day, found.report_day, costs,
        ]
    )  # fmt: skip


def annex_hash(*, annex_id: int) -> bytes:
    """The SHA-256 of an annex."""
    found = Annex.objects.get(pk=annex_id)
    return _sha(
        [
            found.contract_id, found.number, found.year, found.signed_on, found.applies_from, found.until,
            found.fee_bps, found.words,
        ]
    )  # fmt: skip
