# SPDX-License-Identifier: MPL-2.0
"""A campaign from its plan to its close: whom it is for, who goes to whom, when a bank comes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import IntegrityError, connection, transaction
from django.db.models import F

from ansinh.audit.actions import record
from ansinh.outreach.lifecycles import CAMPAIGN, OPENING_DAY, CampaignState, DayState
from ansinh.outreach.models import GROUPS, Campaign, Contact, Helper, OpeningDay
from ansinh.payees.periods import for_period
from ansinh.places.queries import with_history
from ansinh.providers.directory import directory
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.statements import statement


class CampaignNeedsGroups(Refusal):
    """A campaign for nobody."""

    code = "CAMPAIGN_NEEDS_GROUPS"


class CampaignNameTaken(Refusal):
    """The commune has a campaign of this name; fields: name."""

    code = "CAMPAIGN_NAME_TAKEN"


class CampaignDatesBackwards(Refusal):
    """It would end before it starts; fields: starts, ends."""

    code = "CAMPAIGN_DATES_BACKWARDS"


class CampaignEmpty(Refusal):
    """Nobody of these groups lives in the commune; fields: groups."""

    code = "CAMPAIGN_EMPTY"


class CampaignNotRunning(Refusal):
    """Contacts of a campaign that is not running are not moved; fields: name."""

    code = "CAMPAIGN_NOT_RUNNING"


class DayTaken(Refusal):
    """The bank comes on that day already; fields: bank, on."""

    code = "OPENING_DAY_TAKEN"


class DayOutsideCampaign(Refusal):
    """A day before or after the campaign; fields: on, starts, ends."""

    code = "OPENING_DAY_OUTSIDE"


def plan_campaign(
    *, commune_id: int, name: str, groups: Collection[str], starts_on: date, ends_on: date,
    by: Officer | None, at: datetime,
) -> Campaign:  # fmt: skip
    """Plan a campaign. Raises `CampaignNeedsGroups`, `CampaignDatesBackwards` or `CampaignNameTaken`."""
    wanted = [each for each in GROUPS if each in groups]
    if not wanted:
        raise CampaignNeedsGroups
    if ends_on < starts_on:
        raise CampaignDatesBackwards(starts=starts_on, ends=ends_on)
    try:
        with transaction.atomic():
            made = Campaign.objects.create(
                commune_id=commune_id, name=name[:140], groups=wanted, starts_on=starts_on, ends_on=ends_on,
                made_at=at, made_by=by,
            )  # fmt: skip
            _recorded(made, "outreach.plan", by, at, groups=wanted)
    except IntegrityError as taken:
        raise CampaignNameTaken(name=name) from taken
    return made


def _recorded(campaign: Campaign, act: str, by: Officer | None, at: datetime, **details: object) -> None:
    record(
        by=by.pk if by else None, at=at, act=act, subject="campaign", subject_id=campaign.pk,
        unit_id=campaign.commune_id, details=details,
    )  # fmt: skip


def _moved(campaign_id: int, event: str) -> tuple[Campaign, CampaignState]:
    campaign = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign_id)
    return campaign, CAMPAIGN.apply(CampaignState(campaign.state), event)


def start_campaign(*, campaign_id: int, by: Officer | None, at: datetime, on: date) -> int:
    """Draw the list of its people from the groups as they are now, and let visits begin. Returns how
    many. Raises `CampaignEmpty` or `NotFromThisState`."""
    with transaction.atomic():
        campaign, target = _moved(campaign_id, "start")
        drawn = _draw(campaign, on)
        if drawn == 0:
            raise CampaignEmpty(groups=campaign.groups)
        Campaign.objects.filter(pk=campaign.pk).update(state=target.value)
        _recorded(campaign, "outreach.start", by, at, people=drawn)
    return drawn


def draw_again(*, campaign_id: int, by: Officer | None, at: datetime, on: date) -> int:
    """Add those who came into the campaign's groups since; returns how many.

    Raises `CampaignNotRunning`.
    """
    with transaction.atomic():
        campaign = running(campaign_id=campaign_id)
        added = _draw(campaign, on)
        _recorded(campaign, "outreach.draw_again", by, at, people=added)
    return added


def running(*, campaign_id: int) -> Campaign:
    """The campaign, locked, if it runs. Raises `CampaignNotRunning`."""
    campaign = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign_id)
    if campaign.state != CampaignState.RUNNING:
        raise CampaignNotRunning(name=campaign.name)
    return campaign


def _draw(campaign: Campaign, on: date) -> int:
    communes = list(with_history(unit_ids=[campaign.commune_id]))
    for_period(month=Month.of(on).next)
    with connection.cursor() as cursor:
        cursor.execute(
            statement("outreach", "draw_contacts"),
            {"campaign": campaign.pk, "communes": communes, "groups": list(campaign.groups),
             "first_visit": campaign.starts_on},
        )  # fmt: skip
        return int(cursor.rowcount)


def close_campaign(*, campaign_id: int, by: Officer | None, at: datetime) -> None:
    """End a campaign; its log stays. Raises `NotFromThisState`."""
    with transaction.atomic():
        campaign, target = _moved(campaign_id, "close")
        Campaign.objects.filter(pk=campaign.pk).update(state=target.value, closed_at=at)
        _recorded(campaign, "outreach.close", by, at)


def cancel_campaign(*, campaign_id: int, by: Officer | None, at: datetime) -> None:
    """Drop a plan. Raises `NotFromThisState`."""
    with transaction.atomic():
        campaign, target = _moved(campaign_id, "cancel")
        Campaign.objects.filter(pk=campaign.pk).update(state=target.value)
        _recorded(campaign, "outreach.cancel", by, at)


def add_helper(
    *, commune_id: int, name: str, kind: str, hamlet: str, by: Officer | None, at: datetime,
    officer: Officer | None = None,
) -> Helper:  # fmt: skip
    """Add somebody who goes to people, or bring them back."""
    with transaction.atomic():
        helper, _new = Helper.objects.update_or_create(
            commune_id=commune_id, name=name[:140], hamlet=hamlet[:120],
            defaults={"kind": kind, "officer": officer, "active": True},
        )  # fmt: skip
        record(
            by=by.pk if by else None, at=at, act="outreach.add_helper", subject="helper",
            subject_id=helper.pk, unit_id=commune_id, details={"kind": kind},
        )  # fmt: skip
    return helper


def assign(
    *, campaign_id: int, helper_id: int, by: Officer | None, at: datetime, hamlet: str | None = None,
    contact_ids: Sequence[int] = (),
) -> int:  # fmt: skip
    """Give a hamlet's people, or those named, to a helper; returns how many. One statement.

    Raises `CampaignNotRunning`.
    """
    with transaction.atomic():
        campaign = running(campaign_id=campaign_id)
        helper = Helper.objects.get(pk=helper_id, commune_id=campaign.commune_id, active=True)
        found = Contact.objects.filter(campaign=campaign).exclude(helper=helper)
        found = found.filter(pk__in=contact_ids) if contact_ids else found.filter(hamlet=hamlet or "")
        count = found.update(helper=helper, version=F("version") + 1)
        _recorded(campaign, "outreach.assign", by, at, helper=helper.pk, people=count)
    return count


def plan_day(
    *, campaign_id: int, bank: str, on: date, place: str, by: Officer | None, at: datetime
) -> OpeningDay:
    """Agree with a bank on a day in the commune. Raises `BankUnknown`, `DayOutsideCampaign` or
    `DayTaken`."""
    institution = directory().find(bank, on=on)
    try:
        with transaction.atomic():
            campaign = running(campaign_id=campaign_id)
            if not campaign.starts_on <= on <= campaign.ends_on:
                raise DayOutsideCampaign(on=on, starts=campaign.starts_on, ends=campaign.ends_on)
            made = OpeningDay.objects.create(
                commune_id=campaign.commune_id, campaign=campaign, bank=institution.code, on=on,
                place=place[:140], made_at=at, made_by=by,
            )  # fmt: skip
            _recorded(campaign, "outreach.plan_day", by, at, day=made.pk, bank=institution.code)
    except IntegrityError as taken:
        raise DayTaken(bank=institution.name, on=on) from taken
    return made


def end_day(*, day_id: int, held: bool, by: Officer | None, at: datetime) -> None:
    """Say that the bank came, or did not. Raises `NotFromThisState`."""
    with transaction.atomic():
        day = OpeningDay.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=day_id)
        target = OPENING_DAY.apply(DayState(day.state), "hold" if held else "cancel")
        OpeningDay.objects.filter(pk=day.pk).update(state=target.value)
        _recorded(day.campaign, "outreach.end_day", by, at, day=day.pk, held=held)
