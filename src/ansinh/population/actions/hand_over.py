# SPDX-License-Identifier: MPL-2.0
"""The list leaves the office: only what the check needs, locked, logged with its hash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from ansinh.audit.actions import record
from ansinh.population.actions.answers import Given, Taken, take_answers
from ansinh.population.actions.rounds import locked, move
from ansinh.population.adapters import Asked, Register, Sent
from ansinh.population.lifecycles import ROUND, RoundState
from ansinh.population.models import HandOver, Round
from ansinh.population.records import said_of
from ansinh.registry.records import NUMBER, born_of
from ansinh.rules.lifecycle import NotFromThisState
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.statements import statement
from ansinh.vault import store
from ansinh.vault.sealing import open_many

HANDED = (RoundState.HANDED_OVER, RoundState.ANSWERED)


class NeedsReceiver(Refusal):
    """Handing over to nobody in particular."""

    code = "ROUND_NEEDS_RECEIVER"


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The record of the hand-over, and the bytes with their password: shown once, kept nowhere."""

    record: HandOver
    sent: Sent


def hand_over(
    *, round_id: int, register: Register, receiver: str, by: Officer | None, at: datetime
) -> HandedOver:
    """Make the list for the receiver and log to whom it goes. A lost file is handed over again: a new
    password, a new line in the log. Raises `NeedsReceiver` or `NotFromThisState`."""
    if not receiver.strip():
        raise NeedsReceiver
    with transaction.atomic():
        held = locked(round_id=round_id)
        if RoundState(held.state) not in HANDED:
            ROUND.apply(RoundState(held.state), "hand_over")
        listed = asked_of(round_=held)
        sent = register.send(title=title_of(round_=held), asked=listed)
        made = HandOver.objects.create(
            round=held, commune_id=held.commune_id, adapter=register.name, receiver=receiver.strip()[:120],
            people=len(listed), file_sha256=store.put(sent.content), at=at, by=by,
        )  # fmt: skip
        if held.state == RoundState.PREPARED:
            move(round_=held, event="hand_over")
        record(by=by.pk if by else None, at=at, act="population.hand_over", subject="population_round",
               subject_id=held.pk, unit_id=held.commune_id,
               details={"sha256": made.file_sha256.hex(), "receiver": made.receiver, "people": made.people,
                        "adapter": made.adapter})  # fmt: skip
    return HandedOver(made, sent)


def title_of(*, round_: Round) -> str:
    """What the list is called."""
    return f"Danh sách đề nghị đối chiếu dân cư – {round_.commune.name} – đợt {round_.pk}"


def asked_of(*, round_: Round) -> list[Asked]:
    """What the check needs of everybody in a round, in the order of the list."""
    with connection.cursor() as cursor:
        cursor.execute(statement("population", "outgoing"), {"round": round_.pk})
        rows = cursor.fetchall()
    numbers = open_many(column=NUMBER, sealed=[row[-1] for row in rows])
    return [
        Asked(position, reference, number, name, born_of(born_on, precision).iso, sex)
        for (position, reference, name, born_on, precision, sex, _sealed), number in zip(
            rows, numbers, strict=True
        )
    ]


def ask_service(*, round_id: int, register: Register, by: Officer | None, at: datetime, on: date) -> Taken:
    """Ask a service about everybody in a round that was handed to it. No transaction is held while it
    answers; when it falls silent or strange nothing is written.

    Raises `RegisterSilent`, `RegisterStrange` or `NotFromThisState`.
    """
    round_ = Round.objects.select_related("commune").get(pk=round_id)
    if RoundState(round_.state) not in HANDED:
        state = RoundState(round_.state)
        raise NotFromThisState(state=state.value, event="answer", allowed=ROUND.allowed(state))
    listed = asked_of(round_=round_)
    given = [
        Given(each["reference"], said_of(each), (each.get("note") or "")[:300])
        for each in register.answers(asked=listed)
    ]
    return take_answers(round_id=round_id, given=given, source="service", by=by, at=at, on=on)
