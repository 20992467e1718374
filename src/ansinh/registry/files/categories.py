# SPDX-License-Identifier: MPL-2.0
"""The entitlement that a list means: its code, its label, or what offices usually write."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path

from ansinh.rules.law import Category, Law
from ansinh.rules.names import fold_name
from ansinh.rules.refusals import Refusal

NAMES = Path(__file__).with_name("category_names.csv")
_PREFIX = re.compile(r"^(?:[ivx]+|[a-h]|[0-9]{1,2}|doi tuong|tro cap|che do|nhom)\s+")
_SHORT = {"nct": "nguoi cao tuoi", "nkt": "nguoi khuyet tat", "dbn": "dac biet nang", "ls": "liet si",
          "tb": "thuong binh", "bb": "benh binh", "vnah": "viet nam anh hung"}  # fmt: skip


class CategoryUnknown(Refusal):
    """No entitlement is called this; fields: text, nearest."""

    code = "CATEGORY_UNKNOWN"


class Categories:
    """Finds the entitlement for a code or a phrase, as lists write them."""

    def __init__(self, law: Law) -> None:
        self.law = law
        self._rows = {
            band.row: category.code
            for category in law.categories.values()
            for band in category.bands
            if band.row != category.code
        }
        self._phrases: dict[str, str] = {}
        for category in law.categories.values():
            if category.code not in self._rows:
                self._phrases.setdefault(_key(category.label), category.code)
        for code, phrase in _names():
            self._phrases[_key(phrase)] = code
        self._known: dict[str, str] = {}
        self._needs = {category.code: _needs(category) for category in law.categories.values()}

    def find(self, text: str) -> str:
        """The code. Raises `CategoryUnknown`; never takes the nearest by itself."""
        found = self._known.get(text) or self._find(text)
        self._known[text] = found
        return found

    def _find(self, text: str) -> str:
        code = text.strip().upper().replace("-", "_").replace(" ", "_")
        if code in self.law.categories:
            return self._rows.get(code, code)
        key = _key(text)
        if key in self._phrases:
            return self._phrases[key]
        shorter = _PREFIX.sub("", key)
        if shorter in self._phrases:
            return self._phrases[shorter]
        near = get_close_matches(key, self._phrases, 2, 0.6)
        raise CategoryUnknown(text=text[:60], nearest=[self._phrases[each] for each in near])

    def maybe(self, text: str) -> str | None:
        """The code, or None: for group rows, which may say anything."""
        try:
            return self.find(text)
        except CategoryUnknown:
            return None

    def needs(self, code: str) -> Mapping[str, str]:
        """fact -> column of the list that the amount of a category cannot do without."""
        return self._needs[code]

    def category(self, code: str) -> Category:
        """The category of a code."""
        return self.law.categories[code]


def _key(text: str) -> str:
    words = fold_name(text.replace("/", " ")).replace("%", " ").split()
    return " ".join(_SHORT.get(word, word) for word in words)


def _names() -> list[tuple[str, str]]:
    with NAMES.open(encoding="utf-8") as file:
        return [(row["code"], row["phrase"]) for row in csv.DictReader(file, delimiter=";")]


_MADE: dict[str, Categories] = {}


def categories_of(law: Law) -> Categories:
    """The finder for a law, made once for each version."""
    if law.version not in _MADE:
        _MADE[law.version] = Categories(law)
    return _MADE[law.version]


def _needs(category: Category) -> Mapping[str, str]:
    wanted = {}
    if category.tables or any(band.percent for band in category.bands):
        wanted["injury_percent"] = "percent"
    if category.times == "children":
        wanted["children"] = "children"
    return wanted
