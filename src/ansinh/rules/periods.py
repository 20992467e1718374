# SPDX-License-Identifier: MPL-2.0
"""Half-open spans of days: the start belongs to it, the end does not, no end is open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ansinh.rules.refusals import Refusal


class PeriodBackwards(Refusal):
    """An end on or before the start."""

    code = "PERIOD_BACKWARDS"


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` up to, not including, `end`; None is open."""

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end <= self.start:
            raise PeriodBackwards(start=self.start, end=self.end)

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)

    def overlaps(self, other: Period) -> bool:
        """Whether a day belongs to both."""
        return (other.end is None or self.start < other.end) and (self.end is None or other.start < self.end)

    def abuts(self, other: Period) -> bool:
        """Whether one begins on the day the other ends: no gap, no overlap."""
        return self.end == other.start or other.end == self.start

    def intersection(self, other: Period) -> Period | None:
        """The days that belong to both, or None."""
        if not self.overlaps(other):
            return None
        ends = [end for end in (self.end, other.end) if end is not None]
        return Period(max(self.start, other.start), min(ends) if ends else None)


def without_gap_or_overlap(periods: Iterable[Period]) -> bool:
    """Whether the periods, in order of their start, follow each other day by day."""
    ordered = sorted(periods, key=lambda period: period.start)
    return all(earlier.end == later.start for earlier, later in pairwise(ordered))
