# SPDX-License-Identifier: MPL-2.0
"""The answer for a person and a month. Equal facts share one answer."""

from __future__ import annotations

from typing import cast

from ansinh.rules.entitlement.case import Assessment, Case, Facts, Line, NotOwed, facts_of
from ansinh.rules.entitlement.decide import Setting, decide
from ansinh.rules.entitlement.overlap import apply_overlaps
from ansinh.rules.law import Law
from ansinh.rules.months import Month

MOST_SHARED_ANSWERS = 200_000  # about 200 MB; then the oldest half of a month's answers goes


def assess(law: Law, case: Case) -> Assessment:
    """What is owed to the person of `case` for its month: lines with amounts, steps and
    citations, and what is not owed with the reason. Codes must be known (see `legislation.cases`).
    """
    shared = law.answers.get((case.month, case.province))
    if shared is None:
        shared = law.answers[case.month, case.province] = {}
    facts = facts_of(case, law)
    found = shared.get(facts)
    if found is None:
        if len(shared) >= MOST_SHARED_ANSWERS:
            for old in list(shared)[: MOST_SHARED_ANSWERS // 2]:
                del shared[old]
        found = shared[facts] = _assess(Setting(law, case.month, case.province), facts)
    return cast("Assessment", found)


def _assess(setting: Setting, facts: Facts) -> Assessment:
    owed: list[Line] = []
    not_owed: list[NotOwed] = []
    for award in facts.awards:
        answer = decide(setting, facts, award)
        if isinstance(answer, Line):
            owed.append(answer)
        else:
            not_owed.append(answer)
    lines, fallen = apply_overlaps(setting.law, facts, owed)
    total = sum(line.amount_vnd for line in lines)
    return Assessment(tuple(lines), (*not_owed, *fallen), total)


def assess_months(law: Law, case: Case, *, first: Month, last: Month) -> list[tuple[Month, Assessment]]:
    """The answer for each month from `first` to `last`, each at that month's own law and rates
    (NĐ 131/2021/NĐ-CP Điều 183.2): what back-pay is made of."""
    answers = []
    for month in Month.range(first, last):
        of_month = Case(month, case.person, case.awards, case.province)
        answers.append((month, assess(law, of_month)))
    return answers
