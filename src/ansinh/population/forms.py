# SPDX-License-Identifier: MPL-2.0
"""What officers type about a round, an answer, a decision."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ansinh.rules.citizen_numbers import parse_citizen_number
from ansinh.rules.population import Result, Said
from ansinh.rules.refusals import Refusal
from ansinh.ui.fields import PartialDateField, VnDateField, shown


class PrepareForm(forms.Form):
    """Which commune, and by when."""

    unit = forms.ChoiceField(label=_("Xã, phường"))
    due_on = VnDateField(label=_("Hạn công an trả lời"))

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]


class HandOverForm(forms.Form):
    """To whom the list goes."""

    receiver = forms.CharField(label=_("Người nhận bên công an (họ tên, chức vụ)"), max_length=120)


class AnswersForm(forms.Form):
    """The workbook that came back."""

    file = forms.FileField(label=_("Tệp công an trả (.xlsx)"))
    password = forms.CharField(
        label=_("Mật khẩu của tệp (nếu tệp vẫn khóa)"), required=False, strip=True,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


class AnswerForm(forms.Form):
    """One answer of a police officer."""

    result = forms.ChoiceField(choices=[(result.value, result.value) for result in Result])
    reference = forms.CharField(max_length=12)
    seen = forms.IntegerField(min_value=0)
    name = forms.CharField(label=_("Họ và tên đúng"), required=False, max_length=100)
    born = PartialDateField(label=_("Ngày sinh đúng"), required=False)
    number = forms.CharField(label=_("Số định danh đúng"), required=False, max_length=20)
    died_on = PartialDateField(label=_("Ngày chết"), required=False)
    moved_to = forms.CharField(label=_("Nơi đến"), required=False, max_length=200)
    note = forms.CharField(label=_("Ghi chú"), required=False, max_length=300)

    def clean_number(self) -> str:
        """The digits, checked as everywhere."""
        if not self.cleaned_data["number"].strip():
            return ""
        try:
            invented = settings.MODE != "production"
            return parse_citizen_number(self.cleaned_data["number"], allow_invented=invented).digits
        except Refusal as refused:
            raise forms.ValidationError(shown(refused), code=refused.code) from refused

    def said(self) -> Said:
        """What the rules compare: only the values that the result asks for."""
        data, result = self.cleaned_data, Result(self.cleaned_data["result"])
        return Said(
            result,
            name=data["name"] if result is Result.DIFFERENT_NAME else "",
            born=data["born"] if result is Result.DIFFERENT_BIRTH else None,
            number=data["number"] if result is Result.WRONG_NUMBER else "",
            died_on=data["died_on"] if result is Result.DECEASED else None,
            moved_to=data["moved_to"] if result is Result.MOVED else "",
        )


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Căn cứ"), max_length=300, required=False)
