# SPDX-License-Identifier: MPL-2.0
"""A random sample that anybody can draw again, and the error rate that it measures.

The seed is published before a payroll is locked; the ticket of a line is a hash of the seed, of the
locked payroll's own hash and of the line's number. The lowest tickets of each commune are drawn: nobody,
not even who chose the seed, could know them before the lock, and everybody can draw them again after it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

LEAST, ONE_IN = 5, 100  # 1 % of a commune's lines, five at least (security.md D26)
Z = Decimal("1.959964")  # 95 % of the normal distribution
TENTHS = Decimal(1000)
_NONE = Decimal(0)


def sample_size(lines: int) -> int:
    """How many of a commune's lines are visited."""
    return min(lines, max(LEAST, -(-lines // ONE_IN)))


def ticket(*, seed: str, content_sha256: str, line_id: int) -> str:
    """The ticket of a line: SHA-256 of seed, payroll hash (hex) and line number, one a row, in UTF-8."""
    return hashlib.sha256(f"{seed}\n{content_sha256}\n{line_id}".encode()).hexdigest()


def drawn(*, seed: str, content_sha256: str, lines: Mapping[int, Iterable[int]]) -> dict[int, list[int]]:
    """commune -> the line numbers that are drawn of it, in the order of their tickets."""
    found = {}
    for commune, ids in lines.items():
        tickets = sorted((ticket(seed=seed, content_sha256=content_sha256, line_id=id_), id_) for id_ in ids)
        found[commune] = [id_ for _ticket, id_ in tickets[: sample_size(len(tickets))]]
    return found


@dataclass(frozen=True, slots=True)
class Stratum:
    """A commune's part: its lines, how many of them were visited with a finding, how many were wrong."""

    lines: int
    visited: int
    wrong: int


@dataclass(frozen=True, slots=True)
class ErrorRate:
    """The measured rate and its 95 % interval in tenths of a percent; None before anything was visited."""

    visited: int
    wrong: int
    rate: int | None
    low: int | None
    high: int | None


def error_rate(*, strata: Iterable[Stratum]) -> ErrorRate:
    """The share of lines that are wrong. A small commune gives more visits for its size than a large one:
    each counts by its lines, and the interval is Wilson's for the number of visits that are worth as
    much as a simple sample (Kish)."""
    seen = [each for each in strata if each.visited]
    if not seen:
        return ErrorRate(0, 0, None, None, None)
    whole = sum((Decimal(each.lines) for each in seen), _NONE)
    share = sum((Decimal(each.lines) * each.wrong / each.visited for each in seen), _NONE) / whole
    worth = whole**2 / sum((Decimal(each.lines) ** 2 / each.visited for each in seen), _NONE)
    low, high = wilson(share=share, worth=worth)
    return ErrorRate(
        sum(each.visited for each in seen), sum(each.wrong for each in seen),
        int((share * TENTHS).to_integral_value(ROUND_HALF_EVEN)),
        int((low * TENTHS).to_integral_value(ROUND_FLOOR)),
        int((high * TENTHS).to_integral_value(ROUND_CEILING)),
    )  # fmt: skip


def wilson(*, share: Decimal, worth: Decimal) -> tuple[Decimal, Decimal]:
    """Wilson's interval of a share that `worth` draws measured: it stays within 0 and 1, and is honest
    when nothing wrong was found."""
    square = Z * Z / worth
    middle = (share + square / 2) / (1 + square)
    half = Z * (share * (1 - share) / worth + square / (4 * worth)).sqrt() / (1 + square)
    return max(Decimal(0), middle - half), min(Decimal(1), middle + half)
