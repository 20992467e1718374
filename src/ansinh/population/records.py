# SPDX-License-Identifier: MPL-2.0
"""From rows to what `rules.population` compares, many at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ansinh.registry.records import born_of
from ansinh.rules.dates import PartialDate
from ansinh.rules.names import clean_name
from ansinh.rules.population import Ours, Result, Said

SAID_NUMBER = "population_answer.said_number"


def ours(*, name: str, born_on: date, precision: str, sex: str, number: str, old: bool) -> Ours:
    """Our record as it is compared; the number is in clear."""
    return Ours(name, born_of(born_on, precision), sex, number, old)


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
