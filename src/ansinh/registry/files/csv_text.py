# SPDX-License-Identifier: MPL-2.0
"""Delimited text: its encoding, its separator, its lines. Standard library only: runs in the child."""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections.abc import Iterator
from typing import Literal

LONGEST_CELL = 50_000_000
QUOTED: Literal[0] = 0  # csv.QUOTE_MINIMAL, and the other csv.QUOTE_NONE
PLAIN: Literal[3] = 3
RUNAWAY_LINES = 20  # an opened quote that is never closed swallows the lines after it
SAMPLE_LINES = 30
SEPARATORS = (";", "\t", ",", "|")


class NoEncodingError(Exception):
    """The bytes are text in no encoding that offices use."""


class CutOffError(Exception):
    """The text ends in the middle of a character or a line."""


def decode(content: bytes) -> tuple[str, str]:
    """(text, encoding). Byte order marks first, then UTF-8, then windows-1258; TCVN3 and VNI come
    out as windows-1252 and are recognised cell by cell later."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
    ):  # fmt: skip
        if content.startswith(mark):
            return _strictly(content, encoding), encoding
    if content[1:200:2].count(0) > len(content[1:200:2]) // 2:
        return _strictly(content, "utf-16-le"), "utf-16-le"
    if content[0:200:2].count(0) > len(content[0:200:2]) // 2:
        return _strictly(content, "utf-16-be"), "utf-16-be"
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as wrong:
        if wrong.end >= len(content) and wrong.reason == "unexpected end of data":
            raise CutOffError from wrong
    as_1258 = unicodedata.normalize("NFC", content.decode("cp1258", errors="replace"))
    if not any(_strange(letter) for letter in as_1258):
        return as_1258, "windows-1258"
    try:
        return content.decode("cp1252"), "windows-1252"
    except UnicodeDecodeError:
        latin = content.decode("latin-1")
        if sum(unicodedata.category(letter) == "Cc" and letter not in "\r\n\t" for letter in latin) > 5:
            raise NoEncodingError from None
        return latin, "latin-1"


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as cut:
        raise CutOffError from cut


def _strange(letter: str) -> bool:
    """Whether a letter beyond ASCII does not occur in Vietnamese text (windows-1258 read wrongly)."""
    if ord(letter) < 128 or letter in "đĐơƠưƯ₫–—‘’“”…•°\u00a0":
        return False
    base = unicodedata.normalize("NFD", letter)
    return not (
        len(base) > 1
        and base[0] in "aeiouyAEIOUYơƠưƯ"
        and set(base[1:]) <= set("\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b")
    )


def separator_of(text: str) -> tuple[str, int]:
    """(separator, lines to skip). `sep=;` in the first line says it; else the one that splits the
    sample's lines most evenly."""
    lines = text.splitlines()[:SAMPLE_LINES]
    if lines and lines[0].lower().startswith("sep=") and len(lines[0]) >= 5:
        return lines[0][4], 1
    best, most = SEPARATORS[0], -1
    for each in SEPARATORS:
        counts = [line.count(each) for line in lines if line.strip()]
        if not counts or not max(counts):
            continue
        common = max(set(counts), key=counts.count)
        weight = common * 1000 + counts.count(common) if common else sum(counts)
        if weight > most:
            best, most = each, weight
    return best, 0


def rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """(line number, cells) of each line; a quote that is never closed does not swallow the rest.

    Raises `CutOffError` when the last line ends in the middle.
    """
    csv.field_size_limit(LONGEST_CELL)
    separator, skipped = separator_of(text)
    found = list(_parsed(text, separator, skipped, QUOTED))
    if any(cell.count("\n") > RUNAWAY_LINES for _line, cells in found for cell in cells):
        found = list(_parsed(text, separator, skipped, PLAIN))
    widths = [len(cells) for _line, cells in found]
    if len(widths) > 3 and not text.endswith(("\n", "\r")):
        common = max(set(widths[1:-1]), key=widths[1:-1].count)
        if 1 < widths[-1] < common and any(cell.strip() for cell in found[-1][1]):
            raise CutOffError
    yield from found


def _parsed(
    text: str, separator: str, skipped: int, quoting: Literal[0, 3]
) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, quoting=quoting)
    before = 0
    for cells in reader:
        if reader.line_num > skipped:
            yield before + 1, cells
        before = reader.line_num
