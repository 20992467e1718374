# SPDX-License-Identifier: MPL-2.0
"""Sentences about acts: lifecycles, the law, places, staff, approvals."""

SENTENCES: dict[str, tuple[str, str]] = {
    # --- backups -------------------------------------------------------------------------------
    "BACKUP_EXISTS": (
        "Đã có bản sao lưu {place}. Chờ một giây rồi chạy lại.",
        "There is a backup {place} already. Wait a second and run it again.",
    ),
    "BACKUP_DAMAGED": (
        "Bản sao lưu hỏng ở {file}: thiếu, bị sửa, hoặc không mở được bằng khóa hiện có. Chưa ghi gì cả. "
        "Kiểm tra ANSINH_KEYS, hoặc dùng bản khác.",
        "The backup is damaged at {file}: missing, changed, or it does not open with these keys. Nothing "
        "was written. Check ANSINH_KEYS, or use another backup.",
    ),
    "BACKUP_DATABASE_IN_USE": (
        "Cơ sở dữ liệu {name} đang có dữ liệu. Thêm --replace để thay; bản đang dùng được giữ lại dưới "
        "tên khác.",
        "The database {name} holds records. Add --replace to put the backup in its stead; the present one "
        "is kept under another name.",
    ),
    "BACKUP_TOOL_FAILED": (
        "{tool} dừng giữa chừng: {said}. Chưa thay đổi gì ở cơ sở dữ liệu đang dùng.",
        "{tool} stopped: {said}. The database in use was not changed.",
    ),
    # --- lifecycles ----------------------------------------------------------------------------
    "NOT_FROM_THIS_STATE": (
        "Đang ở trạng thái “{state}” nên không thể “{event}”. Việc làm được lúc này: {allowed}.",
        "The state is “{state}”, so “{event}” cannot happen. What can happen now: {allowed}.",
    ),
    # --- the law -------------------------------------------------------------------------------
    "CASE_NOT_UNDERSTOOD": (
        "Ca tính chưa đọc được ở “{where}”: {why_vi}.",
        "The case cannot be read at “{where}”: {why_en}.",
    ),
    "LAW_CODE_UNKNOWN": (
        "Không có mã chế độ “{text}”. Mã gần giống: {nearest}.",
        "There is no code “{text}”. Similar codes: {nearest}.",
    ),
    # --- places --------------------------------------------------------------------------------
    "UNIT_UNKNOWN": (
        "Không có đơn vị “{text}” vào ngày {on}. Xem lại mã, hoặc chọn ngày khác.",
        "There is no unit “{text}” on {on}. Look at the code again, or choose another day.",
    ),
    "UNIT_AMBIGUOUS": (
        "“{text}” có thể là {candidates}. Ghi thêm cấp hoặc mã đơn vị.",
        "“{text}” may be {candidates}. Add the kind of unit or its code.",
    ),
    "UNIT_LIST_NOT_UNDERSTOOD": (
        "Dòng {line} của danh sách đơn vị: {why_vi}. Chưa ghi gì cả.",
        "Line {line} of the list of units: {why_en}. Nothing was written.",
    ),
    # --- staff ---------------------------------------------------------------------------------
    "OFFICER_EXISTS": (
        "Đã có cán bộ với {what}. Tìm trong danh sách thay vì thêm mới.",
        "There is an officer with {what} already. Look in the list instead of adding one.",
    ),
    "OFFICER_NOT_ACTIVE": (
        "Cán bộ này đã bị khóa từ trước.",
        "This officer was disabled before.",
    ),
    "ROLE_OUTSIDE_JURISDICTION": (
        "Đơn vị này không thuộc phạm vi của bạn. Nhờ người phụ trách đơn vị đó.",
        "This unit is outside your jurisdiction. Ask somebody responsible for it.",
    ),
    "ROLE_SAME_PERSON": (
        "Người đề nghị và người nhận vai trò không tự xác nhận. Cần một người khác.",
        "Neither the proposer nor the receiver confirms a role. Another person is needed.",
    ),
    "ROLE_DUTIES_CLASH": (
        "{officer} sẽ giữ cả “{first}” và “{second}”: hai nhiệm vụ không được kiêm. Chọn người khác.",
        "{officer} would hold both “{first}” and “{second}”, which may not meet. Choose another person.",
    ),
    "ROLE_HELD_ALREADY": (
        "{officer} đã giữ vai trò {role} ở đơn vị này trong thời gian đó.",
        "{officer} holds the role {role} at this unit in that time already.",
    ),
    "ONLY_IN_TRIAL": (
        "Lệnh này chỉ chạy ở bản dùng thử.",
        "This command runs in a trial installation only.",
    ),
    "DEMO_NOT_IN_PRODUCTION": (
        "Cán bộ giả có mật khẩu công khai nên không tạo ở bản chạy thật.",
        "Invented officers have public passwords and are not made in production.",
    ),
    "DEMO_OTHER_PROVINCE": (
        "Thư mục dữ liệu này đang giữ tỉnh giả khác (seed {seed}, {communes} xã, {people} người). Chạy lại không"
        " ghi số nào, hoặc đặt ANSINH_HOME sang thư mục khác.",
        "This data folder holds another invented province (seed {seed}, {communes} communes, {people} people)."
        " Run without these figures, or name another ANSINH_HOME.",
    ),
    # --- approvals -----------------------------------------------------------------------------
    "SUBMITTED_ALREADY": (
        "“{title}” đang chờ duyệt. Rút lại trước khi trình lần nữa.",
        "“{title}” waits for approval already. Withdraw it before handing it in again.",
    ),
    "SUBMISSION_NOT_YOURS": (
        "Chỉ người lập mới rút lại được.",
        "Only the maker can take it back.",
    ),
    "APPROVE_NO_MANDATE": (
        "Bạn không có quyền duyệt “{title}”. Người duyệt được: {others}.",
        "You may not approve “{title}”. Those who may: {others}.",
    ),
    "APPROVE_OWN_WORK": (
        "Bạn không duyệt được “{title}” vì chính bạn đã lập. Người duyệt được: {others}.",
        "You cannot approve “{title}” because you prepared it. Those who may: {others}.",
    ),
    "APPROVE_OWN_EDIT": (
        "Bạn không duyệt được “{title}” vì bạn đã sửa sau cùng. Người duyệt được: {others}.",
        "You cannot approve “{title}” because you edited it last. Those who may: {others}.",
    ),
    "APPROVED_ALREADY": (
        "Bạn đã duyệt “{title}” rồi. Cần một người khác: {others}.",
        "You have approved “{title}” already. Another person is needed: {others}.",
    ),
    "CONTENT_CHANGED": (
        "Nội dung “{title}” đã thay đổi so với lúc trình. Mở lại để xem bản mới.",
        "The content of “{title}” differs from what was submitted. Open it again.",
    ),
    "APPROVE_NOT_READ": (
        "Danh sách có {lines} dòng và vừa mới mở. Xem qua rồi duyệt sau vài giây.",
        "The list has {lines} lines and was opened just now. Look through it, then approve.",
    ),
    "APPROVE_GROUPS_NOT_OPENED": (
        "Mở xem từng nhóm cần để ý rồi mới duyệt. Còn chưa mở: {groups}.",
        "Open each group that needs a look before approving. Not opened yet: {groups}.",
    ),
    "DELEGATION_NOT_POSSIBLE": (
        "{officer} không thể duyệt thay vì đang lập danh sách hoặc là chính bạn.",
        "{officer} cannot stand in: they prepare lists, or it is you yourself.",
    ),
}
