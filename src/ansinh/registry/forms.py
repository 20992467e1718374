# SPDX-License-Identifier: MPL-2.0
"""Forms of the register's pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ansinh.legislation.load import load
from ansinh.registry.files.forms import FORMS
from ansinh.rules.names import normalise_name
from ansinh.rules.refusals import Refusal
from ansinh.ui.fields import MonthField, PartialDateField, VnDateField, VndField, shown

SEXES = (("", "–"), ("male", _("Nam")), ("female", _("Nữ")))
HOUSEHOLDS = (("other", _("Hộ khác")), ("poor", _("Hộ nghèo")), ("near_poor", _("Hộ cận nghèo")))


class UploadForm(forms.Form):
    """A list to check."""

    file = forms.FileField(label=_("Tệp danh sách (.xlsx, .xls, .ods, .csv)"))
    form = forms.ChoiceField(
        label=_("Loại danh sách"), choices=[(f.name, f.label) for f in FORMS.values()][:2]
    )
    unit = forms.ChoiceField(label=_("Xã, phường"))
    month = MonthField(label=_("Của tháng"))

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]


class ConfirmForm(forms.Form):
    """The control totals from the paper, and whether an earlier list is replaced."""

    count = forms.IntegerField(label=_("Số người theo giấy"), min_value=1)
    sum_vnd = VndField(label=_("Tổng tiền một tháng theo giấy (nếu có)"), required=False)
    replace = forms.BooleanField(label=_("Thay thế danh sách đã nhập trước"), required=False)


class PersonForm(forms.Form):
    """A person by hand, in the order of the paper, the number first."""

    number = forms.CharField(label=_("Số định danh cá nhân (12 chữ số)"), required=False, max_length=20)
    name = forms.CharField(label=_("Họ và tên"), max_length=120)
    born = PartialDateField(label=_("Ngày, tháng, năm sinh (hoặc chỉ năm)"))
    sex = forms.ChoiceField(label=_("Giới tính"), choices=SEXES, required=False)
    ethnicity = forms.CharField(label=_("Dân tộc"), max_length=40, required=False)
    hamlet = forms.CharField(label=_("Thôn, tổ dân phố"), max_length=120, required=False)
    phone = forms.CharField(label=_("Số điện thoại"), max_length=20, required=False)
    household = forms.ChoiceField(label=_("Hoàn cảnh"), choices=HOUSEHOLDS)

    def clean_name(self) -> str:
        """The name as it is stored."""
        try:
            return normalise_name(self.cleaned_data["name"])
        except Refusal as refused:
            raise forms.ValidationError(shown(refused), code=refused.code) from refused

    def values(self) -> dict[str, Any]:
        """What the actions take."""
        data = dict(self.cleaned_data)
        data["born"] = data["born"].iso
        data["number"] = "".join(data["number"].split()) or None
        data["phone"] = "".join(each for each in data["phone"] if each.isdigit()) or None
        return data


def category_choices() -> list[tuple[str, str]]:
    """Monthly entitlements by family, with their public labels."""
    law = load()
    rows = {band.row for each in law.categories.values() for band in each.bands if band.row != each.code}
    return [
        (each.code, f"{each.code} – {each.shown[:90]}")
        for each in law.categories.values()
        if each.kind == "monthly" and each.code not in rows
    ]


class AwardForm(forms.Form):
    """A decision to pay."""

    code = forms.ChoiceField(label=_("Chế độ"), choices=category_choices)
    decision_number = forms.CharField(label=_("Số quyết định"), max_length=60)
    decided_on = VnDateField(label=_("Ngày quyết định"))
    signer = forms.CharField(label=_("Người ký"), max_length=120, required=False)
    first_month = MonthField(label=_("Hưởng từ tháng"))
    injury_percent = forms.IntegerField(
        label=_("Tỷ lệ tổn thương (%)"), required=False, min_value=1, max_value=100
    )
    children = forms.IntegerField(label=_("Số con đang nuôi"), required=False, min_value=1, max_value=15)

    def values(self) -> dict[str, Any]:
        """What the actions take."""
        data = dict(self.cleaned_data)
        facts = {name: data.pop(name) for name in ("injury_percent", "children")}
        data["facts"] = {name: value for name, value in facts.items() if value is not None}
        data["first_month"] = str(data["first_month"])
        return data


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Lý do, giấy tờ kèm theo"), max_length=300)


class StopForm(ReasonForm):
    """The last month that is owed."""

    last_month = MonthField(label=_("Tháng cuối cùng được hưởng"))


class EventForm(forms.Form):
    """Something that happened to a person."""

    kind = forms.ChoiceField(
        label=_("Sự kiện"),
        choices=(
            ("death", _("Chết")),
            ("imprisonment", _("Bị tạm giam, chấp hành án")),
            ("release", _("Mãn hạn, được trả tự do")),
            ("missing", _("Mất tích")),
            ("emigration", _("Xuất cảnh trái phép")),
            ("end_of_study", _("Thôi học")),
            ("disability_review", _("Xác định lại mức độ khuyết tật")),
            ("remarriage", _("Kết hôn")),
        ),
    )
    happened_on = VnDateField(label=_("Xảy ra ngày"))
    source = forms.CharField(label=_("Căn cứ (giấy chứng tử số, quyết định số…)"), max_length=120)


class MoveForm(ReasonForm):
    """To another commune."""

    unit_code = forms.CharField(label=_("Mã xã, phường nơi đến (5 chữ số)"), max_length=5)
    hamlet = forms.CharField(label=_("Thôn, tổ dân phố nơi đến"), max_length=120, required=False)
    moved_on = VnDateField(label=_("Chuyển từ ngày"))
