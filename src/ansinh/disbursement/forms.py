# SPDX-License-Identifier: MPL-2.0
"""Forms of the pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from ansinh.disbursement.actions.cash import Scan
from ansinh.disbursement.labels import PAPERS, STREAMS
from ansinh.payees.actions.papers import LARGEST, PaperTooLarge
from ansinh.ui.fields import MonthField, VnDateField, VndField, shown

PICTURE = {"accept": "image/jpeg,image/png,application/pdf"}


class ScanField(forms.FileField):
    """A picture or scan with a limit; gives a `Scan`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.FileInput(attrs=PICTURE), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """What was sent. Refuses what is too large before it is read."""
        found = super().clean(data, initial)
        if not isinstance(found, UploadedFile):
            return None
        if (found.size or 0) > LARGEST:
            raise forms.ValidationError(shown(PaperTooLarge(limit=f"{LARGEST // 1024 // 1024} MB")))
        return Scan(found.name or "", found.read())


class CountedField(VndField):
    """An amount that may be nothing: an empty box, a list that nobody signed."""

    def read(self, text: str) -> int:
        return 0 if text.replace("đ", "").strip() == "0" else super().read(text)


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
    proxy_paper = forms.CharField(
        label=_("Giấy uỷ quyền và căn cước đã xem (ghi số)"), max_length=200, required=False
    )
    evidence = ScanField(label=_("Ảnh ký nhận (bắt buộc khi chọn Ảnh)"), required=False)

    def __init__(self, *args: Any, instead: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not instead:
            del self.fields["proxy_paper"]


class SignedListForm(forms.Form):
    """What stands under the signed list."""

    handed_on = VnDateField(label=_("Ngày chi trên danh sách"))
    supervisor = forms.CharField(label=_("Người giám sát đã ký"), max_length=120)
    count = forms.IntegerField(label=_("Số người đã ký nhận theo giấy"), min_value=0)
    sum_vnd = CountedField(label=_("Số tiền đã chi theo giấy"))
    scan = ScanField(label=_("Bản quét danh sách đã ký"), required=False)


class CountForm(forms.Form):
    """What was counted in the evening."""

    commune = forms.ChoiceField(label=_("Xã, phường"))
    counted_vnd = CountedField(label=_("Tiền mặt đếm được"))
    note = forms.CharField(label=_("Lý do lệch (nếu có)"), max_length=300, required=False)

    def __init__(self, *args: Any, communes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commune"].choices = communes  # type: ignore[attr-defined]


class BackForm(forms.Form):
    """Cash that is brought back."""

    commune = forms.ChoiceField(label=_("Xã, phường"))
    source = forms.ChoiceField(label=_("Nguồn tiền"), choices=list(STREAMS.items()))
    period = MonthField(label=_("Của kỳ chi trả"))
    amount_vnd = VndField(label=_("Số tiền nộp lại"))
    document = forms.CharField(label=_("Chứng từ nộp tiền (số, ngày)"), max_length=120)
    day = VnDateField(label=_("Ngày nộp"))

    def __init__(self, *args: Any, communes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commune"].choices = communes  # type: ignore[attr-defined]


class LimitForm(forms.Form):
    """How much cash may lie in a commune."""

    commune = forms.ChoiceField(label=_("Xã, phường"))
    most_vnd = VndField(label=_("Nhiều nhất"))
    most_days = forms.IntegerField(label=_("Giữ lâu nhất (ngày)"), min_value=1, max_value=90)
    valid_from = VnDateField(label=_("Từ ngày"))
    decision = forms.CharField(label=_("Quyết định, hợp đồng"), max_length=200)

    def __init__(self, *args: Any, communes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commune"].choices = communes  # type: ignore[attr-defined]


class PaperForm(forms.Form):
    """A scan that belongs to an envelope."""

    kind = forms.ChoiceField(label=_("Loại giấy tờ"), choices=list(PAPERS.items()))
    scan = ScanField(label=_("Bản quét (PDF, JPEG, PNG)"))
