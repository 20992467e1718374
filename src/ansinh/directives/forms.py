# SPDX-License-Identifier: MPL-2.0
"""Forms of steering."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from ansinh.directives.actions.issue import LARGEST_FILE, Attached, FileTooLarge, Ordered
from ansinh.directives.measures import MEASURES
from ansinh.ui.fields import MonthField, VnDateField, shown

ADDRESSEES = (
    ("communes", _("Cấp dưới trực tiếp và mọi xã, phường")),
    ("below", _("Cấp dưới trực tiếp")),
    ("agency", _("Sở, ban, ngành của đơn vị")),
)
CATEGORIES = {
    "account": _("Mở, dùng tài khoản"), "data": _("Dữ liệu, số định danh"),
    "proxy": _("Ủy quyền, giám hộ"), "provider": _("Ngân hàng, tổ chức chi trả"),
    "payment": _("Chi trả, hoàn trả"), "budget": _("Kinh phí, kho bạc"),
    "law": _("Chính sách, mức hưởng"), "software": _("Phần mềm, đường truyền"), "other": _("Việc khác"),
}  # fmt: skip
KINDS = {
    "not_received": _("Chưa nhận được tiền"), "wrong_amount": _("Nhận không đúng số tiền"),
    "wrong_person": _("Người khác nhận tiền"), "charged": _("Bị thu phí"),
    "behaviour": _("Thái độ phục vụ"), "other": _("Việc khác"),
}  # fmt: skip
CHANNELS = {"desk": _("Tại bàn tiếp dân"), "phone": _("Điện thoại"), "slip": _("Mã trên giấy báo")}
AREA = {"rows": 4}


class FileField(forms.FileField):
    """A file with a limit; gives an `Attached`."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """What was sent. Refuses what is too large before it is read."""
        found = super().clean(data, initial)
        if not isinstance(found, UploadedFile):
            return None
        if (found.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(shown(FileTooLarge(limit_mb=LARGEST_FILE // 1024 // 1024)))
        return Attached(found.name or "", found.read())


class DocumentForm(forms.Form):
    """A document."""

    kind = forms.CharField(label=_("Loại văn bản (Kế hoạch, Công văn…)"), max_length=40)
    number = forms.CharField(label=_("Số, ký hiệu"), max_length=60)
    issued_on = VnDateField(label=_("Ngày ban hành"))
    issuer = forms.CharField(label=_("Cơ quan ban hành"), max_length=160)
    abstract = forms.CharField(label=_("Trích yếu"), max_length=1000, widget=forms.Textarea(attrs=AREA))
    refers_to = forms.MultipleChoiceField(
        label=_("Viện dẫn văn bản"), required=False, widget=forms.CheckboxSelectMultiple
    )
    file = FileField(label=_("Tệp văn bản"), required=False)

    def __init__(self, *args: Any, documents: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["refers_to"].choices = documents  # type: ignore[attr-defined]


class OrderForm(forms.Form):
    """One order of a directive."""

    paragraph = forms.CharField(label=_("Mục"), max_length=20, required=False)
    words = forms.CharField(label=_("Nội dung giao"), max_length=1000, widget=forms.Textarea(attrs=AREA))
    addressee = forms.ChoiceField(label=_("Giao cho"), choices=ADDRESSEES)
    agencies = forms.CharField(
        label=_("Tên sở, phòng (cách nhau bằng dấu chấm phẩy)"), max_length=600, required=False
    )
    due_on = VnDateField(label=_("Hạn hoàn thành"))
    measure = forms.ChoiceField(label=_("Tiến độ do phần mềm tự đếm"), required=False)
    target_percent = forms.IntegerField(label=_("Chỉ tiêu (%)"), min_value=1, max_value=100, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        counted = [(each.code, each.label) for each in MEASURES.values()]
        choices = [("", _("Không: đơn vị báo cáo")), *counted]
        self.fields["measure"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A department is named when the order is for departments."""
        found = super().clean() or {}
        if found.get("addressee") == "agency" and not found.get("agencies", "").strip(" ;"):
            self.add_error("agencies", _("Ghi tên sở, phòng nhận việc."))
        return found

    def ordered(self) -> Ordered:
        """What the action takes."""
        data = self.cleaned_data
        names = tuple(name.strip() for name in data["agencies"].split(";") if name.strip())
        return Ordered(
            words=data["words"], addressee=data["addressee"], due_on=data["due_on"],
            paragraph=data["paragraph"], agencies=names, measure=data["measure"],
            target_percent=data["target_percent"],
        )  # fmt: skip


class ReportForm(forms.Form):
    """How far a task is."""

    words = forms.CharField(label=_("Kết quả đến nay"), max_length=2000, widget=forms.Textarea(attrs=AREA))
    percent = forms.IntegerField(
        label=_("Ước đạt (%), nếu phần mềm không tự đếm"), min_value=0, max_value=100, required=False
    )
    file = FileField(label=_("Tệp kèm theo"), required=False)


class HandDownForm(forms.Form):
    """Until when the units below have."""

    due_on = VnDateField(label=_("Hạn cho cấp dưới"))


class IssuePlanForm(forms.Form):
    """The number and the signature of a plan."""

    number = forms.CharField(label=_("Số, ký hiệu"), max_length=60)
    dated_on = VnDateField(label=_("Ngày ký"))
    signer = forms.CharField(label=_("Người ký"), max_length=120)
    signer_title = forms.CharField(label=_("Chức vụ"), max_length=120)


class DifficultyForm(forms.Form):
    """What stands in the way."""

    unit = forms.ChoiceField(label=_("Đơn vị"))
    category = forms.ChoiceField(label=_("Loại"), choices=list(CATEGORIES.items()))
    words = forms.CharField(
        label=_("Khó khăn, vướng mắc"), max_length=4000, widget=forms.Textarea(attrs=AREA),
        help_text=_("Không ghi họ tên, số định danh ở đây: chọn người liên quan bằng mã hồ sơ."),
    )  # fmt: skip
    asks_for = forms.CharField(label=_("Đề nghị"), max_length=1000)
    people = forms.CharField(
        label=_("Mã hồ sơ người liên quan (cách nhau bằng dấu phẩy)"), max_length=300, required=False
    )
    lines = forms.CharField(label=_("Danh sách, dòng liên quan"), max_length=500, required=False)
    file = FileField(label=_("Tệp minh chứng"), required=False)
    straight = forms.BooleanField(label=_("Gửi thẳng sở phụ trách"), required=False)

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]

    def clean_people(self) -> list[int]:
        """Ids of records."""
        parts = [part.strip() for part in self.cleaned_data["people"].split(",") if part.strip()]
        wrong = [part for part in parts if not (part.isascii() and part.isdigit() and len(part) < 12)]
        if wrong:
            raise forms.ValidationError(_("Mã hồ sơ là số ở cuối địa chỉ trang hồ sơ. Gõ lại."))
        return [int(part) for part in parts]


class AnswerForm(forms.Form):
    """One answer for all who asked the same."""

    title = forms.CharField(label=_("Tiêu đề"), max_length=200)
    category = forms.ChoiceField(label=_("Loại"), choices=list(CATEGORIES.items()))
    words = forms.CharField(
        label=_("Nội dung trả lời"), max_length=8000, widget=forms.Textarea(attrs={"rows": 6})
    )
    cites = forms.CharField(label=_("Căn cứ (văn bản, điều khoản)"), max_length=500)


class ComplaintForm(forms.Form):
    """A complaint as it is taken down."""

    commune = forms.ChoiceField(label=_("Xã, phường"))
    person = forms.CharField(label=_("Mã hồ sơ người hưởng (nếu biết)"), max_length=12, required=False)
    kind = forms.ChoiceField(label=_("Khiếu nại về"), choices=list(KINDS.items()))
    channel = forms.ChoiceField(label=_("Nhận qua"), choices=list(CHANNELS.items()))
    benefit_month = MonthField(label=_("Của tháng (nếu biết)"), required=False)
    words = forms.CharField(label=_("Nội dung"), max_length=3000, widget=forms.Textarea(attrs=AREA))
    contact = forms.CharField(label=_("Điện thoại để trả lời"), max_length=40, required=False)
    payment_ref = forms.CharField(
        label=_("Mã khoản chi trên giấy báo (nếu có)"), max_length=60, required=False
    )

    def __init__(self, *args: Any, communes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commune"].choices = communes  # type: ignore[attr-defined]

    def clean_person(self) -> int | None:
        """The id of a record, or None."""
        text: str = self.cleaned_data["person"].strip()
        if not text:
            return None
        if not (text.isascii() and text.isdigit()):
            raise forms.ValidationError(_("Mã hồ sơ là số ở cuối địa chỉ trang hồ sơ. Gõ lại."))
        return int(text)
