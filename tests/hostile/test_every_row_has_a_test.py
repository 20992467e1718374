# SPDX-License-Identifier: MPL-2.0
"""The list of bad inputs has 126 rows; each has a test here whose name says the number."""

from __future__ import annotations

import ast
import re
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
LAST = 126
_NUMBERS = re.compile(r"test_r?(\d+)((?:_(?:and|to)_r?\d+)*)_")
_MORE = re.compile(r"_(and|to)_r?(\d+)")


def rows_of(name: str) -> set[int]:
    """`test_r63_and_r64_…` is about 63 and 64, `test_r33_to_r35_…` about three rows."""
    found = _NUMBERS.match(name)
    if found is None:
        return set()
    rows = {int(found[1])}
    for how, number in _MORE.findall(found[2]):
        rows |= {int(number)} if how == "and" else set(range(max(rows), int(number) + 1))
    return rows


def test_every_row_of_the_list_of_bad_inputs_has_a_test() -> None:
    names = [
        node.name
        for path in FOLDER.glob("test_*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    ]
    tested = {row for name in names for row in rows_of(name)}
    assert sorted(set(range(1, LAST + 1)) - tested) == []
    assert sorted(tested - set(range(1, LAST + 1))) == []


def test_a_name_says_its_rows() -> None:
    assert rows_of("test_r33_to_r35_old_fonts") == {33, 34, 35}
    assert rows_of("test_r63_and_r64_the_usual_ways") == {63, 64}
    assert rows_of("test_88_a_thing_of_another_commune") == {88}
    assert rows_of("test_nothing_is_lost") == set()
