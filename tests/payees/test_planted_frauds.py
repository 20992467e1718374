# SPDX-License-Identifier: MPL-2.0
"""Planted account frauds are found (recall 95 % and more) among honest accounts (1 % false and less)."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction

from ansinh.payees.actions import answer_holder, decide_case, raise_cases
from ansinh.payees.actions.accounts import decide_holder
from ansinh.payees.actions.cases import OtherUnitDecides, OutcomeUnknown, reopen_case
from ansinh.payees.actions.insiders import (
    Close,
    InsiderKnown,
    RelativeOfWhom,
    declare_insider,
    end_insider,
)
from ansinh.payees.actions.steps import OwnProposal, PayeeNeedsReason
from ansinh.payees.models import Account, Case, CasePerson
from ansinh.payees.queries import rule_precision
from ansinh.registry.models import Person
from ansinh.registry.records import PHONE
from ansinh.rules.months import Month
from ansinh.rules.payees import PayeeKind
from ansinh.staff.models import Officer
from ansinh.vault.sealing import blind_index, open_sealed
from tests.conftest import units
from tests.payees.people import AT, ON, approved, check_identity, declare, mandate, number, person, way

APRIL = Month(2024, 4)


def rules_of(of: Person) -> set[str]:
    return set(CasePerson.objects.filter(person=of).values_list("case__rule", flat=True))


def own_number(officer: Officer) -> str:
    return open_sealed(column="staff_officer.citizen_number", sealed=bytes(officer.citizen_number_enc))


def test_one_account_for_two_strangers_is_held_until_decided(officers: dict[str, Officer]) -> None:
    a, b, c = person(officers), person(officers, "Lê Thị Cúc"), person(officers, "Trần Văn Ba")
    approved(officers, a, number="4000123456789")
    approved(officers, c)
    assert raise_cases(at=AT, on=ON)["D6"] == 0
    second = declare(officers, b, number="4000123456789")
    assert raise_cases(at=AT, on=ON)["D6"] == 1
    assert raise_cases(at=AT, on=ON)["D6"] == 0, "the same facts are one case"
    assert (rules_of(a), rules_of(b), rules_of(c)) == ({"D6"}, {"D6"}, set())
    assert way(a, APRIL)["hold"] == "case_open"
    assert way(c, APRIL)["hold"] == ""
    case = Case.objects.get()
    assert (case.facts["beneficiaries"], case.facts["last4"], case.due_on) == (2, "6789", date(2024, 3, 14))
    said = {"case_id": case.pk, "from_elsewhere": False, "at": AT}
    with pytest.raises(OutcomeUnknown):
        decide_case(outcome="", note="đã gặp", by=officers["lanh-dao-xa"], **said)
    with pytest.raises(PayeeNeedsReason):
        decide_case(outcome="legitimate", note="", by=officers["lanh-dao-xa"], **said)
    with pytest.raises(OwnProposal):
        decide_case(outcome="legitimate", note="đã gặp", by=officers["lap-danh-sach"], **said)
    decide_case(outcome="legitimate", note="vợ chồng", by=officers["lanh-dao-xa"], **said)
    assert way(a, APRIL)["hold"] == ""
    assert raise_cases(at=AT, on=ON)["D6"] == 0, "decided facts stay decided"
    reopen_case(case_id=case.pk, reason="có đơn", by=officers["lanh-dao-so"], at=AT)
    assert way(a, APRIL)["hold"] == "case_open"
    decide_case(outcome="fraud", note="đã lập biên bản", by=officers["lanh-dao-xa"], **said)
    assert way(a, APRIL)["hold"] == "account_suspended"
    second.refresh_from_db()
    assert second.state == "format_checked"
    assert rule_precision()["D6"] == (1, 1)


def test_a_mother_who_receives_for_her_children_shares_no_account(officers: dict[str, Officer]) -> None:
    theirs = number(born=date(1980, 1, 1))
    mother = person(officers, "Trần Thị Mẹ", born=date(1980, 1, 1), number=theirs)
    approved(officers, mother, number="4000123456789")
    for name in ("Trần An", "Trần Bảo"):
        child = person(officers, name, born=date(2015, 1, 1))
        held = mandate(officers, child, kind=PayeeKind.HOUSEHOLD, name=mother.name, payee_number=theirs)
        approved(officers, child, mandate=held, number="4000123456789")
    assert set(raise_cases(at=AT, on=ON).values()) == {0}


def test_an_officer_who_receives_is_decided_elsewhere(officers: dict[str, Officer]) -> None:
    elder = person(officers)
    held = mandate(officers, elder, name="Nguyễn Thị Hoà", payee_number=own_number(officers["ke-toan"]))
    approved(officers, elder, mandate=held)
    assert raise_cases(at=AT, on=ON)["D7"] == 1
    assert way(elder, APRIL)["hold"] == "case_open"
    said = {"case_id": Case.objects.get(rule="D7").pk, "outcome": "legitimate", "note": "con dâu", "at": AT}
    with pytest.raises(OtherUnitDecides):
        decide_case(from_elsewhere=False, by=officers["lanh-dao-xa"], **said)
    decide_case(from_elsewhere=True, by=officers["lanh-dao-so"], **said)
    assert way(elder, APRIL)["hold"] == ""


def test_an_officers_phone_behind_a_beneficiary(officers: dict[str, Officer]) -> None:
    Officer.objects.filter(pk=officers["ke-toan"].pk).update(phone="0905 111 222")
    elder = person(officers, phone="0905111222")
    raise_cases(at=AT, on=ON)
    assert rules_of(elder) == {"D7"}


def test_changes_near_the_cut_off_in_a_row_and_back_again(officers: dict[str, Officer]) -> None:
    late, back = person(officers), person(officers, "Lê Thị Cúc")
    approved(officers, late)
    approved(officers, late, on=date(2024, 3, 20))
    for each, on in (("4000123456789", ON), ("4000123456790", date(2024, 4, 2))):
        approved(officers, back, number=each, on=on)
    approved(officers, back, number="4000123456789", on=date(2024, 5, 3))
    many = [person(officers, f"Trần Thị {name}") for name in ("Ái", "Bê", "Chi")]
    for each in many:
        approved(officers, each)
        declare(officers, each, at=datetime(2024, 4, 3, 3, tzinfo=UTC), on=date(2024, 4, 3))
    raise_cases(at=datetime(2024, 5, 4, tzinfo=UTC), on=date(2024, 5, 4))
    assert rules_of(late) >= {"D8"}
    assert rules_of(back) >= {"D9"}
    assert all("D8" in rules_of(each) for each in many)
    assert Case.objects.filter(key__startswith="one_officer").count() == 1


def test_a_name_that_somebody_let_pass_is_looked_at_again(officers: dict[str, Officer]) -> None:
    elder = person(officers, "Nguyễn Thị Lan")
    made = declare(officers, elder)
    check_identity(account_id=made.pk, passed=True, by=officers["cong-an-xa"], at=AT)
    answer_holder(account_id=made.pk, holder_name="NGUYEN THI LAM", answered_by="VBA", by=None, at=AT)
    decide_holder(account_id=made.pk, same=True, reason="đã xem sổ", by=officers["lanh-dao-xa"], at=AT)
    assert raise_cases(at=AT, on=ON)["D11"] == 1


def test_one_proxy_for_three_is_a_cluster(officers: dict[str, Officer]) -> None:
    theirs = number(born=date(1980, 1, 1))
    people = [person(officers, "Lê Thị Cúc") for _ in range(3)]
    for each in people[:2]:
        mandate(officers, each, payee_number=theirs)
    assert raise_cases(at=AT, on=ON)["D14"] == 0
    mandate(officers, people[2], payee_number=theirs)
    assert raise_cases(at=AT, on=ON)["D14"] == 1
    assert all(rules_of(each) == {"D14"} for each in people)


@pytest.mark.slow
def test_planted_frauds_among_honest_accounts(officers: dict[str, Officer]) -> None:
    pick = random.Random(7)
    planted: dict[int, str] = {}
    honest: list[Person] = []
    day = date(2024, 3, 4)
    for index in range(120):
        one = person(officers, f"Nguyễn Thị {pick.choice(['Hoà', 'Lan', 'Cúc', 'Ba', 'Tám'])}")
        with transaction.atomic():
            approved(officers, one, on=day)
        if index % 40 == 0:  # an honest change, early in the month
            approved(officers, one, on=date(2024, 4, 2) + timedelta(days=index // 40))
        honest.append(one)
    shared = [person(officers, "Lê Văn Giả") for _ in range(3)]
    for each in shared:
        approved(officers, each, number="4000999999999")
        planted[each.pk] = "D6"
    for officer in ("ke-toan", "diem-chi"):
        elder = person(officers)
        approved(
            officers, elder, mandate=mandate(officers, elder, payee_number=own_number(officers[officer]))
        )
        planted[elder.pk] = "D7"
    for _ in range(4):
        elder = person(officers)
        approved(officers, elder, on=date(2024, 2, 1))
        approved(officers, elder, on=date(2024, 3, 20))
        planted[elder.pk] = "D8"
    for _ in range(4):
        elder = person(officers, "Nguyễn Thị Lan")
        made = declare(officers, elder)
        check_identity(account_id=made.pk, passed=True, by=officers["cong-an-xa"], at=AT)
        answer_holder(account_id=made.pk, holder_name="NGUYEN THI LAM", answered_by="VBA", by=None, at=AT)
        planted[elder.pk] = "D11"
    theirs = number(born=date(1980, 1, 1))
    for _ in range(4):
        elder = person(officers)
        mandate(officers, elder, payee_number=theirs)
        planted[elder.pk] = "D14"
    raise_cases(at=datetime(2024, 4, 12, tzinfo=UTC), on=date(2024, 4, 12))
    found = {pk for pk, rule in planted.items() if rule in rules_of(Person.objects.get(pk=pk))}
    false = [one for one in honest if rules_of(one)]
    assert len(found) / len(planted) >= 0.95
    assert len(false) / Account.objects.count() <= 0.01


def test_a_village_head_and_a_declared_relative_are_looked_for_like_officers(
    officers: dict[str, Officer],
) -> None:
    head, son = number(born=date(1970, 1, 1)), number(born=date(1995, 1, 1))
    said = {"commune_id": units()[0].pk, "since": ON, "by": officers["lanh-dao-xa"], "at": AT}
    listed = declare_insider(who=Close("Trần Văn Nam", "village_head", head), **said)
    with pytest.raises(RelativeOfWhom):
        declare_insider(who=Close("Trần Văn Con", "relative", son), **said)
    declare_insider(
        who=Close("Trần Văn Con", "relative", son, "0905 111 222", "con của trưởng thôn 2"), **said
    )
    with pytest.raises(InsiderKnown):
        declare_insider(who=Close("Trần Văn Nam", "cashier", head), **said)
    received, called, stranger = (person(officers, name) for name in ("Lê Thị An", "Lê Thị Ba", "Lê Thị Ca"))
    Person.objects.filter(pk=called.pk).update(phone_bidx=blind_index(column=PHONE, text="0905111222"))
    held = mandate(officers, received, payee_number=head)
    approved(officers, received, mandate=held)
    approved(officers, stranger)
    assert raise_cases(at=AT, on=ON)["D7"] == 2
    assert (rules_of(received), rules_of(called), rules_of(stranger)) == ({"D7"}, {"D7"}, set())
    assert way(received, APRIL)["hold"] == "case_open"
    end_insider(insider_id=listed.pk, until=ON, by=officers["lanh-dao-xa"], at=AT)
    again = mandate(officers, stranger, payee_number=head)
    assert again.state == "active"
    assert raise_cases(at=AT, on=ON)["D7"] == 0
