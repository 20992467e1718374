# SPDX-License-Identifier: MPL-2.0
"""Vietnamese formats: Django's own group no thousands and write dates with hyphens."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django import template
from django.forms import BoundField, CheckboxInput, Select

from ansinh.rules.dates import PartialDate, format_date
from ansinh.rules.money import format_vnd
from ansinh.rules.months import Month

register = template.Library()
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


@register.filter
def vnd(amount: int | None) -> str:
    """`1.234.567 đ`."""
    return "" if amount is None else format_vnd(int(amount))


@register.filter
def count(number: int | None) -> str:
    """`1.234`."""
    return "" if number is None else format_vnd(int(number), unit=False)


@register.filter
def hundredths(number: int | None) -> str:
    """`8650` as `86,50`."""
    return "" if number is None else f"{number // 100},{number % 100:02d}"


@register.filter
def percent(permille: int | None) -> str:
    """`30,2 %` for 302; a sign before what is below zero."""
    if permille is None:
        return ""
    whole, tenth = divmod(abs(int(permille)), 10)
    sign = "−" if permille < 0 else ""
    return f"{sign}{whole},{tenth} %" if tenth else f"{sign}{whole} %"


@register.filter
def vndate(day: date | PartialDate | None) -> str:
    """`05/03/2026`; a partial date says what is known."""
    if day is None:
        return ""
    if isinstance(day, PartialDate):
        return day.vi
    if isinstance(day, datetime):
        day = day.astimezone(VIETNAM).date()
    return format_date(day)


@register.filter
def vntime(instant: datetime | None) -> str:
    """`09:41 05/03/2026`, in Viet Nam."""
    return "" if instant is None else instant.astimezone(VIETNAM).strftime("%H:%M %d/%m/%Y")


@register.filter
def vnmonth(month: Month | None) -> str:
    """`tháng 8/2024`."""
    return "" if month is None else month.vi


@register.filter
def last4(text: str | None) -> str:
    """Masked but for the last four characters."""
    return f"••••{text[-4:]}" if text else ""


@register.filter
def day_before(day: date | None) -> date | None:
    """The last day of a span whose end is not included."""
    return None if day is None else date.fromordinal(day.toordinal() - 1)


@register.filter
def styled(field: BoundField) -> str:
    """A form field with the design system's classes and its error tied to it."""
    widget = field.field.widget
    kind = "form-select" if isinstance(widget, Select) else "form-control"
    if isinstance(widget, CheckboxInput):
        kind = "form-check-input"
    attributes: dict[str, str | bool] = {"class": f"{kind} is-invalid" if field.errors else kind}
    if field.errors:
        attributes |= {"aria-describedby": f"{field.id_for_label}-loi", "aria-invalid": "true"}
    return field.as_widget(attrs=attributes)
