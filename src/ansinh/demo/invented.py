# SPDX-License-Identifier: MPL-2.0
"""What is invented of a person: what the commune believes, and the hidden truth beside it.

The commune's belief goes into its lists. The truth is what the police and the banks would answer; no
stage reads it, only `demo.answers` and the tests that ask whether the house found what is there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from ansinh.demo.places import Commune
from ansinh.rules.citizen_numbers import Sex
from ansinh.rules.dates import PartialDate
from ansinh.rules.months import Month

Facts = tuple[tuple[str, int], ...]


@dataclass(slots=True)
class InventedAward:
    """A decision to pay, as the law accepts it. `amount_vnd` is what the law engine says for the
    month of the province (03/2024)."""

    code: str
    facts: Facts
    decision_number: str
    decided: date
    first: Month
    amount_vnd: int
    merit_person: str = ""
    relation: str = ""


@dataclass(slots=True)
class InventedAccount:
    """An account or wallet that somebody holds. `printed` is the name as the institution prints it;
    `opened` the month from which it is there."""

    bank: str  # code of the providers' directory
    number: str
    printed: str
    opened: Month
    owner: str = "self"  # self | proxy | guardian | stranger
    state: str = "open"  # open | closed | blocked


@dataclass(slots=True)
class Truth:
    """What is so, whatever the list says. None and empty: as the list says."""

    name: str = ""
    born: PartialDate | None = None
    number: str = ""
    died_on: date | None = None
    moved_to: str = ""  # code of the commune
    registered: bool = True  # whether the population register knows the number at all
    same_person_as: str = ""  # key of the other record of one human being


@dataclass(slots=True)
class InventedPerson:
    """One beneficiary as a commune knows them."""

    key: str  # 20431-0017
    number: str
    old_number: str
    name: str
    born: PartialDate
    sex: Sex
    ethnicity: str
    hamlet: str
    phone: str
    household: str
    disadvantaged_area: bool
    awards: list[InventedAward]
    group: str  # A to F of the account review (docs/reference/demo.md)
    account: InventedAccount | None = None
    proxy: str = ""  # key of the person who receives for them
    joins: Month | None = None  # on the list only from this month on
    truth: Truth = field(default_factory=Truth)
    frauds: tuple[str, ...] = ()

    @property
    def index(self) -> int:
        """The place in the commune, from 0."""
        return int(self.key.rsplit("-", 1)[1])


@dataclass(frozen=True, slots=True)
class Planted:
    """A fraud pattern of the catalogue, planted: where, on whom, with the facts that show it."""

    pattern: str
    commune: str
    people: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class InventedCommune:
    """A commune with its people in the order in which its officer would list them."""

    commune: Commune
    people: list[InventedPerson]
    planted: list[Planted]

    def on_list(self, month: Month) -> list[InventedPerson]:
        """Who stands on the list of a month."""
        return [each for each in self.people if each.joins is None or each.joins <= month]
