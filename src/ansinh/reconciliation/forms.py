# SPDX-License-Identifier: MPL-2.0
"""Forms of the pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ansinh.ledger.models import Source
from ansinh.reconciliation.actions.desk import REMEDIES
from ansinh.reconciliation.actions.receive import Control
from ansinh.reconciliation.labels import REMEDIES as LABELS
from ansinh.reconciliation.readers import READERS
from ansinh.ui.fields import MonthField, VndField


class UploadForm(forms.Form):
    """A result file, and the totals from the paper where the file has none."""

    file = forms.FileField(label=_("Tệp kết quả hoặc sao kê"))
    form = forms.ChoiceField(label=_("Loại tệp"), choices=[(code, each[0]) for code, each in READERS.items()])
    stream = forms.ChoiceField(label=_("Nguồn tiền"), choices=Source.choices)
    unit = forms.ChoiceField(label=_("Đơn vị"))
    count = forms.IntegerField(label=_("Số dòng theo giấy (nếu tệp không có dòng tổng)"), required=False)
    sum_vnd = VndField(label=_("Tổng tiền theo giấy"), required=False)

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]

    def control(self) -> Control:
        """What the officer typed, if both were."""
        data = self.cleaned_data
        both = data["count"] is not None and data["sum_vnd"] is not None
        return Control(data["count"], data["sum_vnd"]) if both else Control()


class RemedyForm(forms.Form):
    """What is proposed, and why it is right."""

    remedy = forms.ChoiceField(label=_("Cách xử lý"), choices=[(code, LABELS[code]) for code in REMEDIES])
    evidence = forms.CharField(
        label=_("Căn cứ (công văn, sao kê, người trả lời và giờ)"), max_length=300, min_length=5
    )


class CloseForm(forms.Form):
    """Which month of which source."""

    stream = forms.ChoiceField(label=_("Nguồn tiền"), choices=Source.choices)
    unit = forms.ChoiceField(label=_("Đơn vị"))
    month = MonthField(label=_("Kỳ kế toán"))

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]
