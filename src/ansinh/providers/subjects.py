# SPDX-License-Identifier: MPL-2.0
"""What of this stage two persons approve: a decision, a contract, an annex."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from ansinh.approvals.subjects import Subject
from ansinh.providers import queries
from ansinh.providers.actions import contracts, selection
from ansinh.providers.models import Annex


def _decided(thing: str, by: int, at: datetime) -> None:
    selection.decided(selection_id=int(thing), by=by, at=at)


def _signed(thing: str, by: int, at: datetime) -> None:
    contracts.signed(contract_id=int(thing), by=by, at=at)


def _annex_signed(thing: str, by: int, at: datetime) -> None:
    contracts.annex_signed(annex_id=int(thing), by=by, at=at)


SELECTION = Subject(
    lambda thing: queries.selection_hash(selection_id=int(thing)),
    _decided,
    lambda thing: reverse("providers:selection", args=[int(thing)]),
)
CONTRACT = Subject(
    lambda thing: queries.contract_hash(contract_id=int(thing)),
    _signed,
    lambda thing: reverse("providers:contract", args=[int(thing)]),
)
ANNEX = Subject(
    lambda thing: queries.annex_hash(annex_id=int(thing)),
    _annex_signed,
    lambda thing: reverse("providers:contract", args=[Annex.objects.get(pk=int(thing)).contract_id]),
)
