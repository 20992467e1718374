# SPDX-License-Identifier: MPL-2.0
"""What is refused: a class, a stable code, and a sentence of the catalogue.

Vietnamese first and English second. A refusal is a class beside the function that
raises it; its `code` is stable (machines and documents name it) and its fields fill the sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from ansinh.rules.catalogue import CATALOGUE

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
__all__ = ["CATALOGUE", "VIETNAM", "Refusal", "sentence"]


def _words(value: object, *, lang: str) -> object:
    """A field as people read it: dates dd/mm/yyyy, amounts with points, lists with commas."""
    if isinstance(value, datetime):
        return value.astimezone(VIETNAM).strftime("%H:%M %d/%m/%Y")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, list | tuple | set | frozenset):
        none = "không có" if lang == "vi" else "nothing"
        return ", ".join(str(_words(item, lang=lang)) for item in value) or none
    return value


def sentence(code: str, lang: str, /, **fields: object) -> str:
    """The catalogue's sentence for `code` in `vi` or `en`, filled with `fields`."""
    vietnamese, english = CATALOGUE[code]
    template = vietnamese if lang == "vi" else english
    return template.format(**{name: _words(value, lang=lang) for name, value in fields.items()})


class Refusal(ValueError):  # noqa: N818 - the domain's word: what a careful clerk does, not a fault
    """Something that cannot be accepted as it stands. Subclasses set `code`."""

    code: ClassVar[str]

    def __init__(self, **fields: object) -> None:
        super().__init__(self.code)
        self.fields: Mapping[str, object] = fields

    @property
    def vi(self) -> str:
        """The sentence in Vietnamese."""
        return sentence(self.code, "vi", **self.fields)

    @property
    def en(self) -> str:
        """The sentence in English."""
        return sentence(self.code, "en", **self.fields)

    def __str__(self) -> str:
        return self.vi
