# SPDX-License-Identifier: MPL-2.0
"""Forms of providers, selections and contracts."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ansinh.providers.actions.contracts import Terms, percent
from ansinh.providers.directory import directory
from ansinh.rules.refusals import Refusal
from ansinh.ui.fields import VnDateField, shown

KIND_LABELS = {
    "bank": _("Ngân hàng"), "wallet": _("Ví điện tử"), "mobile_money": _("Tiền di động"),
    "pay_organisation": _("Tổ chức dịch vụ chi trả"),
}  # fmt: skip
FACT_LABELS = {
    "branch": _("Chi nhánh, phòng giao dịch"), "atm": _("Cây ATM"), "pay_point": _("Điểm chi trả"),
    "agent": _("Đại lý"), "home_service": _("Chi trả tại nhà"), "opens_at_home": _("Mở tài khoản tại nhà"),
    "wallet": _("Có ví điện tử"), "mobile_money": _("Có tiền di động"),
    "fees_waived": _("Miễn phí cho người hưởng"),
}  # fmt: skip
YES_NO = ("home_service", "opens_at_home", "wallet", "mobile_money", "fees_waived")
STREAM_LABELS = {"merit": _("Người có công"), "assistance": _("Bảo trợ xã hội")}
CHANNEL_LABELS = {
    "account": _("Tài khoản ngân hàng"), "wallet": _("Ví điện tử"), "mobile_money": _("Tiền di động"),
    "pay_point": _("Điểm chi trả"), "home": _("Tại nhà"),
}  # fmt: skip
COST_LABELS = {
    "transfer": _("Phí chuyển tiền"), "withdrawal": _("Phí rút tiền"), "card": _("Phí thẻ"),
    "opening": _("Phí mở tài khoản"), "maintenance": _("Phí duy trì, số dư tối thiểu"),
    "notice": _("Phí tin nhắn báo số dư"), "home_delivery": _("Phí chi tại nhà"),
}  # fmt: skip
BEARER_LABELS = {"provider": _("Tổ chức chi trả chịu"), "budget": _("Ngân sách chịu")}


class PercentUnreadable(Refusal):
    """Not a percentage with at most two decimals; fields: text."""

    code = "PERCENT_UNREADABLE"


def parse_percent(text: str) -> int:
    """`0,75 %` as 75. Raises `PercentUnreadable`."""
    found = re.fullmatch(r"\s*([0-9]{1,2})(?:[.,]([0-9]{1,2}))?\s*%?\s*", text)
    if found is None:
        raise PercentUnreadable(text=text[:20])
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))


class PercentField(forms.CharField):
    """A fee typed as `0,75`; an int of hundredths of a percent."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "placeholder": "0,75"})

    def to_python(self, value: Any) -> Any:
        """What was typed as an int."""
        if value in self.empty_values:
            return None
        if isinstance(value, int):
            return value
        try:
            return parse_percent(str(value))
        except Refusal as refused:
            raise ValidationError(shown(refused), code=refused.code) from refused

    def run_validators(self, value: Any) -> None:
        """What was read is right by construction."""

    def prepare_value(self, value: Any) -> Any:
        """As people write it."""
        return percent(value) if isinstance(value, int) else value


class ProviderForm(forms.Form):
    """An organisation that may pay."""

    name = forms.CharField(label=_("Tên tổ chức"), max_length=160)
    kind = forms.ChoiceField(label=_("Loại"), choices=list(KIND_LABELS.items()))
    institution = forms.ChoiceField(label=_("Mã trong danh mục ngân hàng (nếu có)"), required=False)
    hotline = forms.CharField(label=_("Điện thoại hỗ trợ người hưởng"), max_length=40, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(bank.code, f"{bank.name} ({bank.code})") for bank in directory().banks]
        self.fields["institution"].choices = [("", "–"), *known]  # type: ignore[attr-defined]


class FactForm(forms.Form):
    """What a provider has in a unit from a day on."""

    unit = forms.ChoiceField(label=_("Đơn vị"))
    hamlet = forms.CharField(
        label=_("Thôn, tổ dân phố"), max_length=120, required=False,
        help_text=_("Bỏ trống nếu tính cho cả đơn vị. Ghi như trong hồ sơ người hưởng."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Nội dung"), choices=list(FACT_LABELS.items()))
    quantity = forms.IntegerField(label=_("Số lượng (có = 1, không = 0)"), min_value=0, max_value=9999)
    valid_from = VnDateField(label=_("Từ ngày"))
    evidence = forms.CharField(label=_("Căn cứ (văn bản, biên bản kiểm tra)"), max_length=300)

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]


class SelectionForm(forms.Form):
    """Begin to choose."""

    unit = forms.ChoiceField(label=_("Chọn cho đơn vị"))
    title = forms.CharField(label=_("Tên đợt lựa chọn"), max_length=180)

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]


class CandidateForm(forms.Form):
    """A provider takes part."""

    provider = forms.ChoiceField(label=_("Tổ chức tham gia"))
    fee_bps = PercentField(label=_("Phí đề nghị (% số tiền chi)"))
    offer = forms.CharField(label=_("Cam kết khác"), max_length=500, required=False)

    def __init__(self, *args: Any, providers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["provider"].choices = providers  # type: ignore[attr-defined]


class MinutesForm(forms.Form):
    """The minutes of the meeting that chose."""

    held_on = VnDateField(label=_("Ngày họp"))
    present = forms.CharField(
        label=_("Thành phần dự họp"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    text = forms.CharField(
        label=_("Nội dung, kết luận"), max_length=8000, widget=forms.Textarea(attrs={"rows": 5})
    )
    chosen = forms.MultipleChoiceField(
        label=_("Tổ chức được chọn"), widget=forms.CheckboxSelectMultiple, required=False
    )
    reason = forms.CharField(
        label=_("Lý do, nếu không chọn tổ chức điểm cao nhất"), max_length=500, required=False
    )

    def __init__(self, *args: Any, candidates: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = candidates  # type: ignore[attr-defined]


class ContractForm(forms.Form):
    """The terms of a contract. No cost can be put on the beneficiary: the form does not offer it."""

    candidate = forms.ChoiceField(label=_("Bên chi trả (đã được chọn)"))
    number = forms.CharField(label=_("Số hợp đồng"), max_length=60)
    signed_on = VnDateField(label=_("Ngày ký"))
    valid_from = VnDateField(label=_("Hiệu lực từ ngày"))
    last_day = VnDateField(label=_("Đến hết ngày"))
    streams = forms.MultipleChoiceField(
        label=_("Nguồn chi"), choices=list(STREAM_LABELS.items()), widget=forms.CheckboxSelectMultiple
    )
    channels = forms.MultipleChoiceField(
        label=_("Hình thức chi"), choices=list(CHANNEL_LABELS.items()), widget=forms.CheckboxSelectMultiple
    )
    fee_bps = PercentField(label=_("Phí chi trả (% số tiền chi)"))
    scope = forms.CharField(label=_("Phạm vi công việc"), max_length=500)
    liability = forms.CharField(
        label=_("Trách nhiệm khi mất, chi sai"), max_length=500,
        initial=_("Bên chi trả chịu 100% trách nhiệm về mất mát, chi sai người, chi thiếu."),
    )  # fmt: skip
    list_day = forms.IntegerField(label=_("Nhận danh sách trước ngày"), min_value=1, max_value=28, initial=25)
    report_day = forms.IntegerField(label=_("Báo cáo trước ngày"), min_value=1, max_value=28, initial=20)

    def __init__(self, *args: Any, candidates: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["candidate"].choices = candidates  # type: ignore[attr-defined]
        for cost, label in COST_LABELS.items():
            self.fields[f"cost_{cost}"] = forms.ChoiceField(label=label, choices=list(BEARER_LABELS.items()))

    def terms(self) -> Terms:
        """What the action takes."""
        data = self.cleaned_data
        return Terms(
            number=data["number"], signed_on=data["signed_on"], valid_from=data["valid_from"],
            valid_to=data["last_day"] + timedelta(days=1), streams=data["streams"], channels=data["channels"],
            scope=data["scope"], fee_bps=data["fee_bps"], liability=data["liability"],
            costs={cost: data[f"cost_{cost}"] for cost in COST_LABELS}, list_day=data["list_day"],
            report_day=data["report_day"],
        )  # fmt: skip


class AnnexForm(forms.Form):
    """A year's change of a contract."""

    number = forms.CharField(label=_("Số phụ lục"), max_length=60)
    year = forms.IntegerField(label=_("Năm"), min_value=2015, max_value=2100)
    signed_on = VnDateField(label=_("Ngày ký"))
    applies_from = VnDateField(label=_("Áp dụng từ ngày"))
    last_day = VnDateField(label=_("Gia hạn đến hết ngày (nếu có)"), required=False)
    fee_bps = PercentField(label=_("Phí mới (nếu đổi)"), required=False)
    words = forms.CharField(label=_("Nội dung"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))

    def until(self) -> date | None:
        """The first day after the prolonged contract."""
        last: date | None = self.cleaned_data["last_day"]
        return None if last is None else last + timedelta(days=1)


class EndForm(forms.Form):
    """Ending a contract early."""

    last_day = VnDateField(label=_("Ngày cuối cùng còn hiệu lực"))
    reason = forms.CharField(label=_("Lý do"), max_length=300)
