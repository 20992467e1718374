# SPDX-License-Identifier: MPL-2.0
"""The directory of banks, e-wallets and mobile money that ships with An Sinh (`data/banks.csv`)."""

from __future__ import annotations

import csv
from datetime import date
from functools import lru_cache
from pathlib import Path

from ansinh.rules.banks import Bank, BankDirectory

DATA = Path(__file__).resolve().parent / "data" / "banks.csv"


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@lru_cache(maxsize=1)
def directory() -> BankDirectory:
    """Every institution, with the names people write for it. Lengths are empty where unknown."""
    with DATA.open(encoding="utf-8", newline="") as file:
        return BankDirectory(
            Bank(
                code=row["code"],
                bin=row["bin"],
                name=row["name"],
                kind=row["kind"],
                aliases=tuple(name for name in row["aliases"].split("|") if name),
                lengths=tuple(sorted(int(part) for part in row["lengths"].split("|") if part)),
                valid_from=_day(row["valid_from"]),
                valid_to=_day(row["valid_to"]),
            )
            for row in csv.DictReader(file)
        )


def bank_name(code: str) -> str:
    """The present name of the institution with a code; the code itself when nobody has it."""
    return next((bank.name for bank in directory().banks if bank.code == code), code)
