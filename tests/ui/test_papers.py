# SPDX-License-Identifier: MPL-2.0
"""Official papers: every Vietnamese letter, values that are never markup, heads that repeat."""

from __future__ import annotations

import re
from typing import Any

import pytest
import typst

from ansinh.ui import paper

HEAD = {
    "agency_above": "UBND thành phố Hội An", "agency": "UBND xã Cẩm Thanh", "number": "12/BB-UBND",
    "place_day": "Cẩm Thanh, ngày 11 tháng 3 năm 2024", "title": "Biên bản", "subtitle": "Đối chiếu",
}  # fmt: skip
LIST = "ui/paper/list.typ"
LETTERS = (
    "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ₫"
    "AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬEÈÉẺẼẸÊỀẾỂỄỆIÌÍỈĨỊOÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢUÙÚỦŨỤƯỪỨỬỮỰYỲÝỶỸỴĐŎĬČ“”…–•"
)


def content(rows: int, text: str = "Nguyễn Thị Hoà") -> dict[str, Any]:
    return {"head": HEAD, "code": "BB-1", "heads": ["STT", "Họ và tên"], "widths": [1, 5],
            "rows": [[str(at), text] for at in range(1, rows + 1)],
            "sides": [{"title": "Công an xã", "name": "Lê Quang Ánh"}]}  # fmt: skip


def shapes(svg: str) -> list[str]:
    return re.findall(r'<use xlink:href="#(g[0-9A-F]+)"', svg)


def drawn(text: str) -> str:
    made = typst.compile(**paper._inputs(LIST, content(1, text)), format="svg")
    return (made[0] if isinstance(made, list) else made).decode()


def test_a_paper_is_a_pdf_with_the_font_inside() -> None:
    made = paper.pdf(template=LIST, data=content(3))
    assert made.startswith(b"%PDF-")
    assert b"Tinos" in made


def test_every_vietnamese_letter_has_its_own_shape() -> None:
    box = set(shapes(drawn("\u4e00"))) - set(shapes(drawn("a")))  # what a letter that the font lacks becomes
    assert len(box) == 1
    assert not box & set(shapes(drawn(LETTERS)))


@pytest.mark.parametrize(
    "text", ["#strong[Hoà]", "$x^2$", "*đậm* _nghiêng_", "<nhãn> @nhãn", "// chú thích", "\\"]
)
def test_a_value_prints_as_it_is_written(text: str) -> None:
    plain = len(shapes(drawn("x" * len(text.replace(" ", "")))))
    assert len(shapes(drawn(text))) == plain


def test_a_long_list_goes_over_pages_and_too_long_a_one_is_refused() -> None:
    assert paper.pages(template=LIST, data=content(10)) == 1
    assert paper.pages(template=LIST, data=content(200)) > 3
    with pytest.raises(paper.TooManyRowsError):
        paper.pdf(template=LIST, data=content(paper.MOST_ROWS + 1))


def test_a_list_without_widths_is_a_paper_too() -> None:
    bare = content(2) | {"widths": [], "sides": []}
    assert paper.pages(template=LIST, data=bare) == 1
