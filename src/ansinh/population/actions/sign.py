# SPDX-License-Identifier: MPL-2.0
"""Two signatures on the minutes: the commune's leader and the police, two persons, one content."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ansinh.audit.actions import record
from ansinh.population.actions.rounds import locked, move
from ansinh.population.lifecycles import ROUND, RoundState
from ansinh.population.models import SIDES, Signature
from ansinh.population.queries import content_sha256
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer


class SignedByYou(Refusal):
    """One person does not sign for both sides."""

    code = "ROUND_SIGNED_BY_YOU"


class SideTaken(Refusal):
    """Somebody signed for this side; fields: who, at."""

    code = "ROUND_SIDE_TAKEN"


class ContentChanged(Refusal):
    """What the officer read is no longer what would be signed."""

    code = "ROUND_CONTENT_CHANGED"


def sign_round(*, round_id: int, side: str, seen_sha256: str, by: Officer, at: datetime) -> bool:
    """Sign for one side (`commune` or `police`) what the officer has read; True when both have signed
    now. Raises `SignedByYou`, `SideTaken`, `ContentChanged` or `NotFromThisState`."""
    assert side in SIDES
    with transaction.atomic():
        held = locked(round_id=round_id)
        ROUND.apply(RoundState(held.state), "sign")
        content = content_sha256(round_id=held.pk)
        if seen_sha256 != content:
            raise ContentChanged
        standing = list(
            Signature.objects.filter(round=held, content_sha256=content).select_related("officer")
        )
        for each in standing:
            if bytes(each.officer.citizen_number_bidx) == bytes(by.citizen_number_bidx):
                raise SignedByYou
            if each.side == side:
                raise SideTaken(who=each.officer.full_name, at=each.at)
        Signature.objects.create(
            round=held, commune_id=held.commune_id, side=side, content_sha256=content, officer=by, at=at
        )
        both = len(standing) + 1 == len(SIDES)
        if both:
            move(round_=held, event="sign", ended_at=at)
        record(by=by.pk, at=at, act="population.sign", subject="population_round", subject_id=held.pk,
               unit_id=held.commune_id, details={"side": side, "content": content, "both": both})  # fmt: skip
    return both
