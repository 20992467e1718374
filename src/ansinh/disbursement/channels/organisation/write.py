# SPDX-License-Identifier: MPL-2.0
"""The list of a pay day: by hamlet, with sums, room for a signature or thumb-print, the id of the
instruction, and two empty columns for the organisation's report, which is this list back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from ansinh.disbursement.items import Head, Item, Layout
from ansinh.disbursement.sheets import Sheet, write_sheet
from ansinh.rules.months import Month

PLACES = {"pay_point": "tại điểm chi trả", "home": "tại nhà", "institution": "tại cơ sở"}


def write(head: Head, items: Iterable[Item], out: BinaryIO) -> None:
    """The list as a workbook for A4 landscape."""
    sheet = Sheet(
        name="Ký nhận", title=head.reference,
        above=(
            f"DANH SÁCH CHI TRẢ BẰNG TIỀN MẶT {Month.of(head.period).vi.upper()}",
            f"{head.unit}. Mã danh sách: {head.reference}. Số người: {head.count}",
            "Báo cáo trước ngày 20: ghi “Đã nhận”, “Chưa nhận” hoặc “Trả lại” ở cột Kết quả rồi gửi lại tệp.",
        ),
        headings=("STT", "Họ và tên người hưởng", "Người nhận (nếu nhận thay)", "Thôn, tổ", "Số tiền",
                  "Ký nhận, điểm chỉ", "Mã lệnh chi", "Kết quả", "Lý do"),
        widths=(6, 28, 28, 24, 14, 20, 24, 12, 20), money=4, landscape=True,
        signers=("Người lập", "Người chi tiền", "Người giám sát"),
    )  # fmt: skip
    rows = (
        (
            item.place, item.person, "" if item.payee == item.person else item.payee,
            f"{item.hamlet} ({PLACES.get(item.channel, '')})", item.amount_vnd, "", item.end_to_end_id, "",
            "",
        )
        for item in items
    )  # fmt: skip
    write_sheet(sheet, rows=rows, total_vnd=head.sum_vnd, out=out)


LAYOUTS = (
    Layout(
        code="organisation",
        label="Tổ chức chi trả: danh sách ký nhận tiền mặt (.xlsx)",
        channels=frozenset({"pay_point", "home", "institution"}),
        suffix="xlsx",
        most_rows=20_000,
        write=write,
        by_contract=True,
    ),
)
