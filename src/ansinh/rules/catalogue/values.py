# SPDX-License-Identifier: MPL-2.0
"""Sentences about single values: months, dates, money, names, numbers, accounts."""

SENTENCES: dict[str, tuple[str, str]] = {
    # --- months, dates -------------------------------------------------------------------------
    "MONTH_NOT_UNDERSTOOD": (
        "“{text}” không phải là tháng. Ghi dạng 08/2024 hoặc 2024-08.",
        "“{text}” is not a month. Write 08/2024 or 2024-08.",
    ),
    "DATE_NOT_UNDERSTOOD": (
        "“{text}” không phải là ngày. Ghi theo ngày/tháng/năm, ví dụ 05/03/1950.",
        "“{text}” is not a date. Write day/month/year, for example 05/03/1950.",
    ),
    "DATE_NO_SUCH_MONTH": (
        "Ngày ghi {text}: không có tháng {month}. Ghi theo ngày/tháng/năm.",
        "The date says {text}: there is no month {month}. Write day/month/year.",
    ),
    "DATE_NO_SUCH_DAY": (
        "Ngày ghi {text}: tháng {month}/{year} không có ngày {day}. Xem lại giấy tờ gốc.",
        "The date says {text}: {month}/{year} has no day {day}. Look at the original paper.",
    ),
    "DATE_TWO_DIGIT_YEAR": (
        "Năm trong “{text}” chỉ có hai chữ số. Ghi đủ bốn chữ số của năm.",
        "The year in “{text}” has two digits. Write all four digits of the year.",
    ),
    "DATE_OUT_OF_RANGE": (
        "Năm {year} nằm ngoài khoảng {oldest}–{newest}. Xem lại năm.",
        "The year {year} lies outside {oldest}–{newest}. Look at the year again.",
    ),
    "DATE_LUNAR_OR_ABOUT": (
        "“{text}” là ngày âm lịch hoặc ước chừng. Ghi ngày dương lịch, hoặc chỉ năm sinh.",
        "“{text}” is a lunar or approximate date. Write the solar date, or the year alone.",
    ),
    "DATE_NOT_WHOLE": (
        "“{text}” thiếu ngày hoặc tháng. Chỗ này cần đủ ngày/tháng/năm.",
        "“{text}” lacks the day or the month. A whole date is needed here.",
    ),
    "PERIOD_BACKWARDS": (
        "Ngày kết thúc {end} không sau ngày bắt đầu {start}. Đổi lại hai ngày.",
        "The end {end} is not after the start {start}. Correct one of the two.",
    ),
    # --- money ---------------------------------------------------------------------------------
    "AMOUNT_NOT_UNDERSTOOD": (
        "“{text}” không phải là số tiền. Ghi số đồng, ví dụ 500.000.",
        "“{text}” is not an amount. Write whole đồng, for example 500.000.",
    ),
    "AMOUNT_AMBIGUOUS": (
        "“{text}” đọc được theo hai cách. Ghi đủ số đồng, ví dụ 500.000.",
        "“{text}” can be read in two ways. Write the whole amount, for example 500.000.",
    ),
    "AMOUNT_NOT_WHOLE": (
        "“{text}” có phần lẻ của đồng. Số tiền là số đồng nguyên.",
        "“{text}” has a fraction of a đồng. Amounts are whole đồng.",
    ),
    "AMOUNT_NOT_POSITIVE": (
        "Số tiền “{text}” không lớn hơn 0. Muốn dừng chi trả thì lập đề nghị dừng.",
        "The amount “{text}” is not above 0. To stop a payment, propose a stop.",
    ),
    "AMOUNT_TOO_LARGE": (
        "Số tiền {amount} lớn hơn mức cho phép {limit}. Xem lại số chữ số 0.",
        "The amount {amount} is above the limit {limit}. Count the zeros again.",
    ),
    # --- names ---------------------------------------------------------------------------------
    "NAME_EMPTY": (
        "Chưa có họ tên. Ghi họ tên như trên thẻ căn cước.",
        "There is no name. Write it as on the identity card.",
    ),
    "NAME_TOO_LONG": (
        "Họ tên dài {length} ký tự, nhiều hơn {limit}. Xem lại ô họ tên.",
        "The name has {length} characters, more than {limit}. Look at the name cell.",
    ),
    "NAME_FOREIGN_LETTER": (
        "Ký tự không thuộc tiếng Việt: ‘{letter}’ ({code_point}). Gõ lại họ tên.",
        "A letter that is not Vietnamese: ‘{letter}’ ({code_point}). Type the name again.",
    ),
    "NAME_UNREADABLE": (
        "Họ tên “{text}” mất dấu do sai bảng mã. Mở tệp gốc và lưu lại bằng Unicode.",
        "The name “{text}” lost its letters to an encoding error. Save the file as Unicode.",
    ),
    "NAME_LEGACY_FONT": (
        "Họ tên “{text}” viết bằng phông {encoding}. Có thể là “{proposal}”: xác nhận trước.",
        "The name “{text}” is typed in {encoding}. It may be “{proposal}”: confirm it first.",
    ),
    "NAME_HOLDS_MORE": (
        "Ô họ tên “{text}” có thêm thứ khác ngoài họ tên. Tách “{proposal}” ra ô riêng.",
        "The name cell “{text}” holds more than a name. Move “{proposal}” to a cell of its own.",
    ),
    # --- citizen numbers -----------------------------------------------------------------------
    "CITIZEN_NUMBER_EMPTY": (
        "Chưa có số định danh cá nhân. Ghi đủ 12 chữ số trên thẻ căn cước.",
        "There is no citizen number. Write the 12 digits of the identity card.",
    ),
    "CITIZEN_NUMBER_LENGTH": (
        "Số định danh phải có 12 chữ số, dòng này có {length}. Có thể Excel đã bỏ số 0 ở đầu.",
        "A citizen number has 12 digits, this one {length}. Excel may have dropped a leading 0.",
    ),
    "CITIZEN_NUMBER_LETTERS": (
        "Số định danh “{text}” có ký tự không phải chữ số. Gõ lại đủ 12 chữ số.",
        "The citizen number “{text}” holds something else than digits. Type the 12 digits.",
    ),
    "CITIZEN_NUMBER_ROUNDED": (
        "Excel đã làm tròn số định danh thành “{text}”. Định dạng cột là Văn bản rồi gõ lại.",
        "Excel rounded the citizen number to “{text}”. Format the column as Text; type it again.",
    ),
    "CITIZEN_NUMBER_PLACE": (
        "Số định danh bắt đầu bằng {place}: không có mã tỉnh này. Xem lại thẻ căn cước.",
        "The citizen number begins with {place}: no province has this code. Look at the card.",
    ),
    "CITIZEN_NUMBER_IMPOSSIBLE": (
        "Số định danh {masked} không thể có thật. Xem lại thẻ căn cước.",
        "The citizen number {masked} cannot be a real one. Look at the card.",
    ),
    "CITIZEN_NUMBER_OLD": (
        "Đây là số CMND 9 chữ số. Giữ làm giấy tờ cũ; cần thêm số định danh 12 chữ số để chi trả.",
        "This is an old 9-digit number. It is kept; the 12-digit number is needed for payment.",
    ),
    # --- accounts and banks --------------------------------------------------------------------
    "ACCOUNT_EMPTY": (
        "Chưa có số tài khoản. Ghi số tài khoản, hoặc chọn nhận tiền mặt.",
        "There is no account number. Write it, or choose payment in cash.",
    ),
    "ACCOUNT_DIGITS_LOST": (
        "Số tài khoản “{text}” lưu dạng số nên Excel đã làm mất các số cuối. "
        "Định dạng cột là Văn bản (Text) rồi gõ lại.",
        "The account “{text}” was stored as a number and Excel lost its last digits. "
        "Format the column as Text and type it again.",
    ),
    "ACCOUNT_LENGTH": (
        "Số tài khoản của {bank} có {expected} ký tự, số này có {length}. Hỏi lại người nhận.",
        "An account of {bank} has {expected} characters, this one {length}. Ask the payee again.",
    ),
    "ACCOUNT_LETTERS": (
        "Số tài khoản “{text}” có ký tự lạ. Chỉ ghi chữ số, hoặc chữ không dấu của số tự chọn.",
        "The account “{text}” holds strange characters. Write digits, or plain letters.",
    ),
    "ACCOUNT_IS_CARD": (
        "Đây là số thẻ, không phải số tài khoản. Xem số tài khoản trong ứng dụng của ngân hàng.",
        "This is a card number, not an account. The account number is in the bank's application.",
    ),
    "BANK_UNKNOWN": (
        "Không biết ngân hàng “{text}”. Chọn ngân hàng trong danh sách.",
        "The bank “{text}” is not known. Choose it from the list.",
    ),
    "BANK_AMBIGUOUS": (
        "“{text}” có thể là {candidates}. Chọn một ngân hàng.",
        "“{text}” may be {candidates}. Choose one bank.",
    ),
}
