# SPDX-License-Identifier: MPL-2.0
"""The treasury's list of recipients (Mẫu 20 since 2026): (1) STT, (2) recipient, (3) account and bank, (4)
amount; recipients of social protection stand under IV. And the withdrawal (Mẫu 13) that goes with it.
The detail sum, the list's total, the withdrawal and the amount in words are one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from ansinh.disbursement.items import Head, Item, Layout
from ansinh.disbursement.sheets import Sheet, write_sheet
from ansinh.disbursement.treasury_forms import form_on
from ansinh.rules.months import Month

# (type and group of spending by the budget's catalogue, what it is for)
SPENDING = {
    "merit": ("370-371", "Trợ cấp, phụ cấp người có công với cách mạng"),
    "assistance": ("370-398", "Trợ cấp bảo trợ xã hội, trợ cấp hưu trí xã hội"),
}
DOTS = "……………………"


def write(head: Head, items: Iterable[Item], out: BinaryIO) -> None:
    """The list of recipients as a workbook, ready to print on A4."""
    form = form_on(use="list", on=head.made_on, period=head.period)
    sheet = Sheet(
        name="Danh sách", title=head.reference,
        above=(
            form.title, form.name, f"Đơn vị giao dịch: {head.unit}. Mã ĐVQHNS: {DOTS}. Tài khoản: {DOTS}",
            f"Chi trả {Month.of(head.period).vi}. Kèm theo giấy rút dự toán/uỷ nhiệm chi số …… ngày ……",
            f"Mã danh sách: {head.reference}. Số người: {head.count}",
        ),
        headings=("STT", "Đối tượng thụ hưởng", "Số tài khoản, tên ngân hàng", "Số tiền", "Mã lệnh chi"),
        widths=(8, 38, 46, 18, 24), money=3, group=("IV", "Đối tượng khác"),
        signers=("Người lập", "Kế toán trưởng", "Thủ trưởng đơn vị"),
    )  # fmt: skip
    rows = (
        (item.place, item.holder, f"{item.account} – {item.bank_name}", item.amount_vnd, item.end_to_end_id)
        for item in items
    )
    write_sheet(sheet, rows=rows, total_vnd=head.sum_vnd, out=out)


def write_withdrawal(head: Head, *, cash: bool, payee: str, contract: str, out: BinaryIO) -> None:
    """The withdrawal of the budget for an envelope: an advance into the account of who pays cash, or the
    spending itself, transferred to those on the list. Codes that the unit knows are left to it."""
    form = form_on(use="withdrawal", on=head.made_on, period=head.period)
    group, purpose = SPENDING[head.stream]
    kind = "Thực chi □   Tạm ứng ☒" if cash else "Thực chi ☒   Tạm ứng □"
    recipient = f"Đơn vị nhận tiền: {payee or DOTS}. Tài khoản: {DOTS} tại: {DOTS}"
    list_form = form_on(use="list", on=head.made_on, period=head.period)
    sheet = Sheet(
        name="Giấy rút dự toán", title=f"{head.reference}-RDT",
        above=(
            form.title, f"{form.name}. Ký hiệu {form.symbol}. Số: {DOTS}",
            f"{kind}   Chuyển khoản ☒   Tiền mặt □   Tạm cấp □   Chính thức ☒",
            f"Đơn vị rút dự toán: {head.unit}. Mã ĐVQHNS: {DOTS}. Tài khoản: {DOTS} tại KBNN: {DOTS}",
            f"Mã CTMT, DA: {DOTS}. Năm ngân sách: {head.period.year}. Số hợp đồng: {contract or DOTS}",
        ),
        headings=("STT", "Nội dung thanh toán", "Mã NDKT", "Mã chương", "Mã ngành KT", "Mã nguồn NSNN",
                  "Số tiền"),
        widths=(6, 52, 12, 12, 14, 16, 20), money=6, landscape=True,
        below=(
            recipient if cash else f"Đơn vị nhận tiền: theo {list_form.name}, mã {head.reference} kèm theo",
            f"Kèm theo danh sách {head.reference}: {head.count} người, tổng số tiền bằng đúng số tiền rút.",
        ),
        signers=("Kế toán trưởng", "Thủ trưởng đơn vị", "", "Kho bạc Nhà nước"),
    )  # fmt: skip
    row = (1, f"{purpose}, {Month.of(head.period).vi}", "", "", group, "", head.sum_vnd)
    write_sheet(sheet, rows=[row], total_vnd=head.sum_vnd, out=out)


LAYOUTS = (
    Layout(
        code="treasury20",
        label="Kho bạc: danh sách thanh toán cho đối tượng thụ hưởng (.xlsx)",
        channels=frozenset({"account"}),
        suffix="xlsx",
        most_rows=20_000,
        write=write,
    ),
)
