# SPDX-License-Identifier: MPL-2.0
"""The calculator's form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ansinh.legislation.load import load
from ansinh.ui.fields import MonthField, PartialDateField

HOUSEHOLDS = (("other", _("Hộ khác")), ("poor", _("Hộ nghèo")), ("near_poor", _("Hộ cận nghèo")))


def codes() -> list[tuple[str, str]]:
    """Every monthly or one-off category with its neutral label."""
    law = load()
    rows = {band.row for each in law.categories.values() for band in each.bands if band.row != each.code}
    return [
        (each.code, f"{each.code} – {each.shown[:90]}")
        for each in law.categories.values()
        if each.code not in rows and each.kind != "in_kind"
    ]


class CalculatorForm(forms.Form):
    """One person, one or two awards, one month."""

    month = MonthField(label=_("Tháng"))
    code = forms.ChoiceField(label=_("Chế độ"), choices=codes)
    other_code = forms.ChoiceField(
        label=_("Chế độ thứ hai (nếu có)"), choices=lambda: [("", "–"), *codes()], required=False
    )
    born = PartialDateField(label=_("Ngày, tháng hoặc năm sinh"), required=False)
    household = forms.ChoiceField(label=_("Hộ"), choices=HOUSEHOLDS, required=False)
    disadvantaged_area = forms.BooleanField(label=_("Xã, thôn đặc biệt khó khăn"), required=False)
    lives_alone = forms.BooleanField(label=_("Sống cô đơn"), required=False)
    children = forms.IntegerField(label=_("Số con đang nuôi"), min_value=0, max_value=20, required=False)
    injury_percent = forms.IntegerField(
        label=_("Tỷ lệ tổn thương cơ thể (%)"), min_value=0, max_value=100, required=False
    )

    def case(self) -> dict[str, Any]:
        """The form as a case of the machine contract."""
        data = self.cleaned_data
        facts = {n: data[n] for n in ("children", "injury_percent") if data.get(n) is not None}
        chosen = [code for code in (data["code"], data.get("other_code")) if code]
        return {
            "month": str(data["month"]),
            "person": {
                "born": data["born"].iso if data["born"] else None,
                "household": data["household"] or "other",
                "disadvantaged_area": data["disadvantaged_area"],
                "lives_alone": data["lives_alone"],
            },
            "awards": [{"code": code, "from": str(data["month"]), "facts": facts} for code in chosen],
        }
