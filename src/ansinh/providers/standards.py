# SPDX-License-Identifier: MPL-2.0
"""The criteria that a selection begins with and the highest fees by date: data beside this file."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"


@dataclass(frozen=True, slots=True)
class StandardCriterion:
    """A criterion as it is proposed; `rests_on` are the kinds of fact that speak to it."""

    code: str
    label: str
    label_en: str
    weight: int
    rests_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FeeLimit:
    """The highest fee of a stream of money from a day on, in hundredths of a percent."""

    stream: str
    max_bps: int
    valid_from: date
    valid_to: date | None
    source: str
    verified: bool


@lru_cache(maxsize=1)
def standard_criteria() -> tuple[StandardCriterion, ...]:
    """The proposed criteria; their weights make 100."""
    with (DATA / "criteria.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            StandardCriterion(
                row["code"], row["label"], row["label_en"], int(row["weight"]),
                tuple(kind for kind in row["rests_on"].split("|") if kind),
            )
            for row in csv.DictReader(file)
        )  # fmt: skip


@lru_cache(maxsize=1)
def fee_limits() -> tuple[FeeLimit, ...]:
    """Every limit by date."""
    with (DATA / "fee_limits.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            FeeLimit(
                row["stream"], int(row["max_bps"]), date.fromisoformat(row["valid_from"]),
                date.fromisoformat(row["valid_to"]) if row["valid_to"] else None, row["source"],
                row["verified"] == "true",
            )
            for row in csv.DictReader(file)
        )  # fmt: skip


def fee_limit_on(stream: str, on: date) -> FeeLimit | None:
    """The limit of a stream on a day, or None when the law names none."""
    return next(
        (
            each
            for each in fee_limits()
            if each.stream == stream
            and each.valid_from <= on
            and (each.valid_to is None or on < each.valid_to)
        ),
        None,
    )
