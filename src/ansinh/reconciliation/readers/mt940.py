# SPDX-License-Identifier: MPL-2.0
"""SWIFT MT940: :60F: opening, :61: entries with :86: text, :62F: closing. Debits are paid, credits that
name one of our ids are returned."""

from __future__ import annotations

import re
from datetime import date

from ansinh.reconciliation.lines import Day, NotThisForm, ReadFile, ReadLine, found_id, understand

_BALANCE = re.compile(r"([CD])(\d{6})([A-Z]{3})(\d+)(?:,(\d*))?")
_ENTRY = re.compile(r"(\d{6})(?:\d{4})?(R?[CD])[A-Z]?(\d+),(\d{0,2})[A-Z]\w{3}([^\n/]*)(?://([^\n]*))?")


def _day(text: str) -> date | None:
    try:
        return date(2000 + int(text[:2]), int(text[2:4]), int(text[4:6]))
    except ValueError:
        return None


def read(content: bytes) -> ReadFile:
    """Read one statement. Raises `NotThisForm` without an opening balance."""
    text = content.decode("utf-8", errors="replace").replace("\r\n", "\n")
    fields = re.findall(r"^:(\d{2}[A-Z]?):((?:(?!^:\d{2}[A-Z]?:|^-\}?$).*\n?)*)", text, flags=re.MULTILINE)
    if not any(tag in {"60F", "60M"} for tag, _value in fields):
        raise NotThisForm(form="mt940")
    found, account, opening, closing = ReadFile(broken="no_trailer"), "", 0, None
    into = out = 0
    for tag, value in fields:
        value = value.strip()
        if tag == "25":
            account = value[:34]
        elif tag in {"60F", "60M"} and (match := _BALANCE.match(value)):
            opening = _signed(match)
        elif tag == "61":
            line, credit = _entry(len(found.lines) + 1, value)
            found.lines.append(line)
            into += (line.amount_vnd or 0) if credit else 0
            out += 0 if credit else line.amount_vnd or 0
        elif tag == "86" and found.lines:
            last = found.lines[-1]
            last.end_to_end_id = last.end_to_end_id or found_id(value.replace("\n", ""))
            last.raw += value
            if last.fault == "credit" and last.end_to_end_id:
                last.fault, last.fact, last.reason = "", "returned", value.replace("\n", " ")[-60:]
                understand(last)
        elif tag in {"62F", "62M"} and (match := _BALANCE.match(value)):
            closing, day = _signed(match), _day(match[2])
            if opening + into - out != closing or day is None:
                found.broken = "balance"
            else:
                found.broken, found.declared_count = "", len(found.lines)
                found.days.append(Day(account, day, opening, into, out, closing))
    return found


def _signed(match: re.Match[str]) -> int:
    return int(match[4]) * (-1 if match[1] == "D" else 1)


def _entry(number: int, value: str) -> tuple[ReadLine, bool]:
    match = _ENTRY.match(value)
    if match is None:
        return ReadLine(number, fault="entry", raw=value), False
    mark, decimals = match[2], match[4]
    credit = mark in {"C", "RD"}
    amount = int(match[3]) if int(decimals or 0) == 0 else None
    reference = (match[6] or "")[:60].strip()
    line = ReadLine(
        number, found_id(match[5]), amount or None, "" if credit else "paid", "", reference, _day(match[1]),
        fault="credit" if credit else "", raw=value,
    )  # fmt: skip
    return understand(line), credit
