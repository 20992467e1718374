# SPDX-License-Identifier: MPL-2.0
"""What a page is asked for in its address."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.utils import timezone

from ansinh.rules.dates import parse_date
from ansinh.rules.refusals import Refusal
from ansinh.ui.fields import shown


def day_asked(request: HttpRequest) -> tuple[date, str]:
    """The day in `?ngay=` and what is wrong with it; today when nothing is asked or it is wrong."""
    typed = request.GET.get("ngay", "").strip()
    today = timezone.localdate()
    if not typed:
        return today, ""
    try:
        return parse_date(typed), ""
    except Refusal as refused:
        return today, shown(refused)
