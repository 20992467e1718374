# SPDX-License-Identifier: MPL-2.0
"""The progress report that the letter of 29 February 2024 asks units for."""

from __future__ import annotations

from ansinh.dashboards import queries
from ansinh.dashboards.reports.asked import Asked, percent
from ansinh.directives.official import Report

HEADS = ("STT", "Đơn vị", "Tổng số người hưởng", "Đủ điều kiện mở tài khoản", "Nhận qua tài khoản",
         "% tổng số", "% đủ điều kiện", "Còn thiếu để đạt chỉ tiêu")  # fmt: skip


def report(asked: Asked) -> Report:
    """Both percentages by unit, against the target."""
    below = [each.pk for each in asked.below()]
    rows = queries.ranking(unit_ids=below, month=asked.month, on=asked.on)
    whole = queries.of_unit(unit_id=asked.unit.pk, month=asked.month, on=asked.on)
    return Report(
        head=asked.head("Báo cáo tiến độ chi trả an sinh xã hội không dùng tiền mặt",
                        f"({asked.month.vi}, số liệu đến ngày {asked.on:%d/%m/%Y})"),
        heads=HEADS,
        rows=[(at, row.name, *_cells(row.figures)) for at, row in
              enumerate(sorted(rows, key=lambda each: below.index(each.unit_id)), 1)],
        widths=(1, 5, 2, 2, 2, 2, 2, 3),
        intro=(f"Chỉ tiêu: {queries.TARGET_PERCENT}% tổng số người hưởng nhận qua tài khoản.",),
        total=("", "Cộng", *_cells(whole)),
        signers=("NGƯỜI LẬP BIỂU", "TM. ỦY BAN NHÂN DÂN"),
        receivers=("Như trên;", "Lưu: VT."),
        code=asked.code("TĐ"), landscape=True,
    )  # fmt: skip


def _cells(figures: queries.Figures) -> tuple[int | str, ...]:
    return (
        figures.people, figures.eligible, figures.a, percent(figures.of_all), percent(figures.of_eligible),
        figures.left,
    )  # fmt: skip
