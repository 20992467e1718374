# SPDX-License-Identifier: MPL-2.0
"""The table of targets as a workbook: the same figures as on the page."""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter

from ansinh.outreach.models import GROUPS
from ansinh.outreach.queries import Part

HEADS = ("Đơn vị", "Tổng số", "Đủ điều kiện", "Có tài khoản", "Đã đăng ký",
         *(f"Nhóm {name}" for name in GROUPS))  # fmt: skip


def as_workbook(*, title: str, parts: Sequence[Part]) -> bytes:
    """One row a part; names are text whatever they look like."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    page = book.add_worksheet("Chỉ tiêu")
    bold = book.add_format({"bold": True})
    page.write_string(0, 0, title, bold)
    for at, head in enumerate(HEADS):
        page.write_string(2, at, head, bold)
    for row, part in enumerate(parts, 3):
        each = part.standing
        page.write_string(row, 0, part.name)
        figures = (each.beneficiaries, each.eligible, each.with_account, each.registered,
                   *(each.groups[name] for name in GROUPS))  # fmt: skip
        for at, figure in enumerate(figures, 1):
            page.write_number(row, at, figure)
    page.set_column(0, 0, 34)
    book.close()
    return out.getvalue()
