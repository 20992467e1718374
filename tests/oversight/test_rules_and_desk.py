# SPDX-License-Identifier: MPL-2.0
"""Rules over payments, approvals and roles find what is planted and nothing in an honest month; the desk
shows every case with who leads it, its due day, its outcome and each rule's precision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from ansinh.approvals.models import Approval, Opening, Submission
from ansinh.oversight.actions import cases as acts
from ansinh.oversight.doubts import RULES
from ansinh.oversight.queries import desk
from ansinh.payees.actions.cases import decide_case, known_rules, raise_cases
from ansinh.payees.models import Case
from ansinh.payroll.models import CommuneTotal, Payroll
from ansinh.registry.models import Person
from ansinh.rules.months import Month
from ansinh.staff.models import Officer, RoleAssignment
from ansinh.staff.scope import open_to_all
from tests.conftest import units
from tests.disbursement.month import instructed, instructions, sent
from tests.payroll.people import payroll_of, person, settle
from tests.reconciliation.answers import file, row, take
from tests.staff.test_every_address_declares_its_permission import signed_in

Cast = dict[str, Officer]
AT, ON = datetime(2024, 3, 18, 3, tzinfo=UTC), date(2024, 3, 18)
HERE = {rule.code for rule in RULES}


def run(sql: str, values: list[Any] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or [])


@pytest.fixture
def honest(cast: Cast) -> Payroll:
    """A month in which nothing is wrong: paid, answered, told."""
    payroll = instructed(cast, people=6, accounts=4)
    sent(cast, payroll)
    take(cast, payroll, file([row(each) for each in instructions(payroll, channel="account")]))
    open_to_all()
    return payroll


def found(at: datetime = AT, on: date = ON) -> Counter[str]:
    raised = raise_cases(at=at, on=on)
    return Counter({code: many for code, many in raised.items() if many})


def test_an_honest_month_raises_nothing(honest: Payroll) -> None:
    assert found() == {}


def test_every_rule_here_has_a_plant(honest: Payroll) -> None:
    assert {code for code, _plant in PLANTS} == HERE


def dead(_cast: Cast, payroll: Payroll) -> None:
    person = instructions(payroll)[0].person_id
    Person.objects.filter(pk=person).update(life="dead", life_since=date(2024, 2, 3))


def event(instruction: int, seq: int, path: tuple[str, str, str], at: datetime, **also: Any) -> None:
    """One step of an instruction, as its journal would hold it."""
    before, name, after = path
    run("INSERT INTO disbursement_event (instruction_id, seq, commune_id, state_from, event, state_to,"
        " cause, reason, at, by) VALUES (%s, %s, %s, %s, %s, %s, %s, '', %s, %s)",
        [instruction, seq, units()[0].pk, before, name, after, also.get("cause", "officer"), at,
         also.get("by")])  # fmt: skip


HANDED, MISSED = ("instructed", "hand_over", "with_agent"), ("with_agent", "miss", "uncollected")
COPY = """
INSERT INTO disbursement_instruction (commune_id, payroll_id, stream, period, person_id, payee_key, attempt,
    end_to_end_id, amount_vnd, lines, channel, bank, account_last4, holder_name, payee_kind, payee_name,
    person_name, hamlet, made_at)
SELECT commune_id, payroll_id + 1000 * %(back)s, stream, period - make_interval(months => %(back)s),
    person_id, payee_key, 0, 'X' || %(back)s || id, amount_vnd, lines, channel, bank, account_last4,
    holder_name,
    payee_kind, payee_name, person_name, hamlet, made_at
FROM disbursement_instruction WHERE person_id = %(person)s AND payroll_id = %(payroll)s RETURNING id
"""


def dormant(_cast: Cast, payroll: Payroll) -> None:
    """Nobody came for three months, then there is an account."""
    one = instructions(payroll, channel="pay_point")[0]
    ids = [one.pk]
    open_to_all()
    for back in (1, 2):
        with connection.cursor() as cursor:
            cursor.execute(COPY, {"back": back, "person": one.person_id, "payroll": payroll.pk})
            ids.append(cursor.fetchone()[0])
    for months, each in enumerate(ids):
        event(each, 1, HANDED, AT - timedelta(days=9 + 30 * months))
        event(each, 2, MISSED, AT - timedelta(days=8 + 30 * months), cause="cash")
    give_account_to(one.person_id)


def give_account_to(person: int) -> None:
    run("INSERT INTO payees_account (person_id, commune_id, channel, bank, number_enc, number_bidx,"
        " number_last4, holder_name, name_match, source, asserted_by, asserted_on, state, fault, fault_note,"
        " fault_owner, next_action, usable_from, version, made_at) SELECT %s, commune_id, channel, bank,"
        " number_enc, decode(repeat('ab', 32), 'hex'), '9999', 'TRAN VAN X', 'equal', 'bank', 'x',"
        " '2024-03-17', 'declared', '', '', '', '', '2024-04-01', 1, %s FROM payees_account LIMIT 1",
        [person, AT - timedelta(hours=1)])  # fmt: skip


def regular(cast: Cast, payroll: Payroll) -> None:
    """Twelve receipts, one every sixty seconds."""
    one = instructions(payroll, channel="pay_point")[0]
    open_to_all()
    path, by = ("with_agent", "collect", "collected"), cast["diem-chi"].pk
    event(one.pk, 1, HANDED, AT - timedelta(days=1))
    for at in range(12):
        event(one.pk, 2 + at, path, AT - timedelta(seconds=60 * (20 - at)), cause="cash", by=by)


def with_agent(_cast: Cast, payroll: Payroll) -> None:
    one = instructions(payroll, channel="pay_point")[0]
    open_to_all()
    event(one.pk, 1, HANDED, AT - timedelta(days=31))


def untold(_cast: Cast, _payroll: Payroll) -> None:
    """Nothing to plant: nobody sent a message, and the month after has passed."""


def back_dated(cast: Cast, _payroll: Payroll) -> None:
    """A decision of February that reaches back to June of last year."""
    commune, by = units()[0], cast["lap-danh-sach"]
    said = {"decided_on": date(2024, 3, 12), "first_month": "2023-06"}
    person(commune, by, first="2023-06", at=datetime(2024, 3, 15, tzinfo=UTC), award=said)
    settle(payroll_of(commune, by, period=Month(2024, 4)))


def approvals(cast: Cast, many: int, *, after: timedelta, at: datetime) -> None:
    for number in range(many):
        made = Submission.objects.create(
            subject="matrix", subject_id=f"p{number}", title="Việc", unit=units()[0],
            maker=cast["lap-danh-sach"], last_editor=cast["lap-danh-sach"], content_sha256=b"h" * 32,
            submitted_at=at,
        )  # fmt: skip
        for who, wait in (("lanh-dao-xa", after), ("ke-toan", timedelta(hours=11))):
            by = cast[who]
            Opening.objects.create(submission=made, officer=by, at=at)
            Approval.objects.create(
                submission=made, officer=by, person_bidx=by.citizen_number_bidx, content_sha256=b"h" * 32,
                held=[], at=at + wait,
            )  # fmt: skip
        Submission.objects.filter(pk=made.pk).update(
            state="approved", decided_at=at + after, decided_by=cast["lanh-dao-xa"]
        )


def pair(cast: Cast, _payroll: Payroll) -> None:
    approvals(cast, 12, after=timedelta(seconds=20), at=AT - timedelta(days=2))


def at_night(cast: Cast, _payroll: Payroll) -> None:
    approvals(cast, 1, after=timedelta(minutes=10), at=datetime(2024, 3, 17, 16, tzinfo=UTC))


def growth(_cast: Cast, payroll: Payroll) -> None:
    for month, people in ((date(2024, 1, 1), 100), (date(2024, 2, 1), 131)):
        made = Payroll.objects.create(
            unit=units()[0], stream="merit", period=month, communes=[units()[0].pk], prepared_at=AT
        )
        CommuneTotal.objects.create(payroll=made, commune=units()[0], people=people, lines=people, held=0,
                                    total_vnd=1, held_vnd=0)  # fmt: skip
        for state in ("calculated", "submitted", "approved", "locked"):
            Payroll.objects.filter(pk=made.pk).update(state=state)


def silent_role(cast: Cast, _payroll: Payroll) -> None:
    held = RoleAssignment.objects.filter(officer=cast["ke-toan"]).first()
    assert held is not None
    run("UPDATE staff_roleassignment SET validity = daterange('2024-03-16', '2024-03-17'), confirmed_at = %s"
        " WHERE id = %s", [AT - timedelta(days=2), held.pk])  # fmt: skip


Plant = Callable[[Cast, Payroll], None]
PLANTS: tuple[tuple[str, Plant], ...] = (
    ("D1", dead), ("D10", dormant), ("D15", regular), ("D16", with_agent), ("D17", untold),
    ("D18", back_dated), ("D20", pair), ("D21", at_night), ("D23", growth), ("D25", silent_role),
)  # fmt: skip


@pytest.mark.parametrize(("code", "plant"), PLANTS, ids=[code for code, _plant in PLANTS])
def test_a_planted_pattern_becomes_one_case(cast: Cast, honest: Payroll, code: str, plant: Plant) -> None:
    plant(cast, honest)
    open_to_all()
    on = date(2024, 4, 18) if code == "D17" else ON
    raised = found(on=on)
    assert raised[code] == 1, raised
    assert found(on=on) == {}, "the same facts are one case"
    assert Case.objects.filter(rule=code).exists()


def test_somebody_by_name_leads_a_case_until_a_day(cast: Cast, honest: Payroll) -> None:
    dead(cast, honest)
    open_to_all()
    found()
    case = Case.objects.get(rule="D1")
    said = {"case_id": case.pk, "by": cast["lanh-dao-so"], "at": AT, "on": ON}
    until = date(2024, 3, 25)
    with pytest.raises(acts.ChargeNeedsReason):
        acts.put_in_charge(officer=cast["lanh-dao-xa"], due_on=until, reason=" ", **said)
    with pytest.raises(acts.ChargeNotTheirs):
        acts.put_in_charge(officer=cast["lap-danh-sach"], due_on=until, reason="gấp", **said)
    with pytest.raises(acts.DueInPast):
        acts.put_in_charge(officer=cast["lanh-dao-xa"], due_on=date(2024, 3, 17), reason="gấp", **said)
    acts.put_in_charge(officer=cast["lanh-dao-xa"], due_on=until, reason="gần nhà", **said)
    acts.put_in_charge(officer=cast["lanh-dao-so"], due_on=until, reason="đổi người", **said)
    wanted: dict[str, Any] = {"tab": "open", "rule": "", "commune_ids": None, "on": ON}
    shown = desk.cases(officer_id=cast["lanh-dao-so"].pk, **wanted).get()
    assert (shown.lead, shown.until) == (cast["lanh-dao-so"].full_name, until)
    assert not desk.cases(officer_id=cast["lanh-dao-xa"].pk, **wanted)
    late = desk.cases(tab="late", rule="D1", officer_id=None, commune_ids=None, on=date(2024, 3, 26))
    assert late.exists()
    decide_case(case_id=case.pk, outcome="official_error", note="báo tử muộn", from_elsewhere=False,
                by=cast["lanh-dao-xa"], at=AT)  # fmt: skip
    with pytest.raises(acts.CaseDecided):
        acts.put_in_charge(officer=cast["lanh-dao-so"], due_on=until, reason="nữa", **said)


def test_outcomes_measure_each_rule(cast: Cast, honest: Payroll) -> None:
    commune = units()[0]
    for number, outcome in enumerate(["fraud", "legitimate", "legitimate", ""]):
        made = Case.objects.create(
            rule="D14", key=f"k{number}", commune=commune, holds=False, owner="commune_leader",
            due_on=date(2024, 3, 10), opened_at=AT,
        )  # fmt: skip
        if outcome:
            decide_case(case_id=made.pk, outcome=outcome, note="đã gặp", from_elsewhere=False,
                        by=cast["lanh-dao-xa"], at=AT)  # fmt: skip
    (row_,) = [each for each in desk.precision(on=ON) if each.rule == "D14"]
    assert (row_.open, row_.late, row_.closed, row_.fraud, row_.legitimate) == (1, 1, 3, 1, 2)
    assert row_.right == 333
    assert row_.interval == (61, 793)


def test_the_desk_is_the_provinces_and_shows_every_rule(cast: Cast, honest: Payroll) -> None:
    dead(cast, honest)
    open_to_all()
    found()
    case = Case.objects.get(rule="D1")
    client = signed_in(cast["lanh-dao-so"])
    text = client.get(reverse("oversight:desk")).content.decode()
    assert "Chi cho người đã chết" in text
    assert client.get(reverse("oversight:desk"), {"luat": "D99", "muc": "gì"}).status_code == 200
    address = reverse("oversight:case", args=[case.pk])
    empty = client.post(address, {"officer": "", "due_on": "", "reason": ""})
    assert empty.status_code == 422
    good = {"officer": str(cast["lanh-dao-so"].pk), "due_on": "01/01/2099", "reason": "gấp"}
    assert client.post(address, good).status_code == 302
    assert cast["lanh-dao-so"].full_name in client.get(address).content.decode()
    assert "số tháng" in client.get(reverse("payees:case", args=[case.pk])).content.decode()
    assert signed_in(cast["kiem-toan"]).post(address, good).status_code == 404
    assert signed_in(cast["lap-danh-sach"]).get(reverse("oversight:desk")).status_code == 403


def test_each_rule_has_its_words_and_is_known() -> None:
    assert {rule.code for rule in known_rules()} >= HERE
    assert len({rule.code for rule in known_rules()}) == len(known_rules())
