# SPDX-License-Identifier: MPL-2.0
"""Forms of the pages."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Lý do"), max_length=300, min_length=3)


class ReceiptForm(forms.Form):
    """How a payee signed, and who watched."""

    receipt = forms.ChoiceField(
        label=_("Ký nhận bằng"),
        choices=(("signature", _("Chữ ký")), ("thumbprint", _("Điểm chỉ")), ("photo", _("Ảnh"))),
    )
    supervisor = forms.CharField(label=_("Người giám sát"), max_length=120)
