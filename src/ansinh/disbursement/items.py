# SPDX-License-Identifier: MPL-2.0
"""What a channel writes: the head of an envelope and its items, opened for writing only."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from ansinh.rules.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Head:
    """Who pays, for what, how many, how much."""

    reference: str
    unit: str
    stream: str
    period: date
    count: int
    sum_vnd: int
    made_on: date


@dataclass(frozen=True, slots=True)
class Item:
    """One instruction as it is written down. `account` is in clear: never logged, never shown."""

    place: int
    end_to_end_id: str
    person: str
    payee: str
    holder: str
    hamlet: str
    channel: str
    bank_code: str
    bank_bin: str
    bank_name: str
    account: str
    amount_vnd: int

    def text(self, period: date) -> str:
        """The transfer text: the id first, then plain words that say nothing about the person."""
        return f"{self.end_to_end_id} CHI TRA AN SINH THANG {period:%m/%Y}"


Writer = Callable[[Head, Iterable[Item], BinaryIO], None]


@dataclass(frozen=True, slots=True)
class Layout:
    """One way to write an envelope: for which channels, at most how many rows, in which file."""

    code: str
    label: str
    channels: frozenset[str]
    suffix: str
    most_rows: int
    write: Writer
    by_contract: bool = False  # the payer must have a contract in force for the commune and the channel


class TextTooLong(Refusal):
    """A value does not fit the payer's column; fields: column, place, most."""

    code = "CHANNEL_TEXT_TOO_LONG"
