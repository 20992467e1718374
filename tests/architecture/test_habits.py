# SPDX-License-Identifier: MPL-2.0
"""Habits that keep money safe: no float, no clock below the interface, statuses move by edges."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.architecture.source import PACKAGE, functions, layer, modules, short, tree

CLOCKS = {"now", "today", "utcnow", "time", "localtime", "localdate"}
CLOCK_OWNERS = {"datetime", "date", "timezone", "time"}
INTERFACE = {"views", "api", "jobs", "commands", "middleware", "context", "sign_in"}
TIMELESS = {"rules", "actions", "queries"}


def decides(path: Path) -> bool:
    package, module = layer(path)
    return package == "rules" or module in TIMELESS


def test_no_clock_below_the_interface() -> None:
    found = [
        f"{short(path)}:{node.lineno} {ast.unparse(node.func)}"
        for path in modules()
        if decides(path)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCKS
        and ast.unparse(node.func.value).split(".")[-1] in CLOCK_OWNERS
    ]
    assert found == []


def test_no_float_touches_anything() -> None:
    found = []
    for path in modules(migrations=True):
        for node in ast.walk(tree(path)):
            named = isinstance(node, ast.Name) and node.id == "float"
            field = isinstance(node, ast.Attribute) and node.attr == "FloatField"
            if (named or field) and layer(path)[0] not in {"config", "ui", "demo"}:
                found.append(f"{short(path)}:{node.lineno}")
    assert found == []


def test_a_status_changes_only_in_actions() -> None:
    found = [
        f"{short(path)}:{node.lineno}"
        for path in modules()
        if layer(path)[1] != "actions" and layer(path)[0] not in {"rules", "config"}
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Assign | ast.AugAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Attribute)
        and target.attr in {"status", "state"}
        and ast.unparse(target.value) != "self"
    ]
    assert found == []


def test_interfaces_write_nothing_themselves() -> None:
    writes = re.compile(r"\.(save|bulk_create|bulk_update)\(|\.objects\.(create|update|delete)\(")
    found = [
        f"{short(path)}:{number}: {line.strip()}"
        for path in modules()
        if layer(path)[1] in {"views", "api", "jobs"}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if writes.search(line) and "form.save(" not in line
    ]
    assert found == []


def test_actions_and_queries_take_keywords_only() -> None:
    found = [
        f"{short(path)}:{node.lineno} {node.name}"
        for path in modules()
        if layer(path)[1] in {"actions", "queries"}
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and (len(node.args.args) > 1 or node.args.vararg is not None)
    ]
    assert found == []


def test_public_functions_of_rules_actions_and_queries_explain_themselves() -> None:
    found = [
        f"{short(path)}:{node.lineno} {node.name}"
        for path in modules()
        if decides(path)
        for node in functions(path)
        if not node.name.startswith("_")
        and ast.get_docstring(node) is None
        and not any("overload" in ast.unparse(d) for d in node.decorator_list)
        and node in [*tree(path).body, *_methods(path)]
    ]
    assert found == []


def _methods(path: Path) -> list[ast.stmt]:
    classes = [node for node in tree(path).body if isinstance(node, ast.ClassDef)]
    return [inner for node in classes for inner in node.body if not node.name.startswith("_")]


def test_every_sql_file_says_what_it_does_and_is_used() -> None:
    python = "\n".join(path.read_text(encoding="utf-8") for path in modules(migrations=True))
    for path in sorted(PACKAGE.rglob("*.sql")):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert lines[1].startswith("-- "), f"{short(path)}: second line says what it does"
        assert path.parent.name == "invariants" or path.stem in python, f"{short(path)} is used nowhere"
        assert not re.search(r"\bpublic\.", "\n".join(lines)), f"{short(path)} names a schema"
