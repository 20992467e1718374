# SPDX-License-Identifier: MPL-2.0
"""Rows 1 to 15 and 28 to 30 of the bad inputs: files that are read, refused or survived as a whole."""

from __future__ import annotations

import io
import socket
import threading
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from ansinh.registry.files import kinds
from ansinh.registry.files.check import survey
from ansinh.registry.files.kinds import FileRefused, inspect, shown_name
from tests.hostile.files import (
    SHEET_END,
    SHEET_START,
    compound,
    csv,
    judged,
    ods,
    package,
    person,
    refused,
    sheet_xml,
    table,
    xls,
    xlsx,
)

PEOPLE = table([person(1), person(2)])


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", xlsx(PEOPLE), "FILE_OTHER_KIND"),
        ("a.xlsx", b"MZ\x90\0" + bytes(500), "FILE_NOT_A_TABLE"),
        ("a.xls", b"<html><table><tr><td>Ho ten</td></tr></table></html>", "FILE_IS_WEB_PAGE"),
        ("a.xls", "\ufeff<!DOCTYPE html><html></html>".encode(), "FILE_IS_WEB_PAGE"),
        ("a.xls", b"<?xml version='1.0'?><Workbook/>", "FILE_NOT_A_TABLE"),
        ("a.xlsx", csv(PEOPLE).encode(), "FILE_OTHER_KIND"),
        ("a.xlsx", b"%PDF-1.7", "FILE_NOT_A_TABLE"),
        ("a.zip", b"PK\x05\x06" + bytes(18), "FILE_NOT_A_TABLE"),
    ],
)  # fmt: skip
def test_r01_a_name_that_lies_is_seen_by_the_bytes(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    assert refused(tmp_path, content, name=name) == code


@pytest.mark.parametrize(
    ("name", "content"),
    [("cu.xls", xls(PEOPLE)), ("mo.ods", ods(PEOPLE)), ("google.xlsx", package(sheet_xml(PEOPLE)))],
)
def test_r02_xls_ods_and_web_exports_are_read(tmp_path: Path, name: str, content: bytes) -> None:
    found = judged(tmp_path, content, name=name)
    assert (found.done.accepted, found.errors(), found.values()["number"]) == (2, [], "000176000001")
    assert found.values()["name"] == "Nguyễn Thị Lan Hòa"


def test_r02_a_binary_workbook_is_refused_with_what_to_do(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.bin", b"x")
    assert refused(tmp_path, out.getvalue(), name="a.xlsb") == "FILE_XLSB"


def test_r02_in_an_xls_the_officer_is_told_what_cannot_be_seen(tmp_path: Path) -> None:
    assert "XLS_NOT_SEEN" in judged(tmp_path, xls(PEOPLE), name="cu.xls").notices()


def test_r03_a_password_is_named(tmp_path: Path) -> None:
    sealed = compound({"EncryptionInfo": b"x", "EncryptedPackage": b"y" * 5000})
    assert refused(tmp_path, sealed, name="mat khau.xlsx") == "FILE_PASSWORD"
    with pytest.raises(FileRefused, match="có mật khẩu"):
        judged(tmp_path, sealed, name="mat khau.xlsx")


def test_r04_macros_are_dropped_and_values_kept(tmp_path: Path) -> None:
    book = package(sheet_xml(PEOPLE), extra=[("xl/vbaProject.bin", b"Sub Auto_Open()")])
    found = judged(tmp_path, book, name="a.xlsm")
    assert found.done.accepted == 2
    assert "MACROS_DROPPED" in found.notices()


def test_r05_nothing_and_a_header_alone_are_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, b"") == "FILE_EMPTY"
    assert refused(tmp_path, xlsx(PEOPLE[:1])) == "FILE_NO_ROWS"
    assert refused(tmp_path, xlsx([])) == "FILE_NO_ROWS"


def test_r05_blank_rows_down_to_the_last_are_skipped_and_counted(tmp_path: Path) -> None:
    def touch(book: Any, page: Any) -> None:
        border = book.add_format({"border": 1})
        for row in (*range(3, 503), 1_048_575):
            for column in range(10):
                page.write_blank(row, column, None, border)
        for column, value in enumerate(person(7).values()):
            page.write(600, column, value)

    found = judged(tmp_path, xlsx(PEOPLE, touch=touch))
    assert (found.done.accepted, found.done.rows, found.done.blank) == (3, 3, 597)
    assert (
        refused(
            tmp_path,
            xlsx(
                PEOPLE[:1], touch=lambda b, p: p.write_blank(1_048_575, 0, None, b.add_format({"border": 1}))
            ),
        )
        == "FILE_NO_ROWS"
    )


def test_r06_a_file_that_was_cut_or_changed_on_the_way_imports_nothing(tmp_path: Path) -> None:
    whole = xlsx(PEOPLE)
    assert refused(tmp_path, whole[: len(whole) * 2 // 3]) == "FILE_DAMAGED"
    at = whole.index(b"xl/worksheets/sheet1.xml") + 60
    spoilt = whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]
    assert refused(tmp_path, spoilt) == "FILE_DAMAGED"
    text = csv(table([person(at) for at in range(1, 9)]))
    assert refused(tmp_path, text[:-40], name="a.csv") == "FILE_DAMAGED"
    inside = text.encode().rindex("ễ".encode()) + 1
    assert refused(tmp_path, text.encode()[:inside], name="a.csv") == "FILE_DAMAGED"


@pytest.mark.slow
def test_r07_a_million_rows_pass_the_look_at_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "million.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(SHEET_START.encode())
            for start in range(1, 1_000_001, 10_000):
                sheet.write("".join(_seven_cells(at) for at in range(start, start + 10_000)).encode())
            sheet.write(SHEET_END.encode())
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert path.stat().st_size > 10 * 2**20
    assert inspect(path, name="million.xlsx").kind == "xlsx"


def _seven_cells(at: int) -> str:
    number = (at * 2_654_435_761) % 10**12
    texts = (
        at,
        f"Nguyễn Văn {number % 99991}",
        number % 28,
        f"{number:012d}",
        number // 7,
        "K6_N",
        number % 997,
    )
    cells = "".join(
        f'<c r="{letter}{at}" t="inlineStr"><is><t>{text}</t></is></c>'
        for letter, text in zip("ABCDEFG", texts, strict=True)
    )
    return f'<row r="{at}">{cells}</row>'


def test_r07_beyond_the_limit_of_rows_the_limit_is_named(tmp_path: Path) -> None:
    far = sheet_xml(PEOPLE).replace(
        "</sheetData>",
        '<row r="1200000"><c r="A1200000" t="inlineStr"><is><t>x</t></is></c></row></sheetData>',
    )
    with pytest.raises(FileRefused, match=r"1\.100\.000") as said:
        judged(tmp_path, package(far))
    assert said.value.code == "FILE_TOO_MANY_ROWS"


def test_r07_above_the_limit_of_bytes_the_limit_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kinds, "LARGEST_FILE", 1000)
    assert refused(tmp_path, xlsx(PEOPLE)) == "FILE_TOO_LARGE"


def test_r08_the_right_one_of_a_hundred_sheets_is_proposed_and_hidden_ones_are_listed(tmp_path: Path) -> None:
    def touch(book: Any, page: Any) -> None:
        for at in range(97):
            book.add_worksheet(f"Trang {at}").write(0, 0, "ghi chú")
        right = book.add_worksheet("Thang 3")
        for row, cells in enumerate(PEOPLE):
            right.write_row(row, 0, cells)
        hidden, very = book.add_worksheet("Nháp"), book.add_worksheet("Mật")
        for row, cells in enumerate(table([person(at) for at in range(3, 9)])):
            hidden.write_row(row, 0, cells)
        hidden.hide()
        very.very_hidden()

    content = xlsx([["Bìa"]], sheet="Bìa", touch=touch)
    found = judged(tmp_path, content)
    assert (found.done.mapping.sheet, found.done.accepted) == ("Thang 3", 2)
    assert found.notices() == ["SHEET_HIDDEN", "SHEET_HIDDEN"]
    sheets, _proposal = survey(tmp_path / "sent", name="a.xlsx", form="awards")
    assert len(sheets) == 101


def test_r09_a_zip_bomb_stops_before_anything_parses_it(tmp_path: Path) -> None:
    bomb = package(SHEET_START.encode() + b" " * 300_000_000)
    assert len(bomb) < 400_000
    assert refused(tmp_path, bomb) == "FILE_UNPACKS_TOO_LARGE"
    many = package(sheet_xml(PEOPLE), extra=[(f"xl/media/{at}.xml", b" " * 1_000_000) for at in range(250)])
    assert refused(tmp_path, many) == "FILE_UNPACKS_TOO_LARGE"
    crowd = package(sheet_xml(PEOPLE), extra=[(f"xl/{at}.xml", b"") for at in range(2_000)])
    assert refused(tmp_path, crowd) == "FILE_UNPACKS_TOO_LARGE"


def test_r09_a_bomb_that_lies_about_its_size_is_damaged(tmp_path: Path) -> None:
    bomb = package(SHEET_START.encode() + b" " * 50_000_000)
    true, said = (50_000_000 + len(SHEET_START)).to_bytes(4, "little"), (1000).to_bytes(4, "little")
    assert bomb.count(true) >= 1
    assert refused(tmp_path, bomb.replace(true, said)) == "FILE_DAMAGED"


@pytest.mark.parametrize(
    "extra",
    [
        ("xl/inside.zip", b"PK\x05\x06" + bytes(18)), ("../../etc/passwd", b"x"), ("/etc/passwd", b"x"),
        ("xl\\..\\..\\x.xml", b"x"), ("xl/worksheets/sheet1.xml", b"<worksheet/>"),
    ],
)  # fmt: skip
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_r10_strange_entries_of_the_zip_are_refused(tmp_path: Path, extra: tuple[str, bytes]) -> None:
    assert refused(tmp_path, package(sheet_xml(PEOPLE), extra=[extra])) == "FILE_ZIP_STRANGE"


def test_r10_a_link_inside_the_zip_is_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("xl/link.xml")
    link.external_attr = 0o120777 << 16
    assert refused(tmp_path, package(sheet_xml(PEOPLE), extra=[(link, b"/etc/passwd")])) == "FILE_ZIP_STRANGE"


def _far(address: str, row: int) -> bytes:
    return package(
        sheet_xml(PEOPLE).replace(
            "</sheetData>", f'<row r="{row}"><c r="{address}"><v>1</v></c></row></sheetData>'
        )
    )


def test_r11_a_cell_in_the_farthest_corner_is_refused_by_its_column(tmp_path: Path) -> None:
    for address in ("XFD1048576", "BI1048576"):
        started = time.monotonic()
        assert refused(tmp_path, _far(address, 1_048_576)) == "FILE_TOO_WIDE"
        assert time.monotonic() - started < 5


def test_r11_a_range_that_would_not_fit_kills_the_child_and_not_us(tmp_path: Path) -> None:
    assert refused(tmp_path, _far("BH1048576", 1_048_576)) in {"FILE_READER_STOPPED", "FILE_TOO_MANY_ROWS"}
    assert judged(tmp_path, xlsx(PEOPLE)).done.accepted == 2


def test_r11_a_child_that_never_ends_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ansinh.registry.files.reader.CHILD", ("-c", "import time; time.sleep(600)"))
    monkeypatch.setattr("ansinh.registry.files.reader.SILENT_SECONDS", 1)
    started = time.monotonic()
    assert refused(tmp_path, xlsx(PEOPLE)) == "FILE_READER_STOPPED"
    assert time.monotonic() - started < 10


def test_r11_a_child_that_dies_is_a_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ansinh.registry.files.reader.CHILD", ("-c", "import os; os.kill(os.getpid(), 9)"))
    assert refused(tmp_path, xlsx(PEOPLE)) == "FILE_READER_STOPPED"


ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    "<worksheet><sheetData><row><c><v>&b;</v></c></row></sheetData></worksheet>"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-32"])
def test_r12_entities_are_refused_in_every_part_and_encoding(tmp_path: Path, encoding: str) -> None:
    code = refused(tmp_path, package(ENTITIES.encode(encoding)))
    assert code == ("FILE_ENTITIES" if encoding == "utf-8" else "FILE_ZIP_STRANGE")
    strings = package(sheet_xml(PEOPLE), extra=[("xl/sharedStrings.xml", ENTITIES.encode(encoding))])
    assert refused(tmp_path, strings) == code


@pytest.mark.parametrize("name", ["xl/styles.XML", "xl/theme/theme1.dat", "docProps/app.xml.rels"])
def test_r12_a_part_that_hides_its_kind_is_looked_into_as_well(tmp_path: Path, name: str) -> None:
    book = package(sheet_xml(PEOPLE), extra=[(name, ENTITIES.encode())])
    assert refused(tmp_path, book) == "FILE_ENTITIES"


def test_r13_an_outside_entity_is_refused_and_nobody_is_called(tmp_path: Path) -> None:
    calls: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(1.5)

        def wait() -> None:
            try:
                listener.accept()[0].close()
                calls.append("called")
            except TimeoutError:
                pass

        waiting = threading.Thread(target=wait)
        waiting.start()
        port = listener.getsockname()[1]
        for target in (f"http://127.0.0.1:{port}/x", "file:///etc/passwd", "http://169.254.169.254/"):
            xml = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{target}">]><worksheet>&e;</worksheet>'
            assert refused(tmp_path, package(xml)) == "FILE_ENTITIES"
            picture = [
                (
                    "xl/externalLinks/_rels/a.xml.rels",
                    f'<R><Relationship Id="a" Target="{target}" TargetMode="External"/></R>'.encode(),
                )
            ]
            judged(tmp_path, package(sheet_xml(PEOPLE), extra=picture))
        waiting.join()
    assert calls == []


XML = '<?xml version="1.0" encoding="{e}"?>'


@pytest.mark.parametrize(
    "content",
    [
        b'<?xml version="1.0"?><!DOCTYPE Document []><Document/>',
        b'<Document xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="/etc/passwd"/></Document>',
        b"<Document " + b" ".join(b'a%d=""' % at for at in range(1_000_000)) + b"/>",
        b"<a>" * 100_000, "\ufeff<Document/>".encode(), "<Document/>".encode("utf-16"),
        XML.format(e="utf-7").encode() + b"+ADw-Document/+AD4-", XML.format(e="UTF-16BE").encode("utf-16-be"),
    ],
    ids=["dtd", "xinclude", "attributes", "depth", "bom", "utf-16", "utf-7", "utf-16be"],
)  # fmt: skip
def test_r14_xml_is_no_list(tmp_path: Path, content: bytes) -> None:
    assert refused(tmp_path, content, name="ket qua.xml", form="results") == "FILE_NOT_A_TABLE"


@pytest.mark.parametrize(
    "inner", ["<x " + " ".join(f'a{n}=""' for n in range(100_000)) + "/>", "<x>" * 100_000]
)
def test_r14_monstrous_xml_inside_a_workbook_harms_nobody(tmp_path: Path, inner: str) -> None:
    try:
        judged(tmp_path, package(sheet_xml(PEOPLE).replace("<sheetData>", f"{inner}<sheetData>")))
    except FileRefused as said:
        assert said.code in {"FILE_DAMAGED", "FILE_READER_STOPPED", "FILE_UNPACKS_TOO_LARGE"}
    assert judged(tmp_path, xlsx(PEOPLE)).done.accepted == 2


def test_r15_links_objects_and_pictures_are_dropped_and_the_officer_is_told(tmp_path: Path) -> None:
    link = b'<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
    book = package(
        sheet_xml(PEOPLE),
        extra=[("xl/externalLinks/externalLink1.xml", link), ("xl/embeddings/oleObject1.bin", b"OLE"),
               ("xl/embeddings/Microsoft_Excel_Sheet.xlsx", xlsx(PEOPLE)),
               ("xl/connections.xml", b"<connections/>"),
               ("xl/media/image1.png", b"\x89PNG")],
    )  # fmt: skip
    found = judged(tmp_path, book)
    assert found.done.accepted == 2
    told = next(each for each in found.done.notices if each.code == "OBJECTS_DROPPED")
    assert told.fields == {"count": 5}


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/passwd.xlsx", "passwd.xlsx"), ("C:\\Users\\x\\danh sách.xlsx", "danh sách.xlsx"),
        ("a;rm -rf ~.xlsx", "a;rm -rf ~.xlsx"), ('"><script>.xlsx', '"><script>.xlsx'),
        ("a" * 300 + ".xlsx", "a" * 195 + ".xlsx"), ("gnp.\u202excod.xlsx", "gnp.xcod.xlsx"),
        ("🎉.xlsx", "🎉.xlsx"), ("a\0b.xlsx", "ab.xlsx"), ("a\r\nb.xlsx", "ab.xlsx"), ("", "danh-sach"),
        ("..", "danh-sach"),
    ],
)  # fmt: skip
def test_r28_a_file_name_is_only_ever_shown(tmp_path: Path, sent: str, shown: str) -> None:
    assert shown_name(sent) == shown
    assert (
        judged(tmp_path, xlsx(PEOPLE), name=sent if sent.endswith(".xlsx") else "a.xlsx").done.accepted == 2
    )


@pytest.mark.parametrize(
    "text",
    [
        csv(PEOPLE, separator=";"), csv(PEOPLE, separator=","), csv(PEOPLE, separator="\t"),
        "sep=;\r\n" + csv(PEOPLE, separator=";"), "sep=|\n" + csv(PEOPLE, separator="|"),
    ],
)  # fmt: skip
def test_r29_the_separator_is_found(tmp_path: Path, text: str) -> None:
    found = judged(tmp_path, text, name="a.csv")
    assert found.done.accepted == 2


def test_r29_a_line_break_inside_a_cell_is_one_row_with_its_own_number(tmp_path: Path) -> None:
    text = csv(table([person(1, hamlet="Thôn 1\nxóm Đình"), person(2)]))
    found = judged(tmp_path, text, name="a.csv")
    assert found.values()["hamlet"] == "Thôn 1 xóm Đình"
    assert found.values(4)["number"] == "000176000002"


def test_r29_a_quote_that_is_never_closed_swallows_nobody(tmp_path: Path) -> None:
    people = [person(at) for at in range(1, 60)]
    text = csv(table(people)).replace("Thôn 1", '"Thôn 1', 1)
    found = judged(tmp_path, text, name="a.csv")
    assert found.done.accepted + found.done.rejected == 59


def test_r29_a_cell_of_two_megabytes_and_a_nul_are_refused_in_their_row(tmp_path: Path) -> None:
    text = csv(table([person(1, hamlet="x" * 2_000_000), person(2, hamlet="Thôn\0 1"), person(3)]))
    found = judged(tmp_path, text, name="a.csv")
    assert (found.errors(2), found.errors(3), found.errors(4)) == (["CELL_TOO_LONG"], ["CELL_NUL"], [])
    assert len(found.raw(2)["hamlet"]) < 2_000
    assert "\0" not in found.raw(3)["hamlet"]


EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def test_r30_the_antivirus_test_string_is_refused_wherever_it_lies(tmp_path: Path) -> None:
    assert refused(tmp_path, EICAR, name="a.csv") == "FILE_VIRUS"
    deep = csv(table([person(at) for at in range(1, 400)])).encode() + EICAR
    assert refused(tmp_path, deep, name="a.csv") == "FILE_VIRUS"
    assert refused(tmp_path, package(sheet_xml(PEOPLE), extra=[("xl/media/a.bin", EICAR)])) == "FILE_VIRUS"
    assert refused(tmp_path, compound({"Workbook": EICAR}), name="a.xls") == "FILE_VIRUS"
