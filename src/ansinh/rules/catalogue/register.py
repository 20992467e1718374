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
    "PERSON_NUMBER_TAKEN_ELSEWHERE": (
        "Số định danh này đã có hồ sơ ở đơn vị khác. Hỏi sở để chuyển hồ sơ về, không lập hồ sơ thứ hai.",
        "This citizen number has a record in another unit. Ask the department; add no second record.",
    ),
    "PERSON_NOT_MERGED": (
        "Hồ sơ này chưa nhập vào hồ sơ nào nên không có gì để tách.",
        "This record was not merged into another; there is nothing to split.",
    ),
    "MERGE_TWO_AWARDS": (
        "Hai hồ sơ cùng đang hưởng “{label}”. Đề nghị dừng một khoản trước rồi nhập hồ sơ.",
        "Both records have “{label}”. Propose to stop one of the two first, then merge.",
    ),
    "MERGE_ELSEWHERE": (
        "Hồ sơ kia thuộc đơn vị ngoài phạm vi của bạn. Sở kiểm tra việc nhập hai hồ sơ này.",
        "The other record belongs to a unit you do not see. The department checks this merge.",
    ),
    "AWARD_SUSPENDED_ALREADY": (
        "Khoản hưởng này đang tạm dừng từ {since}. Đề nghị hưởng lại trước khi tạm dừng lần nữa.",
        "This award is suspended since {since}. Propose to resume it before suspending it again.",
    ),
    "AWARD_NOT_SUSPENDED": (
        "Khoản hưởng này không tạm dừng nên không có gì để hưởng lại.",
        "This award is not suspended; there is nothing to resume.",
    ),
    "CHANGE_NOT_YOURS": (
        "Người lập đề nghị mới rút lại được. Bạn có thể trả lại đề nghị với lý do.",
        "Only the maker takes a proposal back. You can return it with a reason.",
    ),
    "AGE_NEEDS_DOCUMENT": (
        "Ngày sinh mới làm đổi mốc {ages} tuổi trong 12 tháng tới. Ghi giấy tờ làm căn cứ (loại, số, ngày).",
        "The new birth date changes when age {ages} is reached within 12 months. Name the paper (kind, number, date).",
    ),
    "REVEAL_QUOTA": (
        "Bạn đã xem đủ số của {count} người trong một giờ. Việc này đã ghi vào nhật ký; thử lại sau.",
        "You have shown the numbers of {count} people within an hour. This is in the log; try again later.",
    ),
    "SEARCH_QUOTA": (
        "Bạn đã tìm {count} lần trong một giờ. Dùng bộ lọc và tệp xuất thay vì tìm từng người; thử lại sau.",
        "You have searched {count} times within an hour. Use filters and the export; try again later.",
    ),
    "EXPORT_NEEDS_REASON": (
        "Ghi lý do xuất danh sách. Lý do, người xuất và giờ xuất được lưu trong nhật ký và in trong tệp.",
        "Write why you export the list. Reason, officer and time are kept in the log and in the file.",
    ),
    "EXPORT_TOO_LONG": (
        "Danh sách có {count} người, một tệp xuất nhiều nhất {limit}. Lọc theo xã hoặc nhóm rồi xuất.",
        "The list holds {count} people, a file at most {limit}. Filter by commune or group first.",
    ),
    "FILTER_UNKNOWN": (
        "Bộ lọc “{name}” không có giá trị này. Chọn trong danh sách.",
        "The filter “{name}” has no such value. Choose one of the list.",
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
    "LINKAGE_MISSING": (
        "Chưa cài phần so hồ sơ theo xác suất. Chạy “.venv/bin/pip install --require-hashes -r"
        " requirements-linkage.txt” rồi gọi lại lệnh này.",
        "Linkage by probability is not installed. Run “.venv/bin/pip install --require-hashes -r"
        " requirements-linkage.txt”, then this command again.",
    ),
}
