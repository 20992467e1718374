# SPDX-License-Identifier: MPL-2.0
"""A police service for tests and the invented province: it knows its own people and answers as the
real one would, slowly or strangely when it is told to."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ansinh.population.adapters import Asked, RegisterSilent, RegisterStrange, Sent
from ansinh.rules.population import Result

RESULTS = {result.value for result in Result}
FIELDS = {"reference", "result", "name", "born", "sex", "number", "died_on", "moved_to", "note"}


class SimulatedRegister:
    """Answers from `known`: number (or name and birth when there is none) -> the answer's fields."""

    name = "simulated"

    def __init__(self, known: Mapping[str, Mapping[str, Any]], *, silent_after: int | None = None) -> None:
        self.known = known
        self.silent_after = silent_after

    def send(self, *, title: str, asked: Sequence[Asked]) -> Sent:
        """The references asked about, as the request that a service would get."""
        request = [[each.reference, each.number, each.name, each.born, each.sex] for each in asked]
        return Sent(json.dumps({"title": title, "asked": request}, ensure_ascii=False).encode())

    def answers(self, *, asked: Sequence[Asked]) -> Iterator[dict[str, Any]]:
        """One answer each: what is known, else "not found". Raises `RegisterSilent` after as many
        answers as it was told, and `RegisterStrange` for an answer outside the agreed fields."""
        for count, each in enumerate(asked):
            if self.silent_after is not None and count >= self.silent_after:
                raise RegisterSilent(seconds=60)
            said = dict(self.known.get(each.number or f"{each.name}|{each.born}", {"result": "not_found"}))
            strange = sorted(set(said) - FIELDS)
            if strange or said.get("result") not in RESULTS:
                raise RegisterStrange(what=", ".join(strange) or str(said.get("result"))[:40])
            yield {"reference": each.reference} | said
