# SPDX-License-Identifier: MPL-2.0
"""Ways to reach the population register. There is no open interface to it, so the way in use is a file
between two offices; a service has its place here as soon as there is one (docs/reference/population.md).

An adapter knows nothing of the database: it gets what the check needs and gives answers back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from ansinh.rules.refusals import Refusal


class RegisterSilent(Refusal):
    """The service did not answer in time; fields: seconds. Nothing is assumed from silence."""

    code = "POPULATION_REGISTER_SILENT"


class RegisterStrange(Refusal):
    """The service answered in another format than agreed; fields: what."""

    code = "POPULATION_REGISTER_STRANGE"


@dataclass(frozen=True, slots=True)
class Asked:
    """What leaves the office about one person, and nothing more. `born`: ISO, perhaps only a year."""

    position: int
    reference: str
    number: str
    name: str
    born: str
    sex: str


@dataclass(frozen=True, slots=True)
class Sent:
    """What was handed over: the bytes as the receiver gets them, and the password for a file (to be
    told apart)."""

    content: bytes
    password: str = ""


class Register(Protocol):
    """What every way to the register can do.

    `send` makes what is handed over. `answers` gives, for each reference, a mapping with `reference`,
    `result` (`rules.population.Result`), and where the register says so `name`, `born`, `sex`,
    `number`, `died_on` (ISO), `moved_to`, `note`. Raises `RegisterSilent` or `RegisterStrange`; what it
    does not give has no answer.
    """

    name: str

    def send(self, *, title: str, asked: Sequence[Asked]) -> Sent: ...

    def answers(self, *, asked: Sequence[Asked]) -> Iterator[dict[str, Any]]: ...
