# SPDX-License-Identifier: MPL-2.0
"""Old Vietnamese encodings in today's files: TCVN3 (.VnTime), VNI, VIQR, mojibake.

Older offices still send `NguyÔn V¨n Hïng` (TCVN3), `Nguyeãn Vaên Huøng` (VNI), `Nguye^~n` (VIQR) and
`Nguyá»…n` (UTF-8 read as windows-1252). What is recognised is shown converted, and a person confirms it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_TCVN3 = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
        strict=True,
    )
)
# VNI writes the bare letter and one sign after it: mark and tone together.
_VNI_SIGNS = {
    "ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "â": "\u0302", "à": "\u0302\u0300", "á": "\u0302\u0301", "å": "\u0302\u0309", "ã": "\u0302\u0303",
    "ä": "\u0302\u0323", "ê": "\u0306", "è": "\u0306\u0300", "é": "\u0306\u0301", "ú": "\u0306\u0309",
    "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_LETTERS = {"ñ": "đ", "ô": "ơ", "ö": "ư", "ò": "ị", "ó": "ĩ", "æ": "ỉ", "ì": "ì", "í": "í", "î": "ỵ"}
_VNI_PAIR = re.compile("([aeouyôöAEOUYÔÖ])([øùûõïâàáåãäêèéúüëØÙÛÕÏÂÀÁÅÃÄÊÈÉÚÜË])")
# The same two letters in Unicode Vietnamese (Hoàng, Quân, Nguyên): no sign of VNI by themselves.
_UNICODE_PAIRS = frozenset(
    {"oà", "oá", "oã", "oè", "oé", "uà", "uá", "uã", "uâ", "uê", "uè", "ué", "yê", "uò", "uó", "uô"}
)
_VIQR = re.compile(r"[AEIOUYaeiouy][\^(+]?[`'?~.](?=[A-Za-z\s]|$)|[AEOUaeou][\^(+]|(?<![A-Za-z])[Dd][Dd]")
_VIQR_MARKS = {"^": "\u0302", "(": "\u0306", "+": "\u031b"}
_VIQR_TONES = {"`": "\u0300", "'": "\u0301", "?": "\u0309", "~": "\u0303", ".": "\u0323"}
_MOJIBAKE = re.compile("[ÃÄÅÆ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|á[º»]")
_TCVN3_ONLY = frozenset("µ¸¶·¹¨»¾¼½Æ©®ªÖ×ØÜÞß«¬¡¢§£¤¥¦ÇËÑÎÏÐïñòóêëìíîåæçèéùúûüþý÷öøõ\u00ad")
_CP1252_HIGH = {chr(b): b for b in range(0x80, 0x100)}
_VIETNAMESE = frozenset("ăâđêôơưĂÂĐÊÔƠƯ") | frozenset(
    unicodedata.normalize("NFC", base + tone)
    for base in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    for tone in "\u0300\u0301\u0303\u0309\u0323"
)


@dataclass(frozen=True, slots=True)
class LegacyText:
    """Text recognised as an old encoding, and what it says in Unicode."""

    encoding: str
    text: str


def _case_like(sign: str, letter: str) -> str:
    return letter.upper() if sign.isupper() else letter


def from_tcvn3(text: str) -> str:
    """TCVN3 (ABC fonts) to Unicode; capitals with tones are typed as small letters there."""
    return "".join(_TCVN3.get(letter, letter) for letter in text)


def from_vni(text: str) -> str:
    """VNI to Unicode."""

    def pair(found: re.Match[str]) -> str:
        base, sign = found[1], found[2]
        small = base.lower()
        letter = {"ô": "ơ", "ö": "ư"}.get(small, small)
        marked = unicodedata.normalize("NFC", letter + _VNI_SIGNS[sign.lower()])
        return _case_like(base, marked)

    paired = _VNI_PAIR.sub(pair, text)
    kept = set(unicodedata.normalize("NFC", _VNI_PAIR.sub(pair, text))) - set(text)
    return "".join(
        letter if letter in kept else _case_like(letter, _VNI_LETTERS.get(letter.lower(), letter))
        for letter in paired
    )


def from_viqr(text: str) -> str:
    """VIQR (`Nguye^~n`) to Unicode."""

    def marks(found: re.Match[str]) -> str:
        letter, signs = found[1], found[2]
        marked = letter + "".join(_VIQR_MARKS.get(s, "") or _VIQR_TONES.get(s, "") for s in signs)
        return unicodedata.normalize("NFC", marked)

    replaced = re.sub(r"([AEIOUYaeiouy])([\^(+]?[`'?~.]?)", marks, text)
    return re.sub(r"DD|Dd", "Đ", re.sub("dd", "đ", replaced))


def from_mojibake(text: str) -> str | None:
    """UTF-8 that was read as windows-1252, put right; None when it cannot be."""
    try:
        return b"".join(_windows_byte(letter) for letter in text).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return None


def _windows_byte(letter: str) -> bytes:
    """The byte of windows-1252; the five codes that it leaves empty are read as control letters."""
    return bytes([ord(letter)]) if 0x80 <= ord(letter) <= 0x9F else letter.encode("cp1252")


def _vietnamese_letters(text: str) -> int:
    return sum(letter in _VIETNAMESE for letter in text)


def detect(text: str) -> LegacyText | None:
    """The old encoding of a text and its conversion, or None when it reads as Unicode.

    A guess from letters that do not occur in Vietnamese: it is proposed, never applied unseen.
    """
    if _MOJIBAKE.search(text):
        repaired = from_mojibake(text)
        if repaired:
            return LegacyText("UTF-8 đọc nhầm", unicodedata.normalize("NFC", repaired))
    strange = sum(letter in _TCVN3_ONLY and letter not in _VIETNAMESE for letter in text)
    if strange:
        converted = from_tcvn3(text)
        if _vietnamese_letters(converted) > _vietnamese_letters(text) and not _VNI_PAIR.search(text):
            return LegacyText("TCVN3", unicodedata.normalize("NFC", converted))
    pairs = {found[0].lower() for found in _VNI_PAIR.finditer(text)}
    if pairs - _UNICODE_PAIRS or re.search("[ñÑ]", text):
        converted = unicodedata.normalize("NFC", from_vni(text))
        if all(letter in _VIETNAMESE or ord(letter) < 128 for letter in converted):
            return LegacyText("VNI", converted)
    if text.isascii() and _VIQR.search(text):
        return LegacyText("VIQR", from_viqr(text))
    return None
