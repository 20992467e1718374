# SPDX-License-Identifier: MPL-2.0
"""From rows to what `rules.population` compares, many at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ansinh.registry.records import born_of, opened_number
from ansinh.rules.dates import PartialDate
from ansinh.rules.names import clean_name
from ansinh.rules.population import Ours, Result, Said
from ansinh.vault.sealing import open_sealed

SAID_NUMBER = "population_answer.said_number"


def ours(
    *, name: str, born_on: date, precision: str, sex: str, number_enc: bytes | memoryview | None, old: bool
) -> Ours:
    """Our record as it is compared."""
    return Ours(name, born_of(born_on, precision), sex, opened_number(number_enc), old)


def said_of(values: Mapping[str, Any]) -> Said:
    """An answer as files and forms give it: result, name, born and died_on in ISO, sex, number,
    moved_to."""
    return Said(
        Result(values["result"]),
        name=clean_name(values.get("name") or "")[:100],
        born=partial(values.get("born")),
        sex=values.get("sex") or "",
        number=values.get("number") or "",
        died_on=partial(values.get("died_on")),
        moved_to=(values.get("moved_to") or "")[:200],
    )


def partial(iso: str | None) -> PartialDate | None:
    """A stored date, perhaps only a year."""
    return PartialDate.parse(iso) if iso else None


def opened_said_number(sealed: bytes | memoryview | None) -> str:
    """The number that the register gave, in clear, or nothing."""
    return open_sealed(column=SAID_NUMBER, sealed=bytes(sealed)) if sealed else ""
