# SPDX-License-Identifier: MPL-2.0
"""Records that may be one person: compared, decided by two people, and undone without a trace lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from ansinh.registry.actions.changes import apply_change, refuse_change, withdraw_change
from ansinh.registry.actions.duplicates import (
    NotMerged,
    SamePerson,
    SettleNeedsReason,
    find_duplicates,
    keep_apart,
    propose_merge,
    propose_merge_of,
    propose_split,
    reopen_pair,
)
from ansinh.registry.actions.merge import MergeElsewhere, MergeTwoAwards, MergeTwoNumbers
from ansinh.registry.actions.people import NumberTaken
from ansinh.registry.models import Award, DuplicatePair, OldNumber, Person
from ansinh.rules.lifecycle import NotFromThisState
from ansinh.staff.models import Officer
from ansinh.staff.scope import limit_to, open_to_all
from tests.conftest import units
from tests.registry.conftest import AT, AddPerson, again, sister

NUMBER, OLD, PHONE = "000150000077", "201234567", "0912345678"


def pair(**which: Any) -> DuplicatePair:
    find_duplicates(by=None, at=AT)
    return DuplicatePair.objects.get(**which)


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        ({"old_number": OLD}, {"name": "Ng Thị Hoa", "born": "1950", "old_number": OLD}, "same_old_number"),
        ({"number": NUMBER, "old_number": OLD}, {"old_number": OLD}, "same_old_number"),
        ({}, {"name": "nguyễn thị hòa"}, "name_equal"),
        ({}, {"name": "Nguyễn Thị Hoàn"}, "name_close"),
        ({"phone": PHONE}, {"name": "Nguyễn Thị Hoài", "born": "1950", "phone": PHONE}, "same_phone"),
    ],
    ids=["an old number", "an old number of one with a new number", "name and birth", "a letter apart",
         "a phone and a birth year"],
)  # fmt: skip
def test_two_records_come_before_a_reviewer(
    add: AddPerson, first: dict[str, Any], second: dict[str, Any], why: str
) -> None:
    add(hamlet="Thôn 1", **first)
    add(**({"hamlet": "Thôn 1"} | second))
    add("Hồ Văn Xa", born="1980-02-02")
    assert why in pair().reasons


def test_comparing_again_adds_nothing_and_leaves_decisions(add: AddPerson, maker: Officer) -> None:
    add(), add()
    found = pair()
    keep_apart(pair_id=found.pk, reason="Hai chị em sinh đôi", by=maker, at=AT)
    find_duplicates(by=None, at=AT)
    found = DuplicatePair.objects.get()
    assert (found.state, found.reason) == ("distinct", "Hai chị em sinh đôi")
    reopen_pair(pair_id=found.pk, reason="Có đơn", by=maker, at=AT)
    assert DuplicatePair.objects.get().state == "open"


def test_deciding_needs_a_reason(add: AddPerson, maker: Officer) -> None:
    add(), add()
    found = pair()
    for act in (keep_apart, propose_merge):
        with pytest.raises(SettleNeedsReason):
            act(pair_id=found.pk, reason=" ", by=maker, at=AT)


def test_a_merge_leaves_an_alias_and_a_split_undoes_everything(
    add: AddPerson, maker: Officer, checker: Officer
) -> None:
    main = add(code="K6_N")
    alias = add(number=NUMBER, old_number=OLD, code="CS_HO_DBN")
    Person.objects.filter(pk=main.pk).update(number_bidx=None)
    before = snapshot(main), snapshot(alias)
    change = propose_merge_of(alias_id=alias.pk, into_id=main.pk, reason="Cùng một người", by=maker, at=AT)
    apply_change(change_id=change.pk, by=checker, at=AT)
    merged = snapshot(main)
    assert again(alias).merged_into == main
    assert merged["awards"] == before[0]["awards"] | before[1]["awards"]
    assert (merged["number"], merged["old"]) == (before[1]["number"], before[1]["old"])
    with pytest.raises(NumberTaken):  # still one living record
        add("Kẻ khác", number=NUMBER)
    undo = propose_split(person_id=alias.pk, reason="Hai người cùng tên", by=maker, at=AT)
    apply_change(change_id=undo.pk, by=checker, at=AT)
    assert (snapshot(main), snapshot(alias)) == before
    with pytest.raises(NotMerged):
        propose_split(person_id=alias.pk, reason="x", by=maker, at=AT)


def snapshot(person: Person) -> dict[str, Any]:
    person = again(person)
    return {
        "number": bytes(person.number_bidx) if person.number_bidx else None,
        "last4": person.number_last4 if person.number_bidx else "",
        "alias": person.merged_into_id,
        "awards": set(Award.objects.filter(person=person).values_list("pk", flat=True)),
        "old": set(OldNumber.objects.filter(person=person).values_list("number_last4", flat=True)),
    }


def test_a_pair_is_merged_only_when_a_second_person_has_checked(
    add: AddPerson, maker: Officer, checker: Officer
) -> None:
    add(), add()
    found = pair()
    change = propose_merge(pair_id=found.pk, reason="Một người", by=maker, at=AT)
    assert DuplicatePair.objects.get().state == "proposed"
    refuse_change(change_id=change.pk, answer="Chưa rõ", by=checker, at=AT)
    assert DuplicatePair.objects.get().state == "open"
    change = propose_merge(pair_id=found.pk, reason="Một người", by=maker, at=AT)
    withdraw_change(change_id=change.pk, by=maker, at=AT)
    assert DuplicatePair.objects.get().state == "open"
    change = propose_merge(pair_id=found.pk, reason="Một người, đã hỏi", by=maker, at=AT)
    apply_change(change_id=change.pk, by=checker, at=AT + timedelta(days=1))
    assert DuplicatePair.objects.get().state == "merged"
    with pytest.raises(NotFromThisState):
        keep_apart(pair_id=found.pk, reason="muộn", by=maker, at=AT)
    undo = propose_split(person_id=change.person_id, reason="Nhầm", by=maker, at=AT)
    apply_change(change_id=undo.pk, by=checker, at=AT)
    assert DuplicatePair.objects.get().state == "open"


def test_what_must_not_be_merged_is_refused(add: AddPerson, maker: Officer) -> None:
    numbered, other = add(number=NUMBER), add("Lê Thị Na", number="000150000088")
    with pytest.raises(MergeTwoNumbers):
        propose_merge_of(alias_id=other.pk, into_id=numbered.pk, reason="x", by=maker, at=AT)
    with pytest.raises(SamePerson):
        propose_merge_of(alias_id=other.pk, into_id=other.pk, reason="x", by=maker, at=AT)
    with pytest.raises(MergeTwoAwards):
        propose_merge_of(
            alias_id=add(code="K6_N").pk, into_id=add(code="K6_N").pk, reason="x", by=maker, at=AT
        )


def test_a_merge_across_communes_is_checked_by_who_sees_both(
    add: AddPerson, maker: Officer, checker: Officer
) -> None:
    here, there = add(), add(unit=sister(units()[0]))
    change = propose_merge_of(alias_id=here.pk, into_id=there.pk, reason="Chuyển nhà", by=maker, at=AT)
    limit_to(unit_ids=[units()[0].pk])
    with pytest.raises(MergeElsewhere):
        apply_change(change_id=change.pk, by=checker, at=AT)
    open_to_all()
    apply_change(change_id=change.pk, by=checker, at=AT)
    assert again(here).merged_into == there
