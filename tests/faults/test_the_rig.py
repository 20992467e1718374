# SPDX-License-Identifier: MPL-2.0
"""Months under faults end as they should."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from faults.points import POINTS
from faults.run import KNOBS, MUTATIONS, SHARES, plan_of

from ansinh.config.commands import faults as command
from ansinh.disbursement.simulated_bank import KNOBS as ALL_KNOBS
from tests.architecture.source import ROOT

RUNS, SEED = 12, 20240304  # as many as a check of every landing can wait for; more: docs/reference/faults.md


def play(*arguments: str) -> tuple[int, dict[str, Any]]:
    """`ansinh faults`, as anybody runs it."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("ANSINH_")}
    done = subprocess.run(
        [sys.executable, "-m", "ansinh.config.cli", "faults", "--json", *arguments], cwd=ROOT,
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode in {0, 1}, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return done.returncode, found


@pytest.mark.slow
def test_a_dozen_months_under_faults_end_as_they_should() -> None:
    code, found = play("--runs", str(RUNS), "--seed", str(SEED))
    assert found["broken_seeds"] == []
    harm = (found["double_payments"], found["lost_lines"], found["stuck_lines"], found["violations"])
    assert (found["runs"], harm, code) == (RUNS, (0, 0, 0, 0), 0)
    assert len(found["failpoints_hit"]) >= 30
    assert len(found["kinds"]) >= 4


def test_a_seed_is_one_plan_whoever_plays_it() -> None:
    assert plan_of(77) == plan_of(77)
    assert len({plan_of(seed).kind for seed in range(400)}) == len(SHARES)


def test_the_command_knows_every_kind_mutation_and_knob() -> None:
    assert set(command.KINDS) == {*SHARES, "postgres"}
    assert set(command.MUTATIONS) == set(MUTATIONS)
    assert set(KNOBS) < set(ALL_KNOBS)


def test_at_least_forty_points_stand_in_the_code() -> None:
    assert len(POINTS) >= 40
