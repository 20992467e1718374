# SPDX-License-Identifier: MPL-2.0
"""Forms of the payroll's pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ansinh.payroll.labels import ENTRY_KINDS, STREAMS
from ansinh.rules.money import parse_vnd
from ansinh.ui.fields import MonthField, VnDateField, VndField

LARGEST_ESTIMATE_VND = 99_999_999_999_999


class PrepareForm(forms.Form):
    """A new payroll."""

    unit = forms.ChoiceField(label=_("Đơn vị"))
    stream = forms.ChoiceField(label=_("Nguồn"), choices=list(STREAMS.items()))
    period = MonthField(label=_("Tháng"))
    months = forms.ChoiceField(
        label=_("Số tháng"), choices=[("1", _("một tháng")), ("2", _("hai tháng cùng lúc (Tết)"))]
    )

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]


class HoldForm(forms.Form):
    """Why a person's payments are held, and of which money."""

    stream = forms.ChoiceField(
        label=_("Giữ khoản chi của nguồn"), required=False,
        choices=[("", _("mọi nguồn")), *STREAMS.items()],
    )  # fmt: skip
    reason = forms.CharField(label=_("Lý do"), max_length=300)


class EntryForm(forms.Form):
    """A line by decision."""

    kind = forms.ChoiceField(label=_("Loại"), choices=list(ENTRY_KINDS.items()))
    month = MonthField(label=_("Của tháng"))
    amount_vnd = VndField(label=_("Số tiền (đồng)"))
    decision = forms.CharField(label=_("Quyết định (số, ngày, nơi ký)"), max_length=120)
    reason = forms.CharField(label=_("Lý do"), max_length=300)


class EstimateField(VndField):
    """An amount of a year's estimate: a province's runs above what a payment may be."""

    def read(self, text: str) -> int:
        """The amount. Raises an `AmountNotUnderstood`."""
        return parse_vnd(text, limit=LARGEST_ESTIMATE_VND)


class BudgetForm(forms.Form):
    """A decision that gives (or takes back) money for a year."""

    unit = forms.ChoiceField(label=_("Đơn vị"))
    stream = forms.ChoiceField(label=_("Nguồn"), choices=list(STREAMS.items()))
    year = forms.IntegerField(label=_("Năm ngân sách"), min_value=2021, max_value=2099)
    act = forms.ChoiceField(
        label=_("Giao hay cắt giảm"), choices=[("give", _("giao")), ("cut", _("cắt giảm"))]
    )
    amount_vnd = EstimateField(label=_("Số tiền (đồng)"))
    decision = forms.CharField(label=_("Quyết định số"), max_length=120)
    decided_on = VnDateField(label=_("Ngày ký"))

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]

    def signed_vnd(self) -> int:
        """The amount, below zero when it is taken back."""
        amount: int = self.cleaned_data["amount_vnd"]
        return -amount if self.cleaned_data["act"] == "cut" else amount
