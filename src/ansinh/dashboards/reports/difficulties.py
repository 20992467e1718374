# SPDX-License-Identifier: MPL-2.0
"""Difficulties of a month by category and unit, as they stood on a day."""

from __future__ import annotations

from ansinh.dashboards.reports.asked import Asked
from ansinh.directives.forms import CATEGORIES
from ansinh.directives.official import Report
from ansinh.directives.queries.difficulties import synthesis
from ansinh.places.queries import units_covered, with_history

HEADS = ("STT", "Loại", "Đơn vị", "Đã báo", "Đã trả lời", "Còn chờ", "Quá hạn", "Số ngày trả lời")


def report(asked: Asked) -> Report:
    """The synthesis that the department sends up (paragraph L3 of the letter)."""
    units = with_history(unit_ids={asked.unit.pk} | units_covered(unit_ids=[asked.unit.pk], on=asked.on))
    found = synthesis(month=asked.month, unit_ids=units, on=asked.on)
    sums = [sum(each) for each in zip(*((row.raised, row.answered, row.open, row.late) for row in found),
                                      strict=True)] or [0, 0, 0, 0]  # fmt: skip
    return Report(
        head=asked.head("Báo cáo tổng hợp khó khăn, vướng mắc",
                        f"({asked.month.vi}, số liệu đến ngày {asked.on:%d/%m/%Y})"),
        heads=HEADS,
        rows=[
            (
                at, str(CATEGORIES[row.category]), row.unit, row.raised, row.answered, row.open, row.late,
                "–" if row.days is None else row.days,
            )
            for at, row in enumerate(found, 1)
        ],
        widths=(1, 4, 4, 2, 2, 2, 2, 2), total=("", "Cộng", "", *sums, ""),
        signers=("NGƯỜI TỔNG HỢP", "THỦ TRƯỞNG ĐƠN VỊ"),
        receivers=("Ủy ban nhân dân cấp trên;", "Lưu: VT."), code=asked.code("TH"),
    )  # fmt: skip
