# SPDX-License-Identifier: MPL-2.0
"""What was paid out of what the treasury advanced: per stream, unit by unit, to turn an advance into
spending and to carry or give back the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ansinh.dashboards import money
from ansinh.dashboards.reports.asked import Asked
from ansinh.directives.official import Cell, Report
from ansinh.rules.money import in_words_vi

NEW_FORMS = 2026  # budget year: NĐ 347/2025/NĐ-CP; before it NĐ 11/2020/NĐ-CP
STREAMS = {"merit": "Người có công", "assistance": "Bảo trợ xã hội"}
HEADS = ("STT", "Đơn vị", "Nguồn", "Được duyệt (đồng)", "Đã chi qua tài khoản", "Đã chi tiền mặt",
         "Bị trả lại, chưa nhận", "Chuyển kỳ sau", "Đã nộp trả", "Còn chờ kết quả")  # fmt: skip


def report(asked: Asked) -> Report:
    """Approved = paid + came back + carried + refunded + waiting, on each row and in the total."""
    below = asked.below()
    ids = [each.pk for each in below]
    found = money.settled(unit_ids=ids, month=asked.month, on=asked.on)
    granted = money.approved(unit_ids=ids, month=asked.month, on=asked.on)
    rows: list[Sequence[Cell]] = []
    for unit in below:
        for stream, label in STREAMS.items():
            whole = sum(each.sum_vnd for each in granted if (each.unit_id, each.stream) == (unit.pk, stream))
            mine = [each for each in found if (each.unit_id, each.stream) == (unit.pk, stream)]
            if whole or mine:
                rows.append((len(rows) + 1, unit.name, label, whole, *split(whole, mine)))
    sums = [sum(int(row[at]) for row in rows) for at in range(3, len(HEADS))]
    spent = sums[1] + sums[2]
    new = asked.month.year >= NEW_FORMS
    return Report(
        head=asked.head("Bảng kê kinh phí đã chi trả cho đối tượng thụ hưởng",
                        f"({asked.month.vi}, số liệu đến ngày {asked.on:%d/%m/%Y})"),
        form="Kèm Mẫu số 10 (C2-03/NS), NĐ 347/2025/NĐ-CP" if new
        else "Theo Mẫu số 10 Phụ lục II, NĐ 11/2020/NĐ-CP",
        heads=HEADS, rows=rows, widths=(1, 4, 3, 4, 4, 4, 3, 3, 3, 3), total=("", "Cộng", "", *sums),
        intro=("Mã số ĐVQHNS: ………… Tài khoản dự toán: ………… Kèm theo giấy đề nghị thanh toán tạm ứng số"
               " ……… ngày ………",),
        outro=(f"Số tiền đề nghị thanh toán tạm ứng bằng chữ: {in_words_vi(spent)}.",),
        signers=("NGƯỜI LẬP", "KẾ TOÁN TRƯỞNG", "THỦ TRƯỞNG ĐƠN VỊ"), code=asked.code("KB"), landscape=True,
    )  # fmt: skip


def split(approved_vnd: int, found: Iterable[money.Settled]) -> tuple[int, ...]:
    """(by account, in cash, came back, carried, refunded, waiting): together what was approved."""
    by_account = in_cash = back = carried = refunded = 0
    for each in found:
        if each.bucket == "arrived" and each.in_cash:
            in_cash += each.sum_vnd
        elif each.bucket == "arrived":
            by_account += each.sum_vnd
        elif each.bucket == "returned":
            back += each.sum_vnd
        elif each.bucket == "carried":
            carried += each.sum_vnd
        elif each.bucket == "refunded":
            refunded += each.sum_vnd
    waiting = approved_vnd - by_account - in_cash - back - carried - refunded
    return by_account, in_cash, back, carried, refunded, waiting
