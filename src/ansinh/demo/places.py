# SPDX-License-Identifier: MPL-2.0
"""The real communes of Quảng Nam in March 2024, read from the units that ship; their invented hamlets.

The order is the demo's: the pilot's commune first, then one of the highlands, one of the lowlands and so
on through three districts, then everything else. A smaller demo is always the beginning of a larger one.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path
from random import Random

UNITS = Path(__file__).resolve().parents[1] / "places" / "data" / "units.csv"
PROVINCE = "49"
FIRST_COMMUNE = "20431"  # Cẩm Thanh in Hội An, where the pilot was
FIRST_DISTRICTS = ("503", "504", "506")  # Hội An, Tây Giang in the highlands, Đại Lộc
HIGHLANDS = frozenset({"504", "505", "510", "511", "515", "516"})
TOWNS = frozenset({"502", "503", "507"})
_HAMLET_NAMES = (
    "Thanh Tam", "Vạn Lăng", "Phú Mỹ", "Xuân Lộc", "An Bình", "Tân Hòa", "Đông Yên", "Thuận An", "Mỹ Sơn",
    "Trung Phước", "Ái Nghĩa", "Cẩm Văn", "Bình Trung", "Lộc Thượng", "Hòa Tây", "Phước Lâm", "Long Xuyên",
)  # fmt: skip
_HIGHLAND_HAMLETS = (
    "A Rớh", "Ta Lang", "Pơr'ning", "Bh'lô Bền", "Tà Vàng", "Aró", "Đhơ Rôồng", "Ga Lâu", "Ki Nhe", "Z'rượt",
    "A Tu", "Măng Tó", "Long Túc", "Tắk Pổ",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune as the demo needs it. `weight`: how many people of reach it has beside the others."""

    index: int
    code: str
    name: str  # with its kind: Xã Cẩm Thanh
    kind: str
    district: str
    district_name: str
    hamlets: tuple[str, ...]
    weight: int

    @property
    def bare_name(self) -> str:
        """Without its kind: Cẩm Thanh."""
        return self.name.removeprefix(self.kind.capitalize()).strip()

    @property
    def highland(self) -> bool:
        """Whether it lies in a district of the highlands."""
        return self.district in HIGHLANDS


@lru_cache(maxsize=1)
def _rows() -> tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]]:
    """(districts, communes) of Quảng Nam by key, as they were until 30 June 2025."""
    districts: dict[str, dict[str, str]] = {}
    communes: dict[str, dict[str, str]] = {}
    with UNITS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["key"].startswith("2024:")]
    for row in rows:
        if row["level"] == "district" and row["parent"] == f"2024:p{PROVINCE}":
            districts[row["key"]] = row
    for row in rows:
        if row["level"] == "commune" and row["parent"] in districts:
            communes[row["key"]] = row
    return districts, communes


def _in_order() -> list[dict[str, str]]:
    _districts, communes = _rows()
    by_district: dict[str, list[dict[str, str]]] = {}
    for row in sorted(communes.values(), key=lambda each: each["code"]):
        by_district.setdefault(row["parent"].removeprefix("2024:d"), []).append(row)
    for rows in by_district.values():
        rows.sort(key=lambda each: (each["code"] != FIRST_COMMUNE, each["code"]))
    firsts = [by_district.pop(district) for district in FIRST_DISTRICTS]
    shown = [rows[:4] for rows in firsts]
    later = [row for rows in firsts for row in rows[4:]]
    ordered = [row for turn in zip_longest(*shown) for row in turn if row is not None]
    later += [row for rows in by_district.values() for row in rows]
    return [*ordered, *sorted(later, key=lambda each: each["code"])]


@lru_cache(maxsize=1)
def communes() -> tuple[Commune, ...]:
    """Every commune of the province in March 2024, in the demo's order. The same whatever the seed:
    hamlets and weights belong to the place."""
    districts, _communes = _rows()
    found = []
    for index, row in enumerate(_in_order()):
        district = row["parent"].removeprefix("2024:d")
        random = Random(f"place {row['code']}")
        weight = random.randint(60, 150) // (2 if district in HIGHLANDS else 1)
        found.append(
            Commune(
                index, row["code"], row["name"], row["kind"], district, districts[row["parent"]]["name"],
                _hamlets(random, row["kind"], district), weight,
            )
        )  # fmt: skip
    return tuple(found)


def _hamlets(random: Random, kind: str, district: str) -> tuple[str, ...]:
    many = random.randint(4, 9)
    if kind == "phường":
        return tuple(f"Tổ dân phố {number}" for number in range(1, many + 1))
    if district in HIGHLANDS:
        return tuple(f"Thôn {name}" for name in random.sample(_HIGHLAND_HAMLETS, min(many, 6)))
    if random.random() < 0.4:
        return tuple(f"Thôn {number}" for number in range(1, many + 1))
    return tuple(f"Thôn {name}" for name in random.sample(_HAMLET_NAMES, many))


def shares(chosen: tuple[Commune, ...], people: int) -> list[int]:
    """How many people each commune gets; the sum is `people`, none gets fewer than 20 unless there
    are too few for that."""
    total = sum(each.weight for each in chosen)
    found = [people * each.weight // total for each in chosen]
    for place in range(people - sum(found)):
        found[place % len(found)] += 1
    return found
