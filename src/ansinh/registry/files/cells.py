# SPDX-License-Identifier: MPL-2.0
"""One cell of a file: what it says, what it was, where it is."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Any

from ansinh.rules.names import fold_name

Cell = Any  # None, str, int, bool, ("d", iso date), ("n", decimal text), ("t", time text)


NOTHING = " \t\r\n\u00a0\u200b\ufeff"


def column_letter(index: int) -> str:
    """`A` for 0, `Z` for 25, `AA` for 26."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """0 for `A`. Raises ValueError for anything but letters."""
    index = 0
    for letter in letters.strip().upper():
        if not "A" <= letter <= "Z":
            raise ValueError(letters)
        index = index * 26 + ord(letter) - ord("A") + 1
    if not index:
        raise ValueError(letters)
    return index - 1


def raw_text(cell: Cell) -> str:
    """The cell as text, exactly as it can be known: dates in ISO, numbers without exponent."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, tuple):
        return str(cell[1])
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    return str(cell)


def is_blank(cell: Cell) -> bool:
    """Whether nothing can be seen in the cell."""
    if cell is None:
        return True
    return isinstance(cell, str) and not cell.strip(NOTHING)


def is_number(cell: Cell) -> bool:
    """Whether the spreadsheet holds a number (so leading zeros and digits may be gone)."""
    return (isinstance(cell, int) and not isinstance(cell, bool)) or (
        isinstance(cell, tuple) and cell[0] == "n"
    )


def tidy(text: str) -> str:
    """NFC, one space for any white space, nothing around."""
    return " ".join((text if text.isascii() else unicodedata.normalize("NFC", text)).split())


@lru_cache(maxsize=20_000)
def _folded(text: str) -> str:
    return fold_name(text.replace("\n", " ").replace("/", " "))


def folded(cell: Cell) -> str:
    """The cell's words for comparing labels: lower case, no marks, no punctuation."""
    return _folded(raw_text(cell))
