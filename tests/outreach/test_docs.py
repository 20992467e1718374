# SPDX-License-Identifier: MPL-2.0
"""The reference shows the lives and the settings that are in force."""

from __future__ import annotations

from ansinh.outreach.lifecycles import CAMPAIGN, OPENING_DAY
from ansinh.outreach.notices.adapter import ADAPTERS
from tests.architecture.source import ROOT

TEXT = (ROOT / "docs" / "reference" / "outreach.md").read_text(encoding="utf-8")


def test_the_drawn_lives_are_those_in_force() -> None:
    assert CAMPAIGN.mermaid() in TEXT
    assert OPENING_DAY.mermaid() in TEXT


def test_every_adapter_is_described() -> None:
    assert [name for name in ADAPTERS if f"`{name}`" not in TEXT] == []
