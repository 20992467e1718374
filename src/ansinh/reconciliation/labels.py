# SPDX-License-Identifier: MPL-2.0
"""What officers read at the desk."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: dict[str, Promise] = {
    "unknown_id": _("Mã lệnh chi không có trong hệ thống"),
    "amount_differs": _("Số tiền khác lệnh chi"),
    "account_differs": _("Tài khoản khác lệnh chi"),
    "future_date": _("Ngày giao dịch ở tương lai"),
    "contradiction": _("Mâu thuẫn với kết quả trước"),
    "paid_after_replaced": _("Ngân hàng báo đã chi sau khi đã chi lại: có thể chi hai lần"),
    "not_sent": _("Kết quả của lệnh chưa gửi"),
    "cancelled": _("Kết quả của lệnh đã huỷ"),
    "malformed": _("Dòng không đọc được"),
}
REMEDIES: dict[str, Promise] = {
    "confirm_paid": _("Xác nhận đã chi"),
    "confirm_failed": _("Xác nhận không chi được"),
    "confirm_returned": _("Xác nhận tiền đã trả về"),
    "ask_bank": _("Chưa rõ, hỏi ngân hàng"),
    "explained": _("Đã giải thích, không đổi gì"),
}
HELD: dict[str, Promise] = {
    "count_differs": _("Số dòng khác số khai ở cuối tệp"),
    "sum_differs": _("Tổng tiền khác số khai ở cuối tệp"),
    "control_differs": _("Số người hoặc tổng tiền khác số bạn ghi từ giấy"),
    "no_trailer": _("Tệp thiếu dòng tổng ở cuối: có thể bị cắt"),
    "cut": _("Tệp bị cắt giữa chừng"),
    "balance": _("Số dư đầu, phát sinh và số dư cuối không khớp"),
}
FILES: dict[str, tuple[Promise, str]] = {
    "received": (_("Đã nhận"), "wait"),
    "held": (_("Bị giữ"), "stop"),
    "applied": (_("Đã ghi"), "ok"),
    "discarded": (_("Đã bỏ"), "note"),
}
CASES: dict[str, tuple[Promise, str]] = {
    "open": (_("Chờ xử lý"), "stop"),
    "proposed": (_("Chờ hai người duyệt"), "wait"),
    "settled": (_("Đã xử lý"), "ok"),
}
OFFICES: dict[str, Promise] = {
    "preparer": _("Cán bộ lập danh sách"),
    "commune_leader": _("Lãnh đạo UBND xã"),
    "police": _("Công an xã"),
    "accountant": _("Kế toán"),
    "bank_user": _("Ngân hàng"),
}
