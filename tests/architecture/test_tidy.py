# SPDX-License-Identifier: MPL-2.0
"""The tail stays short: long functions, long modules, hidden imports, swallowed errors."""

from __future__ import annotations

import ast
import re

import pytest

from tests.architecture.source import ROOT, committed, functions, modules, short, tree

LONGEST_FUNCTION = 70
LONGEST_MODULE = 600
TEXT = {".py", ".md", ".html", ".yaml", ".yml", ".toml", ".sql", ".css", ".js", ".txt", ".json",
        ".po", ".csv", ".cfg", ".ini", ".sh", ""}  # fmt: skip
ROOT_ENTRIES = {
    ".ci", ".containerignore", ".gitignore", ".npmrc", "CHANGELOG.md", "CODE_OF_CONDUCT.md",
    "CONTRIBUTING.md", "GOVERNANCE.md", "LICENSE", "README.md", "README.vi.md", "ROADMAP.md", "SECURITY.md",
    "ansinh", "bench", "deploy", "docs", "faults", "law", "package-lock.json", "package.json",
    "publiccode.yml", "pyproject.toml", "requirements-dev.txt", "requirements-linkage.txt",
    "requirements.txt", "src", "tests",
}  # fmt: skip
FORBIDDEN_FOLDERS = {"utils", "helpers", "common", "services", "managers", "core", "misc"}


def long_functions() -> list[str]:
    return [
        f"{short(path)}:{node.lineno} {node.name} ({node.end_lineno - node.lineno + 1} lines)"
        for path in modules()
        for node in functions(path)
        if (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]


def test_no_function_is_longer_than_a_screen() -> None:
    assert long_functions() == []


def test_no_module_is_longer_than_600_lines() -> None:
    long = [
        f"{short(path)} ({count} lines)"
        for path in committed()
        if path.suffix in {".py", ".js", ".css", ".html"}
        and "migrations" not in path.parts  # the first one is generated from the models
        and (count := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_MODULE
    ]
    assert long == []


def test_own_modules_are_imported_at_the_top_only() -> None:
    hidden = [
        f"{short(path)}:{inner.lineno}"
        for path in modules()
        for node in functions(path)
        for inner in ast.walk(node)
        if (isinstance(inner, ast.ImportFrom) and (inner.module or "").startswith("ansinh"))
        or (isinstance(inner, ast.Import) and any(a.name.startswith("ansinh") for a in inner.names))
    ]
    assert hidden == []


def test_no_error_is_swallowed() -> None:
    swallowed = []
    for path in modules():
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.ExceptHandler):
                continue
            caught = ast.unparse(node.type) if node.type else "everything"
            raises = any(isinstance(inner, ast.Raise) for inner in ast.walk(node))
            if caught in {"everything", "Exception", "BaseException"} and not raises:
                swallowed.append(f"{short(path)}:{node.lineno} except {caught}")
    assert swallowed == []


def test_nothing_is_left_to_fix_later() -> None:
    marks = re.compile(r"\b(FIX" + r"ME|TO" + r"DO|X" + r"XX|HA" + r"CK)\b")
    left = [
        f"{short(path)}:{number}"
        for path in committed()
        if path.suffix in {".py", ".html", ".sql", ".js", ".css", ".md", ".yaml"}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if marks.search(line)
    ]
    assert left == []


def test_the_root_holds_only_what_is_listed() -> None:
    found = {path.relative_to(ROOT).parts[0] for path in committed()}
    assert found - ROOT_ENTRIES == set()


def test_no_room_is_called_after_nothing() -> None:
    named = {part for path in modules() for part in path.with_suffix("").parts}
    assert named & FORBIDDEN_FOLDERS == set()


@pytest.mark.parametrize("suffix", [".py", ".sql", ".yaml"])
def test_every_source_file_carries_its_licence(suffix: str) -> None:
    bare = [
        short(path)
        for path in committed()
        if path.suffix == suffix
        and "SPDX-License-Identifier: MPL-2.0" not in path.read_text(encoding="utf-8")[:200]
        and path.read_text(encoding="utf-8").strip()
    ]
    assert bare == []


def test_yaml_has_one_extension() -> None:
    others = [short(p) for p in committed() if p.suffix == ".yml" and p.name != "publiccode.yml"]
    assert others == []


def test_committed_text_names_no_registry_and_no_machine() -> None:
    hosts = re.compile(r"pypi\.org|pythonhosted|registry\.npmjs|npmjs\.(com|org)|deb\.debian|/root/|/work/")
    found = [
        f"{short(path)}:{number}: {line.strip()[:80]}"
        for path in committed()
        if path.suffix in TEXT and path.name != "test_tidy.py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if hosts.search(line)
    ]
    assert found == []
