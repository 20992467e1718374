# SPDX-License-Identifier: MPL-2.0
"""What a file is, by its bytes, before anything parses it. A hostile file stops here.

Limits: 100 MB as sent; unpacked 200 MB, or 20 times a larger file's packed size (a list of a million
rows is 53 MB and unpacks to 400), at most 1,000 MB; 100 times the packed size for each part; 2,000
entries, 60 columns, 1.1 million rows.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath

from ansinh.rules.refusals import Refusal

LARGEST_FILE = 100 * 2**20
SMALL_UNPACKED = 200 * 2**20
USUAL_RATIO = 20  # lists pack 7 to 10 times; a bomb of some hundred kB never gets 300 MB this way
LARGEST_UNPACKED = 1000 * 2**20
HIGHEST_RATIO = 100
RATIO_COUNTS_FROM = 2**20  # small parts of a workbook pack very well and harm nobody
MOST_ENTRIES = 2_000
WIDEST = 60
CHUNK = 2**20
ARCHIVES = (".zip", ".xlsx", ".xls", ".ods", ".7z", ".rar", ".exe")
OVERLAP = 64  # so that a mark cut by a chunk's end is still seen

EICAR = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
KNOWN_STARTS = (
    (b"MZ", "chương trình Windows"), (b"\x7fELF", "chương trình Linux"), (b"%PDF", "PDF"),
    (b"\x89PNG", "ảnh PNG"), (b"\xff\xd8\xff", "ảnh JPEG"), (b"Rar!", "tệp nén RAR"),
    (b"7z\xbc\xaf", "tệp nén 7z"), (b"\x1f\x8b", "tệp nén gzip"), (b"{\\rtf", "văn bản RTF"),
)  # fmt: skip
NOT_PARSED = ("xl/media/", "xl/embeddings/", "Pictures/", "Thumbnails/")
UNDER_OWN_NAME = "danh-sach"
LONGEST_NAME = 200
_UNSHOWABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_FAR_COLUMN = re.compile(rb'\br="(?:[A-Z]{3}|B[I-Z]|[C-Z][A-Z])[0-9]')
_OBJECTS = re.compile(r"^xl/(?:media|embeddings|externalLinks|drawings/drawing|connections)")


class FileRefused(Refusal):
    """A file that is not read at all; nothing of it is imported."""

    code = "FILE_DAMAGED"


class FileEmpty(FileRefused):
    """Zero bytes."""

    code = "FILE_EMPTY"


class NotATable(FileRefused):
    """A program, a picture, a PDF."""

    code = "FILE_NOT_A_TABLE"


class OtherKind(FileRefused):
    """The name says one thing, the bytes another."""

    code = "FILE_OTHER_KIND"


class WebPage(FileRefused):
    """HTML saved as .xls, as old web systems do."""

    code = "FILE_IS_WEB_PAGE"


class BinaryWorkbook(FileRefused):
    """.xlsb."""

    code = "FILE_XLSB"


class HasPassword(FileRefused):
    """An encrypted workbook."""

    code = "FILE_PASSWORD"


class FileTooLarge(FileRefused):
    """Above `LARGEST_FILE`."""

    code = "FILE_TOO_LARGE"


class UnpacksTooLarge(FileRefused):
    """A ZIP bomb, or a workbook above the limits."""

    code = "FILE_UNPACKS_TOO_LARGE"


class StrangeZip(FileRefused):
    """A nested archive, a link, a name that leaves the folder, a name twice."""

    code = "FILE_ZIP_STRANGE"


class HasEntities(FileRefused):
    """DTD or entity declarations in the XML."""

    code = "FILE_ENTITIES"


class TooWide(FileRefused):
    """Cells beyond column `WIDEST`."""

    code = "FILE_TOO_WIDE"


class HasVirus(FileRefused):
    """The antivirus test string."""

    code = "FILE_VIRUS"


class Kind(StrEnum):
    """What is read."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What the bytes say. `notices` are (code, fields) for the officer."""

    kind: Kind
    notices: tuple[tuple[str, dict[str, object]], ...] = ()


def shown_name(name: str) -> str:
    """The name under which a file is shown: no folders, nothing invisible, at most 200 letters. It
    never becomes a path."""
    last = (
        _UNSHOWABLE.sub("", unicodedata.normalize("NFC", name)).replace("\\", "/").rpartition("/")[2].strip()
    )
    if not last.strip("."):
        return UNDER_OWN_NAME
    if len(last) <= LONGEST_NAME:
        return last
    stem, dot, suffix = last.rpartition(".")
    if not dot or len(suffix) > 10:
        return last[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - len(suffix) - 1]}.{suffix}"


def inspect(path: Path, *, name: str) -> FileFacts:
    """Look at a file called `name` by its sender. Raises a `FileRefused`."""
    size = path.stat().st_size
    if size == 0:
        raise FileEmpty(name=name)
    if size > LARGEST_FILE:
        raise FileTooLarge(name=name, size=size // 2**20, limit=LARGEST_FILE // 2**20)
    with path.open("rb") as file:
        start = file.read(4096)
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if not start.startswith(b"PK"):
        _scan(path, name)
    for known, what in KNOWN_STARTS:
        if start.startswith(known):
            raise NotATable(name=name, kind=what)
    if start.startswith(OLE):
        return _ole(path, name, suffix)
    if start.startswith(b"PK"):
        return _zip(path, name, suffix)
    head = _narrow(start).lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta")):
        raise WebPage(name=name)
    if head.startswith(b"<"):
        raise WebPage(name=name) if b"<html" in head else NotATable(name=name, kind="XML")
    if suffix in {".xlsx", ".xls", ".ods", ".xlsm"}:
        raise OtherKind(name=name, suffix=suffix, kind="văn bản thường")
    return FileFacts(Kind.CSV)


def _scan(path: Path, name: str) -> None:
    """Look for the antivirus test string. Raises `HasVirus`."""
    tail = b""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            if EICAR in tail + chunk:
                raise HasVirus(name=name)
            tail = chunk[-OVERLAP:]


def _narrow(start: bytes) -> bytes:
    """The beginning of a text without what UTF-16 puts between ASCII letters."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in start[:2]:
        return start.lstrip(b"\xff\xfe").replace(b"\0", b"")
    return start


def _ole(path: Path, name: str, suffix: str) -> FileFacts:
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise HasPassword(name=name)
    book = "Workbook".encode("utf-16-le") in content or "Book".encode("utf-16-le") in content
    if not book:
        raise NotATable(name=name, kind="tài liệu Office cũ, không phải bảng tính")
    if suffix == ".csv":
        raise OtherKind(name=name, suffix=suffix, kind="Excel 97-2003 (.xls)")
    return FileFacts(Kind.XLS, (("XLS_NOT_SEEN", {}),))


def _zip(path: Path, name: str, suffix: str) -> FileFacts:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            largest = min(LARGEST_UNPACKED, max(SMALL_UNPACKED, USUAL_RATIO * path.stat().st_size))
            _check_entries(entries, name, largest)
            names = {entry.filename for entry in entries}
            kind = _zip_kind(archive, names, name)
            notices = _notices(names)
            _read_through(archive, entries, name, kind, largest)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as damaged:
        raise FileRefused(name=name) from damaged
    except RuntimeError as encrypted:  # what zipfile raises for a password
        raise HasPassword(name=name) from encrypted
    if suffix == ".csv":
        raise OtherKind(name=name, suffix=suffix, kind=f"bảng tính .{kind.value}")
    return FileFacts(kind, notices)


def _check_entries(entries: list[zipfile.ZipInfo], name: str, largest: int) -> None:
    if len(entries) > MOST_ENTRIES:
        raise UnpacksTooLarge(name=name, limit=f"{MOST_ENTRIES} thành phần")
    seen: set[str] = set()
    for entry in entries:
        inner = entry.filename
        parts = PurePosixPath(inner.replace("\\", "/")).parts
        is_link = (entry.external_attr >> 16) & 0o170000 == 0o120000
        embedded = inner.startswith("xl/embeddings/")  # dropped, never opened
        nested = inner.lower().endswith(ARCHIVES) and not embedded
        if inner in seen or ".." in parts or inner.startswith(("/", "\\")) or is_link or nested:
            raise StrangeZip(name=name, entry=inner[:60])
        seen.add(inner)
        ratio = entry.file_size / max(entry.compress_size, 1)
        if entry.file_size > RATIO_COUNTS_FROM and ratio > HIGHEST_RATIO:
            raise UnpacksTooLarge(name=name, limit=f"{HIGHEST_RATIO} lần")
    if sum(entry.file_size for entry in entries) > largest:
        raise UnpacksTooLarge(name=name, limit=f"{largest // 2**20} MB")


def _zip_kind(archive: zipfile.ZipFile, names: set[str], name: str) -> Kind:
    if "xl/workbook.bin" in names:
        raise BinaryWorkbook(name=name)
    if "xl/workbook.xml" in names:
        return Kind.XLSX
    if "mimetype" in names and b"opendocument.spreadsheet" in archive.read("mimetype")[:100]:
        manifest = "META-INF/manifest.xml"
        if manifest in names and b"encryption-data" in archive.read(manifest):
            raise HasPassword(name=name)
        return Kind.ODS
    raise NotATable(name=name, kind="tệp nén ZIP")


def _notices(names: set[str]) -> tuple[tuple[str, dict[str, object]], ...]:
    found: list[tuple[str, dict[str, object]]] = []
    if any(each.endswith("vbaProject.bin") for each in names):
        found.append(("MACROS_DROPPED", {}))
    if objects := sum(bool(_OBJECTS.match(each)) for each in names):
        found.append(("OBJECTS_DROPPED", {"count": objects}))
    return tuple(found)


def _read_through(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], name: str, kind: Kind, largest: int
) -> None:
    """Unpack everything once without keeping it: real sizes, checksums, no DTD, no far columns."""
    unpacked = 0
    for entry in entries:
        is_parsed = not entry.filename.startswith(NOT_PARSED) and not entry.filename.endswith(".bin")
        is_sheet = kind is Kind.XLSX and entry.filename.startswith("xl/worksheets/")
        tail = b""
        with archive.open(entry) as stream:
            while chunk := stream.read(CHUNK):
                if is_parsed and not tail and (b"\0" in chunk[:256] or chunk[:1] in {b"\xff", b"\xfe"}):
                    raise StrangeZip(name=name, entry=entry.filename[:60])  # XML that hides in UTF-16
                unpacked += len(chunk)
                if unpacked > largest:
                    raise UnpacksTooLarge(name=name, limit=f"{largest // 2**20} MB")
                window = tail + chunk
                if is_parsed and _ENTITY.search(window):
                    raise HasEntities(name=name)
                if is_sheet and _FAR_COLUMN.search(window):
                    raise TooWide(name=name, limit=WIDEST)
                if EICAR in window:
                    raise HasVirus(name=name)
                tail = window[-OVERLAP:]
