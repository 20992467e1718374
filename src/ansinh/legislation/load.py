# SPDX-License-Identifier: MPL-2.0
"""Read `law/` into `ansinh.rules.law`. A mistake in a file is refused with the file and the key."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import yaml

from ansinh.rules.law import (
    Band,
    Category,
    Law,
    OverlapRule,
    Parameter,
    PercentTable,
    ProvincialValue,
    Value,
)

SHIPPED = Path(__file__).resolve().parents[1] / "law_data" / "vn"  # in an installed wheel
CHECKOUT = Path(__file__).resolve().parents[3] / "law" / "vn"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
NOT_CATEGORIES = {"standards.yaml", "overlap.yaml", "families.yaml"}
FLAGS = (
    "disadvantaged_area", "no_pension", "while_studying", "child_until_18_or_studying", "at_home",
    "confidential", "minimum",
)  # fmt: skip
WORDS = ("standard", "standard_on", "times", "pension_below", "if_especially_severe")
LISTS = ("household", "replaces", "not_with", "only_with")
KEYS = frozenset(
    {"label", "family", "public_label", "kind", "group", "payee", "start", "reference", "stream",
     "round_to", "valid_to", "repealed_by", "bands", "percent_bands", "percent_table", "multiple",
     "values", *FLAGS, *WORDS, *LISTS}
)  # fmt: skip
VALUE_KEYS = {"value", "reference", "issued", "in_force", "verified"}
NO_UPPER_AGE = 200


class LawFileError(Exception):
    """A file of the law cannot be read as law; names the file, the key and what is wrong."""


def folder() -> Path:
    """The law's folder: in the checkout, or inside the installed package."""
    return CHECKOUT if CHECKOUT.is_dir() else SHIPPED


def version_of(where: Path | None = None) -> str:
    """SHA-256 of the names and bytes of the law's files as they are now."""
    base = where or folder()
    mark = hashlib.sha256()
    for path in sorted(base.rglob("*.yaml")):
        mark.update(path.relative_to(base).as_posix().encode() + b"\0" + path.read_bytes())
    return mark.hexdigest()


@lru_cache(maxsize=4)
def load(where: Path | None = None) -> Law:
    """The whole law of `where` (default: the project's own). Raises `LawFileError`."""
    base = where or folder()
    files = sorted(base.rglob("*.yaml"))
    missing = [name for name in sorted(NOT_CATEGORIES) if not (base / name).exists()]
    if missing:
        raise LawFileError(f"{base}: {', '.join(missing)} is missing")
    read: dict[str, Any] = {}
    for path in files:
        name = path.relative_to(base).as_posix()
        try:
            read[name] = yaml.load(path.read_bytes(), Loader=LOADER)  # noqa: S506 - a safe loader, see LOADER
        except yaml.YAMLError as wrong:
            raise LawFileError(f"{name}: {wrong}") from wrong
    families = cast("Mapping[str, Mapping[str, object]]", read["families.yaml"])
    categories: dict[str, Category] = {}
    for name, entries in read.items():
        if Path(name).name in NOT_CATEGORIES or name.startswith("provinces/"):
            continue
        for code, entry in entries.items():
            if code in categories:
                raise LawFileError(f"{name}: {code} is defined twice")
            categories[code] = _category(name, code, entry, families)
    _add_rows(categories)
    return Law(
        version=version_of(base),
        parameters={c: _parameter(c, e) for c, e in read["standards.yaml"].items()},
        categories=categories,
        overlaps={
            code: OverlapRule(code, entry["text"], entry["reference"], entry["verified"])
            for code, entry in read["overlap.yaml"].items()
        },
        families=families,
        provinces=_provinces(read),
    )


def _add_rows(categories: dict[str, Category]) -> None:
    """Each printed row is a code of its own too (`BB_61_70`): lists from before name rows."""
    for category in list(categories.values()):
        for band in category.bands:
            if band.row not in categories:
                alone = Band(band.row, band.values, band.ages, None, band.household)
                fields = {name: getattr(category, name) for name in Category.__slots__}
                categories[band.row] = Category(**fields | {"code": band.row, "bands": (alone,)})


def _values(where: str, entries: Mapping[date, Mapping[str, Any] | None]) -> tuple[Value, ...]:
    found = []
    for start, entry in entries.items():
        if not isinstance(start, date):
            raise LawFileError(f"{where}: {start!r} is not a date")
        if entry is None or set(entry) != VALUE_KEYS:
            raise LawFileError(f"{where} {start}: needs exactly {', '.join(sorted(VALUE_KEYS))}")
        number = entry["value"]
        if number is not None and not (
            isinstance(number, str) and re.fullmatch(r"[0-9]+(\.[0-9]+)?", number)
        ):
            raise LawFileError(f"{where} {start}: the value is a quoted number or null")
        if not entry["reference"]:
            raise LawFileError(f"{where} {start}: no reference")
        found.append(
            Value(
                start,
                Fraction(number) if number is not None else None,
                entry["reference"],
                entry["issued"],
                entry["in_force"],
                entry["verified"],
            )
        )
    if [value.start for value in found] != sorted({value.start for value in found}):
        raise LawFileError(f"{where}: dates do not ascend")
    return tuple(found)


def _parameter(code: str, entry: Mapping[str, Any]) -> Parameter:
    return Parameter(code, entry["label"], entry["unit"], _values(code, entry["values"]))


def _span(entry: Mapping[str, int] | None, last: int) -> tuple[int, int] | None:
    return None if not entry else (entry.get("from", 0), entry.get("to", last))


def _bands(where: str, code: str, entry: Mapping[str, Any]) -> tuple[Band, ...]:
    if "values" in entry:
        return (Band(code, _values(where, entry["values"])),)
    if "multiple" in entry:
        return (Band(code, _values(where, entry["multiple"]["values"])),)
    return tuple(
        Band(
            row=row["row"],
            values=_values(f"{where} {row['row']}", row["values"]),
            ages=_span(row.get("ages"), NO_UPPER_AGE),
            percent=_span(row.get("percent"), 100),
            household=tuple(row.get("household", ())),
        )
        for row in entry.get("bands") or entry.get("percent_bands") or ()
    )


def _tables(entry: Mapping[str, Any]) -> tuple[PercentTable, ...]:
    return tuple(
        PercentTable(
            start=start,
            reference=table["reference"],
            issued=table["issued"],
            in_force=table["in_force"],
            verified=table["verified"],
            amounts={percent: int(amount) for percent, amount in table["table"].items()},
        )
        for start, table in entry.get("percent_table", {}).items()
    )


def _category(
    name: str, code: str, entry: Mapping[str, Any], families: Mapping[str, Mapping[str, object]]
) -> Category:
    where = f"{name}: {code}"
    if unknown := set(entry) - KEYS:
        raise LawFileError(f"{where}: unknown key {', '.join(sorted(unknown))}")
    try:
        options: dict[str, Any] = {flag: entry.get(flag, False) for flag in FLAGS}
        options |= {word: entry.get(word) for word in WORDS}
        options |= {listed: tuple(entry.get(listed, ())) for listed in LISTS}
        return Category(
            code=code,
            family=entry["family"],
            label=entry["label"],
            public_label=entry["public_label"],
            kind=entry["kind"],
            group=entry["group"],
            payee=entry["payee"],
            start=entry["start"],
            reference=entry.get("reference", ""),
            stream=entry.get("stream", str(families[entry["family"]]["stream"])),
            round_to=entry.get("round_to", 1),
            valid_to=entry.get("valid_to"),
            repealed_by=entry.get("repealed_by", ""),
            bands=_bands(where, code, entry),
            tables=_tables(entry),
            **options,
        )
    except KeyError as missing:
        raise LawFileError(f"{where}: {missing} is missing or unknown") from missing


def _provinces(read: Mapping[str, Any]) -> dict[str, dict[str, ProvincialValue]]:
    found: dict[str, dict[str, ProvincialValue]] = {}
    for name, entries in read.items():
        if name.startswith("provinces/"):
            found[entries["province"]] = {
                code: ProvincialValue(entry["rule"], _values(f"{name}: {code}", entry["values"]))
                for code, entry in entries.items()
                if code != "province"
            }
    return found
