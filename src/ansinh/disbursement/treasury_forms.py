# SPDX-License-Identifier: MPL-2.0
"""Which form of the State Treasury holds on a day: data/treasury_forms.csv. A form of an earlier decree is
still used for money of an earlier budget year until the books of that year are closed (`year_until`)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "data" / "treasury_forms.csv"


class NoFormError(Exception):
    """No form of this use holds on a day: the data is incomplete."""


@dataclass(frozen=True, slots=True)
class Form:
    """One form: its name and number with the decree, its symbol, its title."""

    use: str
    name: str
    symbol: str
    title: str
    valid_from: date
    valid_until: date | None
    year_until: date | None
    source: str

    def holds(self, on: date, period: date) -> bool:
        """Whether it is the form of money for a month that is asked for on a day."""
        if self.valid_until is None or on < self.valid_until:
            return self.valid_from <= on
        return self.year_until is not None and on < self.year_until and period < self.valid_until


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@lru_cache(maxsize=1)
def forms() -> tuple[Form, ...]:
    """Every form in the data, the oldest first."""
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(
        Form(row["use"], row["name"], row["symbol"], row["title"], date.fromisoformat(row["valid_from"]),
             _day(row["valid_until"]), _day(row["year_until"]), row["source"])
        for row in rows
    )  # fmt: skip


def form_on(*, use: str, on: date, period: date) -> Form:
    """The form of a use (list, withdrawal, settlement) on a day, for money of a month."""
    for form in forms():
        if form.use == use and form.holds(on, period):
            return form
    raise NoFormError(f"{use} {on}")
