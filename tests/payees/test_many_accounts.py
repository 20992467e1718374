# SPDX-License-Identifier: MPL-2.0
"""Many accounts through one check at once: the answers of one by one, in a fixed number of statements."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from ansinh.audit.models import Event
from ansinh.payees.actions import approve_accounts, check_identities, keep_dates, record_incapacity
from ansinh.payees.actions.many import Stated, declare_many, judge_holders
from ansinh.payees.models import Account, Notice
from ansinh.registry.models import Person
from ansinh.rules.months import Month
from ansinh.staff.models import Officer
from tests.payees.people import AT, ON, approved, declare, mandate, person, way

NAMES = ("Nguyễn Thị An", "Trần Văn Bình", "Lê Thị Cúc", "Phạm Văn Dũng")


def stated(of: Person, number: str, holder: str = "") -> Stated:
    return Stated(of.pk, "VBA", number, holder, of.name, ON)


def declared(officers: dict[str, Officer], people: list[Person]) -> list[int]:
    declare_many(
        stated=[stated(each, f"40010000000{at:02d}") for at, each in enumerate(people, 10)],
        source="commune", details={}, by=officers["lap-danh-sach"], at=AT, on=ON,
    )  # fmt: skip
    return list(Account.objects.filter(person__in=people).order_by("pk").values_list("pk", flat=True))


def printed(ids: list[int], names: list[str]) -> None:
    accounts = Account.objects.select_related("person", "mandate").in_bulk(ids)
    judge_holders(
        printed=[(accounts[pk], name) for pk, name in zip(ids, names, strict=True)], source="VBA", by=None,
        at=AT,
    )  # fmt: skip


def test_what_becomes_of_each_stated_account(officers: dict[str, Officer]) -> None:
    fit, uses, waits = (person(officers, name) for name in NAMES[:3])
    child = person(officers, "Trần An", born=date(2015, 1, 1))
    approved(officers, uses, number="4000123456789")
    declare(officers, waits)
    lines = [stated(fit, "4001000000001"), stated(uses, "4000123456789"), stated(waits, "4001000000002"),
             stated(child, "4001000000003"), stated(fit, "4001000000004")]  # fmt: skip
    found = declare_many(
        stated=lines, source="commune", details={}, by=officers["lap-danh-sach"], at=AT, on=ON
    )
    assert found == ["accounts", "unchanged", "waiting", "represented", "waiting"]
    made = Account.objects.get(person=fit)
    assert (made.state, made.number_last4, made.asserted_by) == ("format_checked", "0001", fit.name)
    assert list(made.events.order_by("pk").values_list("event", flat=True)) == ["declare", "pass_format"]


def test_a_commune_goes_through_every_check_and_is_paid(officers: dict[str, Officer]) -> None:
    people = [person(officers, name) for name in NAMES]
    before = approved(officers, people[0], number="4000123456789", on=date(2024, 1, 4))
    ids = [pk for pk in declared(officers, people) if pk != before.pk]
    mine = check_identities(account_ids=ids, by=officers["lap-danh-sach"], at=AT)
    assert (mine.done, mine.left["mine"]) == (0, 4), "whoever declared does not confirm"
    done = check_identities(account_ids=ids, by=officers["cong-an-xa"], at=AT)
    assert (done.done, sum(done.left.values())) == (4, 0)
    printed(ids, ["NGUYEN THI AN", "TRAN VAN BINH", "LE THI CUT", "HOANG VAN TAM"])
    states = dict(Account.objects.filter(pk__in=ids).values_list("pk", "state"))
    assert [states[pk] for pk in ids] == [
        "holder_checked",
        "holder_checked",
        "identity_checked",
        "holder_failed",
    ]
    assert Account.objects.get(pk=ids[2]).name_match == "close"
    found = approve_accounts(account_ids=ids, by=officers["lanh-dao-xa"], at=AT, on=ON)
    assert (found.done, found.left["elsewhere"]) == (2, 2)
    before.refresh_from_db()
    changed = Account.objects.get(pk=ids[0])
    assert (changed.replaces_id, before.usable_until) == (before.pk, changed.usable_from)
    assert way(people[0], Month.of(before.usable_until).previous)["account_last4"] == "6789"
    assert way(people[0], Month.of(before.usable_until))["account_id"] == changed.pk
    assert way(people[1], Month(2024, 4))["account_id"] == ids[1]
    assert Notice.objects.filter(person__in=people[:2]).count() == 3
    assert (
        Event.objects.filter(act="payees.account_approve", subject_id__in=[str(pk) for pk in ids]).count()
        == 2
    )


def test_the_one_who_lost_capacity_since_is_left(officers: dict[str, Officer]) -> None:
    people = [person(officers, name) for name in NAMES[:2]]
    ids = declared(officers, people)
    check_identities(account_ids=ids, by=officers["cong-an-xa"], at=AT)
    printed(ids, [NAMES[0].upper(), NAMES[1].upper()])
    record_incapacity(
        person=people[0], kind="lost", document="QĐ 1", since=ON, by=officers["lanh-dao-xa"], at=AT
    )
    found = approve_accounts(account_ids=ids, by=officers["lanh-dao-xa"], at=AT, on=ON)
    assert (found.done, found.left["represented"]) == (1, 1)


def test_a_name_that_was_given_with_the_account_is_compared_when_the_identity_is_sure(
    officers: dict[str, Officer],
) -> None:
    one, other = person(officers, NAMES[0]), person(officers, NAMES[1])
    declare_many(
        stated=[stated(one, "4001000000001", "NGUYEN THI AN"), stated(other, "4001000000002", "LE VAN TAM")],
        source="commune", details={}, by=officers["lap-danh-sach"], at=AT, on=ON,
    )  # fmt: skip
    ids = list(Account.objects.values_list("pk", flat=True))
    check_identities(account_ids=ids, by=officers["cong-an-xa"], at=AT)
    assert [each.state for each in Account.objects.order_by("pk")] == ["holder_checked", "holder_failed"]


def test_an_account_under_a_mandate_goes_with_it(officers: dict[str, Officer]) -> None:
    elder = person(officers)
    held = mandate(officers, elder)
    made = declare(officers, elder, mandate=held, holder_name=held.payee_name)
    check_identities(account_ids=[made.pk], by=officers["cong-an-xa"], at=AT)
    type(held).objects.filter(pk=held.pk).update(state="ended")
    found = approve_accounts(account_ids=[made.pk], by=officers["lanh-dao-xa"], at=AT, on=ON)
    assert (found.done, found.left["mandate"]) == (0, 1)


def statements(officers: dict[str, Officer], people: list[Person]) -> list[int]:
    """How many statements each set act takes for these people."""
    counts = []
    with CaptureQueriesContext(
        connection,
    ) as seen:
        ids = declared(officers, people)
    counts.append(len(seen))
    with CaptureQueriesContext(connection) as seen:
        check_identities(account_ids=ids, by=officers["cong-an-xa"], at=AT)
    counts.append(len(seen))
    printed(ids, [each.name.upper() for each in people])
    with CaptureQueriesContext(connection) as seen:
        approve_accounts(account_ids=ids, by=officers["lanh-dao-xa"], at=AT, on=ON)
    counts.append(len(seen))
    with CaptureQueriesContext(connection) as seen:
        keep_dates(at=AT, on=date(2024, 4, 1))
    counts.append(len(seen))
    assert Account.objects.filter(pk__in=ids, state="active").count() == len(people)
    return counts


def test_the_number_of_statements_does_not_depend_on_the_people(officers: dict[str, Officer]) -> None:
    few = statements(officers, [person(officers, NAMES[0])])
    many = statements(officers, [person(officers, name) for name in NAMES * 3])
    assert many == few
