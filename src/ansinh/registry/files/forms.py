# SPDX-License-Identifier: MPL-2.0
"""The four forms that are read: their fields, what offices call the columns, what is mandatory."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ansinh.registry.files.headers import FieldName


def _field(name: str, label: str, *patterns: str, required: bool = False) -> FieldName:
    return FieldName(name, label, tuple(re.compile(pattern) for pattern in patterns), required)


NUMBER = _field(
    "number", "Số định danh cá nhân", r"\bcccd\b|can cuoc|dinh danh|\bddcn\b|\bsdd\b", r"\bcmnd\b|\bcmt\b|giay to",
)  # fmt: skip
NAME = _field(
    "name", "Họ và tên", r"^(?:ho (?:va |, )?(?:chu dem |dem )?(?:va )?ten)\b", r"\bho (?:va )?ten\b",
    r"^ten (?:doi tuong|nguoi huong)", required=True,
)  # fmt: skip
NAME_IF_ANY = replace(NAME, required=False)  # a reference already says who
BORN = (
    _field("born_male", "Năm sinh (nam)", r"\bsinh\b.*\bnam$(?<!nam sinh)"),
    _field("born_female", "Năm sinh (nữ)", r"\bsinh\b.*\bnu$"),
    _field("born", "Ngày, tháng, năm sinh", r"\bsinh\b(?!.*(?:nam|nu)$)|\bntns\b"),
)
BORN_NEEDED = (*BORN[:2], replace(BORN[2], required=True))
SEX = (
    _field("sex_male", "Giới tính: nam", r"(?:gioi tinh|phai).* nam$"),
    _field("sex_female", "Giới tính: nữ", r"(?:gioi tinh|phai).* nu$"),
    _field("sex", "Giới tính", r"gioi tinh|^phai$|^nam nu$|^gt$"),
)
PLACE = (
    _field("district", "Huyện", r"^(?:ten )?(?:huyen|quan|thi xa|thanh pho)\b(?!.*to dan)"),
    _field("commune", "Xã, phường", r"^(?:ten )?(?:xa|phuong|thi tran)\b"),
    _field("hamlet", "Thôn, tổ dân phố",
           r"\bthon\b|to dan pho|\btdp\b|khoi pho|khu pho|\bap\b|^ban\b|\blang\b|\bnoc\b|\bbuon\b",
           r"dia chi|thuong tru|noi o|cho o|noi cu tru"),
)  # fmt: skip
PHONE = _field("phone", "Số điện thoại", r"dien thoai|\bsdt\b|^dt$|di dong")
ORDER = _field("order", "Số thứ tự", r"^(?:stt|tt|so tt|so thu tu|s tt)$")
NOTE = _field("note", "Ghi chú", r"ghi chu|^ly do$")
OLD_NUMBER = _field("old_number", "Số CMND cũ", r"(?:cmnd|cmt).*(?:\bcu\b|9 so)|^(?:so )?(?:cmnd|cmt)$")

AWARDS = (
    ORDER,
    *BORN_NEEDED,
    _field("merit_person", "Người có công liên quan", r"ten (?:cua )?(?:liet si|ls|nguoi co cong)|ho ten liet si"),
    NAME,
    OLD_NUMBER,
    NUMBER,
    *SEX,
    _field("ethnicity", "Dân tộc", r"dan toc"),
    PHONE,
    _field("decision", "Số, ngày quyết định", r"^(?=.*\bso\b)(?=.*\bngay\b)(?=.*(?:quyet dinh|\bqd\b))"),
    _field("decided_on", "Ngày quyết định", r"ngay.*(?:quyet dinh|\bqd\b)|(?:quyet dinh|\bqd\b).*\bngay\b|ngay ky"),
    _field("decision_number", "Số quyết định", r"quyet dinh|\bqd\b"),
    _field("signer", "Người ký", r"nguoi ky"),
    _field("first_month", "Hưởng từ tháng", r"huong tu|tu thang|thang (?:bat dau|huong)|thoi (?:diem|gian).*huong|bat dau huong"),
    _field("end_month", "Hưởng đến tháng", r"den thang|thoi huong|ket thuc|den het"),
    _field("percent", "Tỷ lệ tổn thương (%)", r"t[yi] le|\bttct\b|mat suc|suy giam"),
    _field("children", "Số con đang nuôi", r"so con\b|so tre"),
    _field("coefficient", "Hệ số", r"he so"),
    _field("category", "Chế độ", r"ma (?:che do|doi tuong|loai)", r"che do|dien (?:huong|doi tuong)|loai doi tuong|chinh sach",
           r"doi tuong|\bnhom\b"),
    _field("amount", "Mức hưởng", r"muc (?:huong|tro cap|chi)|so tien|tro cap (?:thang|hang thang)|thanh tien", r"\bmuc\b|tro cap"),
    _field("household", "Hoàn cảnh hộ", r"hoan canh|ho ngheo|can ngheo|loai ho|\bho\b.*\bngheo\b"),
    _field("relation", "Quan hệ", r"quan he|moi quan he"),
    _field("file_ref", "Số hồ sơ", r"ho so"),
    *PLACE,
    NOTE,
)  # fmt: skip

ACCOUNTS = (
    ORDER,
    _field("holder", "Tên chủ tài khoản", r"chu (?:tai khoan|tk)|ten (?:tai khoan|tk)"),
    _field("account", "Số tài khoản", r"(?:so )?(?:tai khoan|\btk\b|\bstk\b)(?!.*ngan hang)", required=True),
    _field("bank", "Ngân hàng, ví", r"ngan hang|\bnh\b|mo tai|\bvi\b dien tu", required=True),
    *BORN,
    NAME,
    OLD_NUMBER,
    NUMBER,
    *SEX,
    PHONE,
    *PLACE,
    NOTE,
)

POPULATION = (
    _field("reference", "Mã đối chiếu", r"ma doi chieu|ma dong|^ma$", required=True),
    ORDER,
    _field("result", "Kết quả đối chiếu", r"ket qua|tinh trang", required=True),
    _field("died_on", "Ngày chết", r"ngay chet|ngay mat|qua doi"),
    _field("moved_to", "Nơi đến", r"noi (?:den|chuyen)|chuyen den"),
    *BORN,
    NAME_IF_ANY,
    NUMBER,
    *SEX,
    NOTE,
)

RESULTS = (
    _field("bank_reference", "Số bút toán", r"but toan|bank ?ref|so chung tu|ma chung tu"),
    _field(
        "reference", "Mã giao dịch", r"ma (?:giao dich|gd|tham chieu|lenh)|end to end|\be2e\b", required=True
    ),
    ORDER,
    NAME_IF_ANY,
    _field("account", "Số tài khoản", r"tai khoan|\btk\b|\bstk\b"),
    _field("amount", "Số tiền", r"so tien|\bst\b", required=True),
    _field("result", "Trạng thái", r"trang thai|ket qua", required=True),
    _field("paid_on", "Ngày chi", r"ngay"),
    _field("reason", "Lý do", r"ly do|dien giai|noi dung"),
    NOTE,
)


@dataclass(frozen=True, slots=True)
class Form:
    """A form: its name, its label, its fields in the order in which headers are matched."""

    name: str
    label: str
    english: str
    fields: tuple[FieldName, ...]

    def label_of(self, name: str) -> str:
        """The label of a field."""
        return next((each.label for each in self.fields if each.name == name), name)


FORMS: dict[str, Form] = {
    form.name: form
    for form in (
        Form("awards", "Danh sách đối tượng hưởng", "People and awards", AWARDS),
        Form("accounts", "Danh sách tài khoản", "Accounts", ACCOUNTS),
        Form("population", "Trả lời đối chiếu dân cư", "Population answers", POPULATION),
        Form("results", "Kết quả chi trả", "Payment results", RESULTS),
    )
}
