# SPDX-License-Identifier: MPL-2.0
"""From values to the columns of a person: sealed, indexed, folded, sortable. Many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ansinh.rules.dates import PartialDate
from ansinh.rules.months import Month
from ansinh.rules.name_order import sort_key
from ansinh.rules.names import fold_name, normalise_name
from ansinh.vault.sealing import blind_index_many, open_sealed, seal_many

NUMBER = "registry_person.number"
OLD_NUMBER = "registry_oldnumber.number"
PHONE = "registry_person.phone"
CHANGE = "registry_change.content"
ROW = "registry_importrow.sealed"


def sealed_or_none(column: str, texts: Sequence[str | None]) -> list[bytes | None]:
    """Sealed values in the same order, None where there was nothing."""
    sealed = iter(seal_many(column=column, texts=[text for text in texts if text]))
    return [next(sealed) if text else None for text in texts]


def indexed_or_none(column: str, texts: Sequence[str | None]) -> list[bytes | None]:
    """Blind indexes in the same order, None where there was nothing."""
    found = iter(blind_index_many(column=column, texts=[text for text in texts if text]))
    return [next(found) if text else None for text in texts]


def name_columns(name: str) -> dict[str, Any]:
    """What is kept of a name beside its spelling."""
    return {
        "name": name,
        "name_folded": fold_name(name),
        "sort_key": sort_key(name)[:400],
    }


def born_columns(iso: str) -> dict[str, Any]:
    """A birth date as its first possible day and its precision."""
    born = PartialDate.parse(iso)
    return {"born_on": born.earliest, "born_precision": born.precision}


def born_of(born_on: date, precision: str) -> PartialDate:
    """The birth date again."""
    return PartialDate(
        born_on.year,
        born_on.month if precision != "year" else None,
        born_on.day if precision == "day" else None,
    )


def person_columns(values: Mapping[str, Any]) -> dict[str, Any]:
    """Columns for the fields that `values` holds (name, born, number, phone and plain ones)."""
    found: dict[str, Any] = {}
    if values.get("name"):
        found |= name_columns(normalise_name(values["name"]))
    if values.get("born"):
        found |= born_columns(values["born"])
    for field, column, prefix in (("number", NUMBER, "number"), ("phone", PHONE, "phone")):
        if field in values:
            text = values[field] or None
            found[f"{prefix}_enc"] = sealed_or_none(column, [text])[0]
            found[f"{prefix}_bidx"] = indexed_or_none(column, [text])[0]
            found[f"{prefix}_last4"] = text[-4:] if text else ""
    for field in ("sex", "ethnicity", "hamlet", "household", "channel", "lives_alone", "pension_vnd",
                  "disadvantaged_area"):  # fmt: skip
        if values.get(field) is not None:
            found[field] = values[field]
    return found


def month_day(text: str | None) -> date | None:
    """The first day of a month written 2024-03."""
    return Month.parse(text).first_day if text else None


def opened_number(sealed: bytes | memoryview | None) -> str:
    """A citizen number in clear, or nothing."""
    return open_sealed(column=NUMBER, sealed=bytes(sealed)) if sealed else ""


def opened_phone(sealed: bytes | memoryview | None) -> str:
    """A phone number in clear, or nothing."""
    return open_sealed(column=PHONE, sealed=bytes(sealed)) if sealed else ""
