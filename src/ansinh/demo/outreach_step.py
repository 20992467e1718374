# SPDX-License-Identifier: MPL-2.0
"""The campaign of 2024, commune by commune: helpers go to every hamlet, a bank opens accounts on days of
its own, what was opened is checked and approved, each month's end is frozen; the directive's targets
before and after."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from ansinh.demo.invented import InventedCommune, InventedPerson
from ansinh.demo.officers import officer_of
from ansinh.demo.payees_step import check_and_approve, pays_now
from ansinh.demo.scene import MONTH, PROVINCE, Scene, Step, moment
from ansinh.outreach.actions.campaigns import (
    add_helper,
    assign,
    close_campaign,
    end_day,
    plan_campaign,
    plan_day,
    start_campaign,
)
from ansinh.outreach.actions.targets import FiguresFrozen, freeze_month, load_targets
from ansinh.outreach.actions.visits import OpenedAccount, Told, log_visits
from ansinh.outreach.models import Campaign, Contact, OpeningDay, Visit
from ansinh.outreach.queries import Standing, standing
from ansinh.payees.actions import keep_dates
from ansinh.payees.actions.accounts import NeedsRepresentative
from ansinh.places.queries import unit_on
from ansinh.rules.months import Month
from ansinh.rules.outreach import Outcome, permille
from ansinh.rules.readiness import Obstacle
from ansinh.staff.models import Officer

NAME = "Vận động mở tài khoản năm 2024"
BEFORE, AFTER = date(2024, 2, 29), date(2024, 12, 31)
PLANNED, STARTS, ENDS = date(2024, 3, 25), date(2024, 4, 1), date(2024, 12, 15)
# (visits and opening day, identity and holder checked, approved)
WAVES = (
    (date(2024, 4, 18), date(2024, 4, 26), date(2024, 5, 6)),
    (date(2024, 7, 16), date(2024, 7, 25), date(2024, 8, 5)),
    (date(2024, 10, 15), date(2024, 10, 24), date(2024, 11, 4)),
    (date(2024, 11, 12), date(2024, 11, 21), date(2024, 12, 3)),
)
DESK = "VBA"  # the bank that comes; people choose any other as well
# What somebody of a group of the review says on the first visit, when no account is theirs yet.
SAYS = {
    "C": (Outcome.MET, frozenset({Obstacle.NO_SMARTPHONE})),
    "D": (Outcome.NEEDS_HELP, frozenset({Obstacle.FRAIL})),
    "E": (Outcome.NEEDS_HELP, frozenset({Obstacle.FRAIL, Obstacle.FAR})),
    "F": (Outcome.REFUSED, frozenset({Obstacle.UNWILLING})),
}


def run_campaign(scene: Scene) -> str:
    """Four rounds of visits and opening days in every commune; then the months are frozen."""
    begun = [each for each in scene.invented() if _begin(scene, each)]
    for number, (visits, checked, approved) in enumerate(WAVES):
        for invented in begun:
            _visit_all(scene, invented, number, visits)
            scene.advance(number * len(begun), len(begun) * len(WAVES))
        if begun:
            check_and_approve(scene, checked=checked, approved=approved)
    for invented in begun:
        with scene.within(scene.unit(invented)):
            campaign = Campaign.objects.get(commune=scene.unit(invented), name=NAME)
            by = officer_of(commune=invented.commune, act="lap-danh-sach")
            close_campaign(campaign_id=campaign.pk, by=by, at=moment(ENDS))
    _end_year(scene)
    with scene.everywhere():
        visits_made = Visit.objects.count()
        opened = Visit.objects.filter(outcome=Outcome.ACCOUNT_OPENED.value).count()
        days = OpeningDay.objects.filter(state="held").count()
    scene.figures["campaign"] = {"visits": visits_made, "accounts_opened": opened, "opening_days": days}
    return f"{visits_made} lượt đến nhà, {days} ngày mở tài khoản, {opened} người đã mở"


def _begin(scene: Scene, invented: InventedCommune) -> bool:
    """Plan and start a commune's campaign, unless it was; whether it was started now."""
    unit = scene.unit(invented)
    by = officer_of(commune=invented.commune, act="lap-danh-sach")
    with scene.within(unit):
        if Campaign.objects.filter(commune=unit, name=NAME).exists():
            return False
        made = plan_campaign(
            commune_id=unit.pk, name=NAME, groups=["B", "C"], starts_on=STARTS, ends_on=ENDS, by=by,
            at=moment(PLANNED),
        )  # fmt: skip
        start_campaign(campaign_id=made.pk, by=by, at=moment(STARTS), on=STARTS)
        for hamlet in sorted(set(Contact.objects.filter(campaign=made).values_list("hamlet", flat=True))):
            helper = add_helper(
                commune_id=unit.pk, name=f"Tổ Đề án 06 {hamlet}", kind="hamlet", hamlet=hamlet, by=by,
                at=moment(STARTS),
            )  # fmt: skip
            assign(campaign_id=made.pk, helper_id=helper.pk, hamlet=hamlet, by=by, at=moment(STARTS))
        for day, _checked, _approved in WAVES:
            plan_day(campaign_id=made.pk, bank=DESK, on=day, place=f"Nhà văn hoá {unit.name}", by=by,
                     at=moment(STARTS))  # fmt: skip
    return True


def _visit_all(scene: Scene, invented: InventedCommune, number: int, on: date) -> None:
    unit = scene.unit(invented)
    by = officer_of(commune=invented.commune, act="lap-danh-sach")
    with scene.within(unit):
        campaign = Campaign.objects.get(commune=unit, name=NAME)
        day = OpeningDay.objects.get(campaign=campaign, on=on)
        known = scene.register_of(invented, unit)
        contacts = dict(Contact.objects.filter(campaign=campaign).values_list("person_id", "pk"))
        opened: list[tuple[int, Told]] = []
        others: list[tuple[int, Told]] = []
        for person in invented.people:
            theirs = known.get(person.key)
            contact = contacts.get(theirs.pk) if theirs is not None else None
            told = _told(person, number, on) if contact is not None else None
            if contact is not None and told is not None:
                (opened if told.account else others).append((contact, told))
        _written(opened, by, on, day)
        _written(others, by, on, None)
        end_day(day_id=day.pk, held=True, by=by, at=moment(on))


def _written(told: list[tuple[int, Told]], by: Officer, on: date, day: OpeningDay | None) -> None:
    refused = log_visits(told=told, by=by, at=moment(on), today=on, day=day)
    # A list that exchanged somebody's dates made them a minor: the house refuses an account of their own,
    # and the helper writes down that a representative is needed.
    minors = [place for place, why in refused.items() if isinstance(why, NeedsRepresentative)]
    assert len(minors) == len(refused), next(iter(refused.values()))
    if minors:
        frail = Told(on, Outcome.NEEDS_HELP, frozenset({Obstacle.FRAIL}))
        _written([(told[place][0], frail) for place in minors], by, on, None)


def _told(person: InventedPerson, number: int, on: date) -> Told | None:
    """What comes of the visit of a round; None when nobody goes there in it."""
    if pays_now(person):
        return None
    account, before = person.account, WAVES[number - 1][0] if number else date(1990, 1, 1)
    if account is not None and Month.of(before) < account.opened <= Month.of(on):
        return Told(on, Outcome.ACCOUNT_OPENED, account=OpenedAccount(account.bank, account.number))
    if number > 0:
        return None
    if person.truth.died_on is not None or person.truth.moved_to:
        return Told(on, Outcome.ABSENT)
    if account is not None:
        return Told(on, Outcome.AGREED)
    outcome, reasons = SAYS.get(person.group, (Outcome.MET, frozenset()))
    return Told(on, outcome, reasons, signed=outcome is Outcome.REFUSED)


def _end_year(scene: Scene) -> None:
    """Bring the states up to the end of the year, and freeze every month's end of it."""
    with scene.everywhere():
        keep_dates(at=moment(AFTER), on=AFTER)
    month = MONTH
    while month <= Month.of(AFTER):
        with suppress(FiguresFrozen):  # by an earlier run
            freeze_month(month=month, by=None, at=moment(month.next.first_day))
        month = month.next


def _province_on(scene: Scene, on: date) -> Standing:
    with scene.everywhere():
        return standing(unit=unit_on(code=PROVINCE, on=on), on=on)


def count_targets(scene: Scene) -> str:
    """Load the directive's two targets; how far the province was before the campaign and after it."""
    load_targets(by=None, at=scene.at)
    before, after = _province_on(scene, BEFORE), _province_on(scene, AFTER)
    shares = [permille(each.registered, each.beneficiaries) for each in (before, after)]
    scene.figures |= {
        "cashless_before": shares[0] / 1000, "cashless_after": shares[1] / 1000,
        "with_account": after.with_account, "groups": after.groups, "groups_before": before.groups,
    }  # fmt: skip
    told = [f"{share // 10},{share % 10} %" for share in shares]
    return (
        f"qua tài khoản {told[0]} ngày {BEFORE:%d/%m/%Y}, {told[1]} ngày {AFTER:%d/%m/%Y}"
        " (chỉ tiêu 30 % trước 31/12/2024)"
    )


STEPS = (
    Step("Đợt vận động năm 2024", run_campaign),
    Step("Chỉ tiêu của công văn, trước và sau", count_targets),
)
