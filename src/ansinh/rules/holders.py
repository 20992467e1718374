# SPDX-License-Identifier: MPL-2.0
"""Whether the name that a bank prints for an account is the name of the person who is to be paid.

Banks print names in capitals, often without marks, cut at 35 or 50 characters. What differs only on
paper passes (case, tone placement, i/y, đ, marks, spaces). One differing letter is at best `CLOSE`,
and a person decides; LAN is never LAM. Word by word with a memory: the country's names share few
words, so a hundred thousand comparisons take a fraction of a second.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from ansinh.rules.names import BANK_CUTS, NameMatch, fold_name, name_key

WORDS_KEPT = 65_536  # distinct spellings of words kept in memory; about 10 MB


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of two names side by side; `same` says whether they agree there."""

    ours: str
    theirs: str
    same: bool


@lru_cache(maxsize=WORDS_KEPT)
def _word(word: str) -> tuple[str, str]:
    """(spelling key, letters without marks) of one word; either may hold spaces or be empty."""
    return name_key(word), fold_name(word)


def _readings(name: str) -> tuple[str, str]:
    """(spelling keys, folded words) of a name, words joined by one space."""
    found = [_word(word) for word in name.split()]
    return " ".join(key for key, _folded in found if key), " ".join(f for _key, f in found if f)


def _cut(printed: str, whole: str) -> bool:
    """Whether the bank's field ended before our name did. Only the bank cuts, never the register."""
    if len(printed) >= len(whole) or not whole.startswith(printed):
        return False
    return any(limit - 1 <= len(printed) <= limit for limit in BANK_CUTS)


def _one_letter_apart(a: str, b: str) -> bool:
    """One letter changed, added, missing, or two neighbours swapped."""
    if abs(len(a) - len(b)) > 1:
        return False
    start = next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    if len(a) == len(b):
        changed = a[start + 1 :] == b[start + 1 :]
        swapped = a[start : start + 2] == b[start : start + 2][::-1] and a[start + 2 :] == b[start + 2 :]
        return changed or swapped
    short, long = (a, b) if len(a) < len(b) else (b, a)
    return short[start:] == long[start + 1 :]


def compare_holder(ours: str, printed: str) -> NameMatch:
    """How the name of the person to be paid relates to the holder's name as the bank prints it.

    `EQUAL`, `EQUAL_FOLDED` and `TRUNCATED` pass by themselves; `CLOSE` (one letter, another order,
    one word more or less) goes to a person; everything else is `DIFFERENT`.
    """
    if ours == printed and ours.strip():
        return NameMatch.EQUAL
    our_key, our_words = _readings(ours)
    their_key, their_words = _readings(printed)
    if not our_words or not their_words:
        return NameMatch.DIFFERENT
    if our_key == their_key:
        return NameMatch.EQUAL
    our_letters, their_letters = our_words.replace(" ", ""), their_words.replace(" ", "")
    if our_letters == their_letters:
        return NameMatch.EQUAL_FOLDED
    if _cut(their_words, our_words):
        return NameMatch.TRUNCATED
    if _one_letter_apart(our_letters, their_letters):
        return NameMatch.CLOSE
    few, many = sorted((our_words.split(), their_words.split()), key=len)
    if sorted(few) == sorted(many):
        return NameMatch.CLOSE
    if len(few) >= 2 and len(many) == len(few) + 1 and set(few) < set(many):
        return NameMatch.CLOSE
    return NameMatch.DIFFERENT


def compare_holders(pairs: Iterable[tuple[str, str]]) -> list[NameMatch]:
    """`compare_holder` for many (ours, printed)."""
    return [compare_holder(ours, printed) for ours, printed in pairs]


def differences(ours: str, printed: str) -> list[Piece]:
    """The two names cut into stretches that agree and stretches that do not, compared as capitals
    without marks, for an officer to see the differing letter at once."""
    left, right = fold_name(ours).upper(), fold_name(printed).upper()
    steps = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    return [Piece(left[a:b], right[c:d], kind == "equal") for kind, a, b, c, d in steps]
