# SPDX-License-Identifier: MPL-2.0
"""PDF, .docx and .xlsx of one paper say the same, in the layout of the decree."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from django.urls import reverse
from docx import Document

from ansinh.directives import official
from ansinh.directives.actions import difficulties, plans
from ansinh.directives.models import Directive
from ansinh.directives.official import Head, Report, Words
from ansinh.staff.models import Officer
from tests.conftest import units
from tests.directives.conftest import AT, ON
from tests.staff.test_every_address_declares_its_permission import signed_in

HEAD = Head(
    "UBND tỉnh", "Ủy ban nhân dân Cẩm Thanh", "12/BC", "Cẩm Thanh", date(2024, 3, 5), "Báo cáo", "(3/2024)"
)
REPORT = Report(
    HEAD, ("STT", "Đơn vị", "Số người"), [(1, "Xã =1+1 <b>#strong[x]</b>", 1234567), (2, "Phường Ái", 0)],
    (1, 4, 2), outro=("Cộng: 1.234.567",),
)  # fmt: skip


def test_the_editable_document_has_every_cell_and_the_head_of_the_decree() -> None:
    made = Document(io.BytesIO(official.report_docx(REPORT)))
    head, table, signatures = made.tables
    texts = [cell.text for row in head.rows for cell in row.cells]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc" in texts
    assert "Cẩm Thanh, ngày 05 tháng 03 năm 2024" in texts
    assert [[cell.text for cell in row.cells] for row in table.rows][1:] == [
        ["1", "Xã =1+1 <b>#strong[x]</b>", "1.234.567"], ["2", "Phường Ái", "0"],
    ]  # fmt: skip
    assert "THỦ TRƯỞNG ĐƠN VỊ" in signatures.rows[0].cells[1].text


def test_the_workbook_keeps_numbers_as_numbers_and_texts_as_texts() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(official.report_xlsx(REPORT))).active
    assert sheet is not None
    found = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=8, max_row=9)]
    assert [row[:3] for row in found] == [[1, "Xã =1+1 <b>#strong[x]</b>", 1234567], [2, "Phường Ái", 0]]


@pytest.mark.parametrize("landscape", [False, True])
def test_the_paper_is_a_pdf_with_embedded_fonts(landscape: bool) -> None:
    report = Report(HEAD, REPORT.heads, REPORT.rows, REPORT.widths, landscape=landscape)
    made = official.report_pdf(report)
    assert made.startswith(b"%PDF-")
    assert b"Tinos" in made


def test_a_plan_leaves_as_a_document_to_edit_and_as_a_paper(
    cast: dict[str, Officer], issued: Directive
) -> None:
    commune, by = units()[0], cast["lap-danh-sach"]
    plans.write_plan(
        directive_id=issued.pk, unit_id=commune.pk, dated_on=ON, version=0, by=by, at=AT,
        sections=[("I. MỤC ĐÍCH", "Chi đúng người"), ("II. NỘI DUNG", "1. Rà soát\n2. Chi trả")],
    )  # fmt: skip
    client, address = signed_in(by), reverse("directives:download_plan", args=[issued.pk, commune.pk])
    made = Document(io.BytesIO(client.get(address, {"dang": "docx"}).content))
    lines = [paragraph.text for paragraph in made.paragraphs]
    assert "I. MỤC ĐÍCH" in lines
    assert "2. Chi trả" in lines
    assert client.get(address, {"dang": "pdf"}).content.startswith(b"%PDF-")
    assert client.get(address, {"dang": "exe"}).status_code == 404
    page = client.get(reverse("directives:plan", args=[issued.pk, commune.pk])).content.decode()
    assert "Chi đúng người" in page


def test_the_words_of_a_plan_are_never_markup() -> None:
    words = Words(HEAD, [("#strong[I]", "= không phải đề mục\n$x$ #let a = 1")], "Chủ tịch", "Trần Văn Đức")
    assert official.words_pdf(words).startswith(b"%PDF-")
    assert official.words_docx(words)[:2] == b"PK"


@pytest.mark.parametrize(("kind", "start"), [("xlsx", b"PK"), ("docx", b"PK"), ("pdf", b"%PDF-")])
def test_the_synthesis_leaves_in_three_formats(cast: dict[str, Officer], kind: str, start: bytes) -> None:
    difficulties.raise_difficulty(
        unit=units()[0], category="data", words="Thiếu số định danh", asks_for="Hướng dẫn",
        by=cast["lap-danh-sach"], at=AT, on=ON,
    )  # fmt: skip
    client = signed_in(cast["lap-danh-sach"])
    page = client.get(reverse("directives:synthesis"), {"thang": "03/2024"}).content.decode()
    address = reverse("dashboards:report", args=["kho-khan"])
    assert f"{address}?thang=03/2024" in page
    answer = client.get(address, {"thang": "03/2024", "ngay": "31/03/2024", "dang": kind})
    assert answer.content.startswith(start)
    assert client.get(reverse("directives:synthesis"), {"thang": "13/2024"}).status_code == 422
