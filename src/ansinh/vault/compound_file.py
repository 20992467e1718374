# SPDX-License-Identifier: MPL-2.0
"""The compound file (MS-CFB version 3) that a password-protected workbook is kept in: two streams, written
and read back. Reading is bounded by the size of the file: a chain that runs in a circle is refused.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping

SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
SECTOR, MINI, CUTOFF = 512, 64, 4096
FREE, END, FAT, NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
IN_HEADER = 109  # sectors of the table that the header itself names
PER_SECTOR = SECTOR // 4


class NotACompoundFileError(Exception):
    """The bytes are no compound file, or a damaged one."""


def _padded(content: bytes, unit: int) -> bytes:
    return content + bytes(-len(content) % unit)


def _entry(name: str, *, kind: int, start: int, size: int, child: int = NONE, right: int = NONE) -> bytes:
    spelled = name.encode("utf-16-le")
    return (
        spelled.ljust(64, b"\0")
        + struct.pack("<HBB", len(spelled) + 2, kind, 1)
        + struct.pack("<III", NONE, right, child)
        + bytes(16 + 4 + 16)
        + struct.pack("<IQ", start, size)
    )


def _chain(first: int, count: int) -> list[int]:
    return [first + at + 1 for at in range(count - 1)] + [END] if count else []


def write(streams: Mapping[str, bytes]) -> bytes:
    """A compound file with two streams; names in the order of the format (shorter first)."""
    names = sorted(streams, key=lambda name: (len(name), name.upper()))
    small = {name: streams[name] for name in names if len(streams[name]) < CUTOFF}
    large = {name: streams[name] for name in names if name not in small}
    mini, mini_chain, starts = b"", [], {}
    for name, content in small.items():
        count = -(-len(content) // MINI)
        starts[name] = len(mini) // MINI if count else END
        mini_chain += _chain(len(mini) // MINI, count)
        mini += _padded(content, MINI)
    body = b""
    fat: list[int] = []

    def add(content: bytes) -> int:
        nonlocal body
        first, count = len(fat), -(-len(content) // SECTOR)
        fat.extend(_chain(first, count))
        body += _padded(content, SECTOR)
        return first if count else END

    for name, content in large.items():
        starts[name] = add(content)
    mini_start = add(mini)
    table = struct.pack(f"<{len(mini_chain)}I", *mini_chain)
    table += struct.pack("<I", FREE) * (-len(mini_chain) % PER_SECTOR)
    mini_fat_start = add(table)
    entries = [_entry("Root Entry", kind=5, start=mini_start, size=len(mini), child=1)]
    for at, name in enumerate(names, 1):
        right = at + 1 if at < len(names) else NONE
        entries.append(_entry(name, kind=2, start=starts[name], size=len(streams[name]), right=right))
    unused = bytes(68) + struct.pack("<III", NONE, NONE, NONE) + bytes(48)
    entries += [unused] * (-len(entries) % 4)
    directory = add(b"".join(entries))
    return _with_table(body, fat, directory, mini_fat_start, -(-len(table) // SECTOR))


def _with_table(body: bytes, fat: list[int], directory: int, mini_fat: int, mini_fats: int) -> bytes:
    """Append the allocation table and, for large files, the sectors that name its sectors."""
    count, extra = 0, 0
    while True:  # the table also accounts for its own sectors
        sectors = len(fat) + count + extra
        wanted = -(-sectors // PER_SECTOR)
        wanted_extra = -(-max(wanted - IN_HEADER, 0) // (PER_SECTOR - 1))
        if (wanted, wanted_extra) == (count, extra):
            break
        count, extra = wanted, wanted_extra
    places = [len(fat) + at for at in range(count)]
    table = [*fat, *[FAT] * count, *[0xFFFFFFFC] * extra]
    table += [FREE] * (-len(table) % PER_SECTOR)
    first_extra = len(fat) + count if extra else END
    naming = b""
    rest = places[IN_HEADER:]
    for at in range(extra):
        part = rest[at * (PER_SECTOR - 1) : (at + 1) * (PER_SECTOR - 1)]
        part += [FREE] * (PER_SECTOR - 1 - len(part))
        after = first_extra + at + 1 if at + 1 < extra else END
        naming += struct.pack(f"<{PER_SECTOR}I", *part, after)
    named = places[:IN_HEADER] + [FREE] * (IN_HEADER - len(places[:IN_HEADER]))
    header = SIGNATURE + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIII", 0, count, directory, 0)
    header += struct.pack("<IIIII", CUTOFF, mini_fat, mini_fats, first_extra, extra)
    header += struct.pack(f"<{IN_HEADER}I", *named)
    return header + body + struct.pack(f"<{len(table)}I", *table) + naming


def read(content: bytes) -> dict[str, bytes]:
    """Every stream by its name. Raises `NotACompoundFileError`."""
    try:
        return _read(content)
    except (struct.error, IndexError, UnicodeDecodeError) as damaged:
        raise NotACompoundFileError("damaged") from damaged


class _Opened:
    """The sectors and the allocation table of a compound file."""

    def __init__(self, content: bytes) -> None:
        if content[:8] != SIGNATURE:
            raise NotACompoundFileError("no signature")
        shift = struct.unpack_from("<H", content, 30)[0]
        if shift not in {9, 12}:
            raise NotACompoundFileError("sector size")
        self.content, self.size = content, 1 << shift
        self.limit = len(content) // self.size
        self.fat = self._table()

    def sector(self, at: int) -> bytes:
        found = self.content[(at + 1) * self.size : (at + 2) * self.size]
        if len(found) != self.size:
            raise NotACompoundFileError("a sector is missing")
        return found

    def numbers(self, at: int) -> tuple[int, ...]:
        return struct.unpack(f"<{self.size // 4}I", self.sector(at))

    def _table(self) -> list[int]:
        extra, extras = struct.unpack_from("<II", self.content, 68)
        places = list(struct.unpack_from(f"<{IN_HEADER}I", self.content, 76))
        for _each in range(min(extras, self.limit)):
            *named, extra = self.numbers(extra)
            places += named
        if len(places) > self.limit + IN_HEADER:
            raise NotACompoundFileError("more tables than the file has room for")
        return [number for place in places if place not in {FREE, END} for number in self.numbers(place)]

    def stream(self, start: int, table: list[int], piece: Callable[[int], bytes]) -> bytes:
        parts: list[bytes] = []
        while start not in {END, FREE}:
            parts.append(piece(start))
            start = table[start]
            if len(parts) > len(table):
                raise NotACompoundFileError("a chain runs in a circle")
        return b"".join(parts)


def _read(content: bytes) -> dict[str, bytes]:
    opened = _Opened(content)
    (directory,) = struct.unpack_from("<I", content, 48)
    (mini_fat_start,) = struct.unpack_from("<I", content, 60)
    entries = opened.stream(directory, opened.fat, opened.sector)
    table = opened.stream(mini_fat_start, opened.fat, opened.sector)
    mini_fat = list(struct.unpack(f"<{len(table) // 4}I", table))
    mini = opened.stream(struct.unpack_from("<I", entries, 116)[0], opened.fat, opened.sector)
    found = {}
    for at in range(128, len(entries), 128):
        length, kind = struct.unpack_from("<HB", entries, at + 64)
        if kind != 2:
            continue
        name = entries[at : at + max(length - 2, 0)].decode("utf-16-le")
        start, many = struct.unpack_from("<II", entries, at + 116)
        if many < CUTOFF:
            whole = opened.stream(start, mini_fat, lambda place: mini[place * MINI : (place + 1) * MINI])
        else:
            whole = opened.stream(start, opened.fat, opened.sector)
        found[name] = whole[:many]
    return found
