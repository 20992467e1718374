# SPDX-License-Identifier: MPL-2.0
"""Roles by dates, given by two persons, never two duties that may not meet."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from ansinh.audit.models import Event
from ansinh.staff import actions, duties, queries
from ansinh.staff.actions import officers, roles
from ansinh.staff.duties import Role
from ansinh.staff.models import Officer, RoleAssignment
from tests.conftest import units

AT, ON = datetime(2024, 3, 10, tzinfo=UTC), date(2024, 3, 10)
ROOT = Path(__file__).resolve().parents[2]


def newcomer(cast: dict[str, Officer], number: str = "000190999999") -> Officer:
    return actions.add_officer(
        username=f"moi-{number[-3:]}", full_name="Lê Thị Mới", citizen_number=number, password="x" * 14,
        by=cast["quan-tri"], at=AT, allow_invented=True,
    )  # fmt: skip


def propose(
    cast: dict[str, Officer], officer: Officer, role: Role = Role.PREPARER, **changes: object
) -> RoleAssignment:
    said: dict[str, object] = {
        "officer_id": officer.pk, "role": role, "unit_id": units()[0].pk, "valid_from": ON, "valid_to": None,
        "reason": "QĐ 12", "by": cast["quan-tri"], "at": AT, "on": ON,
    }  # fmt: skip
    return actions.propose_role(**(said | changes))  # type: ignore[arg-type]


def test_a_role_holds_only_after_another_person_confirmed_it(cast: dict[str, Officer]) -> None:
    officer = newcomer(cast)
    asked = propose(cast, officer)
    assert queries.permissions(officer_id=officer.pk, on=ON) == frozenset()
    with pytest.raises(roles.SamePersonGrants):
        actions.confirm_role(assignment_id=asked.pk, by=cast["quan-tri"], at=AT, on=ON)
    actions.confirm_role(assignment_id=asked.pk, by=cast["quan-tri-2"], at=AT, on=ON)
    assert "register.write" in queries.permissions(officer_id=officer.pk, on=ON)
    assert "register.write" not in queries.permissions(officer_id=officer.pk, on=ON - timedelta(days=1))
    acts = Event.objects.filter(subject="role_assignment", subject_id=str(asked.pk))
    assert [event.act for event in acts.order_by("id")] == ["staff.propose_role", "staff.confirm_role"]


def test_nobody_confirms_a_role_for_themself(cast: dict[str, Officer]) -> None:
    asked = propose(cast, cast["quan-tri-2"], Role.POLICE)
    with pytest.raises(roles.SamePersonGrants):
        actions.confirm_role(assignment_id=asked.pk, by=cast["quan-tri-2"], at=AT, on=ON)
    with pytest.raises(IntegrityError, match="not_to_oneself"), transaction.atomic():
        RoleAssignment.objects.filter(pk=asked.pk).update(state="confirmed", confirmed_by=cast["quan-tri-2"])


def test_the_database_refuses_one_person_as_proposer_and_confirmer(cast: dict[str, Officer]) -> None:
    asked = propose(cast, newcomer(cast))
    with pytest.raises(IntegrityError, match="two_persons"), transaction.atomic():
        RoleAssignment.objects.filter(pk=asked.pk).update(state="confirmed", confirmed_by=cast["quan-tri"])


@pytest.mark.parametrize("role", [Role.ACCOUNTANT, Role.COMMUNE_LEADER, Role.POLICE, Role.CASH_AGENT])
def test_a_maker_gets_no_second_hat(cast: dict[str, Officer], role: Role) -> None:
    with pytest.raises(roles.DutiesClash):
        propose(cast, cast["lap-danh-sach"], role)


def test_no_role_itself_joins_duties_that_may_not_meet() -> None:
    assert [role for role in Role if duties.clashing(frozenset(), duties.permissions_of(role))] == []


def test_the_administrator_sees_no_personal_data_and_the_auditor_changes_nothing() -> None:
    personal = {"register.write", "register.confirm_identity", "account.propose", "account.confirm",
                "audit.read", "audit.read_all"}  # fmt: skip
    assert not duties.permissions_of(Role.ADMINISTRATOR) & personal
    changes = {d.code for d in duties.DUTIES if not d.code.endswith((".read", ".read_all"))} - {
        "visits.random"
    }
    assert not duties.permissions_of(Role.AUDITOR) & changes


def test_the_same_role_twice_at_one_time_is_impossible(cast: dict[str, Officer]) -> None:
    officer = newcomer(cast)
    propose(cast, officer)
    with pytest.raises(roles.RoleHeldAlready):
        propose(cast, officer, valid_from=ON + timedelta(days=30))


def test_a_role_outside_the_jurisdiction_is_refused(cast: dict[str, Officer]) -> None:
    hoi_an_leader = cast["lanh-dao-xa"]
    with pytest.raises(roles.RoleOutsideJurisdiction):
        propose(cast, newcomer(cast), by=hoi_an_leader, unit_id=units()[1].pk)


def test_a_role_ends_after_its_last_day(cast: dict[str, Officer]) -> None:
    held = cast["ke-toan"].assignments.get()
    last = ON + timedelta(days=10)
    actions.end_role(
        assignment_id=held.pk, last_day=last, reason="nghỉ hưu", by=cast["quan-tri"], at=AT, on=ON
    )
    ask = {
        day: queries.permissions(officer_id=cast["ke-toan"].pk, on=day) for day in (last, last + timedelta(1))
    }
    assert "approvals.approve" in ask[last]
    assert ask[last + timedelta(1)] == frozenset()


def test_a_disabled_officer_may_do_nothing_at_once(cast: dict[str, Officer]) -> None:
    actions.disable_officer(officer_id=cast["ke-toan"].pk, reason="x", by=cast["quan-tri"], at=AT)
    assert queries.permissions(officer_id=cast["ke-toan"].pk, on=ON) == frozenset()
    with pytest.raises(officers.OfficerNotActive):
        actions.disable_officer(officer_id=cast["ke-toan"].pk, reason="x", by=cast["quan-tri"], at=AT)


def test_one_person_has_one_account(cast: dict[str, Officer]) -> None:
    newcomer(cast)
    with pytest.raises(officers.OfficerExists):
        actions.add_officer(username="khac", full_name="Lê Thị Mới", citizen_number="000190999999",
                            password=None, by=None, at=AT, allow_invented=True)  # fmt: skip


def test_officers_and_roles_are_never_deleted(db: None) -> None:
    for table in ("staff_officer", "staff_roleassignment"):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")


def test_the_first_roles_are_given_once(cast: dict[str, Officer]) -> None:
    with pytest.raises(roles.SamePersonGrants):
        actions.first_roles(roles=[(newcomer(cast), Role.ADMINISTRATOR, units()[1].pk)], valid_from=ON, at=AT)


def test_a_jurisdiction_reaches_down_and_never_sideways(cast: dict[str, Officer]) -> None:
    commune, province = units()
    sister = commune.parents.get().parent.children.exclude(unit=commune)[0].unit

    def may(name: str, unit_id: int) -> bool:
        return queries.may(officer_id=cast[name].pk, permission="approvals.approve", unit_id=unit_id, on=ON)

    assert may("lanh-dao-xa", commune.pk)
    assert not may("lanh-dao-xa", sister.pk)
    assert not may("lanh-dao-xa", province.pk)
    assert may("lanh-dao-so", commune.pk)
    assert may("lanh-dao-so", sister.pk)


def test_the_printed_matrix_is_the_one_in_force() -> None:
    printed = (ROOT / "docs" / "reference" / "duties.md").read_text(encoding="utf-8")
    assert duties.matrix_markdown() in printed
