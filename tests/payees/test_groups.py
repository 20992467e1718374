# SPDX-License-Identifier: MPL-2.0
"""Groups A to F partition any register, and each person's group is the one that the facts give."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import date

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ansinh.payees.lifecycles import ACCOUNT, AccountState
from ansinh.payees.models import Account, Incapacity, Mandate, Obstacle, Refusal
from ansinh.payees.periods import for_period
from ansinh.registry.models import Award, Person
from ansinh.rules.months import Month
from ansinh.rules.readiness import Obstacle as Code
from ansinh.staff.models import Officer
from tests.payees.people import AT, ON, approved, declare, mandate, person

APRIL = Month(2024, 4)


def groups(month: Month = APRIL) -> dict[int, tuple[str, str, list[str]]]:
    for_period(month=month)
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_id, grp, why, reasons FROM payees_grouped")
        rows = cursor.fetchall()
    found = {row[0]: (row[1], row[2], row[3]) for row in rows}
    assert len(found) == len(rows), "nobody is in two groups"
    return found


def test_the_six_groups_and_their_reasons(officers: dict[str, Officer]) -> None:
    a, b, c, d, e, f = (
        person(officers, f"Nguyễn Thị {name}") for name in ("An", "Ba", "Cam", "Duệ", "Em", "Gái")
    )
    approved(officers, a)
    declare(officers, b)
    for each in (d, e):
        Obstacle.objects.create(
            person=each, commune_id=each.commune_id, code="frail", prevents=True, since=ON
        )
    mandate(officers, d)
    Refusal.objects.create(
        person=f, commune_id=f.commune_id, reason="quen tiền mặt", signed_on=ON, signed_how="signature",
        recorded_at=AT, recorded_by=officers["cong-an-xa"],
    )  # fmt: skip
    found = groups()
    assert [found[each.pk][:2] for each in (a, b, c, d, e, f)] == [
        ("A", "paid_into_account"), ("B", "account_waits"), ("C", "can_open"), ("D", "payee_without_account"),
        ("E", "nobody_receives"), ("F", "refusal_on_file"),
    ]  # fmt: skip
    assert found[e.pk][2] == ["frail"]
    assert groups(Month(2024, 3))[a.pk][0] == "B", "approved, but not yet for March"


def test_reasons_are_several_and_the_register_adds_its_own(officers: dict[str, Officer]) -> None:
    child = person(officers, "Trần Bảo An", born=date(2015, 1, 2), number=None)
    for code in ("far", "no_smartphone"):
        Obstacle.objects.create(
            person=child, commune_id=child.commune_id, code=code, prevents=False, since=ON
        )
    assert groups()[child.pk] == ("E", "nobody_receives", ["minor", "no_number", "far", "no_smartphone"])


def test_whoever_has_no_award_in_the_month_is_in_no_group(officers: dict[str, Officer]) -> None:
    later, dead, over = (person(officers, name) for name in ("Lê Sau", "Lê Chết", "Lê Hết"))
    Award.objects.filter(person=later).update(first_month=date(2024, 6, 1))
    Award.objects.filter(person=over).update(end_month=date(2024, 3, 1))
    Person.objects.filter(pk=dead.pk).update(life="dead", life_since=ON)
    assert groups() == {}
    assert list(groups(Month(2024, 6))) == [later.pk]


@dataclass(frozen=True)
class Facts:
    """What a register may say of one person."""

    born: int
    numbered: bool
    awarded: bool
    alive: bool
    account: AccountState | None
    under_mandate: bool
    mandated: bool
    obstacles: frozenset[Code]
    refuses: bool
    incapable: bool

    def group(self) -> str | None:
        """The group by the words of the definition, one after the other."""
        if not (self.awarded and self.alive):
            return None
        usable = {AccountState.APPROVED, AccountState.ACTIVE, AccountState.REPLACED, AccountState.CLOSED}
        counts = self.mandated if self.under_mandate else not self.mandated
        if self.account in usable and counts:
            return "A"
        if self.refuses:
            return "F"
        failed_or_waiting = {
            AccountState.SUSPENDED, *(state for state in AccountState if state.is_waiting),
        }  # fmt: skip
        if self.account in failed_or_waiting:
            return "B"
        minor = self.born > 2009
        cannot = minor or not self.numbered or self.incapable or any(code.prevents for code in self.obstacles)
        if not cannot:
            return "C"
        return "D" if self.mandated else "E"


facts = st.builds(
    Facts, born=st.sampled_from([1930, 1988, 2012]), numbered=st.booleans(), awarded=st.booleans(),
    alive=st.booleans(), account=st.none() | st.sampled_from(list(AccountState)), under_mandate=st.booleans(),
    mandated=st.booleans(), obstacles=st.frozensets(st.sampled_from(list(Code)), max_size=3),
    refuses=st.booleans(), incapable=st.booleans(),
)  # fmt: skip


def path_to(state: AccountState) -> list[AccountState]:
    """The shortest way along the edges from the beginning."""
    queue = deque([[AccountState.DECLARED]])
    while queue:
        way = queue.popleft()
        if way[-1] is state:
            return way
        queue.extend([*way, edge.target] for edge in ACCOUNT.edges if edge.source is way[-1])
    raise AssertionError(state)


def make(officers: dict[str, Officer], said: Facts) -> Person:
    one = person(officers, born=date(said.born, 2, 3), award="K5A" if said.awarded else None,
                 **({} if said.numbered else {"number": None}))  # fmt: skip
    by = {"made_at": AT, "made_by": officers["lap-danh-sach"]}
    held: Mandate | None = None
    if said.mandated or said.under_mandate:
        held = Mandate.objects.create(
            person=one, commune_id=one.commune_id, kind="guardian", payee_name="Trần Văn Nam", relation="con",
            document="QĐ 1", certified_by="UBND xã", certified_on=ON, starts_on=date(2024, 1, 1),
            pays_from=date(2024, 1, 1), **by,
        )  # fmt: skip
        if said.mandated:
            Mandate.objects.filter(pk=held.pk).update(state="active")
    if said.account is not None:
        account = Account.objects.create(
            person=one, commune_id=one.commune_id, mandate=held if said.under_mandate else None,
            channel="account", bank="VBA", number_enc=b"x", number_bidx=b"x" * 32, number_last4="1234",
            source="commune", asserted_by="x", asserted_on=ON, **by,
        )  # fmt: skip
        dated = {"usable_from": date(2024, 1, 1), "fault": "x", "fault_owner": "x", "next_action": "x"}
        for state in path_to(said.account)[1:]:
            columns = dict(dated)
            if state not in {"approved", "active", "suspended", "replaced", "closed"}:
                columns.pop("usable_from")
            Account.objects.filter(pk=account.pk).update(state=state.value, **columns)
    for code in said.obstacles:
        Obstacle.objects.create(
            person=one, commune_id=one.commune_id, code=code.value, prevents=code.prevents, since=ON
        )
    if said.refuses:
        Refusal.objects.create(person=one, commune_id=one.commune_id, reason="x", signed_on=ON,
                               signed_how="signature", recorded_at=AT, recorded_by=by["made_by"])  # fmt: skip
    if said.incapable:
        Incapacity.objects.create(person=one, commune_id=one.commune_id, kind="lost", document="QĐ",
                                  since=date(2024, 1, 1), **by)  # fmt: skip
    if not said.alive:
        Person.objects.filter(pk=one.pk).update(life="dead", life_since=ON)
    return one


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(facts, max_size=6))
def test_the_groups_partition_any_register(officers: dict[str, Officer], register: list[Facts]) -> None:
    mark = transaction.savepoint()
    expected = {make(officers, said).pk: said.group() for said in register}
    found = groups()
    transaction.savepoint_rollback(mark)
    assert {pk: row[0] for pk, row in found.items()} == {pk: grp for pk, grp in expected.items() if grp}


@pytest.mark.parametrize("state", list(AccountState))
def test_every_state_of_an_account_has_its_group(officers: dict[str, Officer], state: AccountState) -> None:
    said = Facts(1930, True, True, True, state, False, False, frozenset(), False, False)
    one = make(officers, said)
    assert groups()[one.pk][0] == said.group()
