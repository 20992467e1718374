# SPDX-License-Identifier: MPL-2.0
"""The settlement with each payer: what it got, what arrived, what came back, what it owes an answer for,
and its fee."""

from __future__ import annotations

from ansinh.dashboards.performance import performed
from ansinh.dashboards.reports.asked import Asked
from ansinh.directives.official import Report
from ansinh.rules.money import in_words_vi

FEES = "Phí tính trên số tiền đã chi theo tỷ lệ của hợp đồng; người hưởng không chịu khoản phí nào."
HEADS = ("STT", "Tổ chức chi trả, hợp đồng", "Số khoản", "Số tiền đã giao (đồng)", "Đã chi (đồng)",
         "Trả lại, chưa nhận (đồng)", "Chưa báo kết quả (đồng)", "Đúng hạn (khoản)",
         "Phí (đồng)")  # fmt: skip


def report(asked: Asked) -> Report:
    """Given = arrived + came back + not reported, on each row."""
    found = performed(unit_ids=[asked.unit.pk], month=asked.month, on=asked.on)
    rows = [
        (
            at,
            f"{each.contract.provider.name}, hợp đồng {each.contract.number}" if each.contract
            else "Đơn vị tự chi, không qua hợp đồng",
            each.payments, each.sum_vnd, each.arrived_vnd, each.returned_vnd, each.unreported_vnd,
            each.on_time, each.fee_vnd,
        )
        for at, each in enumerate(found, 1)
    ]  # fmt: skip
    sums = [sum(int(row[at]) for row in rows) for at in range(2, len(HEADS))]
    return Report(
        head=asked.head("Biên bản quyết toán với tổ chức chi trả",
                        f"({asked.month.vi}, số liệu đến ngày {asked.on:%d/%m/%Y})"),
        heads=HEADS, rows=rows, widths=(1, 6, 2, 4, 4, 4, 4, 2, 3), total=("", "Cộng", *sums),
        intro=(FEES,),
        outro=(f"Phí phải trả bằng chữ: {in_words_vi(sums[-1])}.",),
        signers=("ĐẠI DIỆN TỔ CHỨC CHI TRẢ", "KẾ TOÁN TRƯỞNG", "THỦ TRƯỞNG ĐƠN VỊ"), code=asked.code("QT"),
        landscape=True,
    )  # fmt: skip
