# SPDX-License-Identifier: MPL-2.0
"""Forms of the stage's pages, in the order of the paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ansinh.payees.labels import INSIDERS, KINDS, OBSTACLES, OUTCOMES, PAPERS, SOURCES, options
from ansinh.payees.models import Mandate
from ansinh.providers.directory import directory
from ansinh.registry.models import Award
from ansinh.rules.readiness import Obstacle
from ansinh.ui.fields import MonthField, VnDateField

RECORDED = {code.value for code in Obstacle}

ROUND_PAPERS = frozenset({"review_list", "minutes", "other"})


def bank_choices() -> list[tuple[str, Any]]:
    """Institutions that hold accounts, those of most accounts first."""
    first = ("VBA", "ICB", "BIDV", "VCB", "LPB")
    banks = sorted(directory().banks, key=lambda bank: (bank.code not in first, bank.name))
    return [("", "–"), *((bank.code, f"{bank.name}") for bank in banks if bank.valid_to is None)]


class AccountForm(forms.Form):
    """Where somebody may be paid."""

    mandate = forms.ChoiceField(label=_("Tài khoản của ai"), required=False)
    bank = forms.ChoiceField(label=_("Ngân hàng, ví điện tử"), choices=bank_choices)
    number = forms.CharField(
        label=_("Số tài khoản"), max_length=30, help_text=_("Gõ nguyên như trên giấy, kể cả số 0 ở đầu.")
    )
    holder_name = forms.CharField(
        label=_("Tên chủ tài khoản như ngân hàng in"), max_length=140, required=False
    )
    source = forms.ChoiceField(label=_("Nguồn"), choices=lambda: options(SOURCES), initial="commune")
    asserted_by = forms.CharField(label=_("Ai cung cấp"), max_length=120)
    asserted_on = VnDateField(label=_("Ngày cung cấp"))

    def __init__(self, *args: Any, mandates: list[Mandate], own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whose: list[tuple[str, Any]] = [("", _("Chính chủ"))] if own else []
        whose += [(str(each.pk), f"{each.payee_name} ({each.relation})") for each in mandates]
        self.fields["mandate"].choices = whose  # type: ignore[attr-defined]


class MandateForm(forms.Form):
    """Who receives instead, by which paper, from when to when."""

    kind = forms.ChoiceField(
        label=_("Tư cách"), choices=lambda: [each for each in options(KINDS) if each[0] != "self"]
    )
    payee_name = forms.CharField(label=_("Họ tên người nhận thay (hoặc tên cơ sở)"), max_length=140)
    payee_number = forms.CharField(label=_("Số định danh người nhận thay"), max_length=20, required=False)
    payee_phone = forms.CharField(label=_("Điện thoại"), max_length=20, required=False)
    relation = forms.CharField(label=_("Quan hệ với người hưởng"), max_length=60)
    awards = forms.MultipleChoiceField(
        label=_("Chỉ nhận thay các khoản"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Không chọn: mọi khoản."),
    )  # fmt: skip
    document = forms.CharField(label=_("Giấy tờ, số"), max_length=120)
    certified_by = forms.CharField(label=_("Nơi chứng thực"), max_length=120)
    certified_on = VnDateField(label=_("Ngày chứng thực"))
    starts_on = VnDateField(label=_("Hiệu lực từ"))
    ends_on = VnDateField(label=_("Đến trước ngày (để trống: theo quy định)"), required=False)
    scan = forms.FileField(label=_("Bản quét (PDF, JPEG, PNG)"), required=False)

    def __init__(self, *args: Any, awards: list[tuple[Award, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["awards"].choices = [(str(award.pk), label) for award, label in awards]  # type: ignore[attr-defined]


class RoundForm(forms.Form):
    """A new round."""

    unit = forms.ChoiceField(label=_("Xã, phường"))
    title = forms.CharField(label=_("Tên đợt"), max_length=160)
    switch_month = MonthField(label=_("Tháng chuyển sang chi qua tài khoản"))

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]


class VisitForm(forms.Form):
    """What was found at the door."""

    visited_on = VnDateField(label=_("Ngày đến"))
    helper = forms.CharField(label=_("Người cùng đi"), max_length=120, required=False)
    obstacles = forms.MultipleChoiceField(
        label=_("Vướng gì để dùng tài khoản"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=lambda: [each for each in options(OBSTACLES) if each[0] in RECORDED],
    )  # fmt: skip
    note = forms.CharField(label=_("Ghi chú"), max_length=500, required=False)


class CollectForm(forms.Form):
    """An account given at the door."""

    mandate = forms.ChoiceField(label=_("Tài khoản của ai"), required=False)
    bank = forms.ChoiceField(label=_("Ngân hàng, ví điện tử"), choices=bank_choices)
    number = forms.CharField(label=_("Số tài khoản"), max_length=30)
    holder_name = forms.CharField(
        label=_("Tên chủ tài khoản như ngân hàng in"), max_length=140, required=False
    )
    source = forms.ChoiceField(label=_("Nguồn"), choices=lambda: options(SOURCES))

    def __init__(self, *args: Any, mandates: list[Mandate], own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whose: list[tuple[str, Any]] = [("", _("Chính chủ"))] if own else []
        whose += [(str(each.pk), f"{each.payee_name} ({each.relation})") for each in mandates]
        self.fields["mandate"].choices = whose  # type: ignore[attr-defined]


class SlipForm(forms.Form):
    """The refusal slip."""

    reason = forms.CharField(label=_("Lý do cụ thể"), max_length=300)
    signed_on = VnDateField(label=_("Ngày ký"))
    signed_how = forms.ChoiceField(
        label=_("Ký bằng"), choices=(("signature", _("chữ ký")), ("fingerprint", _("điểm chỉ")))
    )
    witness = forms.CharField(label=_("Người làm chứng"), max_length=120, required=False)
    scan = forms.FileField(label=_("Bản quét phiếu (PDF, JPEG, PNG)"), required=False)


class PaperForm(forms.Form):
    """A signed paper of a round, scanned."""

    kind = forms.ChoiceField(
        label=_("Giấy gì"), choices=lambda: [each for each in options(PAPERS) if each[0] in ROUND_PAPERS]
    )
    scan = forms.FileField(label=_("Bản quét (PDF, JPEG, PNG)"))


class InsiderForm(forms.Form):
    """Somebody close to the money who is no officer of the house."""

    unit = forms.ChoiceField(label=_("Xã, phường"))
    name = forms.CharField(label=_("Họ và tên"), max_length=140)
    kind = forms.ChoiceField(label=_("Là ai"), choices=lambda: options(INSIDERS))
    of_whom = forms.CharField(label=_("Người thân của ai, quan hệ"), max_length=140, required=False)
    number = forms.CharField(label=_("Số định danh"), max_length=20)
    phone = forms.CharField(label=_("Điện thoại"), max_length=20, required=False)
    since = VnDateField(label=_("Từ ngày"))

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]


class CaseForm(forms.Form):
    """How a case ends."""

    outcome = forms.ChoiceField(label=_("Kết luận"), choices=lambda: options(OUTCOMES, empty="–"))
    note = forms.CharField(label=_("Căn cứ"), max_length=500)


class EnquiryForm(forms.Form):
    """Which institution to ask."""

    bank = forms.ChoiceField(label=_("Ngân hàng"))

    def __init__(self, *args: Any, banks: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bank"].choices = banks  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """The file that came back."""

    file = forms.FileField(label=_("Tệp trả lời của ngân hàng (.csv)"))
