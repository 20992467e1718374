# SPDX-License-Identifier: MPL-2.0
"""A visit is written down, and moves what is to be done next for the person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from ansinh.audit.actions import Entry, record, record_many
from ansinh.outreach.actions.campaigns import CampaignNotRunning
from ansinh.outreach.lifecycles import CampaignState
from ansinh.outreach.models import Contact, OpeningDay, Visit, Wish
from ansinh.payees.actions.accounts import AccountIsThis, AccountWaits, NeedsRepresentative
from ansinh.payees.actions.many import Stated, declare_many, need_representative
from ansinh.payees.actions.readiness import Said, Signed, keep_obstacles, keep_refusals
from ansinh.payees.models import Mandate
from ansinh.providers.directory import bank_name, directory
from ansinh.registry.models import Person
from ansinh.rules.accounts import parse_account
from ansinh.rules.outreach import Next, Outcome, next_step
from ansinh.rules.readiness import Obstacle
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer


class VisitChanged(Refusal):
    """Somebody wrote down another visit meanwhile; fields: outcome, on."""

    code = "VISIT_CHANGED"


class VisitInFuture(Refusal):
    """A visit that has not happened; fields: on."""

    code = "VISIT_IN_FUTURE"


class RefusalNeedsReason(Refusal):
    """Refusing is a right; the reason is written down (Hà Nội's procedure, step 4)."""

    code = "VISIT_REFUSAL_NEEDS_REASON"


@dataclass(frozen=True, slots=True)
class OpenedAccount:
    """The account that was opened, as the paper shows it."""

    bank: str
    number: str
    holder: str = ""
    was_numeric: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of one visit."""

    on: date
    outcome: Outcome
    reasons: frozenset[Obstacle] = frozenset()
    signed: bool = False
    note: str = ""
    account: OpenedAccount | None = None
    sheet: tuple[bytes, int] | None = None  # (hash of the sheet, row)


def log_visit(
    *, contact_id: int, told: Told, by: Officer | None, at: datetime, today: date,
    version: int | None = None, day: OpeningDay | None = None,
) -> None:  # fmt: skip
    """Write a visit down; an account that was opened is declared in the same act.

    With `version` the contact must still be as the writer saw it. Raises `VisitInFuture`,
    `RefusalNeedsReason`, `CampaignNotRunning`, `VisitChanged`, or what declaring an account raises.
    """
    with transaction.atomic():
        contact = _locked([contact_id])[contact_id]
        if version is not None and contact.version != version:
            last = contact.log.order_by("-pk").first()
            raise VisitChanged(outcome=contact.outcome or "–", on=last.on if last else told.on)
        refused = _log([(contact, told)], day=day, by=by, at=at, today=today)
        if refused:
            raise refused[0]


def log_visits(
    *, told: Sequence[tuple[int, Told]], by: Officer | None, at: datetime, today: date,
    day: OpeningDay | None = None,
) -> dict[int, Refusal]:  # fmt: skip
    """Write many visits down, (contact, what is known) each; a person twice in it is visited twice.

    What cannot be written is answered under its place in the list with its refusal, and holds up
    nobody else. A fixed number of statements for as many visits as a sheet has lines.
    """
    refused: dict[int, Refusal] = {}
    with transaction.atomic():
        left = list(enumerate(told))
        while left:
            wave, left = _each_once(left)
            contacts = _locked([contact_id for _place, (contact_id, _told) in wave])
            lines = [(contacts[contact_id], each) for _place, (contact_id, each) in wave]
            for at_line, why in _log(lines, day=day, by=by, at=at, today=today).items():
                refused[wave[at_line][0]] = why
    return refused


_Line = tuple[int, tuple[int, Told]]


def _each_once(lines: list[_Line]) -> tuple[list[_Line], list[_Line]]:
    """(the first line of each contact, the lines that come after)."""
    seen: set[int] = set()
    first: list[_Line] = []
    later: list[_Line] = []
    for line in lines:
        contact_id = line[1][0]
        (later if contact_id in seen else first).append(line)
        seen.add(contact_id)
    return first, later


def _locked(contact_ids: Sequence[int]) -> dict[int, Contact]:
    rows = Contact.objects.select_for_update(of=("self",)).select_related("campaign", "person", "helper")
    return rows.in_bulk(list(contact_ids))


def _log(
    lines: Sequence[tuple[Contact, Told]], *, day: OpeningDay | None, by: Officer | None, at: datetime,
    today: date,
) -> dict[int, Refusal]:  # fmt: skip
    """Write one visit a contact; the place of each line that was refused, with why."""
    refused: dict[int, Refusal] = {}
    for place, (contact, told) in enumerate(lines):
        try:
            _check(contact, told, today)
        except Refusal as why:
            refused[place] = why
    refused |= _declare(lines, set(refused), by=by, at=at)
    good = [line for place, line in enumerate(lines) if place not in refused]
    visits = Visit.objects.bulk_create(_visit(contact, told, day, by, at) for contact, told in good)
    _keep_readiness(good, by, at)
    _move(good)
    record_many(
        by=by.pk if by else None, at=at,
        entries=[
            Entry("outreach.visit", "person", contact.person_id, contact.commune_id,
                  {"visit": visit.pk, "outcome": told.outcome.value})
            for visit, (contact, told) in zip(visits, good, strict=True)
        ],
    )  # fmt: skip
    return refused


def _check(contact: Contact, told: Told, today: date) -> None:
    if told.on > today:
        raise VisitInFuture(on=told.on)
    if told.outcome is Outcome.REFUSED and not told.reasons:
        raise RefusalNeedsReason
    if contact.campaign.state != CampaignState.RUNNING:
        raise CampaignNotRunning(name=contact.campaign.name)


def _visit(contact: Contact, told: Told, day: OpeningDay | None, by: Officer | None, at: datetime) -> Visit:
    sha256, row = told.sheet or (None, None)
    return Visit(
        contact=contact, commune_id=contact.commune_id, helper=contact.helper, day=day, on=told.on,
        outcome=told.outcome.value, reasons=sorted(each.value for each in told.reasons), signed=told.signed,
        note=told.note[:300], sheet_sha256=sha256, sheet_row=row, at=at, by=by,
    )  # fmt: skip


def _keep_readiness(lines: Sequence[tuple[Contact, Told]], by: Officer | None, at: datetime) -> None:
    """What was said stands where the groups are counted from: obstacles, and a signed refusal."""
    said = [
        Said(contact.person, told.reasons, told.on)
        for contact, told in lines if told.outcome is not Outcome.ABSENT
    ]  # fmt: skip
    keep_obstacles(said=said, by=by)
    signed = [
        Signed(contact.person, told.note or ", ".join(sorted(each.value for each in told.reasons)), told.on)
        for contact, told in lines if told.outcome is Outcome.REFUSED and told.signed
    ]  # fmt: skip
    if by is not None:
        keep_refusals(signed=signed, by=by, at=at)


def _declare(
    lines: Sequence[tuple[Contact, Told]], left_out: set[int], *, by: Officer | None, at: datetime
) -> dict[int, Refusal]:
    """Declare the accounts that were opened; the places of those that cannot be, with why."""
    refused: dict[int, Refusal] = {}
    stated: dict[date, list[tuple[int, Stated]]] = {}
    for place, (contact, told) in enumerate(lines):
        if told.account is None or place in left_out:
            continue
        try:
            stated.setdefault(told.on, []).append((place, _stated(contact, told.account, told.on, by)))
        except Refusal as why:
            refused[place] = why
    for on, each in stated.items():
        outcomes = declare_many(
            stated=[one for _place, one in each], source="commune", details={}, by=by, at=at, on=on
        )
        for (place, one), outcome in zip(each, outcomes, strict=True):
            if outcome != "accounts":
                refused[place] = _why_not(outcome, lines[place][0].person, one)
    return refused


def _stated(contact: Contact, account: OpenedAccount, on: date, by: Officer | None) -> Stated:
    institution = directory().find(account.bank, on=on)
    read = parse_account(account.number, bank=institution, was_numeric=account.was_numeric)
    helper = contact.helper.name if contact.helper is not None else ""
    return Stated(
        contact.person_id, institution.code, read.number, account.holder,
        helper or (by.full_name if by else ""), on,
    )  # fmt: skip


def _why_not(outcome: str, person: Person, stated: Stated) -> Refusal:
    if outcome == "unchanged":
        return AccountIsThis(bank=bank_name(stated.bank), last4=stated.number[-4:])
    return (
        NeedsRepresentative(name=person.name) if outcome == "represented" else AccountWaits(name=person.name)
    )


def _move(lines: Sequence[tuple[Contact, Told]]) -> None:
    """What is to be done next for each, by the rule."""
    by_day: dict[date, list[Person]] = {}
    for contact, told in lines:
        by_day.setdefault(told.on, []).append(contact.person)
    people = {on: need_representative(people=each, on=on) for on, each in by_day.items()}
    received = Mandate.objects.filter(
        person__in=[contact.person_id for contact, _told in lines], state="active"
    )
    represented = set(received.values_list("person_id", flat=True))
    for contact, told in lines:
        contact.absences = contact.absences + 1 if told.outcome is Outcome.ABSENT else 0
        following: Next = next_step(
            told.outcome, told.reasons, on=told.on, absences=contact.absences, signed=told.signed,
            declared=told.account is not None,
            needs_representative=contact.person_id in people[told.on] - represented,
        )  # fmt: skip
        contact.outcome, contact.step, contact.step_on = (
            told.outcome.value,
            following.step.value,
            following.on,
        )
        contact.visits, contact.version = contact.visits + 1, contact.version + 1
    Contact.objects.bulk_update(
        [contact for contact, _told in lines],
        ["absences", "outcome", "step", "step_on", "visits", "version"], batch_size=500,
    )  # fmt: skip


def keep_wish(*, person: Person, way: str, since: date, by: Officer | None, at: datetime) -> Wish:
    """Keep how somebody wants to be told things."""
    with transaction.atomic():
        wish, _new = Wish.objects.update_or_create(
            person=person, defaults={"commune_id": person.commune_id, "way": way, "since": since}
        )
        record(
            by=by.pk if by else None, at=at, act="outreach.keep_wish", subject="person", subject_id=person.pk,
            unit_id=person.commune_id, details={"way": way},
        )  # fmt: skip
    return wish
