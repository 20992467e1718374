# SPDX-License-Identifier: MPL-2.0
"""Forms of the outreach pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ansinh.outreach.models import GROUPS, WAYS
from ansinh.providers.directory import directory
from ansinh.rules.outreach import Outcome, Step
from ansinh.rules.readiness import Obstacle
from ansinh.ui.fields import VnDateField

GROUP_LABELS = (
    ("A", _("A – đã nhận qua tài khoản")), ("B", _("B – có tài khoản, chưa đăng ký")),
    ("C", _("C – chưa có, mở được")), ("D", _("D – có người nhận thay")),
    ("E", _("E – không mở được, không có ai")), ("F", _("F – từ chối")),
)  # fmt: skip
OUTCOME_LABELS = (
    (Outcome.MET.value, _("Đã gặp, chưa quyết định")), (Outcome.ABSENT.value, _("Vắng nhà")),
    (Outcome.AGREED.value, _("Đồng ý mở, đăng ký")), (Outcome.REFUSED.value, _("Từ chối")),
    (Outcome.NEEDS_HELP.value, _("Cần giúp")), (Outcome.ACCOUNT_OPENED.value, _("Đã mở tài khoản")),
)  # fmt: skip
REASON_LABELS = (
    (Obstacle.NO_SMARTPHONE.value, _("Không có điện thoại thông minh")),
    (Obstacle.FRAIL.value, _("Già yếu, khuyết tật")), (Obstacle.NO_ID.value, _("Chưa có căn cước, VNeID")),
    (Obstacle.FAR.value, _("Xa nơi rút tiền")), (Obstacle.UNWILLING.value, _("Không muốn")),
    (Obstacle.BANK_REFUSED.value, _("Ngân hàng từ chối")), (Obstacle.OTHER.value, _("Lý do khác")),
)  # fmt: skip
HELPER_LABELS = (("hamlet", _("Người giúp ở thôn")), ("officer", _("Cán bộ xã, công an")),
                 ("bank_desk", _("Bàn ngân hàng")))  # fmt: skip
STEP_LABELS = (
    (Step.VISIT.value, _("Đến gặp")), (Step.ASK_HAMLET.value, _("Hỏi trưởng thôn")),
    (Step.GO_TO_BANK.value, _("Đưa đi mở tài khoản")), (Step.BANK_AT_HOME.value, _("Mời ngân hàng đến nhà")),
    (Step.COLLECT_ACCOUNT.value, _("Lấy số tài khoản")),
    (Step.ARRANGE_REPRESENTATIVE.value, _("Tìm người đại diện")),
    (Step.HELP_WITH_PAPERS.value, _("Giúp làm giấy tờ")), (Step.SIGN_REFUSAL.value, _("Ký phiếu từ chối")),
    (Step.ASK_AGAIN.value, _("Hỏi lại")), (Step.DONE.value, _("Xong")),
)  # fmt: skip
WAY_LABELS = (("paper", _("Thư giấy")), ("call", _("Gọi điện")), ("sms", _("Tin nhắn")), ("zalo", "Zalo"))


def bank_choices() -> list[tuple[str, str]]:
    """Banks, wallets and mobile money by name."""
    found = sorted(directory().banks, key=lambda bank: bank.name)
    return [("", "–"), *((bank.code, bank.name) for bank in found)]


class CampaignForm(forms.Form):
    """A campaign's plan."""

    unit = forms.ChoiceField(label=_("Xã, phường"))
    name = forms.CharField(label=_("Tên đợt"), max_length=140)
    groups = forms.MultipleChoiceField(
        label=_("Vận động các nhóm"), choices=GROUP_LABELS, widget=forms.CheckboxSelectMultiple,
        initial=["B", "C"],
    )  # fmt: skip
    starts_on = VnDateField(label=_("Từ ngày"))
    ends_on = VnDateField(label=_("Đến ngày"))

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]


class VisitForm(forms.Form):
    """One visit, in the order in which it is told."""

    on = VnDateField(label=_("Ngày gặp"))
    outcome = forms.ChoiceField(label=_("Kết quả"), choices=OUTCOME_LABELS, widget=forms.RadioSelect)
    reasons = forms.MultipleChoiceField(
        label=_("Vì sao chưa qua tài khoản"), choices=REASON_LABELS, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    signed = forms.BooleanField(label=_("Đã ký phiếu từ chối"), required=False)
    bank = forms.ChoiceField(
        label=_("Ngân hàng, ví (nếu đã có tài khoản)"), choices=bank_choices, required=False
    )
    account = forms.CharField(label=_("Số tài khoản"), max_length=30, required=False)
    holder = forms.CharField(label=_("Tên chủ tài khoản trên giấy"), max_length=140, required=False)
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """An account goes with its institution."""
        data = super().clean() or {}
        if bool(data.get("bank")) != bool(data.get("account")):
            self.add_error("account", _("Ghi đủ cả ngân hàng và số tài khoản."))
        return data


class HelperForm(forms.Form):
    """Somebody who goes to people."""

    name = forms.CharField(label=_("Họ tên, hoặc tên bàn ngân hàng"), max_length=140)
    kind = forms.ChoiceField(label=_("Là"), choices=HELPER_LABELS)
    hamlet = forms.CharField(label=_("Phụ trách thôn, tổ"), max_length=120, required=False)


class DayForm(forms.Form):
    """A day on which a bank comes."""

    bank = forms.ChoiceField(label=_("Ngân hàng"), choices=bank_choices)
    on = VnDateField(label=_("Ngày"))
    place = forms.CharField(label=_("Địa điểm"), max_length=140)


class InviteForm(forms.Form):
    """A message to people of a hamlet."""

    hamlet = forms.CharField(label=_("Thôn, tổ (để trống: cả đợt)"), max_length=120, required=False)
    text = forms.CharField(
        label=_("Nội dung ({ten} là họ tên người nhận; không đường dẫn, không dãy số)"), max_length=480,
        widget=forms.Textarea(attrs={"rows": 4}),
        initial=(
            "Kính gửi ông/bà {ten}. UBND xã mời ông/bà mở tài khoản nhận trợ cấp, không mất phí. Mang theo"
            " căn cước. Ai khó đi lại thì báo trưởng thôn, ngân hàng đến tận nhà. Cán bộ không bao giờ hỏi"
            " mật khẩu."
        ),
    )  # fmt: skip


class SheetForm(forms.Form):
    """A visit sheet that comes back."""

    file = forms.FileField(label=_("Phiếu đã điền (.xlsx, .ods, .csv)"))


class WishForm(forms.Form):
    """How somebody wants to be told things."""

    way = forms.ChoiceField(label=_("Muốn được báo bằng"), choices=WAY_LABELS)


assert {name for name, _label in WAY_LABELS} == set(WAYS)
assert [name for name, _label in GROUP_LABELS] == list(GROUPS)
