# SPDX-License-Identifier: MPL-2.0
"""What officers read for the symbols of the reconciliation."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise

STATES: dict[str, tuple[Text, str]] = {
    "prepared": (_("Đã lập danh sách"), "note"),
    "handed_over": (_("Công an đang trả lời"), "wait"),
    "answered": (_("Đã trả lời, đang xử lý sai lệch"), "wait"),
    "resolved": (_("Đã xử lý, chờ hai bên ký"), "wait"),
    "signed": (_("Hai bên đã ký"), "ok"),
    "cancelled": (_("Đã hủy"), "stop"),
}
RESULTS: dict[str, Text] = {
    "matched": _("Khớp"),
    "different_name": _("Khác họ tên"),
    "different_birth": _("Khác ngày sinh"),
    "different_sex": _("Khác giới tính"),
    "wrong_number": _("Sai số định danh"),
    "duplicate": _("Trùng"),
    "deceased": _("Đã chết"),
    "not_found": _("Không tìm thấy"),
    "moved": _("Đã chuyển đi"),
}
# kind -> (what it is, what to do about it)
KINDS: dict[str, tuple[Text, Text]] = {
    "other_person": (_("Có thể là người khác"), _("Họ tên và ngày sinh đều khác hẳn: hỏi lại công an xã.")),
    "deceased": (
        _("Đã chết"),
        _("Ghi sự kiện chết; khoản hưởng được đề nghị dừng và chờ người khác kiểm tra."),
    ),
    "duplicate": (
        _("Trùng"),
        _("Tìm hồ sơ kia trong “Hồ sơ trùng” rồi nhập làm một, hoặc giữ và ghi căn cứ."),
    ),
    "not_found": (_("Không tìm thấy"), _("Đối chiếu giấy tờ gốc rồi giữ theo hồ sơ, ghi căn cứ.")),
    "moved": (_("Đã chuyển đi"), _("Lập đề nghị chuyển trên trang hồ sơ, rồi ghi đã xử lý.")),
    "number_inconsistent": (_("Số của dân cư không hợp với giới tính, năm sinh"), _("Hỏi lại công an xã.")),
    "number_other": (_("Khác số định danh"), _("Xem từng người với giấy tờ gốc.")),
    "number_typing": (_("Số định danh gõ nhầm"), _("Xem từng người: một chữ số sai hoặc hai số đảo nhau.")),
    "number_unsaid": (_("Sai số, chưa có số đúng"), _("Hỏi công an xã số đúng.")),
    "name_other": (_("Khác họ tên"), _("Xem từng người với giấy tờ gốc.")),
    "name_close": (_("Họ tên khác một chữ"), _("Xem từng người: Lan hay Lam.")),
    "name_unsaid": (_("Khác họ tên, chưa có tên đúng"), _("Hỏi công an xã họ tên đúng.")),
    "birth_other": (_("Khác ngày sinh"), _("Xem từng người với giấy tờ gốc.")),
    "birth_unsaid": (_("Khác ngày sinh, chưa có ngày đúng"), _("Hỏi công an xã ngày sinh đúng.")),
    "sex_other": (_("Khác giới tính"), _("Xem từng người.")),
    "sex_unsaid": (_("Khác giới tính, hồ sơ chưa ghi"), _("Ghi giới tính trên trang hồ sơ.")),
    "number_old": (_("Hồ sơ chỉ có số CMND cũ"), _("Lấy số định danh của dân cư.")),
    "number_missing": (_("Hồ sơ chưa có số định danh"), _("Lấy số định danh của dân cư.")),
    "name_marks": (_("Họ tên thiếu hoặc khác dấu"), _("Lấy cách viết của dân cư.")),
    "name_tone": (_("Khác vị trí dấu, i hay y"), _("Lấy cách viết của dân cư.")),
    "name_spelling": (_("Khác gạch nối, khoảng trắng"), _("Lấy cách viết của dân cư.")),
    "birth_swapped": (_("Đảo ngày và tháng sinh"), _("Lấy ngày sinh của dân cư.")),
    "birth_precision": (_("Hồ sơ chỉ có năm sinh"), _("Lấy ngày sinh đầy đủ của dân cư.")),
    "sex_missing": (_("Hồ sơ chưa ghi giới tính"), _("Lấy giới tính của dân cư.")),
}
ACTIONS: dict[str, Text] = {
    "correct": _("Sửa theo dữ liệu dân cư"),
    "keep": _("Giữ theo hồ sơ"),
    "death": _("Ghi sự kiện chết"),
}
WHY_NOT: dict[str, Text] = {
    "settled": _("đã chọn cách xử lý"),
    "nothing_to_correct": _("dân cư không cho biết giá trị đúng"),
    "change_waits": _("hồ sơ có đề nghị khác đang chờ kiểm tra"),
    "number_elsewhere": _("số định danh này đã có ở hồ sơ khác"),
    "not_dead": _("kết quả không phải đã chết"),
    "day_unknown": _("chưa rõ ngày chết"),
    "day_impossible": _("ngày chết sau hôm nay hoặc trước ngày sinh"),
}
HOW: dict[str, Text] = {**ACTIONS, "pay": _("Cho chi trả"), "hold": _("Không chi trả")}
SEX: dict[str, Text] = {"male": _("Nam"), "female": _("Nữ"), "": "–"}
SOURCES: dict[str, Text] = {
    "file": _("tệp công an trả"), "queue": _("công an trả lời trên máy"), "service": _("dịch vụ dân cư"),
}  # fmt: skip
