# SPDX-License-Identifier: MPL-2.0
"""An account is paid only after format, identity, holder and a second person; never overwritten."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from ansinh.audit.models import Event
from ansinh.payees.actions import (
    answer_holder,
    approve_account,
    check_identity,
    close_account,
    keep_dates,
    refuse_account,
    resume_account,
    suspend_account,
    withdraw_account,
)
from ansinh.payees.actions.accounts import (
    AccountIsThis,
    AccountWaits,
    HolderNotConfirmed,
    NeedsRepresentative,
    decide_holder,
)
from ansinh.payees.actions.steps import OwnProposal, PayeeNeedsReason
from ansinh.payees.models import Account, AccountEvent, Notice
from ansinh.payees.records import NOTICE_PHONE, opened_account
from ansinh.rules.accounts import CardNumber, DigitsLost, WrongAccountLength
from ansinh.rules.banks import BankUnknown
from ansinh.rules.lifecycle import NotFromThisState
from ansinh.rules.months import Month
from ansinh.staff.models import Officer
from ansinh.staff.scope import limit_to, open_to_all
from ansinh.vault.sealing import open_sealed
from tests.conftest import units
from tests.payees.people import AT, ON, approved, declare, payable, person, way

MARCH, APRIL, MAY = Month(2024, 3), Month(2024, 4), Month(2024, 5)


def test_four_checks_and_two_persons_make_an_account_usable(officers: dict[str, Officer]) -> None:
    elder = person(officers)
    made = declare(officers, elder, number="4000 1234 5678 9")
    assert made.state == "format_checked"
    assert opened_account(made.number_enc) == "4000123456789"
    assert b"4000123456789" not in bytes(made.number_enc)
    assert way(elder, APRIL)["channel"] == "pay_point"
    assert (
        check_identity(account_id=made.pk, passed=True, by=officers["cong-an-xa"], at=AT)
        == "identity_checked"
    )
    state = answer_holder(
        account_id=made.pk, holder_name="NGUYEN THI HOA", answered_by="Agribank", by=None, at=AT
    )
    assert state == "holder_checked"
    done = approve_account(account_id=made.pk, by=officers["lanh-dao-xa"], at=AT, on=ON)
    assert (done.state, done.name_match, done.usable_from) == ("approved", "equal_folded", date(2024, 4, 1))
    found = way(elder, APRIL)
    assert (found["channel"], found["bank"], found["account_last4"]) == ("account", "VBA", "6789")
    assert (found["payee_kind"], found["payee_name"], found["hold"]) == ("self", elder.name, "")
    assert way(elder, MARCH)["channel"] == "pay_point", "not in the month in which it was made"
    events = list(AccountEvent.objects.filter(account=made).order_by("pk").values_list("event", flat=True))
    assert events == ["declare", "pass_format", "pass_identity", "pass_holder", "approve"]
    assert Event.objects.filter(act="payees.account_approve", subject_id=str(made.pk)).count() == 1


@pytest.mark.parametrize(
    ("on", "first"),
    [(date(2024, 3, 24), APRIL), (date(2024, 3, 25), MAY), (date(2024, 3, 31), MAY), (date(2024, 4, 1), MAY)],
)
def test_what_is_approved_after_the_cut_off_waits_a_month(
    officers: dict[str, Officer], on: date, first: Month
) -> None:
    elder = person(officers)
    assert approved(officers, elder, on=on).usable_from == first.first_day


def test_a_change_just_before_the_cut_off_cools_for_a_month(officers: dict[str, Officer]) -> None:
    elder = person(officers)
    old = approved(officers, elder)
    assert approved(officers, elder, on=date(2024, 3, 15)).usable_from == MAY.first_day
    assert way(elder, APRIL)["account_id"] == old.pk


def test_the_old_account_is_paid_until_the_new_one_may_be(officers: dict[str, Officer]) -> None:
    elder = person(officers)
    old = approved(officers, elder)
    new = approved(officers, elder, on=date(2024, 4, 26))
    assert [way(elder, month)["account_id"] for month in (APRIL, MAY, MAY + 1)] == [old.pk, old.pk, new.pk]
    old.refresh_from_db()
    assert (old.usable_until, old.asserted_until) == (date(2024, 6, 1), date(2024, 4, 26))
    assert old.state == "approved"
    keep_dates(at=AT, on=date(2024, 5, 1))
    old.refresh_from_db()
    assert old.state == "active"
    assert keep_dates(at=AT, on=date(2024, 6, 1)).replaced == 1
    assert keep_dates(at=AT, on=date(2024, 6, 1)).activated == 0, "nothing happens twice"
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.state, new.state) == ("replaced", "active")
    assert way(elder, MAY)["account_id"] == old.pk, "the past stays what it was"


def test_a_second_change_before_the_first_took_effect_leaves_no_gap(officers: dict[str, Officer]) -> None:
    elder = person(officers)
    first = approved(officers, elder)
    second = approved(officers, elder, on=date(2024, 4, 1))
    third = approved(officers, elder, on=date(2024, 4, 2))
    assert second.usable_from == third.usable_from == MAY.first_day
    assert [way(elder, month)["account_id"] for month in (APRIL, MAY)] == [first.pk, third.pk]
    second.refresh_from_db()
    assert second.state == "replaced"


def test_the_old_phone_is_told_without_link_or_code(officers: dict[str, Officer]) -> None:
    elder = person(officers, phone="0912345678")
    approved(officers, elder)
    approved(officers, elder, on=date(2024, 4, 2))
    notice = Notice.objects.get(kind="account_changed")
    assert open_sealed(column=NOTICE_PHONE, sealed=bytes(notice.phone_enc)) == "0912345678"
    assert "tháng 5/2024" in notice.text
    assert "http" not in notice.text
    assert notice.state == "waiting"


def test_the_one_who_declared_neither_confirms_nor_approves(officers: dict[str, Officer]) -> None:
    made = declare(officers, person(officers))
    maker = officers["lap-danh-sach"]
    with pytest.raises(OwnProposal):
        check_identity(account_id=made.pk, passed=True, by=maker, at=AT)
    check_identity(account_id=made.pk, passed=True, by=officers["cong-an-xa"], at=AT)
    answer_holder(account_id=made.pk, holder_name="NGUYEN THI HOA", answered_by="VBA", by=None, at=AT)
    with pytest.raises(OwnProposal):
        approve_account(account_id=made.pk, by=maker, at=AT, on=ON)
    with pytest.raises(IntegrityError, match="two_persons"), transaction.atomic():
        Account.objects.filter(pk=made.pk).update(decided_by=maker)


def test_no_check_is_skipped_not_even_in_the_database(officers: dict[str, Officer]) -> None:
    made = declare(officers, person(officers))
    with pytest.raises(NotFromThisState):
        approve_account(account_id=made.pk, by=officers["lanh-dao-xa"], at=AT, on=ON)
    with pytest.raises(IntegrityError, match="cannot go from"), transaction.atomic():
        Account.objects.filter(pk=made.pk).update(state="approved", usable_from=date(2024, 4, 1))


def test_a_different_holder_fails_with_an_owner_and_a_next_step(officers: dict[str, Officer]) -> None:
    made = declare(officers, person(officers, "Nguyễn Thị Lan"))
    check_identity(account_id=made.pk, passed=True, by=officers["cong-an-xa"], at=AT)
    state = answer_holder(
        account_id=made.pk, holder_name="TRAN VAN MINH", answered_by="Agribank", by=None, at=AT
    )
    made.refresh_from_db()
    assert state == "holder_failed"
    assert (made.fault, made.fault_owner, made.next_action) == (
        "holder_different", "preparer", "ask_for_another",
    )  # fmt: skip


def test_lan_is_not_lam_until_a_second_person_says_so_with_a_reason(officers: dict[str, Officer]) -> None:
    made = declare(officers, person(officers, "Nguyễn Thị Lan"))
    check_identity(account_id=made.pk, passed=True, by=officers["cong-an-xa"], at=AT)
    state = answer_holder(
        account_id=made.pk, holder_name="NGUYEN THI LAM", answered_by="Agribank", by=None, at=AT
    )
    assert state == "identity_checked"
    with pytest.raises(NotFromThisState):
        approve_account(account_id=made.pk, by=officers["lanh-dao-xa"], at=AT, on=ON)
    with pytest.raises(HolderNotConfirmed):
        decide_holder(account_id=made.pk, same=True, reason=" ", by=officers["lanh-dao-xa"], at=AT)
    with pytest.raises(OwnProposal):
        decide_holder(account_id=made.pk, same=True, reason="xem sổ", by=officers["lap-danh-sach"], at=AT)
    by = officers["lanh-dao-xa"]
    assert decide_holder(account_id=made.pk, same=True, reason="đã xem sổ", by=by, at=AT) == "holder_checked"


def test_an_account_linked_on_vneid_brings_its_identity(officers: dict[str, Officer]) -> None:
    made = declare(officers, person(officers), source="vneid", holder_name="NGUYEN THI HOA", by=None)
    assert made.state == "holder_checked"
    assert approve_account(account_id=made.pk, by=officers["lanh-dao-xa"], at=AT, on=ON).state == "approved"


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({"number": "1.90367E+18"}, DigitsLost),
        ({"number": "400012345678"}, WrongAccountLength),
        ({"number": "9704050000000006"}, (CardNumber, WrongAccountLength)),
        ({"bank": "Ngân hàng Không Có"}, BankUnknown),
    ],
)
def test_what_cannot_be_an_account_is_refused_at_the_door(
    officers: dict[str, Officer], said: dict[str, str], refused: type[Exception]
) -> None:
    elder = person(officers)
    with pytest.raises(refused):
        declare(officers, elder, **said)
    assert not Account.objects.filter(person=elder).exists()


def test_one_account_waits_at_a_time_and_the_same_one_is_no_change(officers: dict[str, Officer]) -> None:
    elder = person(officers)
    made = declare(officers, elder)
    with pytest.raises(AccountWaits):
        declare(officers, elder)
    with pytest.raises(PayeeNeedsReason):
        withdraw_account(account_id=made.pk, reason="", by=officers["lap-danh-sach"], at=AT)
    withdraw_account(account_id=made.pk, reason="gõ nhầm", by=officers["lap-danh-sach"], at=AT)
    approved(officers, elder, number="4000123456789")
    with pytest.raises(AccountIsThis):
        declare(officers, elder, number="4000123456789")


def test_a_child_holds_no_account_alone_and_is_paid_nothing_without_a_guardian(
    officers: dict[str, Officer],
) -> None:
    child = person(officers, "Trần Bảo An", born=date(2012, 6, 15))
    with pytest.raises(NeedsRepresentative, match="Trần Bảo An"):
        declare(officers, child)
    assert way(child, APRIL)["hold"] == "needs_representative"
    assert way(child, Month(2027, 6))["hold"] == "needs_representative", "15 only in the middle of the month"
    assert way(child, Month(2027, 7))["hold"] == ""


def test_a_suspended_account_holds_the_payment_and_another_person_resumes(
    officers: dict[str, Officer],
) -> None:
    elder = person(officers)
    made = approved(officers, elder)
    leader = officers["lanh-dao-xa"]
    suspend_account(account_id=made.pk, fault="account_blocked", note="ngân hàng báo khoá", by=leader, at=AT)
    assert way(elder, APRIL)["hold"] == "account_suspended"
    with pytest.raises(OwnProposal):
        resume_account(account_id=made.pk, reason="đã mở", by=leader, at=AT)
    resume_account(account_id=made.pk, reason="đã mở", by=officers["lanh-dao-so"], at=AT)
    assert way(elder, APRIL)["hold"] == ""


def test_a_closed_account_is_followed_by_cash(officers: dict[str, Officer]) -> None:
    elder = person(officers)
    made = approved(officers, elder)
    close_account(
        account_id=made.pk, reason="ngân hàng đóng", by=officers["lanh-dao-xa"], at=AT, on=date(2024, 5, 6)
    )
    assert way(elder, APRIL)["channel"] == "account"
    assert way(elder, MAY)["channel"] == "pay_point"


def test_a_refused_account_says_why(officers: dict[str, Officer]) -> None:
    made = declare(officers, person(officers), source="vneid", holder_name="NGUYEN THI HOA")
    with pytest.raises(PayeeNeedsReason):
        refuse_account(account_id=made.pk, reason=" ", by=officers["lanh-dao-xa"], at=AT)
    refuse_account(account_id=made.pk, reason="chưa gặp", by=officers["lanh-dao-xa"], at=AT)
    made.refresh_from_db()
    assert (made.state, made.fault_note) == ("refused", "chưa gặp")


def test_the_database_keeps_one_account_a_month(officers: dict[str, Officer]) -> None:
    elder = person(officers)
    made = approved(officers, elder)
    approved(officers, elder, on=date(2024, 4, 2))
    with pytest.raises(IntegrityError, match="one_a_month"), transaction.atomic():
        Account.objects.filter(pk=made.pk).update(usable_until=None)


def test_another_commune_sees_nothing_and_a_move_takes_everything_along(officers: dict[str, Officer]) -> None:
    elder = person(officers)
    made = approved(officers, elder)
    elsewhere = units()[1].pk
    limit_to(unit_ids=[elsewhere])
    assert Account.objects.count() == AccountEvent.objects.count() == 0
    assert payable(elder, APRIL) == []
    open_to_all()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE registry_person SET commune_id = %s WHERE id = %s", [elsewhere, elder.pk])
    limit_to(unit_ids=[elsewhere])
    assert Account.objects.get().pk == made.pk
    assert AccountEvent.objects.count() == 5


def test_nobody_rewrites_what_happened(officers: dict[str, Officer]) -> None:
    declare(officers, person(officers))
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        AccountEvent.objects.update(event="approve")


def test_times_are_not_mixed_up(officers: dict[str, Officer]) -> None:
    late = datetime(2024, 3, 24, 18, tzinfo=UTC)  # 01:00 on 25 March in Viet Nam
    assert late.date() == date(2024, 3, 24)
    elder = person(officers)
    assert approved(officers, elder, on=date(2024, 3, 25)).usable_from == MAY.first_day
