# SPDX-License-Identifier: MPL-2.0
"""Sentences about directives, tasks, difficulties and complaints."""

SENTENCES: dict[str, tuple[str, str]] = {
    "DOCUMENT_KNOWN": (
        "Văn bản số {number} đã được ghi. Mở văn bản đó.",
        "Document {number} is recorded already. Open it.",
    ),
    "STEERING_FILE_TOO_LARGE": (
        "Tệp lớn hơn {limit_mb} MB. Nén lại hoặc quét với độ phân giải thấp hơn.",
        "The file is larger than {limit_mb} MB. Compress it or scan it more coarsely.",
    ),
    "DIRECTIVE_ISSUED": (
        "Việc đã giao cho các đơn vị nên không thêm được. Ghi văn bản bổ sung.",
        "The directive is issued; nothing can be added. Record another document.",
    ),
    "DIRECTIVE_EMPTY": (
        "Chưa có việc nào, hoặc không có đơn vị nào nhận. Viết ít nhất một việc rồi giao.",
        "There is no order, or nobody to receive it. Write at least one and issue again.",
    ),
    "ORDER_DUE_BEFORE_ISSUE": (
        "Hạn {due} trước ngày văn bản {issued}. Sửa hạn.",
        "Due on {due}, before the document of {issued}. Change the day.",
    ),
    "ORDER_MEASURE_UNKNOWN": (
        "Phần mềm không đếm được “{measure}”. Chọn một cách đếm trong danh sách.",
        "Nothing counts “{measure}”. Choose one of the list.",
    ),
    "TASK_OFFICER_ELSEWHERE": (
        "{name} không giữ vai trò làm việc này ở {unit}. Chọn người khác hoặc đề nghị giao vai trò.",
        "{name} does not work on tasks of {unit}. Choose somebody else, or propose the role.",
    ),
    "TASK_REPORT_EMPTY": (
        "Ghi kết quả bằng lời; nếu ghi phần trăm thì từ 0 đến 100.",
        "Write the result in words; a percentage is from 0 to 100.",
    ),
    "TASK_NOBODY_BELOW": (
        "Không còn đơn vị trực thuộc nào của {unit} chưa được giao việc này.",
        "No unit below {unit} lacks this task.",
    ),
    "TASK_DUE_AFTER_OWN": (
        "Hạn {due} của cấp dưới sau hạn {own} của chính đơn vị. Chọn ngày sớm hơn.",
        "The units below would have until {due}, the unit itself until {own}. Choose an earlier day.",
    ),
    "TASK_NOTHING_TO_REMIND": (
        "Không có đơn vị nào cần nhắc: đã nhận đúng hạn, hoặc đã nhắc hôm nay.",
        "Nobody to remind: all are in time, or were reminded today.",
    ),
    "PLAN_ISSUED": (
        "Kế hoạch đã ban hành nên không sửa được. Ban hành văn bản thay thế.",
        "The plan is issued and cannot be changed. Issue another document.",
    ),
    "PLAN_CHANGED_MEANWHILE": (
        "Người khác vừa lưu kế hoạch này. Chép phần bạn viết, tải lại trang rồi dán vào.",
        "Somebody else saved this plan just now. Copy your words, reload the page and paste them.",
    ),
    "PLAN_INCOMPLETE": (
        "Kế hoạch còn thiếu: {lacks}. Bổ sung rồi ghi lại.",
        "The plan still lacks: {lacks}. Complete it and save again.",
    ),
    "DIFFICULTY_EMPTY": (
        "Ghi khó khăn và điều đơn vị đề nghị.",
        "Write the difficulty and what the unit asks for.",
    ),
    "DIFFICULTY_NOTHING_ABOVE": (
        "Đơn vị này không có cấp trên để gửi. Xử lý tại đây.",
        "There is nothing above this unit. Settle it here.",
    ),
    "DIFFICULTY_ANSWER_NOT_ISSUED": (
        "Trả lời này chưa ban hành nên chưa dùng được. Chọn hướng dẫn đã ban hành.",
        "This answer is not issued yet. Choose guidance that is.",
    ),
    "DIFFICULTY_NEEDS_REASON": (
        "Ghi lý do để cấp trên biết còn vướng gì.",
        "Write why, so that those above know what still stands in the way.",
    ),
    "ANSWER_EMPTY": (
        "Ghi tiêu đề, nội dung trả lời và chọn ít nhất một khó khăn.",
        "Write a title and the answer, and choose at least one difficulty.",
    ),
    "ANSWER_CITES_NOTHING": (
        "Ghi căn cứ của trả lời: văn bản, điều, khoản.",
        "Name the rule that the answer rests on: document, article, clause.",
    ),
    "ANSWER_OWN": (
        "Bạn đã soạn trả lời này nên người khác phải ban hành.",
        "You drafted this answer; somebody else has to issue it.",
    ),
    "ANSWER_NOT_WITH_DEPARTMENT": (
        "Các việc này không ở sở hoặc đã có trả lời: {numbers}. Bỏ chọn các việc đó.",
        "These are not with the department or have an answer: {numbers}. Leave them out.",
    ),
    "ANSWER_AUTHORITY_MISSING": (
        "Ghi cấp có thẩm quyền mà sở trình.",
        "Name the authority to which the department submits.",
    ),
    "COMPLAINT_EMPTY": (
        "Ghi lời người hưởng nói, ngắn gọn.",
        "Write what the person says, in short.",
    ),
    "COMPLAINT_NEEDS_ANSWER": (
        "Ghi nội dung trả lời bằng lời dễ hiểu.",
        "Write the answer in plain words.",
    ),
    "LOOKUP_CODE_UNREADABLE": (
        "Mã có 16 chữ và số, in thành bốn nhóm trên phiếu. Gõ lại cho đủ.",
        "A code has 16 letters and digits, printed in four groups. Type all of it.",
    ),
    "LOOKUP_CODE_UNKNOWN": (
        "Không có mã này. Xem lại phiếu hoặc hỏi Ủy ban nhân dân xã.",
        "There is no such code. Look at the slip again or ask the commune.",
    ),
    "LOOKUP_TOO_MANY": (
        "Đã tra cứu quá nhiều lần. Đợi {minutes} phút rồi thử lại.",
        "Too many look-ups. Wait {minutes} minutes and try again.",
    ),
    "REPORT_TOO_LONG": (
        "Báo cáo có {rows} dòng, một văn bản chứa được {most}. Tải .xlsx, hoặc lập theo từng thôn.",
        "The report has {rows} rows, one paper holds {most}. Take the .xlsx, or make it by hamlet.",
    ),
}
