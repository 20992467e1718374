# SPDX-License-Identifier: MPL-2.0
"""Which counts of a published table stay unsaid, so that no small one is read or reckoned out.

A row is (people, a part of them); rest = people - part. The total of all rows is published too. A count
below `FEW` is not said (primary). What the total minus the rows that are said would give away is not
said either (complementary): at least two rows stay unsaid together, and together they hold `FEW` or more
in the part and in the rest; where even all rows do not, the total is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

FEW = 5
Row = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Said:
    """What may be said of a row: its people, its part; None for what stays unsaid."""

    people: int | None
    part: int | None


def said(*, rows: Sequence[Row]) -> tuple[list[Said], Said]:
    """(each row, the total) as they may be published."""
    people = _hidden(rows, lambda row: row[0] < FEW, lambda row: (row[0],))
    part = _hidden(
        rows, lambda row: row[0] < FEW or row[1] < FEW or row[0] - row[1] < FEW,
        lambda row: (row[1], row[0] - row[1]), people,
    )  # fmt: skip
    total = (sum(row[0] for row in rows), sum(row[1] for row in rows))
    people_safe = _enough(rows, people, lambda row: (row[0],))
    part_safe = people_safe and _enough(rows, part, lambda row: (row[1], row[0] - row[1]))
    return (
        [
            Said(None if at in people else row[0], None if at in part else row[1])
            for at, row in enumerate(rows)
        ],
        Said(total[0] if people_safe else None, total[1] if part_safe else None),
    )


def _hidden(
    rows: Sequence[Row], small: Callable[[Row], bool], counts: Callable[[Row], tuple[int, ...]],
    before: frozenset[int] = frozenset(),
) -> frozenset[int]:  # fmt: skip
    """The rows that stay unsaid: the small ones, and the smallest of the others until the sum is safe."""
    hidden = before | {at for at, row in enumerate(rows) if small(row)}
    others = sorted(set(range(len(rows))) - hidden, key=lambda at: (rows[at], at))
    while others and not _enough(rows, frozenset(hidden), counts):
        hidden = hidden | {others.pop(0)}
    return frozenset(hidden)


def _enough(rows: Sequence[Row], hidden: frozenset[int], counts: Callable[[Row], tuple[int, ...]]) -> bool:
    """Whether the sum of the unsaid rows gives none of them away."""
    if not hidden:
        return True
    sums = [sum(column) for column in zip(*(counts(rows[at]) for at in hidden), strict=True)]
    return len(hidden) > 1 and all(each >= FEW for each in sums)
