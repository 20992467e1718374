# SPDX-License-Identifier: MPL-2.0
"""Whether two records are one person: weights of evidence (Fellegi and Sunter, JASA 64, 1969).

SQL finds the candidate pairs by blocks; this weighs them. A weight is a thousandth of a bit of
log-odds: what agrees adds the more, the rarer it is; what differs takes away. Two different citizen
numbers never make one person by themselves, whatever else agrees.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import log2


class Likeness(StrEnum):
    """What a pair's weight says."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"
    UNLIKELY = "unlikely"


@dataclass(frozen=True, slots=True)
class Record:
    """A record as far as it is compared: folded name, birth with precision, sex, place, numbers
    (as blind indexes, compared for equality only)."""

    name: str
    born_on: date
    born_precision: str
    sex: str
    commune: int
    hamlet: str
    number: bytes | None = None
    old_numbers: frozenset[bytes] = frozenset()
    phone: bytes | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """The weight in thousandths of a bit, what it means, and the reasons as codes."""

    weight: int
    likeness: Likeness
    reasons: tuple[str, ...]


_SAME_NUMBER = 30_000
_OTHER_NUMBERS = -9_000
_SAME_OLD_NUMBER = 22_000
_SAME_PHONE = 6_000
_OTHER_NAME = -9_000
_CLOSE_NAME_COST = 4_000
_SAME_DAY, _SAME_MONTH, _SAME_YEAR, _OTHER_BIRTH = 13_000, 8_000, 5_000, -8_000
_SAME_SEX, _OTHER_SEX = 900, -7_000
_SAME_HAMLET, _SAME_COMMUNE, _OTHER_COMMUNE = 4_500, 3_000, -2_500
CERTAIN_FROM, LIKELY_FROM, POSSIBLE_FROM = 28_000, 17_000, 9_000


def name_weight(people_with_name: int, people: int) -> int:
    """What an agreeing name is worth: bits of its rarity. Nguyễn Thị Hoa says little."""
    share = max(people_with_name, 1) / max(people, 1)
    return min(int(-1000 * log2(share)), 16_000)


def _birth(a: Record, b: Record) -> tuple[int, str]:
    precise = {a.born_precision, b.born_precision}
    if a.born_on.year != b.born_on.year:
        return _OTHER_BIRTH, "other_birth"
    if "year" in precise:
        return _SAME_YEAR, "same_year"
    if a.born_on.month != b.born_on.month:
        swapped = (a.born_on.month, a.born_on.day) == (b.born_on.day, b.born_on.month)
        return (_SAME_YEAR, "day_month_swapped") if swapped else (_OTHER_BIRTH // 2, "other_birth")
    if "month" in precise:
        return _SAME_MONTH, "same_month"
    if a.born_on == b.born_on:
        return _SAME_DAY, "same_birth"
    return _SAME_YEAR // 2, "same_month"


def score(a: Record, b: Record, *, name_bits: int, names_alike: str) -> Score:
    """Weigh two records. `names_alike` is `equal`, `close` or `different`; `name_bits` what the
    agreeing name is worth (`name_weight`)."""
    reasons: list[str] = []
    weight, reason = _birth(a, b)
    reasons.append(reason)
    weight += {"equal": name_bits, "close": name_bits - _CLOSE_NAME_COST}.get(names_alike, _OTHER_NAME)
    reasons.append(f"name_{names_alike}")
    if a.sex and b.sex:
        weight += _SAME_SEX if a.sex == b.sex else _OTHER_SEX
    if a.commune == b.commune:
        same_hamlet = bool(a.hamlet) and a.hamlet == b.hamlet
        weight += _SAME_HAMLET if same_hamlet else _SAME_COMMUNE
        reasons.append("same_hamlet" if same_hamlet else "same_commune")
    else:
        weight += _OTHER_COMMUNE
    if a.old_numbers & b.old_numbers:
        weight += _SAME_OLD_NUMBER
        reasons.append("same_old_number")
    if a.phone is not None and a.phone == b.phone:
        weight += _SAME_PHONE
        reasons.append("same_phone")
    other_numbers = False
    if a.number is not None and b.number is not None:
        other_numbers = a.number != b.number
        weight += _OTHER_NUMBERS if other_numbers else _SAME_NUMBER
        reasons.append("other_numbers" if other_numbers else "same_number")
    return Score(weight, _likeness(weight, other_numbers=other_numbers), tuple(reasons))


def _likeness(weight: int, *, other_numbers: bool) -> Likeness:
    if weight < POSSIBLE_FROM:
        return Likeness.UNLIKELY
    if other_numbers or weight < LIKELY_FROM:
        return Likeness.POSSIBLE
    return Likeness.CERTAIN if weight >= CERTAIN_FROM else Likeness.LIKELY
