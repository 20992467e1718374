# SPDX-License-Identifier: MPL-2.0
"""The directive's two targets against what is counted, on any day, frozen at each month's end."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from ansinh.outreach import queries
from ansinh.outreach.actions.targets import FiguresFrozen, MonthNotOver, freeze_month, load_targets
from ansinh.outreach.commands import as_json_figures
from ansinh.outreach.models import Figure, Target
from ansinh.outreach.queries import Part, Standing
from ansinh.places.models import Unit
from ansinh.places.queries import ancestors, homes
from ansinh.registry.models import Person
from ansinh.rules.months import Month
from ansinh.rules.outreach import permille
from ansinh.staff.models import Officer
from ansinh.staff.scope import limit_to, open_to_all
from tests.conftest import units
from tests.payees.people import approved, declare, mandate, person

AFTER = datetime(2024, 4, 1, 3, 0, tzinfo=UTC)
ON = date(2024, 3, 4)


def standing(*, people: int, registered: int = 0, with_account: int = 0, nobody: int = 0) -> Standing:
    groups = dict.fromkeys("ABCDEF", 0) | {"A": registered, "C": people - registered - nobody, "E": nobody}
    return Standing(groups, with_account or registered, registered, people - nobody)


def target(counted: str = "registered", denominator: str = "all") -> Target:
    return Target(counted=counted, denominator=denominator, permille=300)


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(0, 0, 0), (1, 3, 333), (2, 3, 667), (1, 2, 500), (1, 2000, 1), (5, 5, 1000)],
)
def test_a_share_is_rounded_half_up_in_tenths_of_a_per_cent(part: int, whole: int, expected: int) -> None:
    assert permille(part, whole) == expected


@pytest.mark.parametrize(
    ("people", "have", "left"), [(10, 3, 0), (10, 2, 1), (11, 3, 1), (1, 0, 1), (0, 0, 0), (1000, 299, 1)]
)
def test_the_people_left_are_whole_people(people: int, have: int, left: int) -> None:
    found = standing(people=people, registered=have)
    assert queries.people_left(standing=found, target=target()) == left


def test_both_denominators_are_counted(officers: dict[str, Officer], commune: list[Person]) -> None:
    approved(officers, commune[0])
    declare(officers, commune[1])
    mandate(officers, commune[2])
    child = person(officers, "Ngô Văn Nhỏ", born=date(2015, 1, 1), award="K1A", hamlet="Thôn 2")
    found = queries.standing(unit=units()[0], on=ON)
    assert found.groups == {"A": 1, "B": 1, "C": 4, "D": 0, "E": 1, "F": 0}
    assert (found.beneficiaries, found.eligible, found.with_account, found.registered) == (7, 6, 2, 1)
    assert list(queries.behind(commune_ids=[units()[0].pk], figure="E", hamlet=None, on=ON)) == [child]
    figures = as_json_figures("20431", ON, found)
    assert json.loads(json.dumps(figures)) | {"groups": None} == {
        "unit": "20431", "on": "2024-03-04", "beneficiaries": 7, "eligible": 6, "with_account": 2,
        "registered": 1, "share_of_all": 0.2857, "share_of_eligible": 0.1667, "groups": None,
    }  # fmt: skip


def test_the_province_is_the_sum_of_its_parts(officers: dict[str, Officer], commune: list[Person]) -> None:
    approved(officers, commune[0])
    _commune, province = units()
    whole = queries.standing(unit=province, on=ON)
    below = queries.parts(unit=province, on=ON)
    assert sum((part.standing for part in below), Standing()) == whole
    assert whole.beneficiaries == len(commune)
    hamlets = queries.parts(unit=units()[0], on=ON)
    assert [(part.name, part.standing.beneficiaries) for part in hamlets] == [("Thôn 1", 4), ("Thôn 2", 2)]


def test_every_figure_opens_its_people(officers: dict[str, Officer], commune: list[Person]) -> None:
    approved(officers, commune[0])
    found = queries.standing(unit=units()[0], on=ON)
    totals = {
        "all": found.beneficiaries, "eligible": found.eligible, "with_account": found.with_account,
        "registered": found.registered, "left": found.left,
    }  # fmt: skip
    for group, number in (found.groups | totals).items():
        opened = queries.behind(commune_ids=[units()[0].pk], figure=group, hamlet=None, on=ON)
        assert opened.count() == number


def test_the_directives_targets_load_once_and_hold_for_units_below(officers: dict[str, Officer]) -> None:
    assert load_targets(by=None, at=AFTER) == 2
    assert load_targets(by=None, at=AFTER) == 0
    found = queries.targets_of(unit=units()[0], on=ON)
    assert {(each.counted, each.denominator, each.permille) for each in found} == {
        ("registered", "eligible", 1000), ("with_account", "all", 300),
    }  # fmt: skip
    after = date(2026, 3, 4)
    merged = Unit.objects.get(pk=homes(unit_ids=[units()[0].pk], on=after)[units()[0].pk])
    assert queries.targets_of(unit=merged, on=after) == found


def test_frozen_figures_stay_when_the_register_moves_on(
    officers: dict[str, Officer], commune: list[Person]
) -> None:
    approved(officers, commune[0])
    assert freeze_month(month=Month(2024, 3), by=None, at=AFTER) == 2
    approved(officers, commune[1], on=date(2024, 4, 2))
    end = date(2024, 3, 31)
    frozen = queries.standing(unit=units()[0], on=end)
    assert (frozen.registered, frozen.frozen_at) == (1, AFTER)
    assert queries.standing(unit=units()[0], on=date(2024, 4, 5)).registered == 2
    assert [(str(month), each.registered) for month, each in
            queries.trend(unit=units()[1], on=date(2024, 4, 5))] == [("2024-03", 1)]  # fmt: skip


def test_a_month_is_frozen_once_and_only_when_it_is_over(
    officers: dict[str, Officer], commune: list[Person]
) -> None:
    with pytest.raises(MonthNotOver):
        freeze_month(month=Month(2024, 4), by=None, at=AFTER)
    freeze_month(month=Month(2024, 3), by=None, at=AFTER)
    with pytest.raises(FiguresFrozen):
        freeze_month(month=Month(2024, 3), by=None, at=AFTER)


def test_a_frozen_figure_cannot_be_changed(officers: dict[str, Officer], commune: list[Person]) -> None:
    freeze_month(month=Month(2024, 3), by=None, at=AFTER)
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        Figure.objects.update(people=0)


def test_another_commune_counts_nobody(officers: dict[str, Officer], commune: list[Person]) -> None:
    limit_to(unit_ids=[units()[0].pk + 1])
    assert queries.standing(unit=units()[1], on=ON) == Standing()
    open_to_all()


def test_small_communes_are_ranked_apart_and_ties_by_people_left() -> None:
    parts = [
        Part("nhỏ", None, standing(people=4, registered=4)),
        Part("vừa", None, standing(people=100, registered=20)),
        Part("lớn", None, standing(people=1000, registered=200)),
        Part("giỏi", None, standing(people=100, registered=40)),
    ]
    ranked = queries.ranking(
        found=parts, before={"giỏi": standing(people=100, registered=30)}, target=target()
    )
    assert [each.part.name for each in ranked] == ["giỏi", "vừa", "lớn", "nhỏ"]
    assert [each.moved for each in ranked] == [100, None, None, None]
    assert [each.left for each in ranked] == [0, 10, 100, 0]
    assert [each.small for each in ranked] == [False, False, False, True]


def test_people_of_a_merged_commune_count_under_what_it_became(
    officers: dict[str, Officer], commune: list[Person]
) -> None:
    old = units()[0]
    after = date(2026, 3, 4)
    home = homes(unit_ids=[old.pk], on=after)[old.pk]
    assert home != old.pk
    now = Unit.objects.get(pk=home)
    assert queries.standing(unit=now, on=after).beneficiaries == len(commune)
    province = ancestors(unit_id=now.pk, on=after)[-1]
    assert queries.standing(unit=province, on=after).beneficiaries == len(commune)
    assert queries.behind(commune_ids=[now.pk], figure="C", hamlet=None, on=after).count() == len(commune)
    assert queries.standing(unit=old, on=ON).beneficiaries == len(commune)
