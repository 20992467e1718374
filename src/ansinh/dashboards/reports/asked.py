# SPDX-License-Identifier: MPL-2.0
"""What a report is asked for, and its head."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ansinh.directives.official import Head
from ansinh.places.models import Unit
from ansinh.places.queries import ancestors, children
from ansinh.rules.months import Month

NUMBER = "……/BC-UBND"
HEADS = {"commune": "CHỦ TỊCH", "district": "CHỦ TỊCH", "province": "CHỦ TỊCH"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A unit, the month that is reported, and the day as of which; the number of the paper."""

    unit: Unit
    month: Month
    on: date
    number: str = ""
    hamlet: str = ""

    @property
    def half(self) -> tuple[Month, Month]:
        """The half-year of the month, from its first month to the month asked."""
        return Month(self.month.year, 1 if self.month.month < 7 else 7), self.month

    def below(self) -> list[Unit]:
        """The units directly below on the day, in Vietnamese order, or the unit itself."""
        found = [each for each in children(unit_id=self.unit.pk, on=self.on) if each.level != "hamlet"]
        return found or [self.unit]

    def head(self, title: str, subtitle: str) -> Head:
        """The head of the unit's paper: its committee, the one above, the number, place and day."""
        above = next((f"Ủy ban nhân dân {each.name}" for each in ancestors(unit_id=self.unit.pk, on=self.on)),
                     "")  # fmt: skip
        return Head(
            agency_above=above, agency=f"Ủy ban nhân dân {self.unit.name}", number=self.number or NUMBER,
            place=plain_name(self.unit), on=self.on, title=title, subtitle=subtitle,
        )  # fmt: skip

    def code(self, form: str) -> str:
        """What stands at the foot: form, unit, month, the day as of which."""
        return f"{form.upper()} · {self.unit.code} · {self.month} · {self.on:%d/%m/%Y}"


def plain_name(unit: Unit) -> str:
    """`Quảng Nam` for `Tỉnh Quảng Nam`: the place of a paper."""
    return unit.name[len(unit.kind) :].strip() if unit.name.lower().startswith(unit.kind) else unit.name


def percent(tenths: int | None) -> str:
    """333 as `33,3`."""
    return "–" if tenths is None else f"{tenths // 10},{tenths % 10}"
