# SPDX-License-Identifier: MPL-2.0
"""Sorting people by tên, then đệm, then họ, in the order of the Vietnamese alphabet.

The key is a string whose bytes sort rightly under PostgreSQL's C collation; every server collation
without ICU puts Ân after Eo.
"""

from __future__ import annotations

import unicodedata

from ansinh.rules.names import clean_name

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")  # ngang huyền hỏi ngã sắc nặng
_LETTER = {letter: chr(ord("0") + place) for place, letter in enumerate(ALPHABET)}
_TONE = {tone: str(place) for place, tone in enumerate(TONES)}
_TONE_MARKS = frozenset(TONES[1:])


def _word_key(word: str) -> tuple[str, str]:
    """(letters, tones) of a word: letters decide first, tones only between equal letters."""
    letters, tones = [], []
    for letter in word.lower():
        decomposed = unicodedata.normalize("NFD", letter)
        tone = next((mark for mark in decomposed if mark in _TONE_MARKS), "")
        bare = unicodedata.normalize("NFC", "".join(m for m in decomposed if m != tone))
        if bare not in _LETTER:
            bare = unicodedata.normalize("NFD", bare)[0]
        letters.append(_LETTER.get(bare, "~"))
        tones.append(_TONE[tone])
    return "".join(letters), "".join(tones)


def sort_key(name: str) -> str:
    """The key of a name: words from last to first, in each word letters before tones.

    Shape: `letters ! tones` a word, joined by spaces. Space and ! sort before every letter, so a
    shorter word comes before a longer one with the same beginning.
    """
    words = (_word_key(word) for word in reversed(clean_name(name).split()))
    return " ".join(f"{letters}!{tones}" for letters, tones in words)
