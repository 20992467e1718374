# SPDX-License-Identifier: MPL-2.0
"""Sentences about the ledger, instructions to pay, results and cash."""

SENTENCES: dict[str, tuple[str, str]] = {
    "OVER_BUDGET": (
        "Dự toán năm {year} nguồn {source} là {budget}, đã duyệt {spent}; không duyệt thêm {asked} được. "
        "Ghi quyết định giao bổ sung dự toán rồi làm lại.",
        "The {year} budget of {source} is {budget}, {spent} is approved; {asked} more is too much. "
        "Record the decision that adds to the budget, then try again.",
    ),
    "POSTING_REVERSED": (
        "Bút toán này đã được đảo một lần. Xem bút toán đảo trước khi làm tiếp.",
        "This posting was reversed once already. Look at the reversal first.",
    ),
    "MONTH_CLOSED": (
        "Kỳ kế toán {month} đã khoá sổ. Ghi vào kỳ đang mở và dẫn chiếu kỳ này.",
        "The accounting month {month} is closed. Book in the open month and refer to this one.",
    ),
    "SUSPENSE_OPEN": (
        "Còn {count} khoản treo, tổng {amount}, nên chưa khoá sổ {month} được. Xử lý từng khoản ở trang Ngoại lệ.",
        "{count} items, {amount} in all, still hang in suspense, so {month} cannot be closed. Settle each at the "
        "exception desk.",
    ),
    "END_TO_END_ID_WRONG": (
        "“{text}” không phải mã lệnh chi của An Sinh (sai chữ số kiểm tra hoặc thiếu ký tự). Xem lại dòng gốc.",
        "“{text}” is no end-to-end id of ours (a check digit is wrong or characters are missing). Look at the line.",
    ),
}
