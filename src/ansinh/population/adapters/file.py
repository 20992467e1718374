# SPDX-License-Identifier: MPL-2.0
"""The file between the commune's officer and the commune police: a workbook with a column for each
answer, locked with a password that is told apart."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import xlsxwriter

from ansinh.population.adapters import Asked, RegisterSilent, Sent
from ansinh.rules.dates import PartialDate
from ansinh.vault.protected_workbook import new_password, protect

ASKED_HEADS = (
    "STT",
    "Mã đối chiếu",
    "Số định danh cá nhân",
    "Họ và tên",
    "Ngày, tháng, năm sinh",
    "Giới tính",
)
ANSWER_HEADS = ("Kết quả đối chiếu", "Họ và tên đúng", "Ngày sinh đúng", "Giới tính đúng",
                "Số định danh đúng", "Ngày chết", "Nơi đến", "Ghi chú")  # fmt: skip
RESULTS = ("khớp", "sai họ tên", "sai ngày sinh", "sai giới tính", "sai số định danh", "trùng", "đã chết",
           "không tìm thấy", "đã chuyển đi")  # fmt: skip
SEX = {"male": "Nam", "female": "Nữ", "": ""}
WIDTHS = (6, 16, 18, 28, 20, 10, 20, 26, 14, 12, 18, 14, 24, 24)


class FileRegister:
    """Hands over a locked workbook; answers come back by file or on the police's queue, later."""

    name = "file"

    def send(self, *, title: str, asked: Sequence[Asked]) -> Sent:
        """The locked workbook and its password."""
        password = new_password()
        return Sent(protect(_workbook(title, asked), password=password), password)

    def answers(self, *, asked: Sequence[Asked]) -> Iterator[dict[str, Any]]:
        """A file answers when somebody brings it back, never at once."""
        raise RegisterSilent(seconds=0)


def _workbook(title: str, asked: Sequence[Asked]) -> bytes:
    """Values are written as text: no name becomes a formula, no number loses its zero."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False,
                                        "strings_to_numbers": False, "strings_to_urls": False})  # fmt: skip
    text = book.add_format({"num_format": "@"})
    head = book.add_format({"bold": True, "text_wrap": True, "border": 1, "bg_color": "#DBE7FB"})
    wanted = book.add_format({"bold": True, "text_wrap": True, "border": 1, "bg_color": "#FFE9B8"})
    sheet = book.add_worksheet("Đối chiếu")
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 13}))
    sheet.write_string(1, 0, f"Ghi kết quả vào các cột màu vàng: {', '.join(RESULTS)}.")
    for at, label in enumerate((*ASKED_HEADS, *ANSWER_HEADS)):
        sheet.write_string(3, at, label, head if at < len(ASKED_HEADS) else wanted)
        sheet.set_column(at, at, WIDTHS[at], text)
    for row, each in enumerate(asked, 4):
        born = PartialDate.parse(each.born)
        spelled = born.vi if born.precision == "day" else born.vi.removeprefix("năm ").removeprefix("tháng ")
        values = (str(each.position), each.reference, each.number, each.name, spelled, SEX[each.sex])
        for at, value in enumerate(values):
            sheet.write_string(row, at, value, text)
    if asked:
        rule = {"validate": "list", "source": list(RESULTS), "error_title": "Kết quả đối chiếu",
                "error_message": "Chọn một kết quả trong danh sách."}  # fmt: skip
        sheet.data_validation(4, len(ASKED_HEADS), 3 + len(asked), len(ASKED_HEADS), rule)
    sheet.freeze_panes(4, 4)
    book.close()
    return target.getvalue()
