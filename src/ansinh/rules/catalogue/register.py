# SPDX-License-Identifier: MPL-2.0
"""Sentences about the register of people and awards."""

SENTENCES: dict[str, tuple[str, str]] = {
    "PERSON_NUMBER_TAKEN": (
        "Số định danh này đã có hồ sơ. Tìm và mở hồ sơ đó thay vì lập mới.",
        "This citizen number has a record. Find and open it instead of adding another.",
    ),
    "PERSON_CHANGED_MEANWHILE": (
        "Hồ sơ đã được người khác sửa lúc {at}. Xem thay đổi của họ rồi sửa lại.",
        "Somebody else changed the record at {at}. Look at their change, then make yours.",
    ),
    "PERSON_MERGED": (
        "Hồ sơ này đã nhập vào hồ sơ khác. Mở hồ sơ chính.",
        "This record was merged into another. Open the main record.",
    ),
    "PERSON_SAME": (
        "Hai hồ sơ là một. Chọn hai hồ sơ khác nhau.",
        "Both records are the same one. Choose two different records.",
    ),
    "MERGE_TWO_NUMBERS": (
        "Hai hồ sơ có hai số định danh khác nhau nên không nhập làm một được. Đối chiếu với công an xã.",
        "The two records have different citizen numbers and cannot be merged. Ask the commune police.",
    ),
    "MOVE_BEFORE_ARRIVAL": (
        "Ngày chuyển {on} không sau ngày bắt đầu ở nơi hiện tại {since}. Xem lại ngày.",
        "The move on {on} is not after the arrival at the present place {since}. Look at the date.",
    ),
    "MOVE_SAME_PLACE": (
        "Người này đang ở {unit}. Chọn nơi đến khác.",
        "This person lives in {unit} already. Choose another place.",
    ),
    "AWARD_EXISTS": (
        "Người này đang hưởng {code}. Sửa khoản đang hưởng thay vì thêm mới.",
        "This person has {code} already. Change that award instead of adding one.",
    ),
    "AWARD_END_BEFORE_START": (
        "Tháng dừng {end} trước tháng bắt đầu {start}. Xem lại tháng.",
        "The end {end} is before the start {start}. Look at the months.",
    ),
    "CHANGE_OPEN": (
        "Hồ sơ này có đề nghị cùng loại đang chờ. Xử lý đề nghị đó trước.",
        "A change of the same kind is waiting for this record. Decide it first.",
    ),
    "CHANGE_OWN": (
        "Bạn đã lập đề nghị này nên người khác phải kiểm tra.",
        "You made this proposal; somebody else has to check it.",
    ),
    "CHANGE_STALE": (
        "Hồ sơ đã khác so với lúc lập đề nghị. Trả lại để lập đề nghị mới.",
        "The record is no longer what it was when the change was proposed. Return it for a new one.",
    ),
    "CHANGE_NEEDS_REASON": (
        "Ghi lý do không đồng ý để người lập biết phải sửa gì.",
        "Write why you do not agree, so that the maker knows what to correct.",
    ),
    "NOTHING_CHANGED": (
        "Nội dung không khác hồ sơ hiện có. Không có gì để đề nghị.",
        "Nothing differs from the record. There is nothing to propose.",
    ),
    "REVEAL_NEEDS_REASON": (
        "Ghi lý do cần xem đủ số định danh. Lý do được lưu trong nhật ký.",
        "Write why you need the whole citizen number. The reason is kept in the log.",
    ),
    "EVENT_KNOWN": (
        "Sự kiện này đã được ghi cho người này. Xem dòng thời gian.",
        "This event is recorded for this person already. Look at the timeline.",
    ),
    "EVENT_DAY_NOT_POSSIBLE": (
        "Ngày {on} sau hôm nay hoặc trước ngày sinh. Xem lại ngày.",
        "The day {on} is after today or before the birth. Look at the day.",
    ),
    "SEARCH_TOO_SHORT": (
        "Gõ ít nhất 2 chữ hoặc 4 chữ số để tìm.",
        "Type at least 2 letters or 4 digits to search.",
    ),
}
