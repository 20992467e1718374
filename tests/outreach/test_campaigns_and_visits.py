# SPDX-License-Identifier: MPL-2.0
"""A campaign is planned, drawn from the groups, worked through visit by visit, and closed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from ansinh.outreach import queries
from ansinh.outreach.actions.campaigns import (
    CampaignDatesBackwards,
    CampaignEmpty,
    CampaignNameTaken,
    CampaignNeedsGroups,
    CampaignNotRunning,
    DayOutsideCampaign,
    DayTaken,
    add_helper,
    assign,
    close_campaign,
    draw_again,
    end_day,
    plan_campaign,
    plan_day,
    start_campaign,
)
from ansinh.outreach.actions.visits import (
    OpenedAccount,
    RefusalNeedsReason,
    Told,
    VisitChanged,
    VisitInFuture,
    log_visit,
    log_visits,
)
from ansinh.outreach.models import Campaign, Contact, Visit
from ansinh.payees.models import Account
from ansinh.registry.models import Person
from ansinh.rules.accounts import AccountNotAccepted
from ansinh.rules.lifecycle import NotFromThisState
from ansinh.rules.outreach import Outcome, Step
from ansinh.rules.readiness import Obstacle
from ansinh.staff.models import Officer
from ansinh.staff.scope import limit_to, open_to_all
from tests.conftest import units
from tests.payees.people import person

AT, ON = datetime(2024, 3, 4, 3, 0, tzinfo=UTC), date(2024, 3, 4)


def plan(officers: dict[str, Officer], **changes: object) -> Campaign:
    said: dict[str, object] = {
        "commune_id": units()[0].pk, "name": "Tháng 3 mở tài khoản", "groups": ["C"], "starts_on": ON,
        "ends_on": date(2024, 4, 30), "by": officers["lap-danh-sach"], "at": AT,
    }  # fmt: skip
    return plan_campaign(**(said | changes))  # type: ignore[arg-type]


def started(officers: dict[str, Officer]) -> Campaign:
    campaign = plan(officers)
    start_campaign(campaign_id=campaign.pk, by=officers["lap-danh-sach"], at=AT, on=ON)
    return campaign


def visit(officers: dict[str, Officer], of: Contact, outcome: Outcome, **more: object) -> None:
    told = Told(ON, outcome, **more)  # type: ignore[arg-type]
    log_visit(contact_id=of.pk, told=told, by=officers["lap-danh-sach"], at=AT, today=ON)


def test_a_plan_names_groups_and_days_in_order_and_a_name_of_its_own(officers: dict[str, Officer]) -> None:
    with pytest.raises(CampaignNeedsGroups):
        plan(officers, groups=["X"])
    with pytest.raises(CampaignDatesBackwards):
        plan(officers, ends_on=date(2024, 3, 1))
    plan(officers)
    with pytest.raises(CampaignNameTaken):
        plan(officers)


def test_starting_draws_the_people_of_the_groups_by_hamlet_and_name(
    officers: dict[str, Officer], commune: list[Person]
) -> None:
    campaign = plan(officers)
    drawn = start_campaign(campaign_id=campaign.pk, by=officers["lap-danh-sach"], at=AT, on=ON)
    contacts = list(Contact.objects.filter(campaign=campaign).order_by("reference"))
    assert drawn == len(commune) == len(contacts)
    assert [each.hamlet for each in contacts] == ["Thôn 1"] * 4 + ["Thôn 2"] * 2
    assert [each.person.name for each in contacts[:4]] == [
        "Trần Văn Ánh", "Phạm Văn Bình", "Lê Thị Đào", "Nguyễn Thị Hoà",
    ]  # fmt: skip
    with pytest.raises(NotFromThisState):
        start_campaign(campaign_id=campaign.pk, by=officers["lap-danh-sach"], at=AT, on=ON)


def test_a_campaign_for_nobody_does_not_start(officers: dict[str, Officer], commune: list[Person]) -> None:
    campaign = plan(officers, groups=["F"])
    with pytest.raises(CampaignEmpty):
        start_campaign(campaign_id=campaign.pk, by=officers["lap-danh-sach"], at=AT, on=ON)
    campaign.refresh_from_db()
    assert campaign.state == "planned"


def test_newcomers_are_added_once_and_keep_their_own_numbers(
    officers: dict[str, Officer], commune: list[Person]
) -> None:
    campaign = started(officers)
    newcomer = person(officers, "Bùi Văn Mới", hamlet="Thôn 1")
    add = {"campaign_id": campaign.pk, "by": officers["lap-danh-sach"], "at": AT, "on": ON}
    assert draw_again(**add) == 1  # type: ignore[arg-type]
    assert draw_again(**add) == 0  # type: ignore[arg-type]
    references = Contact.objects.filter(campaign=campaign).values_list("reference", flat=True)
    assert len(set(references)) == len(commune) + 1
    assert Contact.objects.get(campaign=campaign, person=newcomer).reference.endswith("0007")


def test_a_hamlet_is_given_to_a_helper_in_one_statement(
    officers: dict[str, Officer], commune: list[Person]
) -> None:
    campaign = started(officers)
    helper = add_helper(commune_id=campaign.commune_id, name="Trưởng thôn 1", kind="hamlet", hamlet="Thôn 1",
                        by=officers["lap-danh-sach"], at=AT)  # fmt: skip
    count = assign(campaign_id=campaign.pk, helper_id=helper.pk, hamlet="Thôn 1",
                   by=officers["lap-danh-sach"], at=AT)  # fmt: skip
    assert count == 4
    load = queries.workload(campaign=campaign, today=ON)
    assert [(each.name, each.people, each.due) for each in load] == [("Trưởng thôn 1", 4, 4)]


def test_a_visit_moves_the_next_step_and_stands_in_the_log(
    officers: dict[str, Officer], commune: list[Person]
) -> None:
    contact = Contact.objects.filter(campaign=started(officers)).order_by("reference")[0]
    visit(officers, contact, Outcome.ABSENT)
    visit(officers, contact, Outcome.AGREED, reasons=frozenset({Obstacle.FAR}))
    contact.refresh_from_db()
    assert (contact.step, contact.step_on, contact.visits, contact.absences) == (
        Step.BANK_AT_HOME.value, ON + timedelta(14), 2, 0,
    )  # fmt: skip
    assert [each.outcome for each in contact.log.order_by("pk")] == ["absent", "agreed"]


def test_three_absences_in_a_row_ask_the_hamlet(officers: dict[str, Officer], commune: list[Person]) -> None:
    contact = Contact.objects.filter(campaign=started(officers))[0]
    for _ in range(3):
        visit(officers, contact, Outcome.ABSENT)
    contact.refresh_from_db()
    assert contact.step == Step.ASK_HAMLET.value


def test_an_opened_account_is_declared_in_the_same_act(
    officers: dict[str, Officer], commune: list[Person]
) -> None:
    contact = Contact.objects.filter(campaign=started(officers))[0]
    visit(officers, contact, Outcome.ACCOUNT_OPENED, account=OpenedAccount("Agribank", "4010000000001"))
    account = Account.objects.get(person=contact.person)
    contact.refresh_from_db()
    assert (account.source, account.number_last4, contact.step) == ("commune", "0001", "done")


def test_a_wrong_account_loses_nothing_because_nothing_is_kept(
    officers: dict[str, Officer], commune: list[Person]
) -> None:
    contact = Contact.objects.filter(campaign=started(officers))[0]
    with pytest.raises(AccountNotAccepted):
        visit(officers, contact, Outcome.ACCOUNT_OPENED, account=OpenedAccount("Agribank", "12"))
    assert not contact.log.exists()
    contact.refresh_from_db()
    assert contact.visits == 0


def test_refusing_is_a_right_with_its_reason_and_moves_the_person_to_group_f(
    officers: dict[str, Officer], commune: list[Person]
) -> None:
    contact = Contact.objects.filter(campaign=started(officers))[0]
    with pytest.raises(RefusalNeedsReason):
        visit(officers, contact, Outcome.REFUSED)
    visit(officers, contact, Outcome.REFUSED, reasons=frozenset({Obstacle.UNWILLING}), signed=True)
    now = queries.standing(unit=units()[0], on=ON)
    assert now.groups["F"] == 1
    assert now.groups["C"] == len(commune) - 1


def test_a_visit_of_tomorrow_is_not_written_down(officers: dict[str, Officer], commune: list[Person]) -> None:
    contact = Contact.objects.filter(campaign=started(officers))[0]
    with pytest.raises(VisitInFuture):
        log_visit(contact_id=contact.pk, told=Told(ON + timedelta(1), Outcome.MET),
                  by=officers["lap-danh-sach"], at=AT, today=ON)  # fmt: skip


def test_the_second_writer_is_told_what_the_first_one_wrote(
    officers: dict[str, Officer], commune: list[Person]
) -> None:
    contact = Contact.objects.filter(campaign=started(officers))[0]
    seen = contact.version
    visit(officers, contact, Outcome.AGREED)
    with pytest.raises(VisitChanged) as changed:
        log_visit(contact_id=contact.pk, told=Told(ON, Outcome.ABSENT), by=officers["cong-an-xa"], at=AT,
                  today=ON, version=seen)  # fmt: skip
    assert changed.value.fields["outcome"] == "agreed"
    assert contact.log.count() == 1


def test_after_the_close_nobody_writes_visits(officers: dict[str, Officer], commune: list[Person]) -> None:
    campaign = started(officers)
    contact = Contact.objects.filter(campaign=campaign)[0]
    close_campaign(campaign_id=campaign.pk, by=officers["lap-danh-sach"], at=AT)
    with pytest.raises(CampaignNotRunning):
        visit(officers, contact, Outcome.MET)


def test_a_bank_comes_once_on_a_day_within_the_campaign(
    officers: dict[str, Officer], commune: list[Person]
) -> None:
    campaign = started(officers)
    day = {"campaign_id": campaign.pk, "bank": "Agribank", "place": "Nhà văn hoá", "at": AT,
           "by": officers["lap-danh-sach"]}  # fmt: skip
    made = plan_day(on=date(2024, 3, 20), **day)  # type: ignore[arg-type]
    with pytest.raises(DayTaken):
        plan_day(on=date(2024, 3, 20), **day)  # type: ignore[arg-type]
    with pytest.raises(DayOutsideCampaign):
        plan_day(on=date(2024, 6, 1), **day)  # type: ignore[arg-type]
    end_day(day_id=made.pk, held=True, by=officers["lap-danh-sach"], at=AT)
    with pytest.raises(NotFromThisState):
        end_day(day_id=made.pk, held=False, by=officers["lap-danh-sach"], at=AT)


def test_the_log_of_visits_cannot_be_rewritten(officers: dict[str, Officer], commune: list[Person]) -> None:
    contact = Contact.objects.filter(campaign=started(officers))[0]
    visit(officers, contact, Outcome.MET)
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        Visit.objects.update(outcome="agreed")


def test_the_database_refuses_a_state_outside_the_edges(officers: dict[str, Officer]) -> None:
    campaign = plan(officers)
    with pytest.raises(IntegrityError), transaction.atomic():
        Campaign.objects.filter(pk=campaign.pk).update(state="closed")


def test_another_commune_sees_none_of_it(officers: dict[str, Officer], commune: list[Person]) -> None:
    campaign = started(officers)
    visit(officers, Contact.objects.filter(campaign=campaign)[0], Outcome.MET)
    limit_to(unit_ids=[campaign.commune_id + 1])
    assert not Campaign.objects.exists()
    assert not Contact.objects.exists()
    assert not Visit.objects.exists()
    open_to_all()


def test_drawing_takes_the_same_statements_for_six_and_for_sixty(
    officers: dict[str, Officer], commune: list[Person]
) -> None:
    counts = []
    for name, more in (("một", 0), ("hai", 54)):
        for at in range(more):
            person(officers, f"Nguyễn Văn Thêm {'abcdefghij'[at % 10]}", hamlet="Thôn 3")
        campaign = plan(officers, name=name)
        before = len(connection.queries_log)
        connection.force_debug_cursor = True
        start_campaign(campaign_id=campaign.pk, by=officers["lap-danh-sach"], at=AT, on=ON)
        connection.force_debug_cursor = False
        counts.append(len(connection.queries_log) - before)
    assert counts[0] == counts[1]


def test_many_visits_take_as_many_statements_as_one(
    officers: dict[str, Officer], commune: list[Person]
) -> None:
    campaign = started(officers)
    by = officers["lap-danh-sach"]
    contacts = list(Contact.objects.filter(campaign=campaign).order_by("pk"))
    first, *others = contacts

    def counted(of: list[Contact], on: date, number: int) -> int:
        told = [
            (each.pk, Told(on, Outcome.ACCOUNT_OPENED, account=OpenedAccount("VBA", f"{number + at}")))
            for at, each in enumerate(of)
        ]
        with CaptureQueriesContext(connection) as seen:
            assert log_visits(told=told, by=by, at=AT, today=ON) == {}
        return len(seen)

    assert counted([first], ON, 4010000000001) == counted(others, ON, 4010000000101)
    assert Visit.objects.count() == Account.objects.count() == len(contacts)


def test_a_line_that_cannot_be_written_holds_up_nobody(
    officers: dict[str, Officer], commune: list[Person]
) -> None:
    one, two, three = Contact.objects.filter(campaign=started(officers)).order_by("pk")[:3]
    refused = log_visits(
        told=[
            (one.pk, Told(ON, Outcome.ACCOUNT_OPENED, account=OpenedAccount("Agribank", "12"))),
            (two.pk, Told(ON, Outcome.REFUSED)), (three.pk, Told(ON - timedelta(2), Outcome.ABSENT)),
            (three.pk, Told(ON, Outcome.ACCOUNT_OPENED, account=OpenedAccount("VBA", "4010000000001"))),
            (two.pk, Told(ON + timedelta(1), Outcome.MET)),
        ],
        by=officers["lap-danh-sach"], at=AT, today=ON,
    )  # fmt: skip
    assert {place: why.code for place, why in refused.items()} == {
        0: "ACCOUNT_LENGTH", 1: "VISIT_REFUSAL_NEEDS_REASON", 4: "VISIT_IN_FUTURE",
    }  # fmt: skip
    three.refresh_from_db()
    assert (three.visits, three.absences, three.step) == (2, 0, "done")
    assert Visit.objects.filter(contact__in=[one, two]).count() == 0
