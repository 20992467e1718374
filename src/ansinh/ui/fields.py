# SPDX-License-Identifier: MPL-2.0
"""Form fields that read what Vietnamese officers type.

Django's parse `500.000` as 500 and, in `vi`, `03/04/1950` as 4 March: these read through `rules`
and refuse with the catalogue's sentence.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language

from ansinh.rules.dates import PartialDate, format_date, parse_date
from ansinh.rules.money import format_vnd, parse_vnd
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal


def shown(refusal: Refusal) -> str:
    """A refusal in the language of the page."""
    return refusal.en if get_language() == "en" else refusal.vi


class _ReadField(forms.CharField):
    """A text box whose text is read by `read`; the text is kept when it is refused."""

    def read(self, text: str) -> Any:
        raise NotImplementedError

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        if not isinstance(value, str):
            return value
        try:
            return self.read(value)
        except Refusal as refusal:
            raise ValidationError(shown(refusal), code=refusal.code) from refusal

    def run_validators(self, value: Any) -> None:
        """What was read is right by construction."""


class VndField(_ReadField):
    """An amount of đồng; an int."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def read(self, text: str) -> int:
        return parse_vnd(text)

    def prepare_value(self, value: Any) -> Any:
        return format_vnd(value, unit=False) if isinstance(value, int) else value


class VnDateField(_ReadField):
    """A whole date typed as dd/mm/yyyy; a `datetime.date`."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "dd/mm/yyyy"})

    def read(self, text: str) -> date:
        return parse_date(text)

    def prepare_value(self, value: Any) -> Any:
        return format_date(value) if isinstance(value, date) else value


class PartialDateField(_ReadField):
    """A date of which day or month may be unknown; a `PartialDate`."""

    widget = forms.TextInput(attrs={"placeholder": "dd/mm/yyyy, mm/yyyy, yyyy"})

    def read(self, text: str) -> PartialDate:
        return PartialDate.parse(text)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, PartialDate):
            return value
        parts = [value.day, value.month, value.year]
        return "/".join(f"{part:02d}" for part in parts if part is not None)


class MonthField(_ReadField):
    """A benefit month typed as mm/yyyy; a `Month`."""

    widget = forms.TextInput(attrs={"placeholder": "mm/yyyy"})

    def read(self, text: str) -> Month:
        return Month.parse(text)

    def prepare_value(self, value: Any) -> Any:
        return f"{value.month:02d}/{value.year}" if isinstance(value, Month) else value
