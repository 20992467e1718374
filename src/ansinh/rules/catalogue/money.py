# SPDX-License-Identifier: MPL-2.0
"""Sentences about the ledger, instructions to pay, results and cash."""

SENTENCES: dict[str, tuple[str, str]] = {
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
    # --- instructions and envelopes ------------------------------------------------------------
    "PAYROLL_NOT_LOCKED": (
        "Bảng chi đang ở trạng thái “{state}”. Chỉ bảng chi đã khoá mới lập lệnh chi được.",
        "The payroll is “{state}”. Only a locked payroll is paid.",
    ),
    "INSTRUCTED_ALREADY": (
        "Bảng chi này đã lập lệnh chi. Mở trang Chi trả để xem, không lập lần hai.",
        "This payroll has its instructions already. See them on the board; they are not made twice.",
    ),
    "NOBODY_TO_PAY": (
        "Không có dòng nào chi được trong bảng chi này nên không ai được chi. Xem các dòng đang giữ.",
        "No line of this payroll can be paid, so nobody is. Look at the lines that are held.",
    ),
    "SPLIT_CHANGED": (
        "Số người hoặc số tiền theo kênh không còn như bạn đã xem. Xem lại bảng phân kênh rồi xác nhận.",
        "People or sums by channel are not what you were shown. Look at the split again, then confirm.",
    ),
    "INSTRUCTIONS_DO_NOT_ADD_UP": (
        "Có {lines} dòng chi, lệnh chi chỉ gồm {linked} dòng; tổng {sum} đ so với {instructed} đ. Chưa lập gì; báo "
        "người quản trị.",
        "There are {lines} payable lines and the instructions hold {linked}; {sum} đ against {instructed} đ. Nothing "
        "was made; tell the administrator.",
    ),
    "INSTRUCTIONS_MOVED": (
        "{asked} lệnh chi được chọn nhưng chỉ {moved} lệnh còn ở trạng thái cho phép “{event}”. Chưa đổi gì; tải lại "
        "trang rồi làm lại.",
        "{asked} instructions were chosen and {moved} may still “{event}”. Nothing changed; load the page again.",
    ),
    "LAYOUT_UNKNOWN": (
        "Không có mẫu tệp “{text}”. Các mẫu có: {known}.",
        "There is no layout “{text}”. The layouts: {known}.",
    ),
    "CHANNEL_TEXT_TOO_LONG": (
        "Người số {place}: nội dung cột “{column}” dài quá {most} ký tự nên ngân hàng không nhận. Rút gọn trong hồ sơ.",
        "Number {place}: the value of “{column}” is longer than the {most} characters that the bank takes. Shorten it.",
    ),
    "NO_CONTRACT_IN_FORCE": (
        "Không tổ chức chi trả nào có hợp đồng đang hiệu lực ở xã này cho kênh của “{layout}”. Ký hợp đồng hoặc"
        " chuyển người hưởng sang kênh khác.",
        "No payer has a contract in force here for the channel of “{layout}”. Sign one, or move people to"
        " another channel.",
    ),
    "NOTHING_TO_ENCLOSE": (
        "Không còn lệnh chi nào vào được tệp “{layout}”: đã vào tệp khác, đang giữ, hoặc thuộc kênh khác.",
        "No instruction can go into “{layout}” now: they are in another file, held, or of another channel.",
    ),
    "ENCLOSED_ELSEWHERE": (
        "Người khác vừa đưa các lệnh chi này vào tệp. Tải lại trang để xem tệp của họ.",
        "Somebody just put these instructions into a file. Load the page again to see it.",
    ),
    "ENVELOPE_MUST_NOT_LEAVE": (
        "Tệp có lệnh chi không được gửi: {lines}. Huỷ tệp này rồi lập tệp mới không có các lệnh đó.",
        "The file holds instructions that must not leave: {lines}. Cancel it and build another without them.",
    ),
    "ENVELOPE_FILE_DIFFERS": (
        "Tệp {reference} trong kho không đúng tệp đã được hai người duyệt nên không gửi. Huỷ tệp, lập lại và báo người "
        "quản trị.",
        "The stored file {reference} is not the one that two persons approved, so it is not sent. Cancel it, build it "
        "again, and tell the administrator.",
    ),
    "DISPATCH_OUTDATED": (
        "Lần gửi này của tệp {reference} đã bị lần gửi sau thay thế nên không gửi gì. Xem trạng thái hiện tại của tệp.",
        "This dispatch of {reference} was replaced by a later one and sends nothing. Look at the file's present state.",
    ),
    "INSTRUCTION_LEFT": (
        "Lệnh chi đã đi (trạng thái “{state}”) nên không giữ hay huỷ được. Chờ kết quả của ngân hàng.",
        "The instruction has left (“{state}”) and can be neither held nor cancelled. Wait for the bank's result.",
    ),
    "NO_PAYEE_NOW": (
        "Hiện chưa có nơi nhận tiền dùng được ({why}). Xác minh lại tài khoản hoặc người nhận trước khi chi lại.",
        "There is no usable way to pay now ({why}). Verify the account or the payee before paying again.",
    ),
    "REISSUED_ALREADY": (
        "Lệnh chi {end_to_end_id} đã được chi lại một lần. Xem lệnh thay thế.",
        "The instruction {end_to_end_id} was paid again once already. See the one that replaced it.",
    ),
    "SAME_ACCOUNT_AGAIN": (
        "Tài khoản đuôi {last4} vừa bị trả về. Xác nhận tài khoản khác hoặc chi tiền mặt.",
        "The account ending in {last4} just sent the money back. Confirm another, or pay in cash.",
    ),
    # --- results -------------------------------------------------------------------------------
    "RESULT_FORM_UNKNOWN": (
        "Chưa có cách đọc loại tệp “{text}”. Các loại đọc được: {known}.",
        "There is no reader of “{text}”. Those there are: {known}.",
    ),
    "RESULT_NONE_OURS": (
        "Không dòng nào của “{name}” mang mã lệnh chi của hệ thống (AS và 18 chữ số). Kiểm tra cột “Mã giao"
        " dịch” trên trang ghép cột.",
        "No row of “{name}” names an instruction of this system (AS and 18 digits). Check the column of"
        " references on the mapping page.",
    ),
    "RESULT_TWO_STREAMS": (
        "“{name}” có cả lệnh chi ưu đãi người có công và lệnh chi trợ cấp xã hội. Tách thành hai tệp.",
        "“{name}” has instructions of merit payments and of social assistance. Split it in two.",
    ),
    "RESULT_FILE_TOO_LARGE": (
        "Tệp lớn hơn {most} MB. Xin ngân hàng tách tệp rồi nhập từng phần.",
        "The file is larger than {most} MB. Ask the bank to split it.",
    ),
    "RESULT_NOT_THIS_FORM": (
        "Tệp này không phải loại “{form}” nên chưa nhập gì. Chọn đúng loại tệp, hoặc mở tệp xem có đúng tệp cần nhập.",
        "This is no file of the form “{form}”; nothing was taken in. Choose its form, or look whether it is the right one.",
    ),
    "REMEDY_UNKNOWN": (
        "Không xử lý ngoại lệ này bằng “{text}” được. Các cách: {known}.",
        "“{text}” is no remedy for this case. The remedies: {known}.",
    ),
    "EVIDENCE_MISSING": (
        "Ghi căn cứ (số công văn, sao kê, người trả lời và giờ) rồi đề nghị lại.",
        "Write down the evidence (letter, statement, who answered and when), then propose again.",
    ),
    "CASE_OPEN": (
        "Lệnh chi này có ngoại lệ chưa xử lý nên chưa chi lại được. Xử lý ngoại lệ trước.",
        "A case about this instruction is open, so it is not paid again yet. Settle the case first.",
    ),
    "MONTH_NOT_PLACED": (
        "Chưa khoá sổ {month} được vì còn tiền chưa có kết quả cuối: {states}. Xử lý từng khoản rồi khoá lại.",
        "{month} cannot be closed: money without a final result is left: {states}. Settle each, then close.",
    ),
    # --- cash ----------------------------------------------------------------------------------
    "CASH_PAID_ALREADY": (
        "Khoản này đã được nhận lúc {at}. Không chi nữa; giải thích cho người đến nhận và cho xem giấy ký nhận.",
        "This was collected at {at}. Hand out nothing; explain, and show the signed list.",
    ),
    "CASH_NOT_WITH_AGENT": (
        "Khoản này đang ở trạng thái “{state}”, chưa có tiền tại điểm chi. Không chi; hỏi người lập danh sách.",
        "This payment is “{state}”; its money is not at the pay point. Hand out nothing and ask who made the list.",
    ),
    "CASH_RECEIPT_MISSING": (
        "Chọn cách ký nhận (chữ ký, điểm chỉ, ảnh) và ghi tên người giám sát trước khi chi.",
        "Choose the receipt (signature, thumb-print, photo) and name the supervisor before handing out.",
    ),
}
