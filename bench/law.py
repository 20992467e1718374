# SPDX-License-Identifier: MPL-2.0
"""How fast the law answers: distinct persons with one award each, on one core.

The limit beside it, measured in the same run, is the least that any engine must do in this
language: visit each case, build the tuple of its facts and look it up in a dictionary.
"""

from __future__ import annotations

import random
import resource
import time
from datetime import date, timedelta

from ansinh.legislation.load import load
from ansinh.rules.dates import PartialDate
from ansinh.rules.entitlement import Award, Case, Person, assess
from ansinh.rules.months import Month

MONTH = Month(2024, 8)
OLDEST = date(1925, 1, 1)
DAYS = (date(2024, 1, 1) - OLDEST).days
CODES = (
    ("K6_N", ()), ("K6_DBN", ()), ("K5A", ()), ("K5C", ()), ("K1A", ()), ("K4", "children"),
    ("THUONG_BINH", "injury_percent"), ("BB", "injury_percent"), ("TU_DAY", ()), ("LS_TUAT_1", ()),
    ("CS_HO_DBN", ()), ("CDHH", "injury_percent"),
)  # fmt: skip


def invented_cases(count: int, *, seed: int = 7) -> list[Case]:
    """`count` distinct persons: a birth date, a household, one award with its own first month."""
    random_ = random.Random(seed)
    cases = []
    for _ in range(count):
        born = OLDEST + timedelta(days=random_.randrange(DAYS))
        code, fact = random_.choice(CODES)
        facts: tuple[tuple[str, int], ...] = ()
        if fact:
            facts = ((str(fact), random_.randint(1, 3) if fact == "children" else random_.randint(21, 100)),)
        person = Person(
            born=PartialDate.of(born),
            household=random_.choice(("poor", "near_poor", "other")),
            disadvantaged_area=random_.random() < 0.2,
            lives_alone=random_.random() < 0.1,
        )
        start = Month(random_.randint(2015, 2024), random_.randint(1, 12))
        cases.append(Case(MONTH, person, (Award(code, start, None, facts),)))
    return cases


def floor(cases: list[Case]) -> float:
    """Seconds to visit each case and look its facts up."""
    seen: dict[object, int] = {}
    started = time.perf_counter()
    for case in cases:
        person, award = case.person, case.awards[0]
        key = (person.born.year, person.household, person.disadvantaged_area, award.code, award.facts)  # type: ignore[union-attr]
        seen[key] = seen.get(key, 0) + 1
    return time.perf_counter() - started


def run(*, people: int) -> dict[str, object]:
    """Figures for `people` persons: seconds, persons per second, ratio to the floor, peak memory."""
    law = load()
    cases = invented_cases(people)
    limit = floor(cases)
    law.answers.clear()
    started = time.perf_counter()
    total = 0
    for case in cases:
        total += assess(law, case).total_vnd
    seconds = time.perf_counter() - started
    return {
        "people": people,
        "seconds": round(seconds, 2),
        "people_per_second": round(people / seconds),
        "distinct_answers": sum(len(answers) for answers in law.answers.values()),
        "floor_seconds": round(limit, 2),
        "ratio_to_floor": round(seconds / limit, 1),
        "total_vnd": total,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
