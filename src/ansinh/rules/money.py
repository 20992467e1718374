# SPDX-License-Identifier: MPL-2.0
"""Đồng as integers: what people type, what they read, rounding, amounts in words.

No float anywhere. A thousands mark is a point, a comma or a space; `500.5` is refused, because it
may mean 500.500 or 500,5.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction

from ansinh.rules.refusals import Refusal

LIMIT_VND = 999_999_999_999  # no benefit or list sum typed by hand is larger

_UNIT = re.compile(r"(?i)\s*(?:vnđ|vnd|đồng|đ|₫)\.?$")
_PLAIN = re.compile(r"[0-9]+")
_GROUPED = re.compile(r"[0-9]{1,3}(?:([., \u00a0\u202f])[0-9]{3})(?:\1[0-9]{3})*")
_CENTS = re.compile(r"(.*[0-9])([.,])(00?)")
_FRACTION = re.compile(r"[0-9][0-9.,]*[.,][0-9]{1,2}")
_NOT_POSITIVE = re.compile(r"-[0-9 .,]*|\([0-9 .,]+\)|0+(?:[.,]0+)?|[-–—]")


class AmountNotUnderstood(Refusal):
    """Text that names no amount."""

    code = "AMOUNT_NOT_UNDERSTOOD"


class AmountAmbiguous(AmountNotUnderstood):
    """`500.5`, `1.5`: two readings."""

    code = "AMOUNT_AMBIGUOUS"


class AmountNotWhole(AmountNotUnderstood):
    """Decimals that are not zero."""

    code = "AMOUNT_NOT_WHOLE"


class AmountNotPositive(AmountNotUnderstood):
    """Zero, a negative amount, a dash."""

    code = "AMOUNT_NOT_POSITIVE"


class AmountTooLarge(AmountNotUnderstood):
    """Above the limit."""

    code = "AMOUNT_TOO_LARGE"


def parse_vnd(text: str, *, limit: int = LIMIT_VND) -> int:
    """Read an amount of đồng as people type it: `500.000`, `500,000`, `500 000đ`, `500.000,00`.

    Raises an `AmountNotUnderstood`; never guesses (`500.5`, `500k`, `1e9` are refused).
    """
    raw = unicodedata.normalize("NFC", str(text)).strip().lstrip("'’").strip()
    shown = raw[:40]
    cleaned = _UNIT.sub("", raw).strip()
    if _NOT_POSITIVE.fullmatch(cleaned):
        raise AmountNotPositive(text=shown)
    cents = _CENTS.fullmatch(cleaned)
    if cents and _GROUPED.fullmatch(cents[1]) and cents[2] not in cents[1] and len(cents[3]) == 2:
        cleaned = cents[1]
    if _PLAIN.fullmatch(cleaned):
        digits = cleaned
    elif _GROUPED.fullmatch(cleaned):
        digits = re.sub(r"[^0-9]", "", cleaned)
    elif _FRACTION.fullmatch(cleaned):
        whole = _GROUPED.fullmatch(re.split(r"[.,][0-9]{1,2}$", cleaned)[0])
        raise AmountNotWhole(text=shown) if whole else AmountAmbiguous(text=shown)
    else:
        raise AmountNotUnderstood(text=shown)
    if not digits.isascii() or len(digits) > 18:
        raise AmountTooLarge(amount=shown, limit=format_vnd(limit))
    amount = int(digits)
    if amount == 0:
        raise AmountNotPositive(text=shown)
    if amount > limit:
        raise AmountTooLarge(amount=format_vnd(amount), limit=format_vnd(limit))
    return amount


def format_vnd(amount_vnd: int, *, unit: bool = True) -> str:
    """`1.234.567 đ`."""
    shown = f"{amount_vnd:,}".replace(",", ".")
    return f"{shown} đ" if unit else shown


def round_vnd(value: Fraction | Decimal | int, *, to: int = 1) -> int:
    """The one rounding function: to the nearest multiple of `to` đồng, halves away from zero.

    | value      | to    | result  |
    |------------|-------|---------|
    | 2 500 / 3  | 1     | 833     |
    | 1 249 999½ | 1     | 1250000 |
    | 540 499    | 1 000 | 540000  |
    | 540 500    | 1 000 | 541000  |
    | -540 500   | 1 000 | -541000 |

    Decrees say "làm tròn đến hàng nghìn" without naming the mode; halves up is the reading that
    reproduces the printed tables, and it stays an open question of the law (Q9).
    """
    exact = Fraction(value) / to
    whole = abs(exact) + Fraction(1, 2)
    rounded = whole.numerator // whole.denominator
    return (rounded if exact >= 0 else -rounded) * to


_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", "nghìn", "triệu", "tỷ")


def _units_word(tens: int, units: int) -> str:
    if units == 1 and tens >= 2:
        return "mốt"
    if units == 5 and tens >= 1:
        return "lăm"
    if units == 4 and tens >= 2:
        return "tư"
    return _DIGITS[units]


def _three_digits(number: int, *, leading: bool) -> list[str]:
    """0-999 in words; inside a larger number the hundreds are always said ("không trăm")."""
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10)
    words = []
    if hundreds or not leading:
        words += [_DIGITS[hundreds], "trăm"]
    if tens == 0:
        if units and words:
            words.append("linh")
        if units:
            words.append(_DIGITS[units])
        return words
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if units:
        words.append(_units_word(tens, units))
    return words


def _in_words(number: int, *, leading: bool = True) -> list[str]:
    if number >= 1_000_000_000:
        billions, rest = divmod(number, 1_000_000_000)
        words = [*_in_words(billions, leading=leading), "tỷ"]
        return words + (_in_words(rest, leading=False) if rest else [])
    words = []
    for scale in (2, 1, 0):
        group, number = divmod(number, 1000**scale)
        if group:
            words += _three_digits(group, leading=leading and not words)
            words += [_SCALES[scale]] if scale else []
    return words


def in_words_vi(amount_vnd: int) -> str:
    """An amount in words for official lists: `Một triệu hai trăm ba mươi tư nghìn đồng`."""
    if amount_vnd < 0:
        return f"Âm {in_words_vi(-amount_vnd).lower()}"
    if amount_vnd == 0:
        return "Không đồng"
    text = " ".join([*_in_words(amount_vnd), "đồng"])
    return text[0].upper() + text[1:]
