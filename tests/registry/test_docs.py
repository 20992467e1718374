# SPDX-License-Identifier: MPL-2.0
"""docs/reference/register.md shows the edges, the kinds of change and the tables that there are."""

from __future__ import annotations

import pytest
from django.apps import apps

from ansinh.registry.actions.apply import EFFECTS
from ansinh.registry.lifecycles import CHANGE, IMPORT, PAIR
from ansinh.rules.lifecycle import Lifecycle
from tests.architecture.source import ROOT

TEXT = (ROOT / "docs" / "reference" / "register.md").read_text(encoding="utf-8")
ELSEWHERE = {  # docs/reference/imports.md
    "registry_importfile",
    "registry_importprogress",
    "registry_importrow",
    "registry_rememberedmapping",
    "registry_savedview",
}


@pytest.mark.parametrize("lifecycle", [CHANGE, PAIR, IMPORT], ids=lambda each: each.name)
def test_the_diagram_in_the_document_is_the_table_of_edges(lifecycle: Lifecycle) -> None:  # type: ignore[type-arg]
    assert f"```mermaid\n{lifecycle.mermaid()}\n```" in TEXT


def test_every_kind_of_change_and_every_table_is_described() -> None:
    assert [kind for kind in EFFECTS if f"`{kind}`" not in TEXT] == []
    tables = {model._meta.db_table for model in apps.get_app_config("registry").get_models()}
    assert {table for table in tables - ELSEWHERE if f"`{table}`" not in TEXT} == set()
