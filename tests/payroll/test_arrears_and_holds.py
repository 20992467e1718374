# SPDX-License-Identifier: MPL-2.0
"""Starting, changing, stopping, resuming; what was missed and what was too much; what is held."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.db import transaction

from ansinh.payroll.models import Difference, Hold, Unowed
from ansinh.registry.models import Award, Change, Person
from ansinh.rules.months import Month
from ansinh.staff.models import Officer
from ansinh.staff.scope import opened_to_all
from tests.conftest import units
from tests.payroll.people import another_award, lines, payroll_of, person, settle

APRIL = Month(2024, 4)


def told(payroll: object) -> list[tuple[str, str, int, str]]:
    return [
        (str(Month.of(each.benefit_month)), each.kind, each.amount_vnd, each.hold)
        for each in lines(payroll)  # type: ignore[arg-type]
    ]


def change(model: type[Award] | type[Person], key: int, at: datetime, **fields: object) -> None:
    with transaction.atomic(), opened_to_all():
        model.objects.filter(pk=key).update(changed_at=at, **fields)


def test_a_retroactive_decree_makes_arrears_by_itself(cast: dict[str, Officer]) -> None:
    """NĐ 55/2023: in force 5/9/2023, rates from 1/7/2023."""
    commune, _province = units()
    by = cast["lap-danh-sach"]
    person(commune, by, code="LS_TUAT_1")
    for month in (Month(2023, 7), Month(2023, 8), Month(2023, 9)):
        paid = settle(payroll_of(commune, by, stream="merit", period=month))
        assert told(paid) == [(str(month), "current", 1_624_000, "")]
    october = payroll_of(commune, by, stream="merit", period=Month(2023, 10))
    assert told(october) == [
        ("2023-07", "arrears", 431_000, ""), ("2023-08", "arrears", 431_000, ""),
        ("2023-09", "arrears", 431_000, ""), ("2023-10", "current", 2_055_000, ""),
    ]  # fmt: skip
    assert october.unexplained == 0
    # And once only: settled, the next month pays its own rate and nothing more.
    settle(october)
    assert told(payroll_of(commune, by, stream="merit", period=Month(2023, 11))) == [
        ("2023-11", "current", 2_055_000, "")
    ]


def test_a_fresh_decision_that_reaches_back_is_paid_month_by_month(cast: dict[str, Officer]) -> None:
    commune, _province = units()
    by = cast["lap-danh-sach"]
    person(
        commune, by, first="2024-01", at=datetime(2024, 3, 15, tzinfo=UTC),
        award={"decided_on": date(2024, 3, 12), "first_month": "2024-01"},
    )  # fmt: skip
    april = payroll_of(commune, by, period=APRIL)
    assert [(month, kind) for month, kind, _vnd, _hold in told(april)] == [
        ("2024-01", "arrears"), ("2024-02", "arrears"), ("2024-03", "arrears"), ("2024-04", "current"),
    ]  # fmt: skip


def test_an_old_award_brings_no_arrears_from_before_the_first_payroll(cast: dict[str, Officer]) -> None:
    commune, _province = units()
    by = cast["lap-danh-sach"]
    person(commune, by, first="2022-01")
    assert told(payroll_of(commune, by)) == [("2024-03", "current", 720_000, "")]


def test_a_suspension_stops_and_a_resumption_pays_back(cast: dict[str, Officer]) -> None:
    commune, _province = units()
    by = cast["lap-danh-sach"]
    award = person(commune, by).awards.model.objects
    with transaction.atomic(), opened_to_all():
        key = award.get().pk
    person(commune, by, name="Người khác")
    settle(payroll_of(commune, by, period=Month(2024, 2)))
    change(
        Award, key, datetime(2024, 2, 10, tzinfo=UTC), suspended_from=date(2024, 3, 1),
        suspend_reason="Không nhận 3 tháng",
    )  # fmt: skip
    march = settle(payroll_of(commune, by))
    assert len(told(march)) == 1
    with transaction.atomic(), opened_to_all():
        gone = Difference.objects.get(payroll=march)
        assert (gone.kind, gone.reason) == ("left", "suspended")
        assert Unowed.objects.filter(payroll=march, why="law").count() == 1
    # Resumed by decision, as if never suspended: March comes back as arrears.
    change(Award, key, datetime(2024, 3, 10, tzinfo=UTC), suspended_from=None, suspend_reason="")
    april = payroll_of(commune, by, period=APRIL)
    assert [each for each in told(april) if each[1] != "current"] == [("2024-03", "arrears", 720_000, "")]


def test_a_span_of_suspension_that_is_over_is_not_paid_back(cast: dict[str, Officer]) -> None:
    """Suspended for March by decision, resumed from April: April's payroll looks at March again."""
    commune, _province = units()
    by = cast["lap-danh-sach"]
    who = person(commune, by)
    person(commune, by, name="Người khác")
    settle(payroll_of(commune, by, period=Month(2024, 2)))
    with transaction.atomic(), opened_to_all():
        key = Award.objects.get(person=who).pk
    change(Award, key, datetime(2024, 2, 10, tzinfo=UTC), suspended_from=date(2024, 3, 1))
    settle(payroll_of(commune, by))
    change(
        Award, key, datetime(2024, 3, 10, tzinfo=UTC), suspended_from=None,
        earlier_suspensions=[["2024-03", "2024-03"]],
    )  # fmt: skip
    april = payroll_of(commune, by, period=APRIL)
    assert [each[:2] for each in told(april)] == [("2024-04", "current"), ("2024-04", "current")]


def test_an_award_whose_review_waits_is_held_and_the_others_are_paid(cast: dict[str, Officer]) -> None:
    commune, _province = units()
    by = cast["lap-danh-sach"]
    who = person(commune, by)
    waits = another_award(who, by, code="CS_HO_DBN")
    with transaction.atomic(), opened_to_all():
        Change.objects.create(
            person=who, award=waits, commune=commune, kind="review", source="birthday", label="Xem lại",
            content_enc=b"x", effective_month=date(2024, 3, 1), reason="Tròn 60 tuổi", base_version=1,
            made_at=datetime(2024, 2, 15, tzinfo=UTC),
        )  # fmt: skip
    held = {line.code: line.hold for line in lines(payroll_of(commune, by))}
    assert held == {"K6_DBN": "", "CS_HO_DBN": "review_open"}


def test_a_stop_that_waits_holds_only_from_the_month_it_would_take_effect(cast: dict[str, Officer]) -> None:
    commune, _province = units()
    by = cast["lap-danh-sach"]
    who = person(commune, by)
    with transaction.atomic(), opened_to_all():
        Change.objects.create(
            person=who, commune=commune, kind="stop", source="birthday", label="Dừng", content_enc=b"x",
            effective_month=date(2024, 4, 1), reason="Hết tuổi", base_version=1,
            made_at=datetime(2024, 2, 15, tzinfo=UTC),
        )  # fmt: skip
    assert [line.hold for line in lines(settle(payroll_of(commune, by)))] == [""]
    assert [line.hold for line in lines(payroll_of(commune, by, period=APRIL))] == ["change_open"]


def test_after_a_death_nothing_is_paid_and_what_was_paid_is_to_be_recovered(cast: dict[str, Officer]) -> None:
    commune, _province = units()
    by = cast["lap-danh-sach"]
    dead = person(commune, by)
    person(commune, by, name="Người khác")
    settle(payroll_of(commune, by, period=Month(2024, 2)))
    settle(payroll_of(commune, by))
    change(Person, dead.pk, datetime(2024, 3, 5, tzinfo=UTC), life="dead", life_since=date(2024, 2, 20))
    april = payroll_of(commune, by, period=APRIL)
    mine = [each for each in lines(april) if each.person_id == dead.pk]
    # February was owed (the month of the death); March was not.
    assert [(str(Month.of(x.benefit_month)), x.kind, x.hold) for x in mine] == [
        ("2024-03", "recovery", "to_recover")
    ]
    assert (april.recover_vnd, april.total_vnd, april.unexplained) == (720_000, 720_000, 0)
    settle(april)
    assert [x for x in told(payroll_of(commune, by, period=Month(2024, 5))) if x[1] == "recovery"] == []


def test_the_money_of_the_month_of_death_waits_for_an_heir(cast: dict[str, Officer]) -> None:
    commune, _province = units()
    by = cast["lap-danh-sach"]
    dead = person(commune, by)
    change(Person, dead.pk, datetime(2024, 3, 5, tzinfo=UTC), life="dead", life_since=date(2024, 3, 2))
    assert told(payroll_of(commune, by)) == [("2024-03", "current", 720_000, "payee_dead")]


def test_somebody_missing_or_detained_is_held_and_paid_back_when_found(cast: dict[str, Officer]) -> None:
    commune, _province = units()
    by = cast["lap-danh-sach"]
    lost = person(commune, by)
    change(Person, lost.pk, datetime(2024, 2, 5, tzinfo=UTC), life="missing", life_since=date(2024, 2, 1))
    march = payroll_of(commune, by)
    assert told(march) == [("2024-03", "current", 720_000, "life_missing")]
    assert (march.total_vnd, march.held, march.held_vnd) == (0, 1, 720_000)
    settle(march)
    change(Person, lost.pk, datetime(2024, 3, 5, tzinfo=UTC), life="alive", life_since=None)
    april = payroll_of(commune, by, period=APRIL)
    assert told(april) == [("2024-03", "arrears", 720_000, ""), ("2024-04", "current", 720_000, "")]
    with transaction.atomic(), opened_to_all():
        assert Difference.objects.get(payroll=april).reason == "released"


def test_an_officers_hold_keeps_the_line_out_visibly(cast: dict[str, Officer]) -> None:
    commune, _province = units()
    by = cast["lap-danh-sach"]
    one = person(commune, by)
    with transaction.atomic(), opened_to_all():
        Hold.objects.create(
            person=one, commune=commune, reason="Đơn tố giác", placed_at=datetime(2024, 2, 1, tzinfo=UTC),
            placed_by=by,
        )  # fmt: skip
    assert told(payroll_of(commune, by)) == [("2024-03", "current", 720_000, "held_by_officer")]


def test_social_assistance_pays_the_highest_only_and_says_why_the_other_is_not_owed(
    cast: dict[str, Officer],
) -> None:
    commune, _province = units()
    by = cast["lap-danh-sach"]
    both = person(commune, by, born="1940-02-03", household="poor")
    another_award(both, by, code="K5A")
    made = payroll_of(commune, by)
    assert len(lines(made)) == 1
    with transaction.atomic(), opened_to_all():
        unowed = Unowed.objects.get(payroll=made)
    assert unowed.person_id == both.pk
