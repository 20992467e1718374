# SPDX-License-Identifier: MPL-2.0
"""Forms of approvals."""

from __future__ import annotations

from datetime import date, timedelta

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ansinh.staff.models import Officer
from ansinh.ui.fields import VnDateField


class DelegationForm(forms.Form):
    """Who stands in, from when until when, and why."""

    substitute = forms.ModelChoiceField(label=_("Người duyệt thay"), queryset=Officer.objects.none())
    valid_from = VnDateField(label=_("Từ ngày"))
    last_day = VnDateField(label=_("Đến hết ngày"))
    reason = forms.CharField(label=_("Lý do"), max_length=300)

    def __init__(self, data: object = None, *, colleagues: QuerySet[Officer]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["substitute"].queryset = colleagues  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        """The last day is not before the first."""
        found = super().clean() or {}
        start, last = found.get("valid_from"), found.get("last_day")
        if isinstance(start, date) and isinstance(last, date) and last < start:
            self.add_error("last_day", _("Ngày cuối trước ngày đầu. Đổi lại một trong hai ngày."))
        return found

    def end(self) -> date:
        """The first day after the delegation."""
        last: date = self.cleaned_data["last_day"]
        return last + timedelta(days=1)
