# SPDX-License-Identifier: MPL-2.0
"""Codes that people keep on a slip and read out on the phone: 80 random bits as 16 letters and digits.

Letters that look like others are not used (I, L, O, U); whoever types them is understood. The code
says nothing: it is looked up by its blind index.
"""

from __future__ import annotations

import re

from ansinh.rules.refusals import Refusal

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BITS = 80
LENGTH = BITS // 5
_LOOKS_LIKE = str.maketrans("OIL", "011")


class CodeUnreadable(Refusal):
    """Not 16 letters and digits of the alphabet."""

    code = "LOOKUP_CODE_UNREADABLE"


def code_of(random: bytes) -> str:
    """Ten random bytes as a code without its hyphens."""
    if len(random) * 8 != BITS:
        raise ValueError("a code is made of ten bytes")
    number = int.from_bytes(random, "big")
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(LENGTH)))


def grouped(code: str) -> str:
    """As it is printed: four groups of four."""
    return "-".join(code[at : at + 4] for at in range(0, LENGTH, 4))


def read_code(text: str) -> str:
    """A code as somebody typed it: any case, blanks, hyphens, O for 0. Raises `CodeUnreadable`."""
    found = re.sub(r"[\s\-.]", "", text).upper().translate(_LOOKS_LIKE)
    if len(found) != LENGTH or any(letter not in ALPHABET for letter in found):
        raise CodeUnreadable
    return found
