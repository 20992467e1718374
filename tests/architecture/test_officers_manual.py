# SPDX-License-Identifier: MPL-2.0
"""The officers' manual names buttons and pages as they are: every bold phrase is a sentence of the pages."""

from __future__ import annotations

import ast
import re

import pytest

from ansinh.staff.duties import LABELS
from tests.architecture.source import ROOT

MANUAL = ROOT / "docs" / "huong-dan"
PAGES = sorted(MANUAL.glob("*.md"))


def said() -> set[str]:
    """Every sentence that a page can show."""
    found: set[str] = set()
    for catalogue in (ROOT / "src" / "ansinh").glob("*/locale/en/LC_MESSAGES/django.po"):
        text = catalogue.read_text(encoding="utf-8")
        for match in re.finditer(r'^msgid ((?:".*"\n)+)', text, re.MULTILINE):
            found.add("".join(ast.literal_eval(line) for line in match.group(1).splitlines()))
    return found | {vietnamese for vietnamese, _english in LABELS.values()}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_button_and_page_that_the_manual_names_exists(page) -> None:  # type: ignore[no-untyped-def]
    known = said()
    named = re.findall(r"\*\*([^*]+)\*\*", page.read_text(encoding="utf-8"))
    assert named
    assert [each for each in named if each not in known and each != "đậm"] == []


def test_each_role_has_its_page() -> None:
    text = (MANUAL / "README.md").read_text(encoding="utf-8")
    for vietnamese, _english in LABELS.values():
        assert f"| {vietnamese}" in text, vietnamese
    for page in PAGES:
        assert page.name in text or page.stem == "README", page.name
