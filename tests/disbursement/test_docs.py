# SPDX-License-Identifier: MPL-2.0
"""The documents say what the edge tables and the layouts say."""

from __future__ import annotations

import pytest

from ansinh.disbursement.layouts import LAYOUTS
from ansinh.disbursement.lifecycles import ENVELOPE
from ansinh.rules.lifecycle import Lifecycle
from ansinh.rules.payments import PAYMENT
from tests.architecture.source import ROOT

TEXT = (ROOT / "docs" / "reference" / "disbursement.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("life", [PAYMENT, ENVELOPE], ids=["payment", "envelope"])
def test_the_diagram_is_the_table_of_edges(life: Lifecycle) -> None:  # type: ignore[type-arg]
    assert life.mermaid() in TEXT


def test_every_layout_is_described() -> None:
    assert [code for code in LAYOUTS if f"`{code}`" not in TEXT] == []
