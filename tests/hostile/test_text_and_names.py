# SPDX-License-Identifier: MPL-2.0
"""Rows 31 to 46 of the bad inputs: encodings, Vietnamese text, names."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from ansinh.registry.files.kinds import FileRefused
from ansinh.rules.name_order import sort_key
from ansinh.rules.names import fold_name, name_key
from tests.hostile.files import csv, judged, one, person, refused, table

PEOPLE = [person(1, name="Nguyễn Thị Đào"), person(2, name="Trần Văn Ước"), person(3, name="Lê Thị Hòa")]
TEXT = csv(table(PEOPLE))


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TEXT.encode("utf-8"), "utf-8"), (TEXT.encode("utf-8-sig"), "utf-8-sig"),
        (TEXT.encode("utf-16"), "utf-16"), (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16"),
    ],
    ids=["utf-8", "bom", "utf-16", "utf-16-be", "utf-16-le", "utf-16-be bom"],
)  # fmt: skip
def test_r31_unicode_text_is_read(tmp_path: Path, content: bytes, encoding: str) -> None:
    found = judged(tmp_path, content, name="a.csv")
    assert (found.done.accepted, found.done.encoding) == (3, encoding)
    assert [found.values(row)["name"] for row in (2, 3, 4)] == [
        "Nguyễn Thị Đào",
        "Trần Văn Ước",
        "Lê Thị Hòa",
    ]


def to_1258(text: str) -> bytes:
    """As Vietnamese Windows writes it: letters with a tone apart."""
    out = b""
    for letter in text:
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            base, *marks = unicodedata.normalize("NFD", letter)
            tone = next(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
            rest = unicodedata.normalize("NFC", base + "".join(mark for mark in marks if mark != tone))
            out += rest.encode("cp1258") + tone.encode("cp1258")
    return out


def test_r32_windows_1258_is_read_as_nfc(tmp_path: Path) -> None:
    found = judged(tmp_path, to_1258(TEXT), name="a.csv")
    assert (found.done.accepted, found.done.encoding) == (3, "windows-1258")
    names = [found.values(row)["name"] for row in (2, 3, 4)]
    assert names == ["Nguyễn Thị Đào", "Trần Văn Ước", "Lê Thị Hòa"]
    assert all(unicodedata.is_normalized("NFC", name) for name in names)


OLD_HEADERS = {
    "TCVN3": "STT|Hä vµ tªn|Ngµy, th¸ng, n¨m sinh|Giíi tÝnh|Sè CCCD|Th«n|M· chÕ ®é|Sè quyÕt ®Þnh"
             "|Ngµy quyÕt ®Þnh|Møc h\u00adëng",
    "VNI": "STT|Hoï vaø teân|Ngaøy, thaùng, naêm sinh|Giôùi tính|Soá CCCD|Thoân|Maõ cheá ñoä|Soá quyeát ñònh"
           "|Ngaøy quyeát ñònh|Möùc höôûng",
    "VIQR": "STT|Ho. va` te^n|Nga`y, tha'ng, na(m sinh|Gio+'i ti'nh|So^' CCCD|Tho^n|Ma~ che^' ddo^."
            "|So^' quye^'t ddi.nh|Nga`y quye^'t ddi.nh|Mu+'c hu+o+?ng",
}  # fmt: skip
OLD_NAMES = {"TCVN3": "NguyÔn V¨n Hïng", "VNI": "Nguyeãn Vaên Huøng", "VIQR": "Nguye^~n Va(n Hu`ng"}
OLD_SEX = {"TCVN3": "N÷", "VNI": "Nöõ", "VIQR": "Nu+~"}


@pytest.mark.parametrize(
    ("encoding", "row"), [("TCVN3", 33), ("VNI", 34), ("VIQR", 35)], ids=["r33", "r34", "r35"]
)
def test_r33_to_r35_old_fonts_are_recognised_and_shown_converted(
    tmp_path: Path, encoding: str, row: int
) -> None:
    cells = list(person(1).values())
    cells[7] = "1/2023"
    cells[1], cells[3], cells[5] = OLD_NAMES[encoding], OLD_SEX[encoding], "Th\u00abn 1" if row == 33 else "1"
    text = csv([OLD_HEADERS[encoding].split("|"), cells])
    content = text.encode("cp1252" if encoding != "VIQR" else "ascii")
    found = judged(tmp_path, content, name="a.csv")
    assert found.done.encoding == encoding
    assert found.values()["name"] == "Nguyễn Văn Hùng"
    assert (found.values()["sex"], found.errors()) == ("female", [])
    warning = next(each for each in found.rows[2].warnings if each.code == "TEXT_OLD_FONT")
    assert "Nguyễn Văn Hùng" in warning.message("vi")


@pytest.mark.parametrize("encoding", ["viscii", "vps"])
def test_r35_other_old_encodings_never_pass_as_names(tmp_path: Path, encoding: str) -> None:
    viscii = {"ễ": 0xAD, "ă": 0xE5, "ù": 0xF9} if encoding == "viscii" else {"ễ": 0x8C, "ă": 0xE6, "ù": 0xF9}
    name = bytes(viscii.get(letter, ord(letter) & 0xFF) for letter in "Nguyễn Văn Hùng")
    text = TEXT.encode().replace("Nguyễn Thị Đào".encode(), name)
    body = text.partition(b"\r\n")[2]
    plain = "STT,Ho va ten,Ngay sinh,Gioi tinh,So CCCD,Thon,Ma che do,So quyet dinh,Ngay quyet dinh,Muc huong"
    try:
        found = judged(tmp_path, plain.encode() + b"\r\n" + body.partition(b"\r\n")[0], name="a.csv")
    except FileRefused as refusal:
        assert refusal.code in {"FILE_ENCODING", "FILE_DAMAGED", "FILE_NO_ROWS"}
        return
    assert found.done.accepted == 0 or "TEXT_OLD_FONT" in found.doubts()


def as_windows_reads(byte: int) -> str:
    """windows-1252, where the five codes that it leaves empty come out as control letters."""
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def test_r36_text_that_was_read_wrongly_once_is_repaired_and_shown(tmp_path: Path) -> None:
    spoilt = "".join(as_windows_reads(byte) for byte in csv(table([person(1, name="Lê Thị Hòa")])).encode())
    found = judged(tmp_path, spoilt, name="a.csv")
    assert found.values()["name"] == "Lê Thị Hòa"
    assert "TEXT_OLD_FONT" in found.doubts()


@pytest.mark.parametrize("name", ["Nguy?n Th? Lan", "Nguy\ufffdn Thị Lan"])
def test_r36_letters_that_are_gone_are_refused(tmp_path: Path, name: str) -> None:
    assert one(tmp_path, name=name).errors() == ["NAME_UNREADABLE"]


def test_r37_a_decomposed_name_is_stored_composed(tmp_path: Path) -> None:
    found = one(tmp_path, name=unicodedata.normalize("NFD", "Nguyễn Thị Lan"))
    assert found.values()["name"] == "Nguyễn Thị Lan"
    assert found.raw()["name"] == unicodedata.normalize("NFD", "Nguyễn Thị Lan")


@pytest.mark.parametrize(("a", "b"), [("Hoà", "Hòa"), ("Thuý", "Thúy"), ("Lí", "Lý"), ("Quí", "Quý")])
def test_r38_spelling_is_stored_as_given_and_equal_for_matching(tmp_path: Path, a: str, b: str) -> None:
    assert one(tmp_path, name=f"Trần Thị {a}").values()["name"] == f"Trần Thị {a}"
    assert name_key(f"Trần Thị {a}") == name_key(f"Trần Thị {b}")


@pytest.mark.parametrize("letter", ["Đ", "Ð", "Ɖ"])
def test_r39_look_alikes_of_dj_become_one(tmp_path: Path, letter: str) -> None:
    assert one(tmp_path, name=f"{letter}ỗ Thị Lan").values()["name"] == "Đỗ Thị Lan"
    assert one(tmp_path, name="Phan Thị ðào").values()["name"] == "Phan Thị đào"


@pytest.mark.parametrize(
    ("name", "letter"),
    [("Nguyễn Thị Lаn", "а"), ("Nguyễn Thị Hοa", "ο"), ("Nguyễn Thị Ａnh", "Ａ"), ("Lan 2", "2")],
)
def test_r40_foreign_letters_are_named(tmp_path: Path, name: str, letter: str) -> None:
    found = one(tmp_path, name=name)
    assert found.errors() == ["NAME_FOREIGN_LETTER"]
    assert f"U+{ord(letter):04X}" in found.sentence()


@pytest.mark.parametrize(
    "name",
    ["Nguyễn\u200b Thị Lan", "Nguyễn\u00a0Thị Lan", "Nguyễn Thị La\u00adn", "Nguyễn\tThị  Lan",
     "'Nguyễn Thị Lan", "\u200dNguyễn Thị Lan ", "Nguyễn Thị\nLan"],
)  # fmt: skip
def test_r41_what_nobody_sees_is_stripped(tmp_path: Path, name: str) -> None:
    assert one(tmp_path, name=name).values()["name"] == "Nguyễn Thị Lan"


def test_r41_a_direction_mark_is_refused(tmp_path: Path) -> None:
    assert one(tmp_path, name="Nguyễn \u202eThị Lan").errors() == ["NAME_FOREIGN_LETTER"]


@pytest.mark.parametrize("name", ["NGUYỄN THỊ LAN", "nguyễn thị lan", "Nguyễn Thị Lan"])
def test_r42_case_is_evened_out(tmp_path: Path, name: str) -> None:
    assert one(tmp_path, name=name).values()["name"] == "Nguyễn Thị Lan"


def test_r42_a_name_without_marks_waits_for_a_decision(tmp_path: Path) -> None:
    found = one(tmp_path, name="NGUYEN VAN A")
    assert (found.doubts(), found.values()["name"]) == (["NAME_NO_MARKS"], "Nguyen Van A")


@pytest.mark.parametrize(
    "name",
    ["Y Blôk Êban", "H'Hen Niê", "K’Lan", "Đinh Y-Thoại", "Lan", "Y Čŏm Ĭ", "Hồ Thị Ĕ", "Siu H'Phĭ", "A" * 60,
     "Kpă Klơng", "Thào A Sùng"],
)  # fmt: skip
def test_r43_names_of_minorities_and_odd_lengths_are_accepted(tmp_path: Path, name: str) -> None:
    found = one(tmp_path, name=name)
    assert found.errors() == []
    assert len(found.values()["name"]) == len(name)


@pytest.mark.parametrize(
    "name",
    ["Nguyễn Thị Lan (Tèo)", "Nguyễn Thị Lan 1976", "Nguyễn Thị Lan, Trần Văn Bình", "bà 2 Lúa",
     "Nguyễn Thị Lan; con là Bình"],
)  # fmt: skip
def test_r44_two_things_in_one_cell_are_refused_with_the_part_that_is_too_much(
    tmp_path: Path, name: str
) -> None:
    found = one(tmp_path, name=name)
    assert found.errors()[0] in {"NAME_HOLDS_MORE", "NAME_FOREIGN_LETTER"}
    if found.errors()[0] == "NAME_HOLDS_MORE":
        more = str(found.rows[2].errors[0].fields["proposal"])
        assert more in name
        assert more in found.sentence()


@pytest.mark.parametrize(
    "name", ["Null", "True", "Na", "An", "Test", "Nguyễn Thị Null", "O'Brien", "NA", "Nan"]
)
def test_r45_words_that_mean_something_to_machines_are_names(tmp_path: Path, name: str) -> None:
    assert one(tmp_path, name=name).errors() == []


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "{{7*7}}", "${jndi:ldap://x}", "%s%n", "'; DROP TABLE person;--",
     '=HYPERLINK("http://x")', "+cmd|' /C calc'!A0", "@SUM(1)"],
)  # fmt: skip
def test_r45_code_is_no_name_and_plain_text_elsewhere(tmp_path: Path, text: str) -> None:
    found = one(tmp_path, name=text)
    assert found.done.rejected == 1
    assert found.errors()[0] in {"NAME_FOREIGN_LETTER", "NAME_HOLDS_MORE", "NAME_UNREADABLE"}
    assert one(tmp_path, hamlet=text).values()["hamlet"] == text


def test_r46_names_sort_in_vietnamese_order_and_are_found_however_typed() -> None:
    names = ["Nguyễn Văn Ông", "Nguyễn Văn Đức", "Nguyễn Văn Ánh", "Nguyễn Văn Dung", "Nguyễn Văn An",
             "Nguyễn Văn Ân", "Nguyễn Văn Em", "Nguyễn Văn Oanh"]  # fmt: skip
    given = [name.split()[-1] for name in sorted(names, key=sort_key)]
    assert given == ["An", "Ánh", "Ân", "Dung", "Đức", "Em", "Oanh", "Ông"]
    for typed in ("duc", "Đuc", "ĐỨC", unicodedata.normalize("NFD", "Đức"), "Ðức"):
        assert fold_name(typed) == "duc"


def test_the_files_that_these_tests_spoil_are_right_without_the_fault(tmp_path: Path) -> None:
    assert judged(tmp_path, TEXT, name="a.csv").done.accepted == 3
    assert refused(tmp_path, bytes(range(128, 160)) * 20, name="a.csv") in {
        "FILE_ENCODING",
        "HEADER_NOT_FOUND",
    }
