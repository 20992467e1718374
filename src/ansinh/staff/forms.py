# SPDX-License-Identifier: MPL-2.0
"""Forms about officers and roles."""

from __future__ import annotations

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ansinh.staff.duties import LABELS, Role
from ansinh.ui.fields import VnDateField


def role_choices() -> list[tuple[str, str]]:
    """Roles in the language of the page."""
    place = 1 if get_language() == "en" else 0
    return [(role.value, names[place]) for role, names in LABELS.items()]


class ProposeRoleForm(forms.Form):
    """Propose a role for an officer."""

    role = forms.ChoiceField(label=_("Vai trò"), choices=role_choices)
    unit_code = forms.CharField(label=_("Mã đơn vị (2, 3 hoặc 5 chữ số)"), max_length=10)
    valid_from = VnDateField(label=_("Từ ngày"))
    last_day = VnDateField(label=_("Đến hết ngày (để trống nếu chưa biết)"), required=False)
    reason = forms.CharField(label=_("Căn cứ, lý do"), max_length=300)

    def role_value(self) -> Role:
        """The role chosen."""
        return Role(self.cleaned_data["role"])


class ReasonForm(forms.Form):
    """A reason, for refusing or ending."""

    reason = forms.CharField(label=_("Lý do"), max_length=300)


class EndRoleForm(ReasonForm):
    """The last day of a role, with the reason."""

    last_day = VnDateField(label=_("Ngày cuối cùng giữ vai trò"))
