# SPDX-License-Identifier: MPL-2.0
"""Who receives and where, before the pilot begins: the few accounts of group A, representatives of
children, and what the planted frauds need. Declared, checked by the police, asked at the banks, approved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ansinh.demo.answers import bank_answers
from ansinh.demo.invented import InventedCommune, InventedPerson
from ansinh.demo.officers import OFFICER_NUMBERS, officer_of
from ansinh.demo.scene import Scene, Step
from ansinh.payees.actions import (
    approve_account,
    approve_mandate,
    check_identity,
    declare_account,
    declare_mandate,
    keep_dates,
    raise_cases,
)
from ansinh.payees.actions.enquiries import open_enquiry, take_answers
from ansinh.payees.actions.mandates import Paper, Payee
from ansinh.payees.enquiry.service import Answer
from ansinh.payees.models import Account, Case, Mandate
from ansinh.places.models import Unit
from ansinh.registry.models import Person
from ansinh.rules.payees import PayeeKind
from ansinh.staff.models import Officer

ASSERTED, APPROVED, STARTS, LOOKED = date(2024, 1, 15), date(2024, 2, 5), date(2024, 2, 1), date(2024, 3, 12)
OWN_ACCOUNT_AGE = 15
PLAYED = frozenset({"D6", "D7", "D11", "D14"})  # frauds whose facts are given here


@dataclass(slots=True)
class _Desk:
    """One commune's desk: its officers and its people in the register."""

    scene: Scene
    invented: InventedCommune
    unit: Unit
    people: dict[str, Person]
    by: Officer
    police: Officer
    leader: Officer


def bring_accounts(scene: Scene) -> str:
    """Accounts and mandates of the communes that have none yet."""
    for done, invented in enumerate(scene.invented(), 1):
        unit = scene.unit(invented)
        with scene.within(unit):
            if not Account.objects.filter(commune=unit).exists():
                _bring(_desk(scene, invented, unit))
        scene.advance(done, scene.communes)
    _ask_banks(scene)
    _approve(scene)
    with scene.everywhere():
        keep_dates(at=scene.at, on=scene.on)
        good = Account.objects.filter(state__in=["approved", "active"]).count()
        failed = Account.objects.filter(state="holder_failed").count()
        mandates = Mandate.objects.filter(state="active").count()
        people = Person.objects.filter(merged_into__isnull=True, life="alive").count()
    scene.figures["payees"] = {"accounts": good, "holder_failed": failed, "mandates": mandates}
    scene.figures["cashless_before"] = round(100 * good / max(people, 1), 1)
    return f"{good} tài khoản dùng được, {failed} sai tên chủ, {mandates} người nhận thay"


def _desk(scene: Scene, invented: InventedCommune, unit: Unit) -> _Desk:
    commune = invented.commune
    return _Desk(
        scene, invented, unit, scene.register_of(invented, unit),
        by=officer_of(commune=commune, act="lap-danh-sach"),
        police=officer_of(commune=commune, act="cong-an"),
        leader=officer_of(commune=commune, act="lanh-dao"),
    )  # fmt: skip


def _bring(desk: _Desk) -> None:
    known = {person.key: person for person in desk.invented.people}
    for person in desk.invented.people:
        theirs = desk.people.get(person.key)
        if theirs is None or person.joins:
            continue
        child = desk.scene.on.year - person.born.year <= OWN_ACCOUNT_AGE
        cluster = "D14" in person.frauds and person.proxy
        if person.proxy and (child or cluster):
            _receive_for(desk, theirs, known[person.proxy], child=child)
        elif "D7" in person.frauds:
            _officer_receives(desk, person, theirs)
        elif (
            person.account is not None and not child and (person.group == "A" or PLAYED & set(person.frauds))
        ):
            _declare(desk, person, theirs)


def _pays_now(person: InventedPerson) -> bool:
    """Whether the account is on file before the pilot begins."""
    return person.group == "A" or bool(PLAYED & set(person.frauds))


def _declare(desk: _Desk, person: InventedPerson, theirs: Person, mandate: Mandate | None = None) -> None:
    assert person.account is not None
    made = declare_account(
        person=theirs, bank=person.account.bank, number=person.account.number, source="commune",
        asserted_by=theirs.name, asserted_on=ASSERTED, by=desk.by, at=desk.scene.at, on=ASSERTED,
        mandate=mandate,
    )  # fmt: skip
    check_identity(account_id=made.pk, passed=True, by=desk.police, at=desk.scene.at)


def _receive_for(desk: _Desk, theirs: Person, other: InventedPerson, *, child: bool) -> None:
    payee = desk.people.get(other.key)
    if payee is None or not other.number:
        return
    relation = ("mẹ" if other.sex == "female" else "cha") if child else "người quen"
    _mandate(desk, theirs, PayeeKind.GUARDIAN if child else PayeeKind.PROXY,
             Payee(payee.name, relation, other.number, person=payee))  # fmt: skip


def _officer_receives(desk: _Desk, person: InventedPerson, theirs: Person) -> None:
    """D7: an officer of the demo is the proxy, and the account is the officer's own."""
    username = person.proxy.removeprefix("officer:")
    officer = desk.scene.officer(username)
    payee = Payee(officer.full_name, "cán bộ thôn", OFFICER_NUMBERS[username])
    _declare(desk, person, theirs, _mandate(desk, theirs, PayeeKind.PROXY, payee))


def _mandate(desk: _Desk, theirs: Person, kind: PayeeKind, payee: Payee) -> Mandate:
    made = declare_mandate(
        person=theirs, kind=kind, payee=payee, paper=Paper("giấy uỷ quyền", desk.unit.name, STARTS),
        starts_on=STARTS, ends_on=None, by=desk.by, at=desk.scene.at, on=STARTS,
    )  # fmt: skip
    return approve_mandate(mandate_id=made.pk, by=desk.leader, at=desk.scene.at, on=APPROVED)


def _ask_banks(scene: Scene) -> None:
    """One enquiry for each institution, over the whole province; answered from the hidden truth."""
    province = scene.province()
    by = scene.officer("chuyen-vien-so")
    with scene.everywhere():
        waiting = Account.objects.filter(state="identity_checked", name_match="")
        banks = sorted(set(waiting.values_list("bank", flat=True)))
    everybody = [person for invented in scene.invented() for person in invented.people] if banks else []
    for bank in banks:
        with scene.everywhere():
            enquiry, questions = open_enquiry(bank=bank, unit_id=province.pk, how="file", by=by, at=scene.at)
            said = bank_answers(people=everybody, asked=[(each.bank, each.number) for each in questions])
            answers = [
                Answer(question.reference, "found" if answer.printed else "not_found", answer.printed)
                for question, answer in zip(questions, said, strict=True)
            ]
            take_answers(
                enquiry_id=enquiry.pk, answers=answers, answered_sha256=bytes(enquiry.asked_sha256), by=by,
                at=scene.at,
            )  # fmt: skip


def _approve(scene: Scene) -> None:
    for invented in scene.invented():
        unit = scene.unit(invented)
        leader = officer_of(commune=invented.commune, act="lanh-dao")
        with scene.within(unit):
            checked = Account.objects.filter(commune=unit, state="holder_checked")
            for pk in list(checked.values_list("pk", flat=True)):
                approve_account(account_id=pk, by=leader, at=scene.at, on=APPROVED)


def look_for_frauds(scene: Scene) -> str:
    """Run the fraud rules; how many of the planted patterns they raise a case for."""
    with scene.everywhere():
        raise_cases(at=scene.at, on=LOOKED)
        by_rule: dict[str, int] = {}
        for rule in Case.objects.values_list("rule", flat=True):
            by_rule[rule] = by_rule.get(rule, 0) + 1
    scene.figures["cases"] = dict(sorted(by_rule.items()))
    total = sum(by_rule.values())
    return f"{total} vụ việc chờ xem: " + ", ".join(
        f"{rule} {many}" for rule, many in sorted(by_rule.items())
    )


STEPS = (
    Step("Tài khoản và người nhận thay", bring_accounts),
    Step("Tìm dấu hiệu bất thường", look_for_frauds),
)
