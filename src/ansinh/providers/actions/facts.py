# SPDX-License-Identifier: MPL-2.0
"""Adding a provider and recording what it can do where."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from ansinh.audit.actions import record
from ansinh.providers.models import Provider, ProviderFact
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.statements import statement


class ProviderKnown(Refusal):
    """A provider of this name or institution is there already."""

    code = "PROVIDER_KNOWN"


class FactNeedsEvidence(Refusal):
    """Nothing says where a fact comes from."""

    code = "PROVIDER_FACT_EVIDENCE"


class FactBackwards(Refusal):
    """A later or equal fact is recorded for one of the units; fields: since."""

    code = "PROVIDER_FACT_BACKWARDS"


def add_provider(
    *, name: str, kind: str, institution: str = "", hotline: str = "", by: Officer | None, at: datetime
) -> Provider:
    """Add an organisation that may pay. Raises `ProviderKnown`."""
    try:
        with transaction.atomic():
            made = Provider.objects.create(
                name=name.strip(),
                kind=kind,
                institution=institution,
                hotline=hotline,
                added_at=at,
                added_by=by,
            )
            record(
                by=by.pk if by else None, at=at, act="providers.add", subject="provider", subject_id=made.pk,
                details={"name": made.name, "institution": institution},
            )  # fmt: skip
    except IntegrityError as known:
        raise ProviderKnown(name=name) from known
    return made


def record_facts(
    *,
    provider_id: int,
    kind: str,
    quantities: Mapping[int, int],
    valid_from: date,
    evidence: str,
    by: Officer | None,
    at: datetime,
    hamlet: str = "",
) -> int:
    """Say what a provider has from a day on, for any number of units (unit id -> quantity), or in one
    hamlet: what was said before ends there. Returns how many. Raises `FactNeedsEvidence` or
    `FactBackwards`."""
    if not evidence.strip():
        raise FactNeedsEvidence
    later = (
        ProviderFact.objects.filter(
            provider_id=provider_id,
            kind=kind,
            unit_id__in=list(quantities),
            hamlet=hamlet,
            validity__startswith__gte=valid_from,
        )
        .order_by("-validity")
        .first()
    )
    if later is not None:
        raise FactBackwards(since=later.validity.lower)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                statement("providers", "end_facts"),
                {
                    "provider": provider_id,
                    "kind": kind,
                    "units": list(quantities),
                    "day": valid_from,
                    "hamlet": hamlet,
                },
            )
        ProviderFact.objects.bulk_create(
            ProviderFact(
                provider_id=provider_id, unit_id=unit_id, hamlet=hamlet, kind=kind, quantity=quantity,
                validity=DateRange(valid_from, None), evidence=evidence.strip(), recorded_at=at,
                recorded_by=by,
            )
            for unit_id, quantity in quantities.items()
        )  # fmt: skip
        record(
            by=by.pk if by else None, at=at, act="providers.fact", subject="provider", subject_id=provider_id,
            details={"kind": kind, "units": len(quantities), "from": valid_from.isoformat()},
        )  # fmt: skip
    return len(quantities)
