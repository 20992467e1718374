# SPDX-License-Identifier: MPL-2.0
"""What both ways of asking exchange, and the interface that a bank's or NAPAS's service implements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from ansinh.rules.names import fold_name


@dataclass(frozen=True, slots=True)
class Question:
    """Whose account is this? `reference` comes back with the answer."""

    reference: str
    bank: str
    number: str


@dataclass(frozen=True, slots=True)
class Answer:
    """`result` is one of found, not_found, closed, blocked, or what the institution wrote and nobody
    knows (`raw` keeps it); `printed_name` the holder as it prints it."""

    reference: str
    result: str
    printed_name: str = ""
    raw: str = ""


class AccountNames(Protocol):
    """An account-name enquiry service. Called outside any transaction; may raise `OSError` when the
    network fails, and then nothing was learned."""

    def ask(self, questions: Sequence[Question]) -> list[Answer]:
        """One answer for each question that could be answered."""
        ...


class SimulatedBank:
    """A bank for tests and the demo: knows its accounts, prints capitals without marks, cut at `width`."""

    def __init__(self, accounts: dict[tuple[str, str], str], *, width: int = 50) -> None:
        self._accounts = accounts
        self._width = width
        self._results: dict[tuple[str, str], str] = {}

    def add(self, bank: str, number: str, holder: str) -> None:
        """Let an account be known, with its owner's name."""
        self._accounts[bank, number] = holder

    def mark(self, bank: str, number: str, result: str) -> None:
        """Let an account be closed or blocked."""
        self._results[bank, number] = result

    def ask(self, questions: Sequence[Question]) -> list[Answer]:
        """As a bank answers: found with the printed name, or why not."""
        return [self._answer(each) for each in questions]

    def _answer(self, question: Question) -> Answer:
        key = (question.bank, question.number)
        if key not in self._accounts:
            return Answer(question.reference, "not_found")
        result = self._results.get(key, "found")
        name = fold_name(self._accounts[key]).upper()[: self._width] if result == "found" else ""
        return Answer(question.reference, result, name)
