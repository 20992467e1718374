# SPDX-License-Identifier: MPL-2.0
"""The invented province begins with a few per cent paid through an account, and its campaign of 2024 wins
over thirty; the planted account frauds are found."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from ansinh.demo import outreach_step, payees_step, register_step
from ansinh.demo.scene import PLAYS_ON, PROVINCE, Scene
from ansinh.demo.steps import add_cast
from ansinh.outreach import queries
from ansinh.outreach.models import Contact, Figure
from ansinh.places.queries import unit_on

STEPS = (register_step.STEPS[0], *payees_step.STEPS, *outreach_step.STEPS, *payees_step.FRAUDS)


@pytest.fixture
def played(db: None, tmp_path: Path) -> Scene:
    scene = Scene(on=PLAYS_ON, at=datetime(2024, 3, 20, tzinfo=UTC), folder=tmp_path, seed=4, communes=2,
                  people=300)  # fmt: skip
    add_cast(scene)
    for step in STEPS:
        assert step.act(scene), step.label
    return scene


def test_from_a_few_per_cent_to_over_thirty_with_every_figure_opening_its_people(played: Scene) -> None:
    figures: dict[str, Any] = dict(played.figures)
    assert 0 < figures["cashless_before"] < 0.12
    assert figures["cashless_after"] >= 0.30
    assert figures["campaign"]["opening_days"] == 2 * len(outreach_step.WAVES)
    province = unit_on(code=PROVINCE, on=outreach_step.AFTER)
    shares = []
    with played.everywhere():
        assert not Contact.objects.filter(outcome="").exclude(group_at_start="B").exists()
        for on in (outreach_step.BEFORE, date(2024, 6, 30), outreach_step.AFTER):
            found = queries.standing(unit=province, on=on)
            communes = queries.communes_below(unit=province, on=on)
            totals = {"all": found.beneficiaries, "registered": found.registered, "eligible": found.eligible}
            for figure, number in (found.groups | totals).items():
                behind = queries.behind(commune_ids=communes, figure=figure, hamlet=None, on=on)
                assert behind.count() == number, (on, figure)
            shares.append(found.registered)
        assert shares == sorted(shares)
        assert shares[0] < shares[1] < shares[2]
        assert Figure.objects.values("month").distinct().count() == 10
    for step in STEPS:
        step.act(played)
    assert dict(played.figures) == figures
    frauds: dict[str, Any] = figures["frauds"]
    assert frauds["planted"] > 3
    assert frauds["recall"] >= 0.95
    assert frauds["false_share"] <= 0.01
