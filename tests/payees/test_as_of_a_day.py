# SPDX-License-Identifier: MPL-2.0
"""What was so on a past day, whatever happened since; one word "eligible" for every figure."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.db import connection

from ansinh.dashboards.actions import refresh_month
from ansinh.dashboards.queries import of_unit
from ansinh.outreach import queries
from ansinh.payees.actions import close_account, revoke_mandate, suspend_account
from ansinh.payees.actions.readiness import Said, Signed, keep_obstacles, keep_refusals
from ansinh.payees.models import Refusal
from ansinh.payees.periods import for_day, for_period
from ansinh.places.queries import unit_on
from ansinh.registry.models import Person
from ansinh.rules.months import Month
from ansinh.rules.payees import PayeeKind
from ansinh.rules.readiness import Obstacle
from ansinh.staff.models import Officer
from tests.conftest import units
from tests.payees.people import AT, ON, approved, declare, mandate, person

LATER, LATER_AT = date(2024, 3, 14), datetime(2024, 3, 14, 3, tzinfo=UTC)
BETWEEN = date(2024, 3, 10)


def then(on: date) -> dict[int, tuple[str, str, bool]]:
    """person -> (group, why, eligible) as it was on a day."""
    for_day(on=on)
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_id, grp, why, eligible FROM payees_grouped_then")
        return {row[0]: (row[1], row[2], row[3]) for row in cursor.fetchall()}


def now(month: Month) -> dict[int, tuple[str, str, bool]]:
    for_period(month=month)
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_id, grp, why, eligible FROM payees_grouped")
        return {row[0]: (row[1], row[2], row[3]) for row in cursor.fetchall()}


def six(officers: dict[str, Officer]) -> list[Person]:
    """Somebody of each group on 4 March 2024, for April."""
    a, b, c, d, e, f = (
        person(officers, f"Nguyễn Thị {name}") for name in ("An", "Ba", "Cam", "Duệ", "Em", "Gái")
    )
    approved(officers, a)
    declare(officers, b)
    keep_obstacles(said=[Said(each, frozenset({Obstacle.FRAIL}), ON) for each in (d, e)], by=None)
    mandate(officers, d)
    keep_refusals(signed=[Signed(f, "quen tiền mặt", ON)], by=officers["cong-an-xa"], at=AT)
    return [a, b, c, d, e, f]


def test_a_past_day_is_what_was_so_then(officers: dict[str, Officer]) -> None:
    a, b, c, d, e, f = six(officers)
    before = then(ON)
    assert [before[each.pk][0] for each in (a, b, c, d, e, f)] == list("ABCDEF")
    by, leader = officers["lap-danh-sach"], officers["lanh-dao-xa"]
    close_account(account_id=a.accounts.get().pk, reason="mất", by=leader, at=LATER_AT, on=LATER)
    approved(officers, c, on=LATER)
    revoke_mandate(mandate_id=d.mandates.get().pk, reason="đổi người", by=by, at=LATER_AT, on=LATER)
    keep_obstacles(said=[Said(e, frozenset(), LATER)], by=by)
    Refusal.objects.filter(person=f).update(until=LATER)
    Person.objects.filter(pk=b.pk).update(life="dead", life_since=LATER)
    newcomer = person(officers, "Lê Thị Hai")
    keep_refusals(signed=[Signed(newcomer, "quen", LATER)], by=officers["cong-an-xa"], at=LATER_AT)
    assert [now(Month(2024, 4)).get(each.pk, ("–",))[0] for each in (a, b, c, d, e, f)] == [
        "C", "–", "A", "E", "C", "C",
    ]  # fmt: skip
    assert {pk: told for pk, told in then(BETWEEN).items() if pk != newcomer.pk} == before
    assert then(BETWEEN)[newcomer.pk][0] == "C", "the refusal was not signed yet"
    assert then(LATER) == now(Month(2024, 4))


def test_an_account_that_was_replaced_or_suspended_since_is_paid_on_the_day_before(
    officers: dict[str, Officer],
) -> None:
    first, second = person(officers), person(officers, "Lê Thị Cúc")
    approved(officers, first)
    approved(officers, second)
    approved(officers, first, on=date(2024, 5, 2))
    suspend_account(
        account_id=second.accounts.get().pk, fault="holder_reports_loss", note="mất thẻ",
        by=officers["lanh-dao-xa"], at=LATER_AT,
    )  # fmt: skip
    assert then(BETWEEN)[first.pk][0] == then(BETWEEN)[second.pk][0] == "A"
    assert then(LATER)[second.pk][:2] == ("B", "account_suspended")
    assert then(date(2024, 5, 31))[first.pk][0] == "A", "the old one until the new one, then the new one"


def test_a_commune_of_another_day_counts_whoever_lived_there(officers: dict[str, Officer]) -> None:
    mover = person(officers)
    old, province = units()
    from_here = queries.standing(unit=old, on=ON).beneficiaries
    assert from_here == 1
    residence = mover.residences.get()
    elsewhere = unit_on(code="20428", on=ON).pk
    mover.residences.update(validity=(residence.validity.lower, LATER))
    mover.residences.create(commune_id=elsewhere, hamlet="", validity=(LATER, None))
    Person.objects.filter(pk=mover.pk).update(commune_id=elsewhere)
    assert queries.standing(unit=old, on=BETWEEN).beneficiaries == 1
    assert queries.standing(unit=old, on=LATER).beneficiaries == 0
    assert queries.standing(unit=province, on=LATER).beneficiaries == 1


def test_eligible_is_one_number_for_dashboards_outreach_and_the_report(
    officers: dict[str, Officer],
) -> None:
    *_others, d, _e, f = six(officers)
    child = person(officers, "Trần Bảo An", born=date(2015, 1, 2))
    mandate(officers, child, kind=PayeeKind.GUARDIAN)
    refuses_and_cannot = person(officers, "Lê Thị Hai")
    keep_obstacles(said=[Said(refuses_and_cannot, frozenset({Obstacle.NO_ID}), ON)], by=None)
    keep_refusals(signed=[Signed(refuses_and_cannot, "già", ON)], by=officers["cong-an-xa"], at=AT)
    told = then(ON)
    assert told[child.pk] == ("D", "payee_without_account", True), "who receives has an account of their own"
    assert (told[d.pk][2], told[f.pk][2], told[refuses_and_cannot.pk][2]) == (True, True, False)
    standing = queries.standing(unit=units()[0], on=ON)
    assert (standing.beneficiaries, standing.eligible, standing.with_account) == (8, 6, 2)
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    refresh_month(month=Month(2024, 4), at=AT)
    shown = of_unit(unit_id=units()[0].pk, month=Month(2024, 4), on=date(2024, 4, 1))
    assert (shown.people, shown.eligible) == (standing.beneficiaries, standing.eligible)
