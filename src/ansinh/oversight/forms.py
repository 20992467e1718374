# SPDX-License-Identifier: MPL-2.0
"""Forms of samples, visits and the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ansinh.oversight.labels import FINDINGS
from ansinh.ui.fields import MonthField, VnDateField

MISSED = "missed"


class SeedForm(forms.Form):
    """The words of a month."""

    period = MonthField(label=_("Tháng"))
    text = forms.CharField(
        label=_("Câu rút mẫu"), max_length=200,
        help_text=_("Ví dụ: kết quả xổ số kiến thiết của tỉnh ngày công bố, kèm ngày. Công bố trước khi"
                    " khoá bảng chi."),
    )  # fmt: skip


class VisitForm(forms.Form):
    """What was found at a door."""

    finding = forms.ChoiceField(
        label=_("Kết quả"), widget=forms.RadioSelect,
        choices=[*FINDINGS.items(), (MISSED, _("Chưa gặp được ai, sẽ đến lại"))],
        error_messages={"required": _("Chọn một dòng đúng với điều đã thấy.")},
    )  # fmt: skip
    visited_on = VnDateField(label=_("Ngày đến"))
    note = forms.CharField(
        label=_("Ghi chú"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Bắt buộc khi có sai, chưa gặp hoặc sửa kết quả."),
    )  # fmt: skip


class ChargeForm(forms.Form):
    """Who leads a case until when."""

    officer = forms.ChoiceField(label=_("Người xử lý"))
    due_on = VnDateField(label=_("Hạn"))
    reason = forms.CharField(label=_("Lý do"), max_length=300)

    def __init__(self, *args: Any, officers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].choices = officers  # type: ignore[attr-defined]
