# SPDX-License-Identifier: MPL-2.0
"""What a newcomer reads is true: the map, the settings, the commands, the refusal codes."""

from __future__ import annotations

import re

import ansinh
from ansinh.config.cli import COMMANDS
from ansinh.config.environment import Environment
from ansinh.rules.refusals import CATALOGUE
from tests.architecture.source import PACKAGE, ROOT, committed, short

DOCS = ROOT / "docs"


def all_docs() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in DOCS.rglob("*.md"))


def test_the_map_names_every_package_and_no_other() -> None:
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    named = set(re.findall(r"^(\w+) {2,}\S", ansinh.__doc__ or "", flags=re.MULTILINE))
    assert named == packages


def test_every_package_says_what_it_is_for() -> None:
    for path in PACKAGE.glob("*/__init__.py"):
        assert '"""' in path.read_text(encoding="utf-8"), short(path)


def test_every_setting_is_documented() -> None:
    text = (DOCS / "reference" / "settings.md").read_text(encoding="utf-8")
    missing = [name for name in Environment.model_fields if f"ANSINH_{name.upper()}" not in text]
    assert missing == []


def test_every_command_is_documented() -> None:
    text = all_docs()
    assert [name for name in COMMANDS if f"ansinh {name}" not in text] == []


def test_every_refusal_code_is_documented() -> None:
    text = (DOCS / "reference" / "refusals.md").read_text(encoding="utf-8")
    assert [code for code in CATALOGUE if f"`{code}`" not in text] == []


def test_every_link_between_documents_leads_somewhere() -> None:
    broken = [
        f"{short(path)} -> {target}"
        for path in committed()
        if path.suffix == ".md"
        for target in re.findall(r"\]\(([^)\s#]+)", path.read_text(encoding="utf-8"))
        if "://" not in target and not (path.parent / target).exists()
    ]
    assert broken == []


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = sorted(int(path.name[:4]) for path in (DOCS / "adr").glob("[0-9]*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_documents_lie_in_their_four_folders() -> None:
    rooms = {"tutorial", "howto", "reference", "explanation", "adr", "huong-dan"}  # the officers' manual
    stray = [p for p in DOCS.rglob("*.md") if p.relative_to(DOCS).parts[0] not in rooms]
    assert [short(path) for path in stray if path != DOCS / "README.md"] == []
