# SPDX-License-Identifier: MPL-2.0
"""Messages as one list in a sealed file: an officer fetches it and hands it to the commune's operator,
or prints it as letters. Writing the file is sending, as far as this house can know."""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter

from ansinh.outreach.notices.adapter import Answer, Message
from ansinh.vault import store

COLUMNS = (("STT", 6), ("Số điện thoại", 16), ("Cách báo", 10), ("Nội dung", 110))
WAYS = {"zalo": "Zalo", "sms": "Tin nhắn", "call": "Gọi điện", "paper": "Thư giấy", "": "Tin nhắn"}


def as_list(messages: Sequence[Message]) -> bytes:
    """The list as .xlsx; every cell is text."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    page = book.add_worksheet("Tin gửi người hưởng")
    wrap = book.add_format({"text_wrap": True, "num_format": "@"})
    for at, (label, width) in enumerate(COLUMNS):
        page.set_column(at, at, width)
        page.write_string(0, at, label, book.add_format({"bold": True}))
    for row, each in enumerate(messages, 1):
        for at, text in enumerate((str(row), each.phone, WAYS.get(each.way, each.way), each.text)):
            page.write_string(row, at, text, wrap)
    book.close()
    return out.getvalue()


class FileAdapter:
    """Keeps the list in the sealed store; its hash is in each sending."""

    name = "file"

    def send(self, messages: Sequence[Message]) -> list[Answer]:
        """One file for all of them. A person without a phone is told on paper."""
        if not messages:
            return []
        sha256 = store.put(as_list(messages))
        return [Answer(each.notice_id, "sent", sha256.hex()) for each in messages]
