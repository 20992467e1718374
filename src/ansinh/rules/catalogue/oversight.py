# SPDX-License-Identifier: MPL-2.0
"""Sentences of looking from outside."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "SEED_TOO_SHORT": (
        "Câu rút mẫu cần ít nhất {least} ký tự, để không ai đoán thử được. Ghi một câu dài hơn.",
        "The seed needs {least} characters at least, so that nobody can try them all. Write a longer one.",
    ),
    "SEED_PUBLISHED": (
        "Tháng {month} đã công bố câu rút mẫu; câu đã công bố thì không đổi.",
        "Month {month} has its seed; what was published is not changed.",
    ),
    "SEED_MISSING": (
        "Tháng {month} chưa công bố câu rút mẫu. Công bố trước khi khoá bảng chi.",
        "No seed was published for {month}. Publish it before the payroll is locked.",
    ),
    "SEED_TOO_LATE": (
        "Câu rút mẫu được công bố sau khi khoá bảng chi nên không dùng được: có thể đã chọn để tránh ai đó."
        " Công bố câu của tháng sau ngay bây giờ.",
        "The seed was published after the lock, so it could have been chosen to spare somebody. Publish next"
        " month's now.",
    ),
    "DRAW_NEEDS_LOCK": (
        "Chỉ rút mẫu từ bảng chi đã khoá. Đợi bảng chi khoá xong.",
        "A sample is drawn of a locked payroll only. Wait for the lock.",
    ),
    "DRAWN_ALREADY": (
        "Bảng chi này đã rút mẫu. Mở mẫu đã rút.",
        "This payroll's sample was drawn. Open it.",
    ),
    "VISIT_FINDING_NEEDED": (
        "Chưa chọn kết quả. Chọn một dòng đúng với điều đã thấy.",
        "No finding was chosen. Choose the line that says what was seen.",
    ),
    "VISIT_NEEDS_NOTE": (
        "Ghi điều đã thấy: ai kể, giấy tờ nào, vì sao sửa.",
        "Write down what was seen: who told it, which paper, why it is changed.",
    ),
    "VISIT_BY_ANOTHER_UNIT": (
        "Bạn có vai trò ở xã này hoặc đã lập bảng chi này. Người của đơn vị khác đến gặp.",
        "You hold a role in this commune or made this payroll. Somebody of another unit visits.",
    ),
    "VISIT_IN_FUTURE": (
        "Ngày đến gặp chưa tới. Ghi ngày đã đến.",
        "The day of the visit has not come. Write the day of the visit.",
    ),
    "VISIT_CHANGED": (
        "Người khác vừa ghi lượt này. Mở lại để xem.",
        "Somebody recorded this visit a moment ago. Open it again.",
    ),
    "CHARGE_NEEDS_REASON": (
        "Ghi lý do giao người này hoặc lùi hạn.",
        "Write why this officer, or why later.",
    ),
    "CHARGE_NOT_THEIRS": (
        "Người này không có nhiệm vụ kết luận nghi vấn của xã đó. Chọn người khác.",
        "This officer has no duty to decide cases of that commune. Choose another.",
    ),
    "CASE_DECIDED": (
        "Nghi vấn này đã có kết luận.",
        "This case has its outcome.",
    ),
    "CHARGE_IN_PAST": (
        "Hạn đã qua. Chọn một ngày từ hôm nay trở đi.",
        "The day has passed. Choose a day from today on.",
    ),
}
