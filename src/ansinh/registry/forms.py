# SPDX-License-Identifier: MPL-2.0
"""Forms of the register's pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ansinh.legislation.load import load
from ansinh.registry.files.forms import FORMS
from ansinh.registry.labels import EVENTS
from ansinh.registry.models import Award
from ansinh.rules.citizen_numbers import parse_citizen_number, parse_old_number
from ansinh.rules.months import Month
from ansinh.rules.names import normalise_name
from ansinh.rules.phones import parse_phone
from ansinh.rules.refusals import Refusal
from ansinh.ui.fields import MonthField, PartialDateField, VnDateField, VndField, shown

SEXES = (("", "–"), ("male", _("Nam")), ("female", _("Nữ")))
HOUSEHOLDS = (("other", _("Hộ khác")), ("poor", _("Hộ nghèo")), ("near_poor", _("Hộ cận nghèo")))


class UploadForm(forms.Form):
    """A list to check."""

    file = forms.FileField(label=_("Tệp danh sách (.xlsx, .xls, .ods, .csv)"), required=False)
    pasted = forms.CharField(
        label=_("Hoặc dán từ Excel (chép cả dòng tiêu đề)"), required=False, strip=False,
        max_length=2_000_000, widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )  # fmt: skip
    form = forms.ChoiceField(label=_("Loại danh sách"))
    unit = forms.ChoiceField(label=_("Xã, phường"))
    month = MonthField(label=_("Của tháng"))

    def __init__(self, *args: Any, units: list[tuple[str, str]], names: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]
        self.fields["form"].choices = [(name, FORMS[name].label) for name in names]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A file or what was pasted, one of the two."""
        data = super().clean() or {}
        one_of_two = bool(data.get("file")) != bool((data.get("pasted") or "").strip())
        if not one_of_two and "file" not in self.errors:
            self.add_error(
                "file", _("Chọn một tệp, hoặc dán các dòng từ Excel vào ô bên dưới: một trong hai.")
            )
        return data


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
    old_number = forms.CharField(label=_("Số CMND cũ (9 chữ số)"), max_length=20, required=False)

    def clean_name(self) -> str:
        """The name as it is stored."""
        return _read(normalise_name, self.cleaned_data["name"])

    def clean_number(self) -> str | None:
        """Twelve digits, or nothing."""
        typed = self.cleaned_data["number"]
        return _read(_number, typed) if typed.strip() else None

    def clean_old_number(self) -> str | None:
        """Nine digits, or nothing."""
        typed = self.cleaned_data["old_number"]
        return _read(parse_old_number, typed) if typed.strip() else None

    def clean_phone(self) -> str | None:
        """Ten digits with the leading zero, or nothing."""
        typed = self.cleaned_data["phone"]
        return _read(parse_phone, typed) if typed.strip() else None

    def values(self) -> dict[str, Any]:
        """What the actions take."""
        return {**self.cleaned_data, "born": self.cleaned_data["born"].iso}


def _number(text: str) -> str:
    return parse_citizen_number(text, allow_invented=settings.MODE != "production").digits


def _read(reader: Callable[[str], str], text: str) -> str:
    """What a rule reads; its refusal becomes the field's error."""
    try:
        return reader(text)
    except Refusal as refused:
        raise forms.ValidationError(shown(refused), code=refused.code) from refused


def category_choices() -> list[tuple[str, str]]:
    """Monthly entitlements by family, with their public labels."""
    law = load()
    rows = {band.row for each in law.categories.values() for band in each.bands if band.row != each.code}
    return [
        (each.code, f"{each.code} – {each.shown[:90]}")
        for each in law.categories.values()
        if each.kind == "monthly" and each.code not in rows
    ]


FACTS = ("injury_percent", "children")


class DecisionForm(forms.Form):
    """What a decision to pay says, as it is printed."""

    decision_number = forms.CharField(label=_("Số quyết định"), max_length=60)
    decided_on = VnDateField(label=_("Ngày quyết định"))
    signer = forms.CharField(label=_("Người ký"), max_length=120, required=False)
    signer_title = forms.CharField(label=_("Chức danh người ký (như in)"), max_length=120, required=False)
    first_month = MonthField(label=_("Hưởng từ tháng"))
    injury_percent = forms.IntegerField(
        label=_("Tỷ lệ tổn thương (%)"), required=False, min_value=1, max_value=100
    )
    children = forms.IntegerField(label=_("Số con đang nuôi"), required=False, min_value=1, max_value=15)
    file_ref = forms.CharField(label=_("Số hồ sơ"), max_length=60, required=False)
    merit_person = forms.CharField(label=_("Người có công (nếu hưởng theo)"), max_length=200, required=False)
    relation = forms.CharField(label=_("Quan hệ với người có công"), max_length=60, required=False)

    def values(self) -> dict[str, Any]:
        """What the actions take."""
        data = dict(self.cleaned_data)
        facts = {name: data.pop(name) for name in FACTS}
        data["facts"] = {name: value for name, value in facts.items() if value is not None}
        data["first_month"] = str(data["first_month"])
        data["decided_on"] = data["decided_on"].isoformat()
        return data


class AwardForm(DecisionForm):
    """A decision to pay, and which entitlement."""

    code = forms.ChoiceField(label=_("Chế độ"), choices=category_choices)
    derives_from = forms.IntegerField(
        label=_("Mã hồ sơ của người có công (nếu có)"), required=False, min_value=1
    )
    field_order = ("code",)


class EditAwardForm(DecisionForm):
    """Other data of an award that is there."""

    @staticmethod
    def initial_of(award: Award) -> dict[str, Any]:
        """What the record says now."""
        facts = {name: award.facts.get(name) for name in FACTS}
        plain = ("decision_number", "decided_on", "signer", "signer_title", "file_ref", "merit_person",
                 "relation")  # fmt: skip
        return {name: getattr(award, name) for name in plain} | facts | {
            "first_month": Month.of(award.first_month)
        }  # fmt: skip

    def changed(self, award: Award) -> dict[str, Any]:
        """What the form says otherwise than the record."""
        values, was = self.values(), self.initial_of(award)
        was["first_month"] = str(was["first_month"])
        was["decided_on"] = was["decided_on"].isoformat() if was["decided_on"] else None
        kept = {name: value for name, value in award.facts.items() if name not in FACTS}
        facts = kept | values.pop("facts")
        found = {name: value for name, value in values.items() if value != was[name]}
        return found | ({"facts": facts} if facts != award.facts else {})


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Lý do, giấy tờ kèm theo"), max_length=300)


class StopForm(ReasonForm):
    """The last month that is owed."""

    last_month = MonthField(label=_("Tháng cuối cùng được hưởng"))


class SpanForm(ReasonForm):
    """The first month of a suspension, or of paying again."""

    first = MonthField(label=_("Từ tháng"))


class EventForm(forms.Form):
    """Something that happened to a person."""

    kind = forms.ChoiceField(
        label=_("Sự kiện"),
        choices=list(EVENTS.items()),
    )
    happened_on = VnDateField(label=_("Xảy ra ngày"))
    source = forms.CharField(label=_("Căn cứ (giấy chứng tử số, quyết định số…)"), max_length=120)


class MoveForm(ReasonForm):
    """To another commune."""

    unit_code = forms.CharField(label=_("Mã xã, phường nơi đến (5 chữ số)"), max_length=5)
    hamlet = forms.CharField(label=_("Thôn, tổ dân phố nơi đến"), max_length=120, required=False)
    moved_on = VnDateField(label=_("Chuyển từ ngày"))
