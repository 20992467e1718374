# SPDX-License-Identifier: MPL-2.0
"""From the text that SQL makes of a person's facts (sql/stage_people.sql) to a case of the law's
contract (docs/reference/law.md), and from a case to the rows of its lines.

The text holds what can matter for one month and nothing else, so that people with equal texts share
a case. That the reduction loses nothing is proved at each calculation: a thousand lines are computed
again from whole records.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ansinh.legislation.cases import read_case
from ansinh.rules.entitlement import Assessment, assess
from ansinh.rules.entitlement.case import Line
from ansinh.rules.law import Law
from ansinh.rules.months import Month

PERSON_END, AWARD_END, FIELD_END = "\x1f", "\x1e", "\x1d"
LONG_AGO = "1990-01"  # an award that runs: when it began no longer matters
STREAMS = {"merit": "central", "assistance": "local"}
REPEATED = "~"  # a component that a person has twice (worship of two martyrs): the second is CODE~2


# What a code reads of a person, as bits for the set-based step (sql/stage_people.sql).
AGE, HOUSEHOLD, AREA, PENSION, ALONE, ONE_OFF, PAID_HERE = 1, 2, 4, 8, 16, 32, 64


@dataclass(frozen=True, slots=True)
class CodeLists:
    """Which codes belong to a stream (`codes`), and for every code of the law what it reads (`reads`)."""

    codes: list[str]
    every_code: list[str]
    reads: list[int]
    uncollected_codes: list[str]


def codes_of(law: Law, *, stream: str, only: list[str]) -> CodeLists:
    """The lists for a stream, perhaps narrowed to some codes."""
    wanted = STREAMS[stream]
    codes = sorted(code for code, each in law.categories.items() if each.stream == wanted)
    if only:
        codes = [code for code in codes if code in only]
    uncollected = {
        name for name, family in law.families.items()
        if _rules(family).get("suspend", {}).get("months_uncollected")
    }  # fmt: skip
    return CodeLists(
        codes=codes,
        every_code=sorted(law.categories),
        reads=[_bits(law, code, paid_here=code in codes) for code in sorted(law.categories)],
        uncollected_codes=sorted(c for c, each in law.categories.items() if each.family in uncollected),
    )


def _bits(law: Law, code: str, *, paid_here: bool) -> int:
    read = law.reads[code]
    said = (
        (AGE, read.age), (HOUSEHOLD, read.household), (AREA, read.area), (PENSION, read.pension),
        (ALONE, read.alone), (ONE_OFF, code in law.one_off), (PAID_HERE, paid_here),
    )  # fmt: skip
    return sum(bit for bit, holds in said if holds)


def _rules(family: Mapping[str, object]) -> Mapping[str, Any]:
    rules = family.get("rules")
    return rules if isinstance(rules, Mapping) else {}


def read_key(key: str, month: Month, *, province: str | None) -> dict[str, Any]:
    """The case that a text of `sql/stage_people.sql` stands for, as the law's contract writes it."""
    born, household, area, pension, alone, death, awards = key.split(PERSON_END)
    died = {"": None, "earlier": month.previous.first_day, "this_month": month.first_day}[death]
    person: dict[str, Any] = {"household": household}
    if born:
        person["born"] = born
    if died:
        person["died_on"] = died.isoformat()
    if area == "t":
        person["disadvantaged_area"] = True
    if pension != "0":
        person["pension_vnd"] = int(pension)
    if alone == "t":
        person["lives_alone"] = True
    return {
        "month": str(month),
        "province": province,
        "person": person,
        "awards": [_award(each, month) for each in awards.split(AWARD_END)],
    }


def _award(text: str, month: Month) -> dict[str, Any]:
    code, start, suspended, facts = text.split(FIELD_END)
    first = {"": LONG_AGO, "later": str(month.next)}.get(start, start)
    found: dict[str, Any] = {"code": code, "from": first, "facts": json.loads(facts)}
    if suspended:
        found["suspended"] = [{"from": str(month)}]
    return found


def answer_of(law: Law, facts: Mapping[str, Any]) -> Assessment:
    """The law's answer to a stored case."""
    return assess(law, read_case(law, facts))


def component_lines(answer: Assessment, *, codes: frozenset[str]) -> list[tuple[str, Line]]:
    """(component, line) for the lines of some codes: the code, or CODE~2 for a second one."""
    seen: Counter[str] = Counter()
    found = []
    for line in answer.lines:
        if line.code in codes:
            seen[line.code] += 1
            again = f"{REPEATED}{seen[line.code]}" if seen[line.code] > 1 else ""
            found.append((line.code + again, line))
    return found


def base_component(component: str) -> str:
    """The component of the case behind a line's: CODE+1 (a later part) and CODE-1 (a recovery) are CODE."""
    return component.split("+", maxsplit=1)[0].split("-", maxsplit=1)[0]


def place_of(facts: Mapping[str, Any], code: str, month: Month) -> int:
    """Which award of the case a line comes from, counted from 1: one that runs, else the first."""
    places = [place for place, each in enumerate(facts["awards"], 1) if each["code"] == code]
    awards = facts["awards"]
    running = [
        place
        for place in places
        if not awards[place - 1].get("suspended") and awards[place - 1]["from"] <= str(month)
    ]
    return (running or places)[0]


def stored_answer(answer: Assessment, *, codes: frozenset[str]) -> dict[str, Any]:
    """What a case keeps of its answer: the stream's lines with steps and citations, what is not owed."""
    return {
        "lines": [
            {
                "component": component, "code": line.code, "amount_vnd": line.amount_vnd,
                "kind": line.kind, "row": line.row, "payee": line.payee,
                "citations": list(line.citations), "steps": list(line.steps), "verified": line.verified,
            }
            for component, line in component_lines(answer, codes=codes)
        ],
        "not_owed": [
            {"code": each.code, "why": each.why, "citation": each.citation}
            for each in answer.not_owed if each.code in codes
        ],
    }  # fmt: skip


def whole_case(
    *, month: Month, born: str, sex: str, died_on: date | None, household: str, area: bool,
    pension_vnd: int, alone: bool, awards: list[dict[str, Any]], province: str | None,
) -> dict[str, Any]:  # fmt: skip
    """A person's whole record as a case of the contract, nothing reduced."""
    return {
        "month": str(month), "province": province,
        "person": {
            "born": born, "sex": sex or None, "died_on": died_on.isoformat() if died_on else None,
            "household": household, "disadvantaged_area": area, "pension_vnd": pension_vnd,
            "lives_alone": alone,
        },
        "awards": awards,
    }  # fmt: skip
