# SPDX-License-Identifier: MPL-2.0
"""What a life event means for a person's awards: proposals for a person to decide, never a silent
change (NĐ 20/2021/NĐ-CP Điều 8; TT 02/2021/TT-BLĐTBXH Điều 2; NĐ 176/2025/NĐ-CP Điều 5;
PL 02/2020/UBTVQH14 Điều 54; NĐ 131/2021/NĐ-CP).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from ansinh.rules.entitlement import Award, Case, Person, assess_months
from ansinh.rules.law import Category, Law
from ansinh.rules.months import Month


class LifeEvent(StrEnum):
    """What can happen to a person."""

    DEATH = "death"
    IMPRISONMENT = "imprisonment"
    RELEASE = "release"
    MISSING = "missing"
    EMIGRATION = "emigration"
    MAJORITY = "majority"
    END_OF_STUDY = "end_of_study"
    DISABILITY_REVIEW = "disability_review"
    REMARRIAGE = "remarriage"


class Action(StrEnum):
    """What is proposed for an award."""

    STOP = "stop"  # `month` is the first month that is not owed
    SUSPEND = "suspend"  # from `month` on
    RESUME = "resume"  # from `month` on
    REVIEW = "review"  # the law leaves it to a decision: a person looks


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal for one award, with the month and the ground."""

    code: str
    action: Action
    month: Month
    reason: str
    citation: str


@dataclass(frozen=True, slots=True)
class Overpaid:
    """A month that was owed no more when it may have been paid."""

    month: Month
    code: str
    amount_vnd: int


_BTXH, _NCC = "NĐ 20/2021/NĐ-CP Điều 8", "PL 02/2020/UBTVQH14 Điều 54"
_SUSPENDED = "TT 02/2021/TT-BLĐTBXH Điều 2.3"
_AFTER_DEATH = "Thôi hưởng từ tháng ngay sau tháng chết."

# event -> (action, months after the event's month, reason, citation); what is not here is reviewed.
_Rules = dict[LifeEvent, tuple[Action, int, str, str]]
_MERIT: _Rules = {
    LifeEvent.DEATH: (Action.STOP, 1, _AFTER_DEATH, f"{_NCC}; NĐ 131/2021/NĐ-CP"),
    LifeEvent.IMPRISONMENT: (Action.SUSPEND, 0, "Tạm đình chỉ khi chấp hành án tù.", _NCC),
    LifeEvent.RELEASE: (
        Action.RESUME, 1, "Hưởng lại từ tháng sau tháng chấp hành xong án.", "NĐ 131/2021/NĐ-CP",
    ),
    LifeEvent.MISSING: (Action.SUSPEND, 0, "Tạm đình chỉ khi mất tích.", _NCC),
    LifeEvent.EMIGRATION: (Action.SUSPEND, 0, "Tạm đình chỉ khi xuất cảnh trái phép.", _NCC),
}  # fmt: skip
_SOCIAL: _Rules = {
    LifeEvent.DEATH: (Action.STOP, 1, _AFTER_DEATH, _BTXH),
    LifeEvent.IMPRISONMENT: (Action.SUSPEND, 0, "Tạm dừng khi bị tạm giam từ 1 tháng.", _SUSPENDED),
    LifeEvent.RELEASE: (
        Action.RESUME, 1, "Hưởng lại theo quyết định.", "TT 02/2021/TT-BLĐTBXH Điều 6.1.b",
    ),
    LifeEvent.MISSING: (Action.STOP, 1, "Thôi hưởng khi mất tích.", _BTXH),
}  # fmt: skip


def proposals(event: LifeEvent, on: date, awards: Iterable[Award], law: Law) -> tuple[Proposal, ...]:
    """What the event of day `on` means for each monthly award. Where the law leaves it to a
    decision, or says nothing that we found, a review is proposed: never nothing."""
    month = Month.of(on)
    found = []
    for award in awards:
        category = law.categories[award.code]
        if category.kind == "monthly" and not (award.end is not None and award.end < month):
            found.append(_proposal(event, month, category))
    return tuple(found)


def _proposal(event: LifeEvent, month: Month, category: Category) -> Proposal:
    rules = _MERIT if category.family == "merit" else _SOCIAL
    rule = rules.get(event)
    if event is LifeEvent.END_OF_STUDY and category.while_studying:
        rule = (Action.STOP, 1, "Thôi hưởng từ tháng sau tháng thôi học.", _BTXH)
    if rule is None:
        reason = "Xem lại điều kiện hưởng theo hồ sơ."
        return Proposal(category.code, Action.REVIEW, month, reason, category.reference)
    action, months_later, reason, citation = rule
    if category.family == "social_pension" and event is LifeEvent.DEATH:
        citation = "NĐ 176/2025/NĐ-CP Điều 5"
    return Proposal(category.code, action, month + months_later, reason, citation)


def overpaid(
    law: Law,
    person: Person,
    awards: tuple[Award, ...],
    *,
    died_on: date,
    reported: Month,
    province: str | None,
) -> tuple[Overpaid, ...]:  # fmt: skip
    """What the months after the month of death, up to the month of the report, would have paid had
    nobody known: the person assessed as living, each month at its own law and rates."""
    first = Month.of(died_on).next
    if reported < first:
        return ()
    living = replace(person, died_on=None)
    answers = assess_months(law, Case(first, living, awards, province), first=first, last=reported)
    return tuple(
        Overpaid(month, line.code, line.amount_vnd)
        for month, answer in answers
        for line in answer.lines
        if line.kind == "monthly"
    )
