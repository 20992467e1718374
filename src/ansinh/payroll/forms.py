# SPDX-License-Identifier: MPL-2.0
"""Forms of the payroll's pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ansinh.payroll.labels import STREAMS
from ansinh.ui.fields import MonthField


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


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Lý do"), max_length=300)
