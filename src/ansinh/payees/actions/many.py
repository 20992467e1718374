# SPDX-License-Identifier: MPL-2.0
"""Many accounts through one step at once: declared, identity confirmed, names compared, approved.

The same checks as for one account (`accounts`), in a fixed number of statements. Whoever does not fit
is left where they are and counted by the reason; nobody is pushed through.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from ansinh.audit.actions import Entry, record_many
from ansinh.payees.actions.notices import tell_old_phones
from ansinh.payees.lifecycles import ACCOUNT, DATED, WAITING, AccountState
from ansinh.payees.models import Account, AccountEvent, Incapacity
from ansinh.payees.periods import rule_on
from ansinh.payees.records import FAULTS, NUMBER, account_indexes
from ansinh.providers.directory import directory
from ansinh.registry.models import Person
from ansinh.rules.holders import compare_holder
from ansinh.rules.names import NameMatch
from ansinh.rules.payees import birthday, first_period
from ansinh.staff.models import Officer
from ansinh.statements import statement
from ansinh.vault.sealing import seal_many

CHANNEL_OF = {"bank": "account", "wallet": "wallet", "mobile_money": "mobile_money"}


@dataclass(frozen=True, slots=True)
class Stated:
    """An own account that somebody states: whose, the institution's code, the number as it reads it."""

    person_id: int | None
    bank: str
    number: str
    holder: str
    asserted_by: str
    asserted_on: date


@dataclass(slots=True)
class Done:
    """How many went on, and how many were left, by the reason."""

    done: int = 0
    left: Counter[str] = field(default_factory=Counter)


def declare_many(
    *, stated: Sequence[Stated], source: str, details: dict[str, Any], by: Officer | None, at: datetime,
    on: date,
) -> list[str]:  # fmt: skip
    """Declare accounts; what became of each, in order: `accounts` (declared, its format passed),
    `unchanged` (the one in use), `represented` (somebody else has to receive), `waiting` (another
    account waits), `unknown` (not in the register). Part of the caller's transaction."""
    known = _known([each.person_id for each in stated if each.person_id is not None], on)
    indexes = account_indexes([(each.bank, each.number) for each in stated])
    outcomes: list[str] = []
    taken: list[tuple[Person, Stated, bytes]] = []
    for each, index in zip(stated, indexes, strict=True):
        outcome = known.outcome(each.person_id, index)
        outcomes.append(outcome)
        if outcome == "accounts" and each.person_id is not None:
            taken.append((known.people[each.person_id], each, index))
            known.waiting.add(each.person_id)
    _insert(taken, source, details, by=by, at=at)
    return outcomes


@dataclass(slots=True)
class _Known:
    """What the stage knows of some people."""

    people: dict[int, Person]
    represented: set[int]
    current: dict[int, bytes]  # person -> index of the account in use
    waiting: set[int]

    def outcome(self, person: int | None, index: bytes) -> str:
        if person is None or person not in self.people:
            return "unknown"
        if self.current.get(person) == index:
            return "unchanged"
        if person in self.represented:
            return "represented"
        return "waiting" if person in self.waiting else "accounts"


def need_representative(*, people: Iterable[Person], on: date) -> set[int]:
    """Ids of those who may hold no account alone on a day, in one statement."""
    rule, known = rule_on(on=on), {each.pk: each for each in people}
    minors = {pk for pk, each in known.items() if on < birthday(each.born_on, rule.own_account_age)}
    still = Q(until__isnull=True) | Q(until__gt=on)
    incapable = Incapacity.objects.filter(still, person_id__in=known, since__lte=on)
    return minors | set(incapable.values_list("person_id", flat=True))


def _known(ids: list[int], on: date) -> _Known:
    people = Person.objects.in_bulk(ids)
    own = Account.objects.filter(person_id__in=ids, mandate__isnull=True)
    living = own.filter(state__in=[state.value for state in DATED], usable_until__isnull=True)
    waits = own.filter(state__in=[state.value for state in WAITING])
    return _Known(
        people, need_representative(people=people.values(), on=on),
        {person: bytes(index) for person, index in living.values_list("person_id", "number_bidx")},
        set(waits.values_list("person_id", flat=True)),
    )  # fmt: skip


def _insert(
    taken: list[tuple[Person, Stated, bytes]], source: str, details: dict[str, Any], *,
    by: Officer | None, at: datetime,
) -> None:  # fmt: skip
    kinds = {bank.code: CHANNEL_OF[bank.kind] for bank in directory().banks}
    sealed = seal_many(column=NUMBER, texts=[each.number for _person, each, _index in taken])
    made = Account.objects.bulk_create(
        Account(
            person_id=person.pk, commune_id=person.commune_id,
            channel=kinds[each.bank], bank=each.bank, number_enc=enc, number_bidx=index, source=source,
            number_last4=each.number[-4:], holder_name=each.holder[:140], asserted_by=each.asserted_by[:120],
            asserted_on=each.asserted_on, made_at=at, made_by=by,
        )
        for (person, each, index), enc in zip(taken, sealed, strict=True)
    )  # fmt: skip
    AccountEvent.objects.bulk_create(
        AccountEvent(
            account=each, commune_id=each.commune_id, event="declare", to_state=each.state, at=at, by=by,
            details={"source": source, **details},
        )
        for each in made
    )  # fmt: skip
    record_many(
        by=by.pk if by else None, at=at,
        entries=[
            Entry("payees.account_declare", "account", each.pk, each.commune_id,
                  {"person": each.person_id, "source": source})
            for each in made
        ],
    )  # fmt: skip
    move_accounts(
        event="pass_format", rows=[(each.pk, "", "", "") for each in made], source=source, by=by, at=at
    )


def move_accounts(
    *, event: str, rows: Sequence[tuple[int, str, str, str]], source: str, by: Officer | None, at: datetime
) -> int:
    """Move many accounts along one kind of edge: (id, holder's name or "", match or "", fault or "").
    Part of the caller's transaction; returns how many moved."""
    if not rows:
        return 0
    said = [FAULTS.get(fault, ("", "")) for _pk, _name, _match, fault in rows]
    moved = 0
    with connection.cursor() as cursor:
        for state in ACCOUNT.sources(event):
            cursor.execute(
                statement("payees", "move_accounts"),
                {
                    "ids": [row[0] for row in rows], "holder_names": [row[1] for row in rows],
                    "matches": [row[2] for row in rows], "faults": [row[3] for row in rows],
                    "owners": [owner for owner, _next in said],
                    "actions": [action for _owner, action in said],
                    "source": state.value, "target": ACCOUNT.apply(state, event).value, "event": event,
                    "from": source, "at": at, "by": by.pk if by else None,
                },
            )  # fmt: skip
            moved += cursor.rowcount
    return moved


def judge_holders(
    *, printed: Sequence[tuple[Account, str]], source: str, by: Officer | None, at: datetime
) -> Counter[str]:
    """Compare the names that institutions print with whose they have to be: equal ones pass, different
    ones fail, close ones stay for a person. Part of the caller's transaction; how many of each."""
    moves: dict[str, list[tuple[int, str, str, str]]] = {"pass_holder": [], "fail_holder": []}
    close: list[Account] = []
    counts: Counter[str] = Counter()
    for account, name in printed:
        ours = account.mandate.payee_name if account.mandate is not None else account.person.name
        match = compare_holder(ours, name)
        counts[match.value] += 1
        if match.passes:
            moves["pass_holder"].append((account.pk, name, match.value, ""))
        elif match is NameMatch.DIFFERENT:
            moves["fail_holder"].append((account.pk, name, match.value, "holder_different"))
        else:
            account.holder_name, account.name_match = name[:140], match.value
            close.append(account)
    for event, each in moves.items():
        move_accounts(event=event, rows=each, source=source, by=by, at=at)
    Account.objects.bulk_update(close, ["holder_name", "name_match"], batch_size=500)
    return counts


def _not_mine(ids: Sequence[int], by: Officer, states: Sequence[str]) -> tuple[QuerySet[Account], int]:
    """(the accounts in these states that this person did not declare, how many of them they did)."""
    rows = Account.objects.select_for_update(of=("self",)).select_related("person", "mandate")
    found = rows.filter(pk__in=ids, state__in=states)
    mine = Q(made_by__citizen_number_bidx=by.citizen_number_bidx)
    return found.exclude(mine), Account.objects.filter(mine, pk__in=ids, state__in=states).count()


def check_identities(*, account_ids: Sequence[int], by: Officer, at: datetime) -> Done:
    """Confirm that the owners are the persons on file. Where a name was given with the account it is
    compared at once. Left: `mine` (declared by the same person), `elsewhere` (in another state)."""
    found = Done()
    with transaction.atomic():
        theirs, mine = _not_mine(account_ids, by, [each.value for each in ACCOUNT.sources("pass_identity")])
        rows = list(theirs)
        found.done = move_accounts(
            event="pass_identity", rows=[(each.pk, "", "", "") for each in rows], source="", by=by, at=at
        )
        judge_holders(
            printed=[(each, each.holder_name) for each in rows if each.holder_name], source="declared",
            by=by, at=at,
        )  # fmt: skip
        act = "payees.account_pass_identity"
        entries = [Entry(act, "account", each.pk, each.commune_id) for each in rows]
        record_many(by=by.pk, at=at, entries=entries)
    found.left.update({"mine": mine, "elsewhere": len(set(account_ids)) - len(rows) - mine})
    return found


def approve_accounts(*, account_ids: Sequence[int], by: Officer, at: datetime, on: date) -> Done:
    """Let accounts be paid from their first period on; those before them end there, and the phones on
    file are told. Left: `mine`, `elsewhere`, `represented` (somebody else has to receive now),
    `mandate` (it no longer holds)."""
    found = Done()
    with transaction.atomic():
        theirs, mine = _not_mine(account_ids, by, [AccountState.HOLDER_CHECKED.value])
        rows = list(theirs)
        fit = [each for each in rows if each.mandate is None or each.mandate.state == "active"]
        alone = need_representative(people=[each.person for each in fit if each.mandate is None], on=on)
        ready = [each for each in fit if each.mandate is not None or each.person_id not in alone]
        approved = _approve(ready, by, at, on)
        found.done = len(approved)
        record_many(
            by=by.pk, at=at,
            entries=[Entry("payees.account_approve", "account", pk, commune) for pk, commune in approved],
        )  # fmt: skip
    found.left.update({
        "mine": mine, "elsewhere": len(set(account_ids)) - len(rows) - mine,
        "mandate": len(rows) - len(fit), "represented": len(fit) - len(ready),
    })  # fmt: skip
    return found


def _approve(ready: list[Account], by: Officer, at: datetime, on: date) -> list[tuple[int, int]]:
    """(account, commune) of those that were approved."""
    if not ready:
        return []
    rule, ids = rule_on(on=on), [each.pk for each in ready]
    first = first_period(on, rule, changed=False).first_day
    changed = first_period(on, rule, changed=True).first_day
    with connection.cursor() as cursor:
        cursor.execute(
            statement("payees", "end_current"),
            {"ids": ids, "changed": changed, "on": on, "dated": [state.value for state in DATED]},
        )
        ended = {new: (old, unused) for new, old, unused in cursor.fetchall()}
        cursor.execute(
            statement("payees", "approve_accounts"),
            {
                "ids": ids, "replaces": [ended[pk][0] if pk in ended else None for pk in ids],
                "first": first, "changed": changed, "at": at, "by": by.pk,
                "source": AccountState.HOLDER_CHECKED.value,
                "target": ACCOUNT.apply(AccountState.HOLDER_CHECKED, "approve").value,
            },
        )  # fmt: skip
        approved = [(int(pk), int(commune)) for pk, commune in cursor.fetchall()]
    never_used = [(old, "", "", "") for old, unused in ended.values() if unused]
    move_accounts(event="replace", rows=never_used, source="", by=by, at=at)
    tell_old_phones(
        approved=[(each, changed if each.pk in ended else first, each.pk in ended) for each in ready], at=at
    )
    return approved
