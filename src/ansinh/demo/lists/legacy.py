# SPDX-License-Identifier: MPL-2.0
"""Vietnamese text in the encodings that old offices still use: TCVN3, VNI, windows-1258.

The tables are turned round from `rules.legacy_text`, letter by letter.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from ansinh.rules.legacy_text import from_tcvn3, from_vni

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_HIGH = [chr(code) for code in range(0xA0, 0x100)]
_VOWELS = "aeouyiAEOUYIôöÔÖ"


@lru_cache(maxsize=1)
def _tcvn3() -> dict[str, str]:
    return {from_tcvn3(letter): letter for letter in _HIGH if from_tcvn3(letter) != letter}


@lru_cache(maxsize=1)
def _vni() -> dict[str, str]:
    single = {unicodedata.normalize("NFC", from_vni(each)): each for each in _HIGH if from_vni(each) != each}
    found: dict[str, str] = {}
    for base in _VOWELS:
        for sign in _HIGH:
            read = unicodedata.normalize("NFC", from_vni(base + sign))
            if len(read) == 1 and sign.isupper() == base.isupper():
                found.setdefault(read, base + sign)
    return found | single


def to_tcvn3(text: str) -> str:
    """As .VnTime shows it. Capitals with tones do not exist there: they come as small letters."""
    table = _tcvn3()
    return "".join(table.get(letter) or table.get(letter.lower(), letter) for letter in text)


def to_vni(text: str) -> str:
    """As VNI-Times shows it."""
    table = _vni()
    return "".join(table.get(letter, letter) for letter in unicodedata.normalize("NFC", text))


def to_windows_1258(text: str) -> bytes:
    """Bytes of windows-1258: the letter with its mark, the tone after it."""
    written = []
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter)
        tones = "".join(mark for mark in parts if mark in _TONES)
        bare = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in _TONES))
        written.append(bare + tones)
    return "".join(written).encode("cp1258")
