# SPDX-License-Identifier: MPL-2.0
"""A published table: no small count is said, and none is reckoned out from the total."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ansinh.rules.suppression import FEW, Said, said


def test_a_single_small_count_takes_the_smallest_other_with_it() -> None:
    rows, total = said(rows=[(100, 40), (100, 4), (200, 100)])
    assert rows == [Said(100, None), Said(100, None), Said(200, 100)]
    assert total == Said(400, 144)


def test_a_unit_of_few_people_says_nothing_and_neither_does_its_smallest_sister() -> None:
    rows, total = said(rows=[(3, 1), (80, 40), (90, 45)])
    assert rows == [Said(None, None), Said(None, None), Said(90, 45)]
    assert total == Said(173, 86)


def test_where_all_rows_together_are_few_the_total_is_not_said() -> None:
    assert said(rows=[(3, 1), (1, 1)]) == ([Said(None, None)] * 2, Said(None, None))
    assert said(rows=[(50, 2)]) == ([Said(50, None)], Said(50, None))


def test_large_counts_are_all_said() -> None:
    assert said(rows=[(50, 20), (60, 30)]) == ([Said(50, 20), Said(60, 30)], Said(110, 50))
    assert said(rows=[]) == ([], Said(0, 0))


TABLES = st.lists(
    st.integers(0, 300).flatmap(lambda people: st.tuples(st.just(people), st.integers(0, people))),
    min_size=1, max_size=12,
)  # fmt: skip


@given(TABLES)
def test_nobody_reckons_a_small_count_out(rows: list[tuple[int, int]]) -> None:
    found, total = said(rows=rows)
    for (people, part), each in zip(rows, found, strict=True):
        assert each.people in (None, people)
        assert each.part in (None, part)
        assert each.people is None or people >= FEW
        assert each.part is None or (part >= FEW and people - part >= FEW)
    for column, whole in ((0, total.people), (1, total.part)):
        unsaid = [
            row for row, each in zip(rows, found, strict=True) if (each.people, each.part)[column] is None
        ]
        if whole is not None and unsaid:
            assert len(unsaid) > 1
            assert sum(row[column] for row in unsaid) >= FEW
            if column:
                assert sum(row[0] - row[1] for row in unsaid) >= FEW
