# SPDX-License-Identifier: MPL-2.0
"""`{{ account.state|said:"account" }}` and `{% badge account.state "account" %}`."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ansinh.payees.labels import VOCABULARIES
from ansinh.providers.directory import bank_name
from ansinh.rules.money import format_vnd
from ansinh.rules.months import Month

register = template.Library()


@register.filter
def said(symbol: str, vocabulary: str) -> str:
    """The label of a symbol; the symbol itself when the vocabulary has no word for it."""
    label, _badge = VOCABULARIES[vocabulary].get(symbol, (symbol, "note"))
    return str(label)


@register.simple_tag
def badge(symbol: str, vocabulary: str) -> SafeString:
    """The label as a badge; the words say it, the colour only repeats it."""
    label, colour = VOCABULARIES[vocabulary].get(symbol, (symbol, "note"))
    return format_html('<span class="badge badge-{}">{}</span>', colour, label)


@register.filter
def bank(code: str) -> str:
    """What an institution is called."""
    return bank_name(code)


@register.filter
def month_of(day: date | None) -> str:
    """`tháng 4/2024` of a first day."""
    return Month.of(day).vi if day else ""


@register.filter
def tab_count(tabs: dict[str, int], name: str) -> str:
    """The count of a tab whose name has a hyphen."""
    return format_vnd(tabs.get(name, 0), unit=False)
