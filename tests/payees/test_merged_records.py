# SPDX-License-Identifier: MPL-2.0
"""What two records of one person have goes to the one that stays, and back when they are two after all."""

from __future__ import annotations

from datetime import date

from ansinh.payees.actions.readiness import Said, Signed, keep_obstacles, keep_refusals
from ansinh.payees.models import Account, AccountEvent, Mandate, Obstacle, Refusal
from ansinh.registry.actions.changes import apply_change
from ansinh.registry.actions.duplicates import propose_merge_of, propose_split
from ansinh.registry.models import Person
from ansinh.rules.months import Month
from ansinh.rules.readiness import Obstacle as Code
from ansinh.staff.models import Officer
from tests.payees.people import AT, ON, approved, declare, mandate, number, payable, person, way

APRIL = Month(2024, 4)


def merge(officers: dict[str, Officer], alias: Person, into: Person) -> None:
    change = propose_merge_of(
        alias_id=alias.pk, into_id=into.pk, reason="một người", by=officers["lap-danh-sach"], at=AT
    )
    apply_change(change_id=change.pk, by=officers["lanh-dao-xa"], at=AT)


def split(officers: dict[str, Officer], alias: Person) -> None:
    undone = propose_split(person_id=alias.pk, reason="hai người", by=officers["lap-danh-sach"], at=AT)
    apply_change(change_id=undone.pk, by=officers["lanh-dao-xa"], at=AT)


def whose(*people: Person) -> list[dict[str, set[int]]]:
    return [
        {
            model.__name__: set(model.objects.filter(person=each).values_list("pk", flat=True))
            for model in (Account, Mandate, Obstacle, Refusal)
        }
        for each in people
    ]


def test_accounts_and_mandates_go_to_the_record_that_stays_and_come_back(
    officers: dict[str, Officer],
) -> None:
    main, alias = person(officers), person(officers, number=None, award="CS_HO_DBN")
    theirs = approved(officers, alias)
    held = mandate(officers, alias)
    under = approved(officers, alias, mandate=held)
    elsewhere = mandate(
        officers, person(officers, "Lê Thị Cúc"), payee_number=number(born=date(1950, 5, 2)), approve=False
    )
    Mandate.objects.filter(pk=elsewhere.pk).update(payee_person=alias)
    keep_obstacles(said=[Said(alias, frozenset({Code.FAR}), ON)], by=None)
    keep_refusals(signed=[Signed(alias, "quen", ON)], by=officers["cong-an-xa"], at=AT)
    before = whose(main, alias)
    merge(officers, alias, main)
    assert whose(main, alias) == [before[1], before[0]]
    paid = way(main, APRIL)
    assert (paid["mandate_id"], paid["account_id"]) == (held.pk, under.pk)
    assert payable(alias, APRIL) == []
    assert Mandate.objects.get(pk=elsewhere.pk).payee_person == main
    assert AccountEvent.objects.filter(account=theirs, event="move_in").exists()
    split(officers, alias)
    assert whose(main, alias) == before
    assert way(alias, APRIL)["account_id"] == under.pk
    assert Mandate.objects.get(pk=elsewhere.pk).payee_person == alias


def test_what_the_other_has_for_the_same_months_is_kept(officers: dict[str, Officer]) -> None:
    main, alias = person(officers), person(officers, number=None, award="CS_HO_DBN")
    ours, theirs = approved(officers, main), approved(officers, alias)
    waits, waits_too = declare(officers, main), declare(officers, alias)
    for each in (main, alias):
        keep_obstacles(said=[Said(each, frozenset({Code.FAR, Code.NO_ID}), ON)], by=None)
        keep_refusals(signed=[Signed(each, "quen", ON)], by=officers["cong-an-xa"], at=AT)
        mandate(officers, each)
    keep_obstacles(said=[Said(main, frozenset({Code.NO_ID}), ON)], by=None)
    before = whose(main, alias)
    merge(officers, alias, main)
    after = whose(main, alias)
    assert after[0]["Account"] == {ours.pk, waits.pk}
    assert after[1]["Account"] == {theirs.pk, waits_too.pk}
    assert after[0]["Mandate"] == before[0]["Mandate"]
    assert Obstacle.objects.filter(person=main, until__isnull=True).count() == 2, "far came along"
    split(officers, alias)
    assert whose(main, alias) == before


def test_an_account_for_other_months_goes_along(officers: dict[str, Officer]) -> None:
    main, alias = person(officers), person(officers, number=None, award="CS_HO_DBN")
    theirs = approved(officers, alias, on=date(2024, 1, 4))
    Account.objects.filter(pk=theirs.pk).update(usable_until=date(2024, 4, 1))
    ours = approved(officers, main)
    merge(officers, alias, main)
    assert [way(main, Month(2024, month))["account_id"] for month in (3, 4)] == [theirs.pk, ours.pk]
