# SPDX-License-Identifier: MPL-2.0
"""The document says what the edge tables and the readers say."""

from __future__ import annotations

import pytest

from ansinh.reconciliation.lifecycles import CASE, FILE
from ansinh.reconciliation.readers import READERS
from ansinh.rules.lifecycle import Lifecycle
from tests.architecture.source import ROOT

TEXT = (ROOT / "docs" / "reference" / "reconciliation.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("life", [FILE, CASE], ids=["file", "case"])
def test_the_diagram_is_the_table_of_edges(life: Lifecycle) -> None:  # type: ignore[type-arg]
    assert life.mermaid() in TEXT


def test_every_form_is_described() -> None:
    assert [code for code in READERS if f"`{code}`" not in TEXT] == []
