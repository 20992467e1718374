# SPDX-License-Identifier: MPL-2.0
"""Accounts that come in a list (form `accounts`): each becomes a declared account with checks and an
approval of its own. A list never changes an account that is in use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from ansinh.audit.actions import record
from ansinh.payees.actions.accounts import CHANNEL_OF
from ansinh.payees.actions.enquiries import move_accounts
from ansinh.payees.lifecycles import DATED, WAITING
from ansinh.payees.models import Account, AccountEvent, Incapacity
from ansinh.payees.periods import rule_on
from ansinh.payees.records import NUMBER, account_indexes
from ansinh.providers.directory import directory
from ansinh.registry.files.rows import Row
from ansinh.registry.matching import Matched
from ansinh.registry.models import ImportFile, Person
from ansinh.rules.months import VIETNAM
from ansinh.rules.payees import is_minor
from ansinh.staff.models import Officer
from ansinh.vault.sealing import seal_many


@dataclass(frozen=True, slots=True)
class _Known:
    """What the stage knows of the people of a chunk."""

    people: dict[int, Person]
    represented: set[int]
    current: dict[int, bytes]  # person -> index of the account in use
    waiting: set[int]


def take_accounts(
    *, file: ImportFile, rows: Sequence[Row], matched: dict[int, Matched], by: Officer | None, at: datetime
) -> dict[str, int]:
    """Declare the accounts of a chunk of a confirmed list, in the transaction that confirms it.

    Answers how many were declared (`accounts`), are the ones in use (`unchanged`), and were left out
    because somebody else has to receive (`represented`), another account waits (`waiting`), or the
    person is not in the register (`unknown`).
    """
    on = at.astimezone(VIETNAM).date()
    kept = [(row, matched.get(row.number, Matched()).person_id) for row in rows]
    known = _known([person for _row, person in kept if person is not None], on)
    indexes = account_indexes([(row.values["bank"], row.values["account"]) for row, _person in kept])
    counts: Counter[str] = Counter(
        dict.fromkeys(("accounts", "unchanged", "represented", "waiting", "unknown"), 0)
    )
    taken: list[tuple[Row, int, bytes]] = []
    for (row, person), index in zip(kept, indexes, strict=True):
        outcome = _outcome(known, person, index)
        counts[outcome] += 1
        if outcome == "accounts" and person is not None:
            taken.append((row, person, index))
            known.waiting.add(person)
    _insert(file, taken, known, by=by, at=at, on=on)
    record(
        by=by.pk if by else None, at=at, act="payees.take_accounts", subject="import", subject_id=file.pk,
        unit_id=file.commune_id, details=dict(counts),
    )  # fmt: skip
    return dict(counts)


def _known(ids: list[int], on: date) -> _Known:
    people, rule = Person.objects.in_bulk(ids), rule_on(on=on)
    minors = {pk for pk, each in people.items() if is_minor(each.born_on, on, rule)}
    still = Q(until__isnull=True) | Q(until__gt=on)
    incapable = Incapacity.objects.filter(still, person_id__in=ids, since__lte=on)
    own = Account.objects.filter(person_id__in=ids, mandate__isnull=True)
    living = own.filter(state__in=[state.value for state in DATED], usable_until__isnull=True)
    waits = own.filter(state__in=[state.value for state in WAITING])
    return _Known(
        people, minors | set(incapable.values_list("person_id", flat=True)),
        {person: bytes(index) for person, index in living.values_list("person_id", "number_bidx")},
        set(waits.values_list("person_id", flat=True)),
    )  # fmt: skip


def _outcome(known: _Known, person: int | None, index: bytes) -> str:
    if person is None or person not in known.people:
        return "unknown"
    if known.current.get(person) == index:
        return "unchanged"
    if person in known.represented:
        return "represented"
    return "waiting" if person in known.waiting else "accounts"


def _insert(
    file: ImportFile, taken: list[tuple[Row, int, bytes]], known: _Known, *, by: Officer | None,
    at: datetime, on: date,
) -> None:  # fmt: skip
    kinds = {bank.code: CHANNEL_OF[bank.kind] for bank in directory().banks}
    sealed = seal_many(column=NUMBER, texts=[row.values["account"] for row, _person, _index in taken])
    made = Account.objects.bulk_create(
        Account(
            person_id=person, commune_id=known.people[person].commune_id, channel=kinds[row.values["bank"]],
            bank=row.values["bank"], number_enc=enc, number_bidx=index, source="commune",
            number_last4=row.values["account"][-4:], holder_name=(row.values.get("holder") or "")[:140],
            asserted_by=f"Danh sách {file.name}"[:120], asserted_on=on, made_at=at, made_by=by,
        )
        for (row, person, index), enc in zip(taken, sealed, strict=True)
    )  # fmt: skip
    AccountEvent.objects.bulk_create(
        AccountEvent(
            account=each, commune_id=each.commune_id, event="declare", to_state=each.state, at=at, by=by,
            details={"source": "list", "file": file.pk},
        )
        for each in made
    )  # fmt: skip
    moved = [(each.pk, "", "", "") for each in made]
    move_accounts(event="pass_format", rows=moved, source=f"list {file.pk}", by=by, at=at)
