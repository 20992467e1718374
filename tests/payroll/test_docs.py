# SPDX-License-Identifier: MPL-2.0
"""The page about payrolls says what the tables of edges say."""

from __future__ import annotations

from pathlib import Path

import pytest

from ansinh.payroll.lifecycles import ENTRY, PAYROLL
from ansinh.rules.lifecycle import Lifecycle

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "reference" / "payroll.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("life", [PAYROLL, ENTRY], ids=lambda life: life.name)
def test_the_drawn_life_is_the_table_of_edges(life: Lifecycle) -> None:
    assert life.mermaid() in TEXT
