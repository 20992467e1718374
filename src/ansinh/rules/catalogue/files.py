# SPDX-License-Identifier: MPL-2.0
"""Sentences about files that officers send, their columns and their rows."""

SENTENCES: dict[str, tuple[str, str]] = {
    # --- the file as a whole -------------------------------------------------------------------
    "FILE_EMPTY": (
        "Tệp “{name}” rỗng (0 byte). Mở lại tệp gốc, lưu rồi gửi lại.",
        "The file “{name}” is empty (0 bytes). Open the original, save it and send it again.",
    ),
    "FILE_NO_ROWS": (
        "Tệp “{name}” không có dòng dữ liệu nào dưới tiêu đề. Chọn đúng tệp, đúng trang tính.",
        "The file “{name}” has no row of data below its header. Choose the right file and sheet.",
    ),
    "FILE_NOT_A_TABLE": (
        "Tệp “{name}” không phải bảng tính (nội dung là {kind}). Gửi tệp .xlsx, .xls, .ods hoặc .csv.",
        "The file “{name}” is not a spreadsheet (its content is {kind}). Send .xlsx, .xls, .ods or .csv.",
    ),
    "FILE_OTHER_KIND": (
        "Tệp “{name}” mang đuôi {suffix} nhưng nội dung là {kind}. Mở bằng Excel rồi lưu lại đúng dạng .xlsx.",
        "The file “{name}” ends in {suffix} but its content is {kind}. Open it in Excel and save it as .xlsx.",
    ),
    "FILE_IS_WEB_PAGE": (
        "Tệp “{name}” là trang web lưu với đuôi bảng tính. Mở bằng Excel rồi lưu lại dạng .xlsx.",
        "The file “{name}” is a web page saved as a spreadsheet. Open it in Excel and save it as .xlsx.",
    ),
    "FILE_XLSB": (
        "Tệp “{name}” là dạng .xlsb. Mở bằng Excel rồi lưu lại dạng .xlsx.",
        "The file “{name}” is .xlsb. Open it in Excel and save it as .xlsx.",
    ),
    "FILE_PASSWORD": (
        "Tệp “{name}” có mật khẩu. Bỏ mật khẩu (Tệp, Thông tin, Bảo vệ sổ làm việc) rồi gửi lại.",
        "The file “{name}” has a password. Remove it (File, Info, Protect Workbook) and send it again.",
    ),
    "FILE_DAMAGED": (
        "Tệp “{name}” bị hỏng hoặc chép dở. Chép lại từ máy gốc rồi gửi lại. Chưa có gì được nhập.",
        "The file “{name}” is damaged or cut off. Copy it again from where it was made. Nothing was imported.",
    ),
    "FILE_TOO_LARGE": (
        "Tệp “{name}” lớn {size} MB, nhiều hơn {limit} MB. Tách thành nhiều tệp theo xã hoặc thôn.",
        "The file “{name}” has {size} MB, more than {limit} MB. Split it by commune or hamlet.",
    ),
    "FILE_UNPACKS_TOO_LARGE": (
        "Tệp “{name}” nén bất thường: giải nén vượt {limit}. Lưu lại bằng Excel, chỉ giữ bảng dữ liệu.",
        "The file “{name}” unpacks beyond {limit}. Save it again in Excel with the table only.",
    ),
    "FILE_ZIP_STRANGE": (
        "Bên trong tệp “{name}” có thành phần lạ “{entry}”. Lưu lại bằng Excel dạng .xlsx rồi gửi lại.",
        "Inside the file “{name}” there is a strange part “{entry}”. Save it again in Excel as .xlsx.",
    ),
    "FILE_ENTITIES": (
        "Tệp “{name}” chứa khai báo thực thể XML, bảng tính thật không có. Lưu lại bằng Excel dạng .xlsx.",
        "The file “{name}” declares XML entities, which real spreadsheets never do. Save it again in Excel.",
    ),
    "FILE_TOO_WIDE": (
        "Bảng trong tệp “{name}” rộng hơn {limit} cột. Xóa các cột trống ở xa bên phải rồi lưu lại.",
        "The table in “{name}” is wider than {limit} columns. Delete the empty columns far to the right.",
    ),
    "FILE_TOO_MANY_ROWS": (
        "Bảng trong tệp “{name}” dài hơn {limit} dòng. Tách thành nhiều tệp.",
        "The table in “{name}” is longer than {limit} rows. Split it into several files.",
    ),
    "FILE_VIRUS": (
        "Tệp “{name}” chứa mẫu thử vi-rút nên bị cách ly. Quét máy đã tạo tệp rồi báo người hỗ trợ.",
        "The file “{name}” holds the antivirus test string and is quarantined. Scan the machine it came from.",
    ),
    "FILE_READER_STOPPED": (
        "Đọc tệp “{name}” vượt giới hạn bộ nhớ hoặc thời gian nên đã dừng. Lưu lại, chỉ giữ bảng dữ liệu.",
        "Reading “{name}” went over its limit of memory or time and was stopped. Keep only the table.",
    ),
    "FILE_ENCODING": (
        "Không đọc được bảng mã của tệp “{name}”. Lưu lại dạng “CSV UTF-8” hoặc .xlsx.",
        "The encoding of “{name}” cannot be read. Save it as “CSV UTF-8” or .xlsx.",
    ),
    "FILE_OTHER_MONTH": (
        "Tiêu đề trong tệp “{name}” ghi {title}, bạn chọn {month}. Chọn đúng tệp của {month}.",
        "The title in “{name}” says {title}, you chose {month}. Choose the file of {month}.",
    ),
    "LIST_OF_OTHER_MONTH": (
        "Tiêu đề trong tệp ghi {title}, bạn chọn {month}. Có đúng tháng không?",
        "The title in the file says {title}, you chose {month}. Is it the right month?",
    ),
    "FILE_SEEN": (
        "Tệp này đã nhập lúc {at} ({who}). Muốn nhập lại thì chọn “thay thế”.",
        "This very file was imported at {at} ({who}). To import it again choose “replace”.",
    ),
    "IMPORT_PERIOD_TAKEN": (
        "Danh sách {form} tháng {month} của đơn vị này đã nhập lúc {at} ({who}). Muốn thay thì chọn “thay thế”.",
        "The list {form} of {month} of this unit was imported at {at} ({who}). To replace it choose “replace”.",
    ),
    "IMPORT_BUSY": (
        "Một tệp khác của đơn vị này đang được nhập. Chờ tệp đó xong rồi thử lại.",
        "Another file of this unit is being imported. Wait until it is done and try again.",
    ),
    "IMPORT_WORK_FAILED": (
        "Việc xử lý tệp dừng giữa chừng do lỗi phần mềm. Chưa có gì được ghi. Gửi lại hoặc báo người hỗ trợ.",
        "Work on the file was ended by a fault of the software. Nothing was written. Send it again or report it.",
    ),
    "IMPORT_STALE": (
        "Hồ sơ của đơn vị đã thay đổi từ khi kiểm tra tệp. Xem lại bảng so sánh rồi nhập.",
        "The unit's register changed since the file was checked. Look at the comparison again, then import.",
    ),
    "IMPORT_UNIT_NOT_COMMUNE": (
        "{name} không phải cấp xã. Danh sách nhập theo từng xã, phường, thị trấn.",
        "{name} is not a commune. Lists are imported commune by commune.",
    ),
    "IMPORT_WARNINGS_OPEN": (
        "Còn {count} nhóm cảnh báo chưa quyết định: {codes}. Chọn giữ hay bỏ cho từng nhóm.",
        "{count} groups of warnings are undecided: {codes}. Decide each group: keep or leave out.",
    ),
    "IMPORT_NOTHING_ACCEPTED": (
        "Không có dòng nào hợp lệ để nhập. Tải tệp lỗi, sửa rồi gửi lại.",
        "No row can be imported. Download the error file, correct it and send it again.",
    ),
    "IMPORT_FORM_NOT_TAKEN": (
        "Chưa có phần nào ghi danh sách loại “{form}”. Chỉ kiểm tra được, chưa nhập được.",
        "No part of this installation takes lists of the form “{form}”. It can be checked, not imported.",
    ),
    "CONTROL_COUNT_DIFFERS": (
        "Tệp có {found} dòng hợp lệ, bạn ghi {typed} người. Đếm lại hoặc sửa các dòng bị loại.",
        "The file has {found} accepted rows, you typed {typed} persons. Count again or mend the rejected rows.",
    ),
    "CONTROL_SUM_DIFFERS": (
        "Tổng các dòng là {found}, bạn nhập {typed} (lệch {difference}). Chưa có gì được nhập.",
        "The rows add up to {found}, you typed {typed} (off by {difference}). Nothing was imported.",
    ),
    # --- header and columns --------------------------------------------------------------------
    "HEADER_NOT_FOUND": (
        "Không tìm thấy dòng tiêu đề (họ tên, số định danh…) trong tệp “{name}”. Chọn trang tính và dòng tiêu đề.",
        "No header row (name, citizen number…) was found in “{name}”. Choose the sheet and the header row.",
    ),
    "COLUMN_MISSING": (
        "Thiếu cột bắt buộc: {columns}. Thêm cột vào tệp hoặc chỉ ra cột trong bảng ghép cột.",
        "Mandatory columns are missing: {columns}. Add them or point them out in the mapping.",
    ),
    "COLUMN_TWICE": (
        "Hai cột cùng là “{label}” ({columns}). Chọn một cột trong bảng ghép cột.",
        "Two columns are both “{label}” ({columns}). Choose one of them in the mapping.",
    ),
    "MAPPING_NOT_UNDERSTOOD": (
        'Bảng ghép cột không đọc được ở “{where}”. Ghi dạng {{"header_row": 5, "columns": {{"name": "B"}}}}.',
        'The mapping cannot be read at “{where}”. Write {{"header_row": 5, "columns": {{"name": "B"}}}}.',
    ),
    # --- rows: refused -------------------------------------------------------------------------
    "CELL_MISSING": (
        "Ô “{label}” trống. Điền rồi gửi lại.",
        "The cell “{label}” is empty. Fill it in and send it again.",
    ),
    "CELL_FORMULA": (
        "Ô {cell} chứa công thức. Chép rồi dán giá trị (Paste Values).",
        "The cell {cell} holds a formula. Copy it and paste its value.",
    ),
    "CELL_ERROR": (
        "Ô {cell} báo lỗi {text}. Sửa công thức hoặc gõ lại giá trị.",
        "The cell {cell} shows {text}. Mend the formula or type the value.",
    ),
    "CELL_MERGED": (
        "Ô {cell} bị gộp qua nhiều dòng nên không rõ của ai. Bỏ gộp ô và điền từng dòng.",
        "The cell {cell} is merged over several rows. Unmerge it and fill in each row.",
    ),
    "CELL_FILLED_DOWN": (
        "Ô {cell} bị gộp; giá trị “{text}” được lấy cho mọi dòng trong ô gộp. Đúng không?",
        "The cell {cell} is merged; “{text}” was taken for each row in it. Is that right?",
    ),
    "CELL_TOO_LONG": (
        "Ô {cell} dài {length} ký tự, nhiều hơn {limit}. Xem lại nội dung ô.",
        "The cell {cell} has {length} characters, more than {limit}. Look at its content.",
    ),
    "CELL_NUL": (
        "Ô {cell} chứa ký tự điều khiển không đọc được. Gõ lại ô này.",
        "The cell {cell} holds an unreadable control character. Type it again.",
    ),
    "AMOUNT_AS_DATE": (
        "Ô số tiền {cell} đang định dạng ngày ({text}). Đổi định dạng ô thành Số rồi gõ lại số tiền.",
        "The amount cell {cell} is formatted as a date ({text}). Format it as a number and type the amount.",
    ),
    "AMOUNT_NOT_THE_RATE": (
        "Mức ghi {amount}, mức đúng là {right} theo {basis}.",
        "The list says {amount}; the right amount is {right} by {basis}.",
    ),
    "AMOUNT_SEVERAL_MONTHS": (
        "Mức ghi {amount} bằng {months} tháng × {right}. Ghi mức một tháng; truy lĩnh lập riêng từng tháng.",
        "The list says {amount}, {months} months of {right}. Write one month; back-pay is listed month by month.",
    ),
    "CATEGORY_UNKNOWN": (
        "Không có chế độ nào gọi là “{text}”. Ghi mã chế độ (gần nhất: {nearest}).",
        "No entitlement is called “{text}”. Write its code (nearest: {nearest}).",
    ),
    "SEX_NOT_UNDERSTOOD": (
        "Giới tính ghi “{text}”. Ghi Nam hoặc Nữ.",
        "The sex says “{text}”. Write Nam or Nữ.",
    ),
    "COUNT_NOT_UNDERSTOOD": (
        "“{text}” không phải số đếm ở cột “{label}”. Ghi số nguyên, ví dụ 2.",
        "“{text}” is no count in the column “{label}”. Write a whole number, for example 2.",
    ),
    "PERCENT_NOT_UNDERSTOOD": (
        "Tỷ lệ ghi “{text}”. Ghi số nguyên từ 1 đến 100, ví dụ 61.",
        "The percentage says “{text}”. Write a whole number from 1 to 100, for example 61.",
    ),
    "RESULT_NOT_UNDERSTOOD": (
        "Kết quả ghi “{text}”. Ghi một trong: {known}.",
        "The result says “{text}”. Write one of: {known}.",
    ),
    "ROW_REPEATS": (
        "Người này đã có ở dòng {row} của tệp với cùng chế độ.",
        "This person stands in row {row} of the file already, with the same entitlement.",
    ),
    "NUMBER_OF_ANOTHER": (
        "Số định danh này đã ghi cho người tên khác ở dòng {row}. Xem lại giấy tờ của cả hai.",
        "This citizen number stands for another name in row {row}. Look at both papers.",
    ),
    "DECISION_BEFORE_BIRTH": (
        "Quyết định ngày {decided} trước ngày sinh {born}. Xem lại hai ngày.",
        "The decision of {decided} is before the birth {born}. Look at both dates.",
    ),
    "DECISION_IN_FUTURE": (
        "Quyết định ghi ngày {decided}, sau ngày lập danh sách {on}. Xem lại ngày quyết định.",
        "The decision says {decided}, after the list's day {on}. Look at the decision's date.",
    ),
    "DEATH_BEFORE_BIRTH": (
        "Ngày chết {died} trước ngày sinh {born}. Xem lại hai ngày.",
        "The death {died} is before the birth {born}. Look at both dates.",
    ),
    "BORN_IN_FUTURE": (
        "Ngày sinh {born} sau ngày lập danh sách. Xem lại năm sinh.",
        "The birth {born} is after the list's day. Look at the year of birth.",
    ),
    "AGE_NOT_OF_CATEGORY": (
        "Người này {age} tuổi, không thuộc độ tuổi của chế độ {category}. Xem lại ngày sinh hoặc mã chế độ.",
        "This person is {age}, outside the ages of {category}. Look at the birth date or the code.",
    ),
    "OTHER_UNIT": (
        "Dòng này ghi {text}, không phải {unit}. Chuyển dòng sang tệp của đơn vị đó.",
        "This row says {text}, not {unit}. Move it to that unit's file.",
    ),
    # --- rows: a person decides ----------------------------------------------------------------
    "NUMBER_LOST_ZERO": (
        "Số định danh có 11 chữ số; thêm số 0 ở đầu thì khớp giới tính và năm sinh. Đúng không?",
        "The citizen number has 11 digits; with a leading 0 it agrees with sex and birth year. Is that it?",
    ),
    "NUMBER_DISAGREES": (
        "Số định danh cho biết {number_says} nhưng dòng ghi {record_says}. Đối chiếu giấy tờ.",
        "The citizen number says {number_says}, the row says {record_says}. Compare the papers.",
    ),
    "NUMBER_NONE": (
        "Chưa có số định danh. Vẫn ghi hồ sơ nhưng chưa chi qua tài khoản cho đến khi có.",
        "There is no citizen number. The record is kept, but nothing is paid to an account until there is one.",
    ),
    "BIRTH_FIRST_OF_JANUARY": (
        "Ngày sinh 01/01/{year}: ngày thật hay chỉ biết năm?",
        "Born on 01/01/{year}: the real day, or is only the year known?",
    ),
    "AGE_UNLIKELY": (
        "Người này {age} tuổi. Xác nhận còn sống và đúng năm sinh.",
        "This person is {age}. Confirm that they live and the year of birth.",
    ),
    "DATE_FROM_SERIAL": (
        "Ô ngày {cell} đang lưu số {text}, đọc thành {date}. Đúng không?",
        "The date cell {cell} holds the number {text}, read as {date}. Is that right?",
    ),
    "NAME_NO_MARKS": (
        "Họ tên “{text}” không có dấu. Ghi lại đủ dấu hoặc xác nhận đúng như giấy tờ.",
        "The name “{text}” has no marks. Write them or confirm that the papers have none.",
    ),
    "TEXT_OLD_FONT": (
        "Chữ dùng bảng mã cũ {encoding}: đọc thành “{text}”. Đúng không?",
        "The text is in the old encoding {encoding}: read as “{text}”. Is that right?",
    ),
    "ROW_STRUCK": (
        "Dòng bị gạch ngang. Định dạng không có nghĩa dừng chi: giữ hay bỏ dòng này?",
        "The row is struck through. Formatting stops nobody's payment: keep or leave out?",
    ),
    "ROW_HIDDEN": (
        "Dòng đang bị ẩn hoặc lọc trong tệp: lấy hay bỏ?",
        "The row is hidden or filtered out in the file: take it or leave it?",
    ),
    "SHEET_HIDDEN": (
        "Trang tính “{sheet}” đang ẩn nên không đọc.",
        "The sheet “{sheet}” is hidden and was not read.",
    ),
    "COLUMN_HIDDEN": (
        "Cột {columns} đang ẩn trong tệp nhưng vẫn được đọc. Xem lại cột đó có đúng là dữ liệu không.",
        "The columns {columns} are hidden in the file and were read. Look whether they are meant.",
    ),
    "OBJECTS_DROPPED": (
        "Tệp có hình ảnh, đối tượng nhúng hoặc liên kết ngoài ({count}); các phần này không được đọc.",
        "The file has pictures, embedded objects or outside links ({count}); they were not read.",
    ),
    "MACROS_DROPPED": (
        "Tệp có macro; macro bị bỏ, chỉ lấy giá trị.",
        "The file has macros; they were dropped, only values are read.",
    ),
    "XLS_NOT_SEEN": (
        "Tệp .xls cũ: không nhận biết được công thức, dòng ẩn, dòng gạch ngang. Lưu lại dạng .xlsx nếu tệp có.",
        "An old .xls file: formulas, hidden and struck rows cannot be seen. Save it as .xlsx if it has any.",
    ),
    "TOTAL_DIFFERS": (
        "Dòng cộng {cell} ghi {printed}, các dòng cộng lại là {found}. Xem lại trước khi nhập.",
        "The total {cell} says {printed}, the rows add up to {found}. Look again before importing.",
    ),
    "PHONE_NOT_UNDERSTOOD": (
        "Số điện thoại “{text}” không đủ 10 chữ số nên không lưu.",
        "The phone number “{text}” has not 10 digits and is not kept.",
    ),
    "ACCOUNT_HOLDER_DIFFERS": (
        "Tên chủ tài khoản “{holder}” khác họ tên người hưởng. Nếu là người nhận thay thì lập giấy ủy quyền.",
        "The account's holder “{holder}” is not the beneficiary. If it is a proxy, an authorisation is needed.",
    ),
    "ACCOUNT_SHARED": (
        "Tài khoản này đã ghi cho người ở dòng {row}. Hai người dùng chung một tài khoản?",
        "This account stands for the person in row {row} too. Do both use one account?",
    ),
    "ACCOUNT_SECOND": (
        "Người này đã có tài khoản khác ở dòng {row}. Dùng tài khoản nào?",
        "This person has another account in row {row}. Which one is meant?",
    ),
    "DECISION_REUSED": (
        "Số quyết định {number} ngày {decided} đã dùng cho người ở dòng {row}. Đúng là quyết định chung?",
        "Decision {number} of {decided} stands for the person in row {row} too. Is it one decision for both?",
    ),
    "DECISION_OF_ANOTHER": (
        "Quyết định số {number} ngày {decided} trong sổ đã cấp cho {name}. Đúng là quyết định chung?",
        "In the register decision {number} of {decided} is about {name}. Is it one decision for both?",
    ),
    "LIST_VERY_LONG": (
        "Tệp có {rows} người, nhiều bất thường so với dân số một xã. Có đúng đơn vị không?",
        "The file lists {rows} people, very many for a commune. Is it the right unit?",
    ),
    # --- rows against the register -------------------------------------------------------------
    "PERSON_ELSEWHERE": (
        "Số định danh này đã có trong hồ sơ của nơi khác. Hỏi cơ quan cấp tỉnh trước khi lập.",
        "This citizen number is registered elsewhere. Ask the province before you add it.",
    ),
    "PERSON_DEAD": (
        "Người này đã ghi là chết ngày {died}. Không lập chi trả; nếu nhầm thì lập đề nghị sửa.",
        "This person is recorded as dead on {died}. Nothing is paid; if that is wrong, propose a correction.",
    ),
    "PERSON_OTHER_NAME": (
        "Số định danh này đang ghi cho “{name}”. Xem lại số hoặc họ tên.",
        "This citizen number belongs to “{name}” in the register. Look at the number or the name.",
    ),
    "PERSON_NOT_FOUND": (
        "Chưa có người này trong danh sách đối tượng của xã. Lập hồ sơ trước.",
        "This person is not in the commune's register yet. Add the record first.",
    ),
    "AWARD_STOPPED_BEFORE": (
        "Chế độ này của người này đã dừng từ {end}. Muốn hưởng lại cần quyết định mới.",
        "This award was stopped in {end}. Taking it up again needs a new decision.",
    ),
}
