# SPDX-License-Identifier: MPL-2.0
"""A visit is written down, and moves what is to be done next for the person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from ansinh.audit.actions import record
from ansinh.outreach.actions.campaigns import CampaignNotRunning
from ansinh.outreach.lifecycles import CampaignState
from ansinh.outreach.models import Contact, OpeningDay, Visit, Wish
from ansinh.payees.actions.accounts import declare_account
from ansinh.payees.actions.readiness import keep_obstacles, keep_refusal
from ansinh.payees.models import Mandate
from ansinh.payees.periods import rule_on
from ansinh.payees.queries import is_incapable
from ansinh.registry.models import Person
from ansinh.rules.outreach import Next, Outcome, next_step
from ansinh.rules.payees import is_minor
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
) -> Visit:  # fmt: skip
    """Write a visit down; an account that was opened is declared in the same act.

    With `version` the contact must still be as the writer saw it. Raises `VisitInFuture`,
    `RefusalNeedsReason`, `CampaignNotRunning`, `VisitChanged`, or what `declare_account` raises.
    """
    if told.on > today:
        raise VisitInFuture(on=told.on)
    if told.outcome is Outcome.REFUSED and not told.reasons:
        raise RefusalNeedsReason
    with transaction.atomic():
        contact = (
            Contact.objects.select_for_update(of=("self",))
            .select_related("campaign", "person")
            .get(pk=contact_id)
        )
        if contact.campaign.state != CampaignState.RUNNING:
            raise CampaignNotRunning(name=contact.campaign.name)
        if version is not None and contact.version != version:
            last = contact.log.order_by("-pk").first()
            raise VisitChanged(outcome=contact.outcome or "–", on=last.on if last else told.on)
        visit = _insert(contact, told, day, by, at)
        _keep_readiness(contact, told, by, at)
        if told.account is not None:
            _declare(contact, told.account, told.on, by, at)
        _move(contact, told)
        record(
            by=by.pk if by else None, at=at, act="outreach.visit", subject="person",
            subject_id=contact.person_id, unit_id=contact.commune_id,
            details={"visit": visit.pk, "outcome": told.outcome.value},
        )  # fmt: skip
    return visit


def _insert(contact: Contact, told: Told, day: OpeningDay | None, by: Officer | None, at: datetime) -> Visit:
    sha256, row = told.sheet or (None, None)
    return Visit.objects.create(
        contact=contact, commune_id=contact.commune_id, helper=contact.helper, day=day, on=told.on,
        outcome=told.outcome.value, reasons=sorted(each.value for each in told.reasons), signed=told.signed,
        note=told.note[:300], sheet_sha256=sha256, sheet_row=row, at=at, by=by,
    )  # fmt: skip


def _keep_readiness(contact: Contact, told: Told, by: Officer | None, at: datetime) -> None:
    """What was said stands where the groups are counted from: obstacles, and a signed refusal."""
    if told.outcome is not Outcome.ABSENT:
        keep_obstacles(person=contact.person, codes=told.reasons, by=by, on=told.on)
    if told.outcome is Outcome.REFUSED and told.signed and by is not None:
        reason = told.note or ", ".join(sorted(each.value for each in told.reasons))
        keep_refusal(person=contact.person, reason=reason, signed_on=told.on, by=by, at=at)


def _declare(contact: Contact, account: OpenedAccount, on: date, by: Officer | None, at: datetime) -> None:
    helper = contact.helper.name if contact.helper is not None else ""
    declare_account(
        person=contact.person, bank=account.bank, number=account.number, holder_name=account.holder,
        was_numeric=account.was_numeric, source="commune", asserted_on=on, on=on,
        asserted_by=helper or (by.full_name if by else ""), by=by, at=at,
    )  # fmt: skip


def _move(contact: Contact, told: Told) -> None:
    absences = contact.absences + 1 if told.outcome is Outcome.ABSENT else 0
    following: Next = next_step(
        told.outcome, told.reasons, on=told.on, absences=absences, signed=told.signed,
        declared=told.account is not None, needs_representative=_needs_representative(contact, told.on),
    )  # fmt: skip
    Contact.objects.filter(pk=contact.pk).update(
        outcome=told.outcome.value, absences=absences, visits=F("visits") + 1, version=F("version") + 1,
        step=following.step.value, step_on=following.on,
    )  # fmt: skip


def _needs_representative(contact: Contact, on: date) -> bool:
    person = contact.person
    alone = not (is_minor(person.born_on, on, rule_on(on=on)) or is_incapable(person_id=person.pk, on=on))
    return not alone and not Mandate.objects.filter(person=person, state="active").exists()


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
