# SPDX-License-Identifier: MPL-2.0
"""Sentences about cash: the pay day, lists entered afterwards, limits, counts, advances."""

SENTENCES: dict[str, tuple[str, str]] = {
    "CASH_PAID_ELSEWHERE": (
        "Khoản này đang hoặc đã chi bằng lệnh khác ({end_to_end_id}). Không đưa tiền; hỏi người lập danh sách.",
        "This money goes, or went, by another instruction ({end_to_end_id}). Hand out nothing; ask who made the list.",
    ),
    "CASH_PAYEE_DIED": (
        "{name} đã được ghi là đã chết nên không ai nhận khoản này. Ghi “chưa đến nhận” và báo công an xã.",
        "{name} is recorded as dead, so nobody collects this. Mark “did not come” and tell the police.",
    ),
    "CASH_PROXY_NOT_VALID": (
        "Giấy uỷ quyền của {name} đã hết hiệu lực hoặc bị huỷ. Không đưa tiền; mời người hưởng đến, hoặc làm giấy mới.",
        "The mandate of {name} has ended or was revoked. Hand out nothing; the beneficiary comes, or a new one is made.",
    ),
    "CASH_PROXY_PAPER_MISSING": (
        "{name} nhận thay: xem giấy uỷ quyền và căn cước, rồi ghi số giấy trước khi đưa tiền.",
        "{name} collects for another: look at the mandate and the card, then write its number before handing out.",
    ),
    "CASH_DOUBTFUL": (
        "Chưa đưa khoản này: {why}. Hỏi kế toán trước khi chi.",
        "Do not hand this out yet: {why}. Ask the accountant first.",
    ),
    "CASH_PHOTO_MISSING": (
        "Chọn “Ảnh” thì chụp hoặc chọn ảnh người nhận cầm phiếu rồi ghi lại.",
        "With “Photo” take or choose the picture of the payee with the slip, then mark again.",
    ),
    "CASH_OTHER_PERIOD": (
        "Khoản của {month} đã qua kỳ nên không chuyển sang tiền mặt. Chuyển sang kỳ sau, bảng chi kỳ sau sẽ có khoản này.",
        "{month} is over, so this does not go to cash. Carry it forward; the next payroll will hold it.",
    ),
    "CASH_OVER_LIMIT": (
        "Chưa cho chi: tiền mặt tại xã sẽ vượt hạn mức ({places}). Nộp lại hoặc quyết toán danh sách cũ trước.",
        "Not released: cash in the commune would pass its limit ({places}). Bring back or settle the older lists first.",
    ),
    "CASH_LIMIT_KNOWN": (
        "Xã này đã có hạn mức bắt đầu từ {day}. Chọn ngày khác cho quyết định mới.",
        "This commune has a limit from {day} already. Choose another day for the new decision.",
    ),
    "CASH_COUNT_NEEDS_NOTE": (
        "Sổ còn {expected}, bạn đếm được {counted}. Đếm lại; nếu đúng thì ghi rõ lý do lệch.",
        "The book says {expected} and you counted {counted}. Count again; if it is right, write why they differ.",
    ),
    "CASH_BACK_TOO_MUCH": (
        "Số tiền chưa có người nhận còn phải nộp lại là {owed}. Ghi đúng số trên chứng từ nộp tiền.",
        "What was not collected and is still to be brought back is {owed}. Write the amount on the slip.",
    ),
    "CASH_BACK_KNOWN": (
        "Chứng từ {document} đã nhập trước đây, không nhập lần hai.",
        "The document {document} was entered before; it is not entered twice.",
    ),
    "CASH_PAPER_KIND": (
        "Chọn loại giấy tờ trong danh sách: danh sách ký nhận, chứng từ, biên bản hoặc khác.",
        "Choose the kind of paper from the list: signed list, voucher, minutes or other.",
    ),
    "PAY_DAY_TOTALS_DIFFER": (
        "Bạn đánh dấu {ticked} nhưng danh sách ký ghi {said}. Chưa ghi gì; dò lại từng dòng rồi ghi.",
        "You ticked {ticked} and the signed list says {said}. Nothing was entered; go through the lines again.",
    ),
    "PAY_DAY_LINES_MOVED": (
        "Những dòng này không còn chờ chi hoặc được đánh dấu hai cách: {lines}. Chưa ghi gì; tải lại trang rồi dò lại.",
        "These lines no longer wait, or are ticked both ways: {lines}. Nothing was entered; load the page again.",
    ),
    "PAY_DAY_DATE": (
        "Ngày chi {day} phải từ ngày giao tiền đến hôm nay. Xem lại ngày trên danh sách ký.",
        "The pay day {day} is between the day the money was handed over and today. Look at the signed list.",
    ),
    "PAY_DAY_SUPERVISOR": (
        "Ghi tên người giám sát đã ký trên danh sách.",
        "Write the name of the supervisor who signed the list.",
    ),
    "COMPLAINT_PAYMENT_UNKNOWN": (
        "Không có khoản chi mang mã “{text}” của người hưởng này tại xã. Xem lại mã trên phiếu hoặc giấy báo; không có thì "
        "để trống.",
        "No payment with the code “{text}” belongs to this person in this commune. Look at the slip again; leave it empty "
        "if there is none.",
    ),
    "SNAPSHOT_DIFFERS": (
        "Số tài khoản mở ra của lệnh {end_to_end_id} không phải tài khoản đã duyệt. Không lập tệp; báo người quản trị.",
        "The account that {end_to_end_id} opens to is not the one that was approved. No file is made; tell the "
        "administrator.",
    ),
}
