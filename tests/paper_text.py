# SPDX-License-Identifier: MPL-2.0
"""The words of a paper that the house set (plain objects, Flate, Identity-H with a ToUnicode map): lines
of the page from top to bottom, what stands on one line from left to right. Not a reader of any PDF."""

from __future__ import annotations

import re
import zlib

_OBJECT = re.compile(rb"(?m)^(\d+) 0 obj\s(.*?)endobj", re.DOTALL)
_RUN = re.compile(
    rb"1 0 0 -1 (?P<x>[-0-9.]+) (?P<y>[-0-9.]+) cm(?:(?!\scm).)*?\nBT (?P<shown>.*?)\nET", re.DOTALL
)
_FONT = re.compile(rb"/(f\d+) [0-9.]+ Tf")
_PLAIN = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def _stream(body: bytes) -> bytes:
    found = re.search(rb"stream\r?\n(.*?)\r?\nendstream", body, re.DOTALL)
    assert found is not None
    return zlib.decompress(found[1]) if b"FlateDecode" in body else found[1]


def _strings(shown: bytes) -> bytes:
    """The bytes of every string literal of a run of text; brackets in pairs may stand unescaped."""
    out, depth, at = bytearray(), 0, 0
    while at < len(shown):
        letter = shown[at : at + 1]
        if depth and letter == b"\\":
            octal = re.match(rb"[0-7]{3}", shown[at + 1 : at + 4])
            out += (
                bytes([int(octal[0], 8)])
                if octal
                else _PLAIN.get(shown[at + 1 : at + 2], shown[at + 1 : at + 2])
            )
            at += 4 if octal else 2
            continue
        depth += {b"(": 1, b")": -1}.get(letter, 0)
        if depth > 1 or (depth == 1 and letter != b"("):
            out += letter
        at += 1
    return bytes(out)


def _letters(cmap: bytes) -> dict[int, str]:
    """Glyph number to text."""
    found = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for glyph, text in re.findall(rb"<([0-9A-Fa-f]+)> *<([0-9A-Fa-f]+)>", block):
            found[int(glyph, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, text in re.findall(rb"<([0-9A-Fa-f]+)> *<([0-9A-Fa-f]+)> *<([0-9A-Fa-f]+)>", block):
            for place in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + place] = chr(int(text, 16) + place)
    return found


def pages(content: bytes) -> list[str]:
    """The text of each page."""
    objects = {int(number): body for number, body in _OBJECT.findall(content)}
    fonts = {
        number: _letters(_stream(objects[int(at[1])]))
        for number, body in objects.items()
        if (at := re.search(rb"/ToUnicode (\d+) 0 R", body))
    }
    return [_page(objects, fonts, body) for body in objects.values() if re.search(rb"/Type/Page[^s]", body)]


def _page(objects: dict[int, bytes], fonts: dict[int, dict[int, str]], page: bytes) -> str:
    resources = objects[int(re.search(rb"/Resources (\d+) 0 R", page)[1])]  # type: ignore[index]
    named = {name: fonts[int(at)] for name, at in re.findall(rb"/(f\d+) (\d+) 0 R", resources)}
    body = _stream(objects[int(re.search(rb"/Contents (\d+) 0 R", page)[1])])  # type: ignore[index]
    lines: dict[int, list[tuple[float, str]]] = {}
    for run in _RUN.finditer(body):
        font = _FONT.search(run["shown"])
        assert font is not None
        letters, raw = named[font[1]], _strings(run["shown"][font.end() :])
        text = "".join(letters[int.from_bytes(raw[at : at + 2])] for at in range(0, len(raw), 2))
        lines.setdefault(round(float(run["y"])), []).append((float(run["x"]), text))
    return "\n".join("  ".join(text for _x, text in sorted(lines[y])) for y in sorted(lines, reverse=True))
