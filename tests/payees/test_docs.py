# SPDX-License-Identifier: MPL-2.0
"""The reference shows the lives that the code has."""

from __future__ import annotations

import pytest

from ansinh.payees import lifecycles
from ansinh.rules.lifecycle import Lifecycle
from tests.architecture.source import ROOT

LIVES = [value for value in vars(lifecycles).values() if isinstance(value, Lifecycle)]


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.name)
def test_the_diagram_is_the_table_of_edges(life: Lifecycle) -> None:  # type: ignore[type-arg]
    text = (ROOT / "docs" / "reference" / "payees.md").read_text(encoding="utf-8")
    assert life.mermaid() in text
