# SPDX-License-Identifier: MPL-2.0
"""What fields and values are called on pages, in changes and in the timeline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from ansinh.legislation.load import load
from ansinh.registry.models import Award
from ansinh.rules.dates import PartialDate, format_date
from ansinh.rules.money import format_vnd
from ansinh.rules.months import Month

FIELDS: dict[str, Promise] = {
    "name": _("Họ và tên"), "born": _("Ngày sinh"), "born_on": _("Ngày sinh"), "sex": _("Giới tính"),
    "ethnicity": _("Dân tộc"), "hamlet": _("Thôn"), "household": _("Hoàn cảnh"), "number": _("Số định danh"),
    "number_last4": _("Số định danh"), "phone": _("Điện thoại"), "phone_last4": _("Điện thoại"),
    "old_number": _("Số CMND cũ"), "channel": _("Cách nhận"), "pension_vnd": _("Lương hưu"),
    "lives_alone": _("Sống cô đơn"), "disadvantaged_area": _("Vùng đặc biệt khó khăn"),
    "life": _("Tình trạng"), "life_since": _("Tình trạng từ ngày"), "life_source": _("Căn cứ"),
    "commune": _("Xã, phường"), "commune_id": _("Xã, phường"), "merged_into_id": _("Nhập vào hồ sơ"),
    "into": _("Hồ sơ chính"), "from_record": _("Tách khỏi hồ sơ"), "on": _("Từ ngày"), "since": _("Từ ngày"),
    "died_on": _("Ngày chết"), "source": _("Căn cứ"), "code": _("Chế độ"), "facts": _("Dữ kiện"),
    "decision_number": _("Số quyết định"), "decided_on": _("Ngày quyết định"), "signer": _("Người ký"),
    "signer_title": _("Chức danh người ký"), "first_month": _("Hưởng từ"), "end_month": _("Đến hết"),
    "last_month": _("Tháng cuối"), "end_reason": _("Lý do dừng"), "from": _("Từ tháng"),
    "suspended_from": _("Tạm dừng từ"), "suspended_to": _("Tạm dừng đến hết"),
    "suspend_reason": _("Lý do tạm dừng"), "file_ref": _("Số hồ sơ"), "merit_person": _("Người có công"),
    "relation": _("Quan hệ"), "derives_from": _("Theo người có công"),
    "derives_from_id": _("Theo người có công"), "voided": _("Không tính"), "person_id": _("Hồ sơ"),
    "review": _("Cần xem lại"), "document": _("Giấy tờ làm căn cứ"),
}  # fmt: skip
MONTHS = {"first_month", "end_month", "last_month", "from", "suspended_from", "suspended_to"}
SECRET = {"number", "phone", "old_number"}
WORDS: dict[str, Promise] = {
    "male": _("Nam"), "female": _("Nữ"), "poor": _("Hộ nghèo"), "near_poor": _("Hộ cận nghèo"),
    "other": _("Hộ khác"), "alive": _("còn sống"), "dead": _("đã chết"), "missing": _("mất tích"),
    "detained": _("bị giam giữ"), "abroad": _("ở nước ngoài"), "account": _("qua tài khoản"),
    "pay_point": _("tại điểm chi"), "home": _("tại nhà"), "True": _("có"), "False": _("không"),
}  # fmt: skip
EVENTS: dict[str, Promise] = {
    "death": _("Chết"), "remand": _("Bị tạm giam"), "imprisonment": _("Chấp hành án tù"),
    "release": _("Mãn hạn, được trả tự do"), "missing": _("Mất tích"), "emigration": _("Xuất cảnh trái phép"),
    "return": _("Trở về"), "majority": _("Đủ 18 tuổi"), "end_of_study": _("Thôi học"),
    "disability_review": _("Xác định lại mức độ khuyết tật"), "remarriage": _("Kết hôn"),
}  # fmt: skip
FACTS: dict[str, Promise] = {
    "injury_percent": _("tỷ lệ %"), "children": _("số con"), "study_until": _("học đến"),
    "years_of_service": _("số năm"), "decision_month": _("tháng quyết định"), "event_on": _("ngày"),
    "relation": _("quan hệ"),
}  # fmt: skip
_ISO_DAY, _ISO_MONTH = re.compile(r"\d{4}-\d{2}-\d{2}"), re.compile(r"\d{4}-\d{2}")


def field(name: str) -> str:
    """A field in the language of the page."""
    return str(FIELDS.get(name, name))


def vietnamese(names: Iterable[str]) -> str:
    """Fields as they are stored in a change's label: in Vietnamese, whoever writes them."""
    with translation.override("vi"):
        return ", ".join(dict.fromkeys(field(name).lower() for name in names))


def value(name: str, raw: object) -> str:
    """A value as people read it: dates and months, words for codes, secrets by their end."""
    if raw is None or raw == "":
        return ""
    text = str(raw)
    if name in SECRET:
        return f"••••{text[-4:]}"
    if name == "facts" and isinstance(raw, Mapping):
        return ", ".join(f"{FACTS.get(key, key)}: {value(key, each)}" for key, each in sorted(raw.items()))
    if name == "pension_vnd":
        return format_vnd(int(text))
    if name == "born":
        return PartialDate.parse(text).vi
    if name in MONTHS and _ISO_MONTH.match(text):
        return Month.parse(text[:7]).vi
    if _ISO_DAY.fullmatch(text):
        return format_date(date.fromisoformat(text))
    return str(WORDS.get(text, text)) if name not in {"name", "hamlet", "relation"} else text


def award(code: str, *, open_grounds: bool) -> str:
    """What an award is called: a confidential ground by its neutral label, but for named roles."""
    category = load().categories.get(code)
    if category is None:
        return code
    return category.label if open_grounds or not category.confidential else category.public_label


def badge(code: str, *, open_grounds: bool) -> str:
    """The short name of an award in a list: its code, or for a confidential ground the neutral label."""
    category = load().categories.get(code)
    hidden = category is not None and category.confidential and not open_grounds
    return category.public_label if hidden and category is not None else code


def neutral_text(text: str) -> str:
    """A sentence of the law's answer ("Đã hưởng K8 …") with each confidential code neutral."""
    for code in sorted(confidential_codes(), key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(code)}\b", badge(code, open_grounds=False), text)
    return text


def may_show_facts(one: Award, *, open_grounds: bool) -> bool:
    """Whether code, facts and the law's own page of an award may be shown."""
    category = load().categories.get(one.code)
    return open_grounds or category is None or not category.confidential


def confidential_codes() -> set[str]:
    """The codes whose grounds named roles only may read."""
    return {code for code, category in load().categories.items() if category.confidential}


def rows_of(content: Mapping[str, Any], *, hide: Iterable[str] = ()) -> list[tuple[str, str]]:
    """(label, value) of each field of a change that is not hidden."""
    hidden = set(hide)
    none = translated("để trống")
    return [(field(name), value(name, each) or none) for name, each in content.items() if name not in hidden]
