# SPDX-License-Identifier: MPL-2.0
"""Sentences about payees: accounts, mandates, review rounds, cases."""

SENTENCES: dict[str, tuple[str, str]] = {
    "INSIDER_KNOWN": (
        "{name} đã có trong danh sách này của xã.",
        "{name} is on this list of the commune already.",
    ),
    "INSIDER_RELATIVE_OF_WHOM": (
        "Ghi rõ là người thân của ai, quan hệ thế nào, ví dụ: con của trưởng thôn 2.",
        "Say whose relative this is and how, for example: child of the head of hamlet 2.",
    ),
    "ACCOUNT_CHANGED_MEANWHILE": (
        "Người khác vừa xử lý tài khoản này. Mở lại trang để xem việc họ đã làm.",
        "Somebody else has just dealt with this account. Open the page again to see what they did.",
    ),
    "PAYEE_OWN_PROPOSAL": (
        "Bạn đã lập đề nghị này nên người khác phải quyết định.",
        "You made this proposal; somebody else has to decide it.",
    ),
    "PAYEE_NEEDS_REASON": (
        "Ghi lý do để người lập biết phải làm gì tiếp.",
        "Write the reason, so that the maker knows what to do next.",
    ),
    "ACCOUNT_WAITS": (
        "{name} đang có một tài khoản chờ kiểm tra. Kiểm tra xong hoặc rút tài khoản đó trước.",
        "{name} has an account that waits for its checks. Finish or withdraw it first.",
    ),
    "ACCOUNT_IS_THIS": (
        "Tài khoản đang dùng chính là tài khoản này ({bank}, 4 số cuối {last4}). Không có gì để đổi.",
        "The account on file is this very one ({bank}, last 4 digits {last4}). There is nothing to change.",
    ),
    "PAYEE_NEEDS_REPRESENTATIVE": (
        "{name} dưới 15 tuổi hoặc không đủ năng lực hành vi nên không tự đứng tên tài khoản."
        " Lập người giám hộ hoặc người đại diện trước.",
        "{name} is under 15 or without full capacity and cannot hold an account alone."
        " Record a guardian or representative first.",
    ),
    "ACCOUNT_MANDATE_NOT_HELD": (
        "Giấy uỷ quyền hoặc giám hộ đi kèm không còn hiệu lực hoặc của người khác. Mở hồ sơ để xem.",
        "The mandate behind this account does not hold or is somebody else's. Open the record to see.",
    ),
    "ACCOUNT_HOLDER_NEEDS_REASON": (
        "Ghi căn cứ: đã xem giấy tờ nào, gọi cho ai để biết hai tên là một người hay không.",
        "Write the grounds: which paper you saw or whom you called to know whether the names are one person.",
    ),
    "MANDATE_PROXY_NEEDS_CAPACITY": (
        "{name} dưới 15 tuổi hoặc không đủ năng lực hành vi nên không uỷ quyền được. Chọn người giám hộ"
        " hoặc người đại diện.",
        "{name} is under 15 or without full capacity and authorises nobody. Choose a guardian or"
        " representative.",
    ),
    "MANDATE_PAYEE_TOO_YOUNG": (
        "{name} chưa đủ 15 tuổi nên không nhận thay được. Chọn người khác.",
        "{name} is under 15 and cannot receive for others. Choose somebody else.",
    ),
    "MANDATE_PAYEE_IS_THEMSELF": (
        "Người nhận thay chính là người hưởng. Không cần giấy uỷ quyền.",
        "The payee is the beneficiary. No mandate is needed.",
    ),
    "MANDATE_PAYEE_NUMBER_NEEDED": (
        "Ghi số định danh của người nhận thay.",
        "Write the citizen number of the payee.",
    ),
    "MANDATE_DATES_WRONG": (
        "Ngày hết hạn {ends} không sau ngày bắt đầu {starts}. Việc đại diện cho người chưa thành niên hết"
        " vào ngày tròn 18 tuổi.",
        "The end {ends} is not after the start {starts}. Standing in for a minor ends on the 18th birthday.",
    ),
    "MANDATE_OVERLAPS": (
        "{name} đã có người nhận thay cho khoản này trong những tháng đó. Chấm dứt giấy cũ trước.",
        "{name} has a payee for this award in those months already. End that mandate first.",
    ),
    "MANDATE_PROXY_CAP": (
        "{name} đang nhận thay cho {count} người; một người nhận thay cho nhiều nhất {cap} người."
        " Chọn người khác.",
        "{name} receives for {count} persons already; one person receives for at most {cap}."
        " Choose somebody else.",
    ),
    "MANDATE_AWARD_NOT_HELD": (
        "Có khoản hưởng trong giấy không thuộc người này. Chọn lại khoản.",
        "An award of the mandate is not this person's. Choose the awards again.",
    ),
    "REVIEW_OPEN": (
        "{unit} đang có đợt rà soát chưa đóng. Làm tiếp hoặc đóng đợt đó trước.",
        "{unit} has a review that is not closed. Go on with it or close it first.",
    ),
    "REVIEW_EMPTY": (
        "Xã chưa có ai đang hưởng trong tháng này. Nhập danh sách đối tượng trước.",
        "Nobody in the commune has an award this month. Import its list first.",
    ),
    "REVIEW_UNSETTLED": (
        "Còn {count} người chưa xong. Mỗi người phải có tài khoản đã bàn giao, phiếu từ chối, hoặc nhận"
        " tiền mặt kèm lý do.",
        "{count} persons are not settled. Each needs an account handed over, a refusal slip, or cash with a"
        " reason.",
    ),
    "REVIEW_NOTHING_TO_HAND_OVER": (
        "Chưa có ai vừa kiểm tra xong vừa được duyệt tài khoản. Duyệt tài khoản đã kiểm tra trước.",
        "Nobody is both checked and approved yet. Approve the checked accounts first.",
    ),
    "PLACE_CHANGED": (
        "{who} vừa ghi cho người này lúc {at}. Xem phần họ ghi bên cạnh phần của bạn rồi chọn.",
        "{who} has just written about this person at {at}. Look at theirs beside yours, then choose.",
    ),
    "PLACE_REASON_NEEDED": (
        "Ghi lý do cụ thể. Người không đăng ký tài khoản phải có xác nhận và lý do.",
        "Write the specific reason. Whoever does not register an account has it confirmed with a reason.",
    ),
    "PLACE_VISIT_IN_FUTURE": (
        "Ngày {on} sau hôm nay. Ghi ngày đã gặp.",
        "The day {on} is after today. Write the day of the visit.",
    ),
    "PAPER_TOO_LARGE": (
        "Tệp lớn hơn {limit}. Quét lại ở 200 dpi, đen trắng.",
        "The file is larger than {limit}. Scan it again at 200 dpi, black and white.",
    ),
    "PAPER_NOT_A_SCAN": (
        "“{name}” không phải tệp PDF, JPEG hay PNG. Quét hoặc chụp lại giấy rồi gắn.",
        "“{name}” is neither PDF nor JPEG nor PNG. Scan or photograph the paper and attach that.",
    ),
    "CASE_OUTCOME_NEEDED": (
        "Chọn kết luận: gian lận, cán bộ nhầm, người dân nhầm, hoặc đúng quy định.",
        "Choose the outcome: fraud, an official's error, the client's error, or legitimate.",
    ),
    "CASE_OTHER_UNIT_DECIDES": (
        "Việc này liên quan đến cán bộ nên đơn vị khác phải kết luận. Chuyển cho sở.",
        "This is about an officer, so another unit has to decide it. Hand it to the department.",
    ),
    "ENQUIRY_FILE_UNREADABLE": (
        "Không đọc được dòng {line} của tệp trả lời. Gửi lại đúng tệp đã xuất, giữ nguyên dòng tiêu đề và các cột.",
        "Line {line} of the answers cannot be read. Send back the very file, with its header and columns.",
    ),
    "ENQUIRY_NOTHING_TO_ASK": (
        "Không có tài khoản nào của {bank} đang chờ hỏi tên chủ. Xác nhận nhân thân trước.",
        "No account of {bank} waits for its holder's name. Confirm identities first.",
    ),
    "ENQUIRY_OTHER_ROUND": (
        "Mã “{reference}” không có trong đợt hỏi này. Chọn đúng tệp trả lời của đợt.",
        "The reference “{reference}” is not in this round. Choose the round's own answers.",
    ),
    "ENQUIRY_INCOMPLETE": (
        "Tệp thiếu trả lời cho {count} tài khoản. Hỏi lại ngân hàng rồi nhập tệp đầy đủ.",
        "The file leaves {count} accounts unanswered. Ask the bank again and import the full file.",
    ),
}
