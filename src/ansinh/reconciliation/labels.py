# SPDX-License-Identifier: MPL-2.0
"""What officers read at the desk."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: dict[str, Promise] = {
    "unknown_id": _("Mã lệnh chi không có trong hệ thống"),
    "amount_differs": _("Số tiền khác lệnh chi"),
    "account_differs": _("Tài khoản khác lệnh chi"),
    "holder_differs": _("Tên chủ tài khoản khác người nhận"),
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
FACTS: dict[str, Promise] = {
    "paid": _("đã chi"),
    "failed": _("không chi được"),
    "returned": _("đã trả về"),
}
OUTCOMES: dict[str, Promise] = {
    "applied": _("đã ghi"),
    "duplicate": _("trùng, bỏ qua"),
    "suspense": _("treo"),
    "malformed": _("không đọc được"),
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
ALARMS: dict[str, tuple[Promise, Promise, str]] = {
    "rows_missing": (
        _("Số dòng đã làm không đủ số dòng đã hứa"),
        _("Không gửi, không nhập thêm; báo người quản trị kèm tên tệp."),
        "stop",
    ),
    "stuck": (
        _("Tệp đang dở quá lâu"),
        _("Mở tệp xem còn thiếu bước nào; không gửi lại."),
        "stop",
    ),
    "job_stuck": (
        _("Việc nền bị hỏng hoặc kẹt"),
        _("Báo người quản trị xem lại “ansinh worker”."),
        "stop",
    ),
    "no_result": (
        _("Chưa có kết quả sau một ngày làm việc"),
        _("Hỏi bên chi theo mã tệp, xin tệp kết quả. Không gửi lại."),
        "wait",
    ),
    "no_result_late": (
        _("Chưa có kết quả sau ba ngày làm việc"),
        _("Gửi công văn cho bên chi, báo lãnh đạo. Không gửi lại."),
        "stop",
    ),
    "report_late": (
        _("Tổ chức chi trả chưa báo cáo từng dòng"),
        _("Yêu cầu báo cáo đã chi, chưa chi, nộp lại; nhập ở trang Kết quả chi trả."),
        "stop",
    ),
}
CHECKS: dict[str, tuple[Promise, str, Promise]] = {
    "placed": (_("Mọi khoản của kỳ đã có kết quả cuối"), "reconciliation:returns", _("Mở Trả về, chi lại")),
    "cases": (_("Không còn ngoại lệ"), "reconciliation:cases", _("Mở Ngoại lệ")),
    "suspense": (_("Không còn tiền treo"), "reconciliation:cases", _("Mở Ngoại lệ")),
    "files": (_("Không còn tệp kết quả bị giữ"), "reconciliation:files", _("Mở Kết quả chi trả")),
    "evidence": (_("Số đã chi trong sổ bằng số có chứng cứ"), "ledger:conservation", _("Mở Sổ cái")),
    "days": (_("Sao kê từng ngày nối liền nhau"), "reconciliation:files", _("Mở Kết quả chi trả")),
    "advance": (
        _("Tiền mặt chưa có người nhận đã nộp lại (không chặn khoá sổ)"),
        "disbursement:advance",
        _("Mở Tạm ứng tiền mặt"),
    ),
}
OFFICES: dict[str, Promise] = {
    "preparer": _("Cán bộ lập danh sách"),
    "commune_leader": _("Lãnh đạo UBND xã"),
    "police": _("Công an xã"),
    "accountant": _("Kế toán"),
    "bank_user": _("Ngân hàng"),
}
