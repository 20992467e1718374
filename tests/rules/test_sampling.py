# SPDX-License-Identifier: MPL-2.0
"""A sample that anybody draws again, and an interval that is honest at its ends."""

from __future__ import annotations

import hashlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.rules.sampling import ErrorRate, Stratum, drawn, error_rate, sample_size, ticket, wilson

SEED, CONTENT = "xổ số Quảng Nam 27/02/2024: 48213", "ab" * 32


@pytest.mark.parametrize(
    ("lines", "size"), [(0, 0), (3, 3), (5, 5), (6, 5), (500, 5), (501, 6), (1000, 10), (2950, 30)]
)
def test_one_in_a_hundred_and_five_at_least(lines: int, size: int) -> None:
    assert sample_size(lines) == size


def test_a_ticket_is_made_as_the_page_says() -> None:
    three_lines = f"{SEED}\n{CONTENT}\n17"
    assert (
        ticket(seed=SEED, content_sha256=CONTENT, line_id=17)
        == hashlib.sha256(three_lines.encode()).hexdigest()
    )


def test_the_order_of_the_lines_does_not_matter_but_the_words_do() -> None:
    forth = drawn(seed=SEED, content_sha256=CONTENT, lines={1: range(1, 900), 2: range(900, 950)})
    back = drawn(seed=SEED, content_sha256=CONTENT, lines={1: range(899, 0, -1), 2: range(949, 899, -1)})
    assert forth == back
    assert (len(forth[1]), len(forth[2])) == (9, 5)
    assert drawn(seed=SEED + ".", content_sha256=CONTENT, lines={1: range(1, 900)})[1] != forth[1]
    assert drawn(seed=SEED, content_sha256="cd" * 32, lines={1: range(1, 900)})[1] != forth[1]


@pytest.mark.parametrize(
    ("wrong", "of", "low", "high"),
    # Newcombe (1998), Statistics in Medicine 17, table I, method 3
    [(81, 263, "0.2553", "0.3662"), (15, 148, "0.0624", "0.1605"), (0, 20, "0.0000", "0.1611"),
     (1, 29, "0.0061", "0.1718")],
)  # fmt: skip
def test_the_interval_is_wilsons(wrong: int, of: int, low: str, high: str) -> None:
    found = wilson(share=Decimal(wrong) / of, worth=Decimal(of))
    assert [str(round(each, 4)) for each in found] == [low, high]


def test_nothing_visited_measures_nothing_and_nothing_wrong_is_not_certainty() -> None:
    assert error_rate(strata=[Stratum(100, 0, 0)]) == ErrorRate(0, 0, None, None, None)
    found = error_rate(strata=[Stratum(500, 5, 0)])
    assert (found.rate, found.low) == (0, 0)
    assert found.high == 435


def test_a_large_commune_counts_for_its_lines() -> None:
    found = error_rate(strata=[Stratum(9_000, 90, 9), Stratum(100, 5, 5)])
    assert (found.visited, found.wrong) == (95, 14)
    assert found.rate == 110  # not 147: the five of the small commune stand for a hundred lines


STRATA = st.integers(1, 40).flatmap(
    lambda n: st.builds(Stratum, st.integers(n, 5_000), st.just(n), st.integers(0, n))
)


@given(st.lists(STRATA, min_size=1, max_size=8))
def test_the_rate_lies_within_its_interval(strata: list[Stratum]) -> None:
    found = error_rate(strata=strata)
    assert found.low is not None
    assert found.rate is not None
    assert found.high is not None
    assert 0 <= found.low <= found.rate <= found.high <= 1000
