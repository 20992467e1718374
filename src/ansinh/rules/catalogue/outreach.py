# SPDX-License-Identifier: MPL-2.0
"""Sentences of campaigns, visits, sheets, messages and targets."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "CAMPAIGN_NEEDS_GROUPS": (
        "Chưa chọn nhóm nào để vận động. Chọn ít nhất một nhóm từ A đến F.",
        "No group is chosen. Choose at least one of the groups A to F.",
    ),
    "CAMPAIGN_NAME_TAKEN": (
        "Xã đã có đợt vận động tên “{name}”. Đặt tên khác, ví dụ thêm tháng.",
        "The commune has a campaign called “{name}”. Choose another name, perhaps with the month.",
    ),
    "CAMPAIGN_DATES_BACKWARDS": (
        "Đợt vận động kết thúc ngày {ends}, trước ngày bắt đầu {starts}. Đổi lại hai ngày.",
        "The campaign ends on {ends}, before it starts on {starts}. Correct one of the two.",
    ),
    "CAMPAIGN_EMPTY": (
        "Xã không có ai thuộc nhóm {groups}. Chọn nhóm khác, hoặc nhập danh sách đối tượng trước.",
        "Nobody in the commune belongs to {groups}. Choose other groups, or import the list first.",
    ),
    "CAMPAIGN_NOT_RUNNING": (
        "Đợt “{name}” chưa bắt đầu hoặc đã kết thúc. Bắt đầu đợt, hoặc lập đợt mới.",
        "The campaign “{name}” has not started or has ended. Start it, or plan another.",
    ),
    "OPENING_DAY_TAKEN": (
        "{bank} đã có ngày mở tài khoản {on} tại xã này. Chọn ngày khác.",
        "{bank} opens accounts in this commune on {on} already. Choose another day.",
    ),
    "OPENING_DAY_OUTSIDE": (
        "Ngày {on} nằm ngoài đợt vận động ({starts} – {ends}). Chọn ngày trong đợt.",
        "{on} lies outside the campaign ({starts} – {ends}). Choose a day within it.",
    ),
    "VISIT_CHANGED": (
        "Người khác vừa ghi một lượt gặp ngày {on} ({outcome}). Xem lại rồi ghi nếu vẫn cần.",
        "Somebody has just written down a visit on {on} ({outcome}). Look, then write if it is still needed.",
    ),
    "VISIT_IN_FUTURE": (
        "Ngày gặp {on} chưa đến. Ghi ngày đã gặp.",
        "{on} has not come yet. Write the day of the visit.",
    ),
    "VISIT_REFUSAL_NEEDS_REASON": (
        "Người hưởng từ chối: chọn ít nhất một lý do. Từ chối là quyền, nhưng phải ghi lý do.",
        "The person refuses: choose at least one reason. Refusing is a right, and its reason is kept.",
    ),
    "SHEET_OUTCOME": (
        "Kết quả “{text}” không có trong phiếu. Ghi một trong: {known}.",
        "“{text}” is not a result of the sheet. Write one of: {known}.",
    ),
    "SHEET_REASONS": (
        "Lý do “{text}” đọc không được. Ghi các số từ 1 đến {last}, cách nhau bằng dấu phẩy.",
        "The reasons “{text}” cannot be read. Write numbers from 1 to {last}, with commas.",
    ),
    "SHEET_LACKS_DAY": (
        "Dòng có kết quả mà chưa có ngày gặp. Ghi ngày/tháng/năm.",
        "The line has a result and no day of the visit. Write day/month/year.",
    ),
    "SHEET_LACKS_BANK": (
        "Số tài khoản phải đi cùng tên ngân hàng hoặc ví. Ghi đủ cả hai.",
        "An account number goes with the name of its bank or wallet. Write both.",
    ),
    "SHEET_REFERENCE_UNKNOWN": (
        "Mã phiếu “{reference}” không thuộc đợt vận động này. Xem lại cột Mã phiếu.",
        "The reference “{reference}” is not of this campaign. Look at the first column again.",
    ),
    "MESSAGE_HOLDS_LINK": (
        "Tin nhắn có đường dẫn “{text}”. Tin gửi người hưởng không bao giờ có đường dẫn: bỏ đi.",
        "The message holds the address “{text}”. Messages to beneficiaries never do: take it out.",
    ),
    "MESSAGE_HOLDS_CODE": (
        "Tin nhắn có dãy số dài “{text}”. Chỉ ghi bốn số cuối; không gửi mã, số tài khoản, số định danh.",
        "The message holds a long number “{text}”. Write the last four digits only; never send codes.",
    ),
    "MESSAGE_TOO_LONG": (
        "Tin nhắn dài {length} ký tự, nhiều hơn {limit}. Viết ngắn lại.",
        "The message has {length} characters, more than {limit}. Make it shorter.",
    ),
    "NOTICE_ADAPTER_UNKNOWN": (
        "Không có cách gửi tên “{name}”. Chọn một trong: {known}.",
        "There is no way of sending called “{name}”. Choose one of: {known}.",
    ),
    "NOTICE_ADAPTER_NOT_SET": (
        "Cách gửi {name} chưa có địa chỉ. Đặt {setting} rồi khởi động lại.",
        "The way of sending {name} has no address. Set {setting} and start again.",
    ),
    "NOTICE_ANSWERED": (
        "Tin này đã gửi được, không gửi lại. Muốn nhắn thêm thì soạn tin mới.",
        "This message has been sent and is not sent again. Write a new one to say more.",
    ),
    "FIGURES_FROZEN": (
        "Số liệu {month} đã chốt lúc {at}. Số đã chốt không đổi.",
        "The figures of {month} were frozen at {at}. Frozen figures do not change.",
    ),
    "MONTH_NOT_OVER": (
        "{month} chưa hết nên chưa chốt được số liệu. Chốt từ ngày {on}.",
        "{month} is not over, so its figures are not frozen yet. Freeze them from {on} on.",
    ),
}
