# SPDX-License-Identifier: MPL-2.0
"""Sentences about rounds, answers of the population register and holds."""

SENTENCES: dict[str, tuple[str, str]] = {
    "ROUND_OPEN": (
        "Đơn vị này đang có đợt rà soát chưa ký xong. Hoàn thành đợt đó trước.",
        "This unit has a round that is not signed yet. Finish it first.",
    ),
    "ROUND_EMPTY": (
        "Đơn vị này chưa có ai trong danh sách. Nhập danh sách đối tượng trước.",
        "This unit has nobody in its register. Import its list first.",
    ),
    "ROUND_DIFFERENCES_LEFT": (
        "Còn {count} người chưa có kết quả hoặc sai lệch chưa giải quyết. Giải quyết xong mới ký được.",
        "{count} persons have no result or an open difference. Settle them before signing.",
    ),
    "ROUND_SIGNED_BY_YOU": (
        "Bạn đã ký đợt này. Bên kia ký bằng tài khoản của họ.",
        "You have signed this round. The other side signs with their own account.",
    ),
    "POPULATION_KEY_WRONG": (
        "Tệp không mở được bằng mật khẩu này. Gõ lại mật khẩu đã giao riêng.",
        "The file does not open with this password. Type the one that was handed over apart.",
    ),
    "POPULATION_NOT_IN_ROUND": (
        "Mã đối chiếu “{ref}” không có trong đợt này. Trả lời đúng tệp của đợt.",
        "The reference “{ref}” is not in this round. Answer with the round's own file.",
    ),
    "POPULATION_NEEDS_DAY": (
        "Kết quả “đã chết” cần ngày chết. Ghi ngày chết.",
        "The result “deceased” needs the day of death. Write it.",
    ),
    "POPULATION_NEEDS_PLACE": (
        "Kết quả “đã chuyển đi” cần nơi đến. Ghi nơi đến.",
        "The result “moved” needs the place. Write it.",
    ),
    "HOLD_NEEDS_REASON": (
        "Ghi căn cứ cho phép chi trả trở lại.",
        "Write the grounds on which payment may go on.",
    ),
    "ROUND_NO_UNIT": (
        "Đợt rà soát lập theo từng xã, phường; {name} không phải xã, phường.",
        "A round is made for one commune; {name} is not a commune.",
    ),
    "ROUND_DUE_PASSED": (
        "Hạn {due} đã qua. Chọn ngày sau hôm nay.",
        "The due date {due} has passed. Choose a day after today.",
    ),
    "ROUND_NEEDS_REASON": (
        "Ghi lý do hủy đợt rà soát.",
        "Write why the round is cancelled.",
    ),
    "ROUND_NEEDS_RECEIVER": (
        "Ghi tên, chức vụ người nhận danh sách bên công an.",
        "Write the name and post of the police officer who receives the list.",
    ),
    "ROUND_CONTENT_CHANGED": (
        "Nội dung đợt rà soát đã đổi sau khi bạn mở biên bản. Xem lại rồi ký.",
        "The round changed after you opened the minutes. Read them again, then sign.",
    ),
    "ROUND_SIDE_TAKEN": (
        "{who} đã ký cho bên này lúc {at}.",
        "{who} signed for this side at {at}.",
    ),
    "POPULATION_ANSWERED_MEANWHILE": (
        "{who} vừa trả lời cho người này lúc {at}: “{result}”. Xem kết quả đó; nếu vẫn khác, chọn lại.",
        "{who} has just answered for this person at {at}: “{result}”. Look at it; if yours still differs, choose again.",
    ),
    "POPULATION_MATCH_CONTRADICTS": (
        "Mã {reference} ghi “khớp” nhưng {field} lại khác hẳn hồ sơ. Ghi đúng loại sai lệch, hoặc bỏ trống ô đó.",
        "The reference {reference} says “matched” but gives a {field} that really differs. Name the difference, or leave the cell empty.",
    ),
    "POPULATION_NOTHING_TO_UNDO": (
        "Không còn câu trả lời nào của bạn để hoàn tác: quá {minutes} phút, hoặc đã được dùng tiếp.",
        "None of your answers can be taken back: over {minutes} minutes old, or used already.",
    ),
    "POPULATION_ONE_BY_ONE": (
        "Nhóm này là sai lệch thật nên phải xem từng người, không sửa hàng loạt.",
        "These are real differences: look at each person; they are not corrected all at once.",
    ),
    "POPULATION_NOBODY_LEFT": (
        "Không còn ai trong nhóm này để xử lý. Tải lại trang để xem ai vừa xử lý.",
        "Nobody is left in this group. Load the page again to see who settled them.",
    ),
    "POPULATION_KEEP_NEEDS_REASON": (
        "Ghi căn cứ giữ theo hồ sơ (giấy tờ nào, số, ngày).",
        "Write why the record stays as it is (which paper, number, date).",
    ),
    "POPULATION_SECOND_SAME": (
        "Bạn đã trả lời người này còn sống nên người khác phải xác nhận.",
        "You answered that this person lives; somebody else has to confirm it.",
    ),
    "POPULATION_SECOND_DONE": (
        "{who} đã xác nhận việc này lúc {at}.",
        "{who} decided this at {at}.",
    ),
    "POPULATION_REGISTER_SILENT": (
        "Hệ thống dân cư không trả lời sau {seconds} giây. Chưa ghi kết quả nào; chạy lại sau.",
        "The population register did not answer within {seconds} seconds. Nothing was written; try again later.",
    ),
    "POPULATION_REGISTER_STRANGE": (
        "Hệ thống dân cư trả lời khác định dạng đã thống nhất: {what}. Chưa ghi kết quả nào; báo đơn vị vận hành.",
        "The population register answered in another format than agreed: {what}. Nothing was written; tell its operator.",
    ),
    "HOLD_OWN_ANSWER": (
        "Bạn đã trả lời kết quả này nên người khác phải quyết định chi trả.",
        "You gave this answer; somebody else has to decide about payment.",
    ),
    "HOLD_DECEASED": (
        "Kết quả là “đã chết” nên không cho chi trả bằng quyết định này. Công an trả lời lại nếu người này còn sống, rồi người thứ hai xác nhận.",
        "The result is “deceased”, so this decision cannot let payment go on. If the person lives, the police answer again and a second person confirms.",
    ),
    "HOLD_NOT_HELD": (
        "Kết quả này không còn tạm giữ chi trả: đã có câu trả lời hoặc quyết định mới.",
        "This result holds nothing any more: there is a newer answer or decision.",
    ),
}
