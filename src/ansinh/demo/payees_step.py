# SPDX-License-Identifier: MPL-2.0
"""Who receives and where, before the pilot begins: the few accounts of group A, representatives of
children, and what the planted frauds need. Declared, checked by the police, asked at the banks, approved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ansinh.demo.answers import bank_answers
from ansinh.demo.invented import InventedAccount, InventedCommune, InventedPerson
from ansinh.demo.officers import OFFICER_NUMBERS, officer_of
from ansinh.demo.scene import Scene, Step, moment
from ansinh.payees.actions import (
    approve_account,
    approve_accounts,
    approve_mandate,
    check_identities,
    declare_account,
    declare_mandate,
    keep_dates,
    raise_cases,
)
from ansinh.payees.actions.enquiries import open_enquiry, take_answers
from ansinh.payees.actions.mandates import Paper, Payee
from ansinh.payees.actions.many import Stated, declare_many
from ansinh.payees.enquiry.service import Answer
from ansinh.payees.models import Account, Case, CasePerson, Mandate
from ansinh.places.models import Unit
from ansinh.registry.models import Person
from ansinh.rules.payees import PayeeKind
from ansinh.staff.models import Officer

ASSERTED, CHECKED, APPROVED = date(2024, 1, 15), date(2024, 1, 24), date(2024, 2, 5)
STARTS, LOOKED = date(2024, 2, 1), date(2024, 5, 10)
OWN_ACCOUNT_AGE = 15
PLAYED = frozenset({"D6", "D7", "D11", "D14"})  # frauds whose facts are given before the campaign
ACCOUNT_FRAUDS = PLAYED | {"D8", "D9"}
LEAST = {"D6": 2, "D14": 4}  # people of a pattern without whom it is none: a shared account, a cluster


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
    check_and_approve(scene, checked=CHECKED, approved=APPROVED)
    with scene.everywhere():
        keep_dates(at=moment(scene.on), on=scene.on)
        first = Account.objects.filter(made_at__lt=moment(APPROVED))
        good = first.filter(usable_from__isnull=False).count()
        failed = first.filter(state="holder_failed").count()
        mandates = Mandate.objects.filter(made_at__lt=moment(APPROVED)).exclude(state="declared").count()
    scene.figures["payees"] = {"accounts": good, "holder_failed": failed, "mandates": mandates}
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
    stated: list[Stated] = []
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
        elif person.account is not None and not child and pays_now(person):
            stated.append(stated_of(person.account, theirs))
    declare_many(stated=stated, source="commune", details={}, by=desk.by, at=moment(ASSERTED), on=ASSERTED)


def pays_now(person: InventedPerson) -> bool:
    """Whether the account is on file before the campaign begins."""
    return person.group == "A" or bool(PLAYED & set(person.frauds))


def stated_of(account: InventedAccount, theirs: Person, on: date = ASSERTED) -> Stated:
    """An account as its owner states it."""
    return Stated(theirs.pk, account.bank, account.number, "", theirs.name, on)


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
    assert person.account is not None
    declare_account(
        person=theirs, bank=person.account.bank, number=person.account.number, source="commune",
        asserted_by=officer.full_name, asserted_on=ASSERTED, by=desk.by, at=moment(ASSERTED), on=ASSERTED,
        mandate=_mandate(desk, theirs, PayeeKind.PROXY, payee),
    )  # fmt: skip


def _mandate(desk: _Desk, theirs: Person, kind: PayeeKind, payee: Payee) -> Mandate:
    made = declare_mandate(
        person=theirs, kind=kind, payee=payee, paper=Paper("giấy uỷ quyền", desk.unit.name, STARTS),
        starts_on=STARTS, ends_on=None, by=desk.by, at=moment(STARTS), on=STARTS,
    )  # fmt: skip
    return approve_mandate(mandate_id=made.pk, by=desk.leader, at=moment(APPROVED), on=APPROVED)


def check_and_approve(scene: Scene, *, checked: date, approved: date) -> None:
    """The police confirm who the owners are, the banks print their names, the leaders approve: sets of
    accounts, one act a person who decides."""
    for police, units in _deciders(scene, "cong-an"):
        with scene.everywhere():
            waiting = Account.objects.filter(commune__in=units, state="format_checked")
            ids = list(waiting.values_list("pk", flat=True))
            check_identities(account_ids=ids, by=police, at=moment(checked))
    _ask_banks(scene, checked)
    for leader, units in _deciders(scene, "lanh-dao"):
        with scene.everywhere():
            ready = Account.objects.filter(commune__in=units, state="holder_checked")
            ids = list(ready.values_list("pk", flat=True))
            approve_accounts(account_ids=ids, by=leader, at=moment(approved), on=approved)


def _deciders(scene: Scene, act: str) -> list[tuple[Officer, list[Unit]]]:
    """Who does `act`, each with the communes they do it for."""
    found: dict[int, tuple[Officer, list[Unit]]] = {}
    for invented in scene.invented():
        officer = officer_of(commune=invented.commune, act=act)
        found.setdefault(officer.pk, (officer, []))[1].append(scene.unit(invented))
    return list(found.values())


def _ask_banks(scene: Scene, on: date) -> None:
    """One enquiry for each institution, over the whole province; answered from the hidden truth."""
    province, at = scene.province(), moment(on)
    by = scene.officer("chuyen-vien-so")
    with scene.everywhere():
        waiting = Account.objects.filter(state="identity_checked", name_match="")
        banks = sorted(set(waiting.values_list("bank", flat=True)))
    everybody = [person for invented in scene.invented() for person in invented.people] if banks else []
    for bank in banks:
        with scene.everywhere():
            enquiry, questions = open_enquiry(bank=bank, unit_id=province.pk, how="file", by=by, at=at)
            said = bank_answers(people=everybody, asked=[(each.bank, each.number) for each in questions])
            answers = [
                Answer(question.reference, "found" if answer.printed else "not_found", answer.printed)
                for question, answer in zip(questions, said, strict=True)
            ]
            take_answers(
                enquiry_id=enquiry.pk, answers=answers, answered_sha256=bytes(enquiry.asked_sha256), by=by,
                at=at,
            )  # fmt: skip


def change_accounts(scene: Scene) -> str:
    """D8 and D9: accounts that are changed just before a list is closed, and changed and changed back."""
    changed = 0
    for invented in scene.invented():
        unit, leader = scene.unit(invented), officer_of(commune=invented.commune, act="lanh-dao")
        known = {person.key: person for person in invented.people}
        for planted in invented.planted:
            if planted.pattern not in {"D8", "D9"}:
                continue
            with scene.within(unit):
                theirs = scene.register_of(invented, unit).get(planted.people[0])
                if theirs is not None:
                    changed += _change(theirs, known[planted.people[0]], dict(planted.facts), leader)
    return f"{changed} lần đổi tài khoản"


def _change(theirs: Person, person: InventedPerson, facts: dict[str, str], leader: Officer) -> int:
    """Another account from VNeID, and back when the facts say so; nothing when it was done before."""
    assert person.account is not None
    if Account.objects.filter(person=theirs).count() != 1:
        return 0
    changes = [(facts["bank"], facts["number"], facts["printed"], facts["changes_on"])]
    if "back_on" in facts:
        old = person.account
        changes.append((old.bank, old.number, old.printed, facts["back_on"]))
    for bank, number, printed, day in changes:
        on = date.fromisoformat(day)
        made = declare_account(
            person=theirs, bank=bank, number=number, source="vneid", asserted_by=theirs.name, asserted_on=on,
            holder_name=printed, by=None, at=moment(on), on=on,
        )  # fmt: skip
        if made.state == "holder_checked":
            approve_account(account_id=made.pk, by=leader, at=moment(on), on=on)
    return len(changes)


def look_for_frauds(scene: Scene) -> str:
    """Run the fraud rules; how many of the planted patterns they raise a case for."""
    with scene.everywhere():
        if not Case.objects.exists():
            raise_cases(at=moment(LOOKED), on=LOOKED)
        by_rule: dict[str, int] = {}
        for rule in Case.objects.values_list("rule", flat=True):
            by_rule[rule] = by_rule.get(rule, 0) + 1
    scene.figures["cases"] = dict(sorted(by_rule.items()))
    scene.figures["frauds"] = measured = measure(scene)
    total = sum(by_rule.values())
    told = ", ".join(f"{rule} {many}" for rule, many in sorted(by_rule.items()))
    found = f"thấy {measured['found']}/{measured['planted']} cài sẵn, nhầm {measured['false_people']} người"
    return f"{total} vụ việc chờ xem: {told}; {found}"


def measure(scene: Scene) -> dict[str, float]:
    """The rules against the truth. A planted pattern is found when somebody of it is in a case of its
    rule; a false person is in a case and nothing was planted on them. Patterns whose people are not in
    the register (they join later, or a shared account has lost its second person) are no pattern."""
    planted = found = 0
    with scene.everywhere():
        mine = CasePerson.objects.filter(case__rule__in=ACCOUNT_FRAUDS)
        cases = set(mine.values_list("person_id", "case__rule"))
    honest: set[int] = set()
    people = 0
    for invented in scene.invented():
        with scene.within(scene.unit(invented)):
            known = scene.register_of(invented, scene.unit(invented))
        people += len(known)
        honest |= {known[each.key].pk for each in invented.people if not each.frauds and each.key in known}
        for each in invented.planted:
            there = [known[key].pk for key in each.people if key in known]
            if each.pattern not in ACCOUNT_FRAUDS or len(there) < LEAST.get(each.pattern, 1):
                continue
            planted += 1
            found += any((pk, each.pattern) in cases for pk in there)
    wrong = len(honest & {pk for pk, _rule in cases})
    return {
        "planted": planted, "found": found, "recall": round(found / max(planted, 1), 4),
        "false_people": wrong, "false_share": round(wrong / max(people, 1), 4),
    }  # fmt: skip


STEPS = (
    Step("Tài khoản và người nhận thay", bring_accounts),
    Step("Tài khoản bị đổi", change_accounts),
)
FRAUDS = (Step("Tìm dấu hiệu bất thường", look_for_frauds),)
