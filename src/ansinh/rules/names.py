# SPDX-License-Identifier: MPL-2.0
"""Names as written, folded for search, compared.

A name is one field, kept as on the card: Vietnamese, and the country's minorities ("Y Blôk Êban",
"H'Hen Niê") have no common pattern of first and last names. It is stored in NFC with the clerk's
own spelling; comparison folds what differs only on paper (case, marks, tone placement, đ).
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

from ansinh.rules.refusals import Refusal

LONGEST_NAME = 100
BANK_CUTS = (35, 50)  # banks truncate the printed holder name at these lengths

# Look-alikes of Đ: eth and African D have the same shape and other code points.
_DJ = str.maketrans({"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ"})
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'"})
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_NO_WORD = re.compile(r"[^\w ]+")
_DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_EXTRA = re.compile(r"\([^)]*\)|\[[^\]]*\]|\b(?:19|20)[0-9]{2}\b|[,;/&+]\s*\S.*")
_BASE = frozenset("abcdefghijklmnopqrstuvwxyz")
_MARKS = frozenset(
    "\u0300\u0301\u0303\u0309\u0323"  # the five tones
    "\u0302\u0306\u031b"  # â ê ô, ă and the minorities' ĕ ĭ ŏ, ơ ư
    "\u030c\u0308\u0304\u0331"  # č and other letters of minority scripts
)
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_PUNCTUATION = frozenset(" '-.·")


class NameNotAccepted(Refusal):
    """A name that cannot be stored as it stands."""

    code = "NAME_EMPTY"


class NameTooLong(NameNotAccepted):
    """More than `LONGEST_NAME` characters."""

    code = "NAME_TOO_LONG"


class ForeignLetter(NameNotAccepted):
    """A Cyrillic or Greek look-alike, a full-width letter, a digit, a direction mark."""

    code = "NAME_FOREIGN_LETTER"


class NameUnreadable(NameNotAccepted):
    """Letters were lost on the way (`Nguy?n`, U+FFFD)."""

    code = "NAME_UNREADABLE"


class NameHoldsMore(NameNotAccepted):
    """A nickname in brackets, a birth year, two names in one cell."""

    code = "NAME_HOLDS_MORE"


class NameMatch(StrEnum):
    """How two spellings of a name relate; the first three pass by themselves."""

    EQUAL = "equal"
    EQUAL_FOLDED = "equal_folded"
    TRUNCATED = "truncated"
    CLOSE = "close"
    DIFFERENT = "different"

    @property
    def passes(self) -> bool:
        """Whether no person needs to look."""
        return self in {NameMatch.EQUAL, NameMatch.EQUAL_FOLDED, NameMatch.TRUNCATED}


@lru_cache(maxsize=50_000)
def _is_plain(word: str) -> bool:
    """Whether a word is letters of names in NFC and nothing else: as nearly every word of a list is."""
    return (
        word.isalpha() and unicodedata.is_normalized("NFC", word) and all(map(_is_name_letter, word))
    )  # fmt: skip


def _plain_words(text: str) -> list[str] | None:
    """The words of a text in which nothing needs cleaning, or None."""
    if len(text) > LONGEST_NAME:  # so that what is remembered of words stays small
        return None
    words = text.split(" ")
    return words if all(map(_is_plain, words)) else None


def clean_name(text: str) -> str:
    """NFC, one kind of Đ and apostrophe, single spaces, nothing invisible. Never fails and never
    changes a spelling; `clean_name(clean_name(x)) == clean_name(x)`."""
    if _plain_words(text) is not None:
        return text
    cleaned = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    cleaned = _SPACES.sub(" ", cleaned.translate(_DJ).translate(_APOSTROPHES)).strip(" '")
    again = unicodedata.normalize("NFC", cleaned)
    return again if again == text else clean_name(again)


def normalise_name(text: str) -> str:
    """The name as it is stored. Raises a `NameNotAccepted` that names the letter or the part that
    does not belong; never guesses and never drops a letter."""
    if _plain_words(text) is not None:
        return text
    if found := _DIRECTION.search(text):
        raise _foreign(found[0])
    cleaned = clean_name(text)
    if not cleaned:
        raise NameNotAccepted
    if len(cleaned) > LONGEST_NAME:
        raise NameTooLong(length=len(cleaned), limit=LONGEST_NAME)
    if "\ufffd" in cleaned or "?" in cleaned:
        raise NameUnreadable(text=cleaned)
    if more := _EXTRA.search(cleaned):
        raise NameHoldsMore(text=cleaned, proposal=more[0].strip(" ,;"))
    for letter in cleaned:
        if not _is_name_letter(letter):
            raise _foreign(letter)
    if not any(letter.isalpha() for letter in cleaned):
        raise NameNotAccepted
    return cleaned


def _foreign(letter: str) -> ForeignLetter:
    return ForeignLetter(letter=letter, code_point=f"U+{ord(letter):04X}")


@lru_cache(maxsize=4_096)
def _is_name_letter(letter: str) -> bool:
    if letter in _PUNCTUATION or letter in "đĐ":
        return True
    decomposed = unicodedata.normalize("NFD", letter.lower())
    return decomposed[0] in _BASE and all(mark in _MARKS for mark in decomposed[1:])


def has_no_marks(name: str) -> bool:
    """Whether a name of several words carries no Vietnamese mark at all: typed on a bare keyboard,
    or printed by a bank. Worth a warning, never a refusal."""
    return " " in name and name.isascii()


def fold_name(text: str) -> str:
    """The search key: lower case, no marks, đ as d, single spaces; words keep their order."""
    words = _plain_words(text)
    if words is not None:
        return " ".join(map(_bare_word, words))
    return _SPACES.sub(" ", _NO_WORD.sub(" ", _bare(clean_name(text)))).strip()


def _bare(text: str) -> str:
    """Lower case, no marks, đ as d."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


_bare_word = lru_cache(maxsize=50_000)(_bare)  # a list's names are made of few words


@lru_cache(maxsize=50_000)
def _spelling_key(word: str) -> str:
    """A word with its tone taken off and put at the end, and y for i at the end of an open
    syllable: `hoà` and `hòa`, `thuý` and `thúy`, `Lí` and `Lý` get one key; `Hoa` another."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = "".join(mark for mark in decomposed if mark in _TONES)
    letters = "".join(mark for mark in decomposed if mark not in _TONES)
    if re.fullmatch(r"(?:[hklmst]|qu)i", letters):
        letters = f"{letters[:-1]}y"
    return unicodedata.normalize("NFC", letters) + tones


def name_key(text: str) -> str:
    """Equal for two spellings of one name: case, tone placement, i/y, spaces and hyphens aside.
    Marks still count: Hoa is not Hòa."""
    words = _plain_words(text) or re.split(r"[ \-.]+", clean_name(text).replace("'", ""))
    return " ".join(_spelling_key(word) for word in words if word)


def _folded(text: str) -> str:
    return fold_name(text).replace(" ", "")


def _truncated(short: str, whole: str) -> bool:
    """Whether `short` is `whole` cut where a bank's field ends."""
    if len(short) >= len(whole) or not whole.startswith(short):
        return False
    return any(limit - 1 <= len(short) <= limit for limit in BANK_CUTS)


def _one_edit_apart(a: str, b: str) -> bool:
    if abs(len(a) - len(b)) > 1:
        return False
    if len(a) == len(b):
        differing = [at for at in range(len(a)) if a[at] != b[at]]
        if len(differing) == 2:
            first, second = differing
            return second == first + 1 and a[first] == b[second] and a[second] == b[first]
        return len(differing) == 1
    short, long = sorted((a, b), key=len)
    cut = next((at for at in range(len(short)) if short[at] != long[at]), len(short))
    return short[cut:] == long[cut + 1 :]


def compare_names(a: str, b: str) -> NameMatch:
    """How `a` and `b` relate; symmetric. LAN and LAM are at best close: a person decides.

    Banks' own fuzzy matching lets three letters differ; here one differing letter, two words in
    another order or a missing word are `CLOSE`, and everything else is `DIFFERENT`.
    """
    if name_key(a) == name_key(b) and name_key(a):
        return NameMatch.EQUAL
    folded_a, folded_b = fold_name(a), fold_name(b)
    if not folded_a or not folded_b:
        return NameMatch.DIFFERENT
    if _folded(a) == _folded(b):
        return NameMatch.EQUAL_FOLDED
    if _truncated(folded_a, folded_b) or _truncated(folded_b, folded_a):
        return NameMatch.TRUNCATED
    words_a, words_b = folded_a.split(), folded_b.split()
    if sorted(words_a) == sorted(words_b) or _one_edit_apart(_folded(a), _folded(b)):
        return NameMatch.CLOSE
    few, many = sorted((words_a, words_b), key=len)
    if len(few) >= 2 and len(many) == len(few) + 1 and set(few) < set(many):
        return NameMatch.CLOSE
    return NameMatch.DIFFERENT
