# SPDX-License-Identifier: MPL-2.0
"""Amounts: what people type (bad inputs 63-70), rounding, words."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.rules import money


@pytest.mark.parametrize(
    "typed",
    ["500.000", "500,000", "500 000", "500000đ", "500.000 VNĐ", "500\u00a0000", "500.000 đồng",
     "500.000,00", "500,000.00", "500000", "'500000", " 500.000 ₫"],
)  # fmt: skip
def test_what_people_type_for_half_a_million(typed: str) -> None:
    assert money.parse_vnd(typed) == 500_000


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("500k", "AMOUNT_NOT_UNDERSTOOD"), ("0,5tr", "AMOUNT_NOT_UNDERSTOOD"),
        ("năm trăm nghìn", "AMOUNT_NOT_UNDERSTOOD"), ("500.5", "AMOUNT_AMBIGUOUS"),
        ("500,5", "AMOUNT_AMBIGUOUS"), ("1.5", "AMOUNT_AMBIGUOUS"),
        ("500.000,50", "AMOUNT_NOT_WHOLE"), ("1_000_000", "AMOUNT_NOT_UNDERSTOOD"),
        ("1e9", "AMOUNT_NOT_UNDERSTOOD"), ("１０００", "AMOUNT_NOT_UNDERSTOOD"),
        ("٥٠٠", "AMOUNT_NOT_UNDERSTOOD"), ("-500000", "AMOUNT_NOT_POSITIVE"),
        ("(500.000)", "AMOUNT_NOT_POSITIVE"), ("0", "AMOUNT_NOT_POSITIVE"), ("-", "AMOUNT_NOT_POSITIVE"),
        ("", "AMOUNT_NOT_UNDERSTOOD"), ("NaN", "AMOUNT_NOT_UNDERSTOOD"),
        ("Infinity", "AMOUNT_NOT_UNDERSTOOD"), ("-0", "AMOUNT_NOT_POSITIVE"),
        (str(2**63), "AMOUNT_TOO_LARGE"), ("9999999999999", "AMOUNT_TOO_LARGE"),
        ("1.23.456", "AMOUNT_NOT_UNDERSTOOD"), ("500.000.00", "AMOUNT_NOT_WHOLE"),
    ],
)  # fmt: skip
def test_what_is_refused_and_why(typed: str, code: str) -> None:
    with pytest.raises(money.AmountNotUnderstood) as refused:
        money.parse_vnd(typed)
    assert refused.value.code == code


@given(st.text(max_size=40))
def test_parsing_raises_nothing_but_its_own_refusal(text: str) -> None:
    try:
        assert money.parse_vnd(text) > 0
    except money.AmountNotUnderstood as refused:
        assert refused.vi
        assert refused.en


@given(st.integers(1, money.LIMIT_VND))
def test_what_is_printed_reads_back(amount: int) -> None:
    assert money.parse_vnd(money.format_vnd(amount)) == amount


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"), (1, "Một đồng"), (5, "Năm đồng"), (10, "Mười đồng"), (11, "Mười một đồng"),
        (15, "Mười lăm đồng"), (20, "Hai mươi đồng"), (21, "Hai mươi mốt đồng"),
        (24, "Hai mươi tư đồng"), (25, "Hai mươi lăm đồng"), (14, "Mười bốn đồng"),
        (101, "Một trăm linh một đồng"), (105, "Một trăm linh năm đồng"), (110, "Một trăm mười đồng"),
        (1_000, "Một nghìn đồng"), (1_001, "Một nghìn không trăm linh một đồng"),
        (1_015, "Một nghìn không trăm mười lăm đồng"), (500_000, "Năm trăm nghìn đồng"),
        (1_000_000, "Một triệu đồng"), (1_250_000, "Một triệu hai trăm năm mươi nghìn đồng"),
        (1_005_000, "Một triệu không trăm linh năm nghìn đồng"),
        (2_965_000, "Hai triệu chín trăm sáu mươi lăm nghìn đồng"),
        (10_704_000, "Mười triệu bảy trăm linh bốn nghìn đồng"),
        (1_000_000_000, "Một tỷ đồng"),
        (1_000_000_001, "Một tỷ không trăm linh một đồng"),
        (812_000_000_000, "Tám trăm mười hai tỷ đồng"),
        (1_234_567_891, "Một tỷ hai trăm ba mươi tư triệu năm trăm sáu mươi bảy nghìn"
                        " tám trăm chín mươi mốt đồng"),
    ],
)  # fmt: skip
def test_amounts_in_words_for_official_lists(amount: int, words: str) -> None:
    assert money.in_words_vi(amount) == words


@given(st.integers(0, 10**15))
def test_words_differ_when_amounts_differ(amount: int) -> None:
    assert money.in_words_vi(amount) != money.in_words_vi(amount + 1)


@pytest.mark.parametrize(
    ("value", "to", "rounded"),
    [(Fraction(2500, 3), 1, 833), (Fraction(2499999, 2), 1, 1_250_000), (Fraction(540_499), 1000, 540_000),
     (Fraction(540_500), 1000, 541_000), (Fraction(-540_500), 1000, -541_000), (0, 1000, 0)],
)  # fmt: skip
def test_the_rounding_table_of_the_docstring(value: Fraction | int, to: int, rounded: int) -> None:
    assert money.round_vnd(value, to=to) == rounded
