# SPDX-License-Identifier: MPL-2.0
"""`ansinh check invariants`: every rule is a file that says what holds, and finds nothing when it does."""

from __future__ import annotations

import re

from ansinh.config.invariants import IN_PYTHON, Invariant, _check, check_all, invariants
from tests.architecture.source import ROOT


def test_every_invariant_says_what_holds_and_is_named_by_its_id() -> None:
    found = invariants()
    assert len({each.name for each in found}) == len(found)
    assert [each.name for each in found if each.says.startswith("--") or len(each.says) < 20] == []
    names = [each.name for each in found]
    assert names.index("M2") < names.index("M10")


def test_every_invariant_is_broken_by_a_test_that_sees_it_found() -> None:
    said = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").glob("*/test_*.py"))
    names = {each.name for each in invariants()} | set(IN_PYTHON)
    assert sorted(name for name in names if not re.search(rf'"{name}"', said)) == []


def test_nothing_is_broken_in_an_empty_installation(committed_database: str) -> None:
    assert [each for each in check_all() if each.broken] == []


def test_a_broken_rule_shows_its_rows(db: None) -> None:
    found = _check(Invariant("X1", "x", "never", "SELECT n AS line FROM generate_series(1, 30) AS n"))
    assert (found.broken, len(found.rows), found.rows[0]) == (30, 20, {"line": "1"})
