# SPDX-License-Identifier: MPL-2.0
"""An award: the decision as printed, months that never overlap, spans of suspension that stay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from ansinh.legislation.load import load
from ansinh.registry.actions.apply import AwardEndsBeforeStart, AwardExists, NotSuspended, SuspendedAlready
from ansinh.registry.actions.changes import apply_change
from ansinh.registry.actions.proposals import (
    propose_award,
    propose_new_award,
    propose_resume,
    propose_stop,
    propose_suspend,
)
from ansinh.registry.cases import award_case, person_case
from ansinh.registry.models import Award, Change, History
from ansinh.rules.entitlement import Case, assess
from ansinh.rules.months import Month
from ansinh.staff.models import Officer
from tests.registry.conftest import AT, AddPerson, only

Apply = Callable[[Change], None]
NEW = {"code": "K6_N", "first_month": "2024-02", "decision_number": "7/QĐ-UBND"}


def test_the_decision_is_kept_as_it_is_printed(add: AddPerson) -> None:
    award = only(add(code="K6_N"))
    assert (award.decision_number, award.signer, award.signer_title) == (
        "12/QĐ-UBND", "Trần Văn Đức", "CHỦ TỊCH",
    )  # fmt: skip
    assert award.decided_on == date(2023, 12, 28)


def test_a_relative_s_award_names_the_merit_person_it_derives_from(
    add: AddPerson, maker: Officer, apply: Apply
) -> None:
    martyr, widow = add("Lê Văn Chiến", born="1945"), add("Phan Thị Lụa", born="1948")
    apply(propose_new_award(
        person=widow, reason="Quyết định 9", by=maker, at=AT,
        award={"code": "LS_TUAT_1", "first_month": "2024-02", "facts": {"relation": "spouse"},
               "derives_from": martyr.pk},
    ))  # fmt: skip
    assert only(widow).derives_from == martyr


def test_one_open_award_for_a_person_and_code(add: AddPerson, maker: Officer, apply: Apply) -> None:
    person = add(code="K6_N")
    with pytest.raises(AwardExists):
        propose_new_award(person=person, award=NEW, reason="x", by=maker, at=AT)
    with pytest.raises(IntegrityError, match="registry_award_one_open"), transaction.atomic():
        Award.objects.create(person=person, commune_id=person.commune_id, family="social_assistance",
                             code="K6_N", first_month=date(2024, 2, 1), changed_at=AT)  # fmt: skip
    apply(propose_stop(award=only(person), last_month=Month(2024, 1), reason="x", by=maker, at=AT))
    apply(propose_new_award(person=person, award=NEW, reason="x", by=maker, at=AT))
    assert person.awards.count() == 2


def test_an_award_never_changes_without_its_old_row_being_kept(
    add: AddPerson, maker: Officer, apply: Apply
) -> None:
    award = only(add(code="K6_N"))
    content = {"decision_number": "15/QĐ-UBND", "signer_title": "PHÓ CHỦ TỊCH"}
    apply(propose_award(award=award, content=content, reason="Ghi nhầm", by=maker, at=AT))  # fmt: skip
    award.refresh_from_db()
    assert (award.decision_number, award.signer_title, award.version) == ("15/QĐ-UBND", "PHÓ CHỦ TỊCH", 2)
    was = History.objects.get(table_name="registry_award", row_id=award.pk)
    assert (was.version, was.was["decision_number"]) == (1, "12/QĐ-UBND")


def test_a_stop_names_the_last_month_and_cannot_lie_before_the_first(
    add: AddPerson, maker: Officer, apply: Apply
) -> None:
    award = only(add(code="K6_N", first_month="2024-03"))
    with pytest.raises(AwardEndsBeforeStart):
        propose_stop(award=award, last_month=Month(2024, 2), reason="x", by=maker, at=AT)
    apply(propose_stop(award=award, last_month=Month(2024, 6), reason="Không đủ điều kiện", by=maker, at=AT))
    award.refresh_from_db()
    assert (award.end_month, award.end_reason) == (date(2024, 6, 1), "Không đủ điều kiện")


def owed(award: Award, month: Month) -> int:
    case = Case(month, person_case(award.person), (award_case(award),), "49")
    return assess(load(), case).total_vnd


def test_a_second_suspension_does_not_pay_out_the_first(
    add: AddPerson, maker: Officer, checker: Officer
) -> None:
    award = only(add(code="K6_N"))

    def then(act: Callable[..., Change], first: Month) -> None:
        award.refresh_from_db()
        change = act(award=award, first=first, reason="x", by=maker, at=AT)
        apply_change(change_id=change.pk, by=checker, at=AT)

    then(propose_suspend, Month(2024, 2))
    with pytest.raises(SuspendedAlready):
        then(propose_suspend, Month(2024, 3))
    then(propose_resume, Month(2024, 4))
    with pytest.raises(NotSuspended):
        then(propose_resume, Month(2024, 5))
    then(propose_suspend, Month(2024, 6))
    then(propose_resume, Month(2024, 8))
    award.refresh_from_db()
    months = {month: owed(award, Month(2024, month)) for month in range(1, 10)}
    assert {month for month, amount in months.items() if amount == 0} == {2, 3, 6, 7}
    assert award.earlier_suspensions == [["2024-02", "2024-03"]]


def test_one_who_is_cleared_was_never_suspended(add: AddPerson, maker: Officer, apply: Apply) -> None:
    award = only(add(code="K6_N"))
    apply(propose_suspend(award=award, first=Month(2024, 2), reason="Nghi giả mạo", by=maker, at=AT))
    award.refresh_from_db()
    with pytest.raises(AwardEndsBeforeStart):
        propose_resume(award=award, first=Month(2024, 1), reason="x", by=maker, at=AT)
    apply(propose_resume(award=award, first=Month(2024, 2), reason="Không giả mạo", by=maker, at=AT))
    award.refresh_from_db()
    assert award.suspended_from is None
    assert owed(award, Month(2024, 2)) > 0


def test_facts_are_read_with_their_kinds(add: AddPerson) -> None:
    award = only(add(code="LS_TUAT_1", facts={"study_until": "2024-06", "event_on": "2024-01-05"}))
    facts = dict(award_case(award).facts)
    assert facts == {"study_until": Month(2024, 6), "event_on": date(2024, 1, 5)}
