# SPDX-License-Identifier: MPL-2.0
"""Who receives for whom: with a paper, for a time, by two persons; a child only by a representative."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from ansinh.payees.actions import keep_dates, record_incapacity, refuse_mandate, revoke_mandate
from ansinh.payees.actions.accounts import MandateNotOfPerson
from ansinh.payees.actions.mandates import (
    AwardNotOfPerson,
    MandateDatesWrong,
    MandateOverlaps,
    Paper,
    Payee,
    PayeeIsThemself,
    PayeeNumberNeeded,
    PayeeTooYoung,
    ProxyCapReached,
    ProxyNeedsCapacity,
    approve_mandate,
    declare_mandate,
)
from ansinh.payees.actions.steps import OwnProposal, PayeeNeedsReason
from ansinh.payees.models import Mandate, Notice
from ansinh.payees.records import PAYEE_NUMBER
from ansinh.registry.models import Award, Person
from ansinh.registry.records import opened_number
from ansinh.rules.months import Month
from ansinh.rules.outreach import check_message
from ansinh.rules.payees import PayeeKind
from ansinh.staff.models import Officer
from ansinh.vault.sealing import open_sealed
from tests.payees.people import AT, ON, approved, declare, mandate, number, payable, person, way

MARCH, APRIL = Month(2024, 3), Month(2024, 4)


def test_a_proxy_receives_into_their_own_account_while_the_paper_holds(officers: dict[str, Officer]) -> None:
    elder = person(officers)
    made = mandate(officers, elder, ends_on=date(2024, 9, 1))
    account = approved(officers, elder, mandate=made)
    found = way(elder, APRIL)
    assert (found["payee_kind"], found["payee_name"], found["mandate_id"]) == (
        "proxy",
        "Trần Văn Nam",
        made.pk,
    )
    assert (found["account_id"], found["holder_name"]) == (account.pk, "Trần Văn Nam")
    assert way(elder, Month(2024, 8))["payee_kind"] == "proxy"
    after = way(elder, Month(2024, 9))
    assert (after["payee_kind"], after["account_id"], after["channel"]) == ("self", None, "pay_point")


def test_the_payees_number_is_sealed(officers: dict[str, Officer]) -> None:
    theirs = number(born=date(1980, 1, 1))
    made = mandate(officers, person(officers), payee_number=theirs)
    assert theirs.encode() not in bytes(made.payee_number_enc)
    assert open_sealed(column=PAYEE_NUMBER, sealed=bytes(made.payee_number_enc)) == theirs


def test_two_persons_make_a_mandate(officers: dict[str, Officer]) -> None:
    made = mandate(officers, person(officers), approve=False)
    with pytest.raises(OwnProposal):
        approve_mandate(mandate_id=made.pk, by=officers["lap-danh-sach"], at=AT, on=ON)
    assert way(made.person, APRIL)["payee_kind"] == "self"
    with pytest.raises(IntegrityError, match="two_persons"), transaction.atomic():
        Mandate.objects.filter(pk=made.pk).update(state="active", decided_by=officers["lap-danh-sach"])


def test_a_proxy_without_an_end_holds_twelve_months(officers: dict[str, Officer]) -> None:
    made = mandate(officers, person(officers))
    assert made.ends_on == date(2025, 3, 1)
    with pytest.raises(IntegrityError, match="proxy_ends"), transaction.atomic():
        Mandate.objects.filter(pk=made.pk).update(ends_on=None)


def test_a_guardian_of_a_minor_ends_at_majority(officers: dict[str, Officer]) -> None:
    child = person(officers, "Trần Bảo An", born=date(2008, 6, 25))
    made = mandate(officers, child, kind=PayeeKind.GUARDIAN)
    approved(officers, child, mandate=made)
    assert made.ends_on == date(2026, 6, 25)
    assert way(child, APRIL)["hold"] == ""
    assert way(child, Month(2026, 6))["payee_kind"] == "guardian", "held on the last pay day"
    assert way(child, Month(2026, 7))["payee_kind"] == "self"
    assert keep_dates(at=AT, on=date(2026, 6, 25)).ended == 1


def test_a_mandate_that_ends_before_the_last_pay_day_no_longer_receives_that_month(
    officers: dict[str, Officer],
) -> None:
    made = mandate(officers, person(officers), ends_on=date(2024, 6, 20))
    assert made.pays_until == date(2024, 6, 1)
    later = mandate(officers, person(officers), ends_on=date(2024, 6, 21))
    assert later.pays_until == date(2024, 7, 1)


def test_a_child_authorises_nobody(officers: dict[str, Officer]) -> None:
    child = person(officers, "Trần Bảo An", born=date(2012, 6, 15))
    with pytest.raises(ProxyNeedsCapacity):
        mandate(officers, child)
    made = mandate(officers, child, kind=PayeeKind.HOUSEHOLD, name="Trần Thị Mẹ")
    approved(officers, child, mandate=made)
    assert (way(child, APRIL)["hold"], way(child, APRIL)["channel"]) == ("", "account")


def test_an_incapable_person_is_paid_only_through_a_representative(officers: dict[str, Officer]) -> None:
    elder = person(officers)
    approved(officers, elder)
    assert way(elder, APRIL)["hold"] == ""
    record_incapacity(
        person=elder, kind="lost", document="QĐ 5/2024/TA", since=date(2024, 3, 4),
        by=officers["lap-danh-sach"], at=AT,
    )  # fmt: skip
    assert way(elder, APRIL)["hold"] == "needs_representative"
    with pytest.raises(ProxyNeedsCapacity):
        mandate(officers, elder)
    made = mandate(officers, elder, kind=PayeeKind.GUARDIAN)
    assert made.ends_on is None
    assert (way(elder, APRIL)["hold"], way(elder, APRIL)["payee_kind"]) == ("", "guardian")


def test_scope_gives_one_way_an_award(officers: dict[str, Officer]) -> None:
    elder = person(officers)
    award = Award.objects.get(person=elder)
    own = approved(officers, elder)
    made = mandate(officers, elder, awards=[award])
    theirs = approved(officers, elder, mandate=made)
    found = payable(elder, APRIL)
    assert [(each["award_id"], each["payee_kind"], each["account_id"]) for each in found] == [
        (None, "self", own.pk), (award.pk, "proxy", theirs.pk),
    ]  # fmt: skip
    again = mandate(officers, elder, name="Lê Thị Ba", awards=[award], approve=False)
    with pytest.raises(MandateOverlaps):
        approve_mandate(mandate_id=again.pk, by=officers["lanh-dao-xa"], at=AT, on=ON)
    with pytest.raises(AwardNotOfPerson):
        mandate(officers, person(officers, "Lê Văn Khác"), awards=[award])


def test_a_second_payee_for_the_same_months_is_refused_and_the_next_year_is_not(
    officers: dict[str, Officer],
) -> None:
    elder = person(officers)
    mandate(officers, elder, ends_on=date(2024, 9, 1))
    second = mandate(officers, elder, name="Lê Thị Ba", approve=False)
    with pytest.raises(MandateOverlaps, match="Nguyễn Thị Hoà"):
        approve_mandate(mandate_id=second.pk, by=officers["lanh-dao-xa"], at=AT, on=ON)
    next_year = mandate(officers, elder, name="Lê Thị Ba", starts_on=date(2024, 9, 1))
    assert way(elder, Month(2024, 9))["mandate_id"] == next_year.pk


def test_a_revoked_mandate_receives_nothing_more(officers: dict[str, Officer]) -> None:
    elder = person(officers)
    made = mandate(officers, elder)
    with pytest.raises(PayeeNeedsReason):
        revoke_mandate(mandate_id=made.pk, reason="", by=officers["lap-danh-sach"], at=AT, on=ON)
    revoke_mandate(
        mandate_id=made.pk, reason="bà Hoà rút", by=officers["lap-danh-sach"], at=AT, on=date(2024, 4, 10)
    )
    assert way(elder, MARCH)["payee_kind"] == "proxy"
    assert way(elder, APRIL)["payee_kind"] == "self"


def test_the_dead_neither_authorise_nor_receive(officers: dict[str, Officer]) -> None:
    elder, heir = person(officers), person(officers, "Trần Văn Nam", born=date(1980, 1, 1), award=None)
    theirs = opened_number(heir.number_enc)
    mandate(officers, elder, payee_number=theirs, approve=True)
    mandate_of = declare_mandate(
        person=person(officers, "Lê Thị Cúc"), kind=PayeeKind.PROXY, starts_on=date(2024, 3, 1), ends_on=None,
        payee=Payee(heir.name, "con", theirs, person=heir), paper=Paper("Giấy 3", "UBND xã", ON),
        by=officers["lap-danh-sach"], at=AT, on=ON,
    )  # fmt: skip
    approve_mandate(mandate_id=mandate_of.pk, by=officers["lanh-dao-xa"], at=AT, on=ON)
    Person.objects.filter(pk=heir.pk).update(life="dead", life_since=date(2024, 3, 20))
    assert way(mandate_of.person, APRIL)["hold"] == "payee_dead"
    assert keep_dates(at=AT, on=date(2024, 4, 1)).ended == 1
    assert way(mandate_of.person, APRIL)["payee_kind"] == "self"
    assert payable(heir, APRIL) == [], "nothing for the dead"


def test_one_proxy_for_many_is_marked_at_three_and_refused_above_the_cap(
    officers: dict[str, Officer],
) -> None:
    theirs = number(born=date(1980, 1, 1))
    marks = [
        mandate(officers, person(officers, "Lê Thị Cúc"), payee_number=theirs).over_alert for _ in range(10)
    ]
    assert marks == [False, False] + [True] * 8
    eleventh = mandate(officers, person(officers, "Lê Thị Cúc"), payee_number=theirs, approve=False)
    with pytest.raises(ProxyCapReached, match="10 người"):
        approve_mandate(mandate_id=eleventh.pk, by=officers["lanh-dao-xa"], at=AT, on=ON)


def test_who_cannot_be_a_payee(officers: dict[str, Officer]) -> None:
    elder = person(officers)
    with pytest.raises(PayeeIsThemself):
        mandate(officers, elder, payee_number=opened_number(elder.number_enc))
    child = person(officers, "Trần Bảo An", born=date(2012, 6, 15), award=None)
    by = {"by": officers["lap-danh-sach"], "at": AT, "on": ON}
    paper = Paper("Giấy 3", "UBND xã", ON)
    with pytest.raises(PayeeTooYoung):
        declare_mandate(
            person=elder, kind=PayeeKind.PROXY, starts_on=ON, ends_on=None, paper=paper,
            payee=Payee(child.name, "cháu", number(born=date(2012, 6, 15)), person=child), **by,
        )  # fmt: skip
    with pytest.raises(PayeeNumberNeeded):
        declare_mandate(
            person=elder, kind=PayeeKind.PROXY, starts_on=ON, ends_on=None, paper=paper,
            payee=Payee("Trần Văn Nam", "con"), **by,
        )  # fmt: skip
    with pytest.raises(MandateDatesWrong):
        mandate(officers, elder, starts_on=date(2024, 3, 1), ends_on=date(2024, 3, 1))


def test_an_institution_receives_without_an_account(officers: dict[str, Officer]) -> None:
    child = person(officers, "Trần Bảo An", born=date(2012, 6, 15))
    mandate(officers, child, kind=PayeeKind.INSTITUTION, name="Trung tâm Nuôi dưỡng trẻ em")
    found = way(child, APRIL)
    assert (found["channel"], found["payee_kind"], found["hold"]) == ("institution", "institution", "")


def test_an_account_under_a_mandate_needs_the_mandate(officers: dict[str, Officer]) -> None:
    elder = person(officers)
    waiting = mandate(officers, elder, approve=False)
    declare(officers, elder, mandate=waiting)
    refuse_mandate(mandate_id=waiting.pk, reason="giấy không chứng thực", by=officers["lanh-dao-xa"], at=AT)
    with pytest.raises(MandateNotOfPerson):
        declare(officers, person(officers, "Lê Thị Cúc"), mandate=waiting)


def test_thirty_days_before_it_ends_both_are_told_once(officers: dict[str, Officer]) -> None:
    elder = person(officers)
    held = declare_mandate(
        person=elder, kind=PayeeKind.PROXY, starts_on=date(2024, 3, 1), ends_on=date(2024, 6, 15),
        payee=Payee("Trần Văn Nam", "con", number(born=date(1980, 1, 1)), "0987654321"),
        paper=Paper("Giấy uỷ quyền", "UBND xã", date(2024, 2, 28)), by=officers["lap-danh-sach"],
        at=AT, on=ON,
    )  # fmt: skip
    approve_mandate(mandate_id=held.pk, by=officers["lanh-dao-xa"], at=AT, on=ON)
    assert keep_dates(at=AT, on=date(2024, 5, 15)).reminded == 0
    assert keep_dates(at=AT, on=date(2024, 5, 16)).reminded == 1
    assert keep_dates(at=AT, on=date(2024, 5, 17)).reminded == 0
    told = Notice.objects.filter(person=elder, kind="mandate_ends").order_by("pk")
    assert [each.phone_last4 for each in told] == ["5678", "4321"]
    assert "hết hạn ngày 15/06/2024" in check_message(told[0].text)
    assert keep_dates(at=AT, on=date(2024, 6, 15)).ended == 1
