# SPDX-License-Identifier: MPL-2.0
"""The loaded law as frozen values: parameters, categories, bands and tables, by date.

`ansinh.legislation.load` reads `law/vn/` into these; nothing here knows about files. A value holds
from its start date until the next one. What is printed in a decree is stored as printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Literal, NamedTuple

from ansinh.rules.months import Month

Kind = Literal["monthly", "one_off", "in_kind"]
Start = Literal[
    "decision", "certificate", "birthday", "conclusion", "president", "month_after_death", "event"
]


@dataclass(frozen=True, slots=True)
class Value:
    """One legal value and where it comes from. `number` is None when the value ends."""

    start: date
    number: Fraction | None
    reference: str
    issued: date | None
    in_force: date
    verified: bool


@dataclass(frozen=True, slots=True)
class Parameter:
    """A sum that amounts are built from: a standard, a base salary."""

    code: str
    label: str
    unit: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """A row of a category: an age or percentage span with its coefficient or amount."""

    row: str
    values: tuple[Value, ...]
    ages: tuple[int, int] | None = None  # from, up to and not including
    percent: tuple[int, int] | None = None  # from, to, both included
    household: tuple[str, ...] = ()


class Reads(NamedTuple):
    """Which facts of a person a category looks at; the others cannot change its answer."""

    age: bool
    household: bool
    area: bool
    pension: bool
    alone: bool


@dataclass(frozen=True, slots=True)
class PercentTable:
    """Amounts by whole percent of bodily injury, as printed from one date."""

    start: date
    reference: str
    issued: date | None
    in_force: date
    verified: bool
    amounts: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Category:
    """One entitlement of the catalogue. The flags are the conditions that the law reads."""

    code: str
    family: str
    label: str
    public_label: str
    kind: Kind
    group: str
    payee: str
    start: Start
    reference: str = ""
    confidential: bool = False
    minimum: bool = False
    standard: str | None = None
    standard_on: str | None = None
    round_to: int = 1
    times: str | None = None
    household: tuple[str, ...] = ()
    disadvantaged_area: bool = False
    no_pension: bool = False
    pension_below: str | None = None
    while_studying: bool = False
    child_until_18_or_studying: bool = False
    at_home: bool = False
    if_especially_severe: str | None = None
    replaces: tuple[str, ...] = ()
    not_with: tuple[str, ...] = ()
    only_with: tuple[str, ...] = ()
    valid_to: date | None = None  # first day on which it is no longer law
    repealed_by: str = ""
    stream: str = ""
    bands: tuple[Band, ...] = ()
    tables: tuple[PercentTable, ...] = ()

    @property
    def reads(self) -> Reads:
        """The facts of the person that this category reads."""
        return Reads(
            age=self.child_until_18_or_studying or any(band.ages for band in self.bands),
            household=bool(self.household) or any(band.household for band in self.bands),
            area=self.disadvantaged_area,
            pension=self.no_pension or self.pension_below is not None,
            alone=self.group == "nurturing",
        )

    @property
    def shown(self) -> str:
        """The label that may be printed anywhere: confidential grounds stay out of sight."""
        return self.public_label if self.confidential else self.label


@dataclass(frozen=True, slots=True)
class ProvincialValue:
    """A province's own value for a parameter, and how it meets the central one."""

    rule: Literal["higher_of_central_and_provincial", "added_to_central"]
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class OverlapRule:
    """One of the rules O1-O17 as the committee would read it out."""

    code: str
    text: str
    reference: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Amount:
    """A number resolved for a day, with its sources."""

    number: Fraction
    references: tuple[str, ...]
    verified: bool
    note: str = ""


def value_on(values: tuple[Value, ...], day: date) -> Value | None:
    """The value that holds on `day`, or None when there is none yet or it has ended."""
    found = None
    for value in values:
        if value.start > day:
            break
        found = value
    return found if found is not None and found.number is not None else None


@dataclass(frozen=True)
class Law:
    """Everything in `law/`. `version` is the SHA-256 of the files it was read from."""

    version: str
    parameters: Mapping[str, Parameter]
    categories: Mapping[str, Category]
    overlaps: Mapping[str, OverlapRule]
    families: Mapping[str, Mapping[str, object]]
    provinces: Mapping[str, Mapping[str, ProvincialValue]] = field(default_factory=dict)
    answers: dict[tuple[Month, str | None], dict[object, object]] = field(
        default_factory=dict, compare=False, repr=False
    )

    @cached_property
    def one_off(self) -> frozenset[str]:
        """The codes that are paid once, at an event."""
        return frozenset(c.code for c in self.categories.values() if c.kind == "one_off")

    @cached_property
    def reads(self) -> dict[str, Reads]:
        """code -> the facts of the person that it reads."""
        return {code: category.reads for code, category in self.categories.items()}

    def parameter_on(self, code: str, day: date, *, province: str | None) -> Amount | None:
        """A parameter on a day in a province: the higher of central and provincial, or the
        central one with the province's top-up, as the province's resolution says."""
        central = value_on(self.parameters[code].values, day)
        own = self.provinces.get(province or "", {}).get(code)
        local = value_on(own.values, day) if own else None
        if central is None or central.number is None:
            return None
        if own is None or local is None or local.number is None:
            return Amount(central.number, (central.reference,), central.verified)
        if own.rule == "added_to_central":
            return Amount(
                central.number + local.number,
                (central.reference, local.reference),
                central.verified and local.verified,
                note="cộng phần hỗ trợ thêm của tỉnh",
            )
        if local.number > central.number:
            return Amount(local.number, (local.reference,), local.verified, note="mức của tỉnh cao hơn")
        note = "mức trung ương không thấp hơn mức của tỉnh"
        return Amount(central.number, (central.reference,), central.verified, note=note)
