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
    REMAND = "remand"
    IMPRISONMENT = "imprisonment"
    RELEASE = "release"
    MISSING = "missing"
    EMIGRATION = "emigration"
    RETURN = "return"
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


_BTXH, _NCC, _HTXH = "NĐ 20/2021/NĐ-CP Điều 8", "PL 02/2020/UBTVQH14 Điều 54", "NĐ 176/2025/NĐ-CP Điều 5"
_NCC_DETAIL = "NĐ 131/2021/NĐ-CP"
_SUSPENDED, _RESUMED = "TT 02/2021/TT-BLĐTBXH Điều 2.3", "TT 02/2021/TT-BLĐTBXH Điều 6.1.b"
_AFTER_DEATH = "Thôi hưởng từ tháng ngay sau tháng chết."

# event -> (action, months after the event's month, reason, citation); what is not here is reviewed.
_Rule = tuple[Action, int, str, str]
_Rules = dict[LifeEvent, _Rule]
_MERIT: _Rules = {
    LifeEvent.DEATH: (Action.STOP, 1, _AFTER_DEATH, f"{_NCC}; {_NCC_DETAIL}"),
    LifeEvent.IMPRISONMENT: (Action.SUSPEND, 0, "Tạm đình chỉ khi chấp hành án tù.", _NCC),
    LifeEvent.RELEASE: (
        Action.RESUME, 1, "Hưởng lại từ tháng sau tháng chấp hành xong án.", _NCC_DETAIL,
    ),
    LifeEvent.MISSING: (Action.SUSPEND, 0, "Tạm đình chỉ từ tháng có kết luận mất tích.", _NCC),
    LifeEvent.EMIGRATION: (Action.SUSPEND, 0, "Tạm đình chỉ khi xuất cảnh trái phép.", _NCC),
    LifeEvent.RETURN: (Action.RESUME, 1, "Hưởng lại từ tháng sau tháng có đơn (Mẫu 24).", _NCC_DETAIL),
    LifeEvent.DISABILITY_REVIEW: (
        Action.REVIEW, 0, "Đổi mức từ tháng có kết luận giám định lại.", _NCC_DETAIL,
    ),
}  # fmt: skip
_SOCIAL: _Rules = {
    LifeEvent.DEATH: (Action.STOP, 1, _AFTER_DEATH, _BTXH),
    LifeEvent.REMAND: (Action.SUSPEND, 1, "Tạm dừng khi bị tạm giam từ 1 tháng.", _SUSPENDED),
    LifeEvent.IMPRISONMENT: (
        Action.STOP, 1, "Thôi hưởng từ tháng sau tháng bắt đầu chấp hành án tù.", _BTXH,
    ),
    LifeEvent.RELEASE: (Action.RESUME, 1, "Hưởng lại theo quyết định, có truy lĩnh nếu được.", _RESUMED),
    LifeEvent.MISSING: (Action.STOP, 1, "Thôi hưởng khi mất tích.", _BTXH),
    LifeEvent.RETURN: (Action.RESUME, 1, "Hưởng lại theo quyết định, có truy lĩnh nếu được.", _RESUMED),
    LifeEvent.DISABILITY_REVIEW: (
        Action.REVIEW, 0, "Đổi mức từ tháng đủ điều kiện mới ghi trong giấy xác nhận.", _BTXH,
    ),
}  # fmt: skip
_PENSION: _Rules = {LifeEvent.DEATH: (Action.STOP, 1, _AFTER_DEATH, _HTXH)}
_BY_FAMILY: dict[str, _Rules] = {"merit": _MERIT, "social_pension": _PENSION}


def proposals(event: LifeEvent, on: date, awards: Iterable[Award], law: Law) -> tuple[Proposal, ...]:
    """What the event of day `on` means for each monthly award. Where the law leaves it to a
    decision, or says nothing that we found, a review is proposed: never nothing."""
    month = Month.of(on)
    found = []
    for award in awards:
        category = law.categories[award.code]
        if category.kind == "monthly" and not (award.end is not None and award.end < month):
            found.append(_proposal(event, month, award, category))
    return tuple(found)


def _proposal(event: LifeEvent, month: Month, award: Award, category: Category) -> Proposal:
    rule = _study_rule(event, month, award, category) or _BY_FAMILY.get(category.family, _SOCIAL).get(event)
    if rule is not None and rule[0] is Action.RESUME and not _is_suspended(award):
        rule = None
    if rule is None:
        reason = "Xem lại điều kiện hưởng theo hồ sơ."
        return Proposal(category.code, Action.REVIEW, month, reason, category.reference)
    action, months_later, reason, citation = rule
    return Proposal(category.code, action, month + months_later, reason, citation)


def _is_suspended(award: Award) -> bool:
    return any(last is None for _first, last in award.suspended)


def _study_rule(event: LifeEvent, month: Month, award: Award, category: Category) -> _Rule | None:
    """Benefits of children stop with majority or with school, and only then (K2; tuất: O12)."""
    citation = "PL 02/2020/UBTVQH14 Điều 6.5.đ" if category.family == "merit" else _BTXH
    studies = category.while_studying or category.child_until_18_or_studying
    if event is LifeEvent.END_OF_STUDY and studies:
        return Action.STOP, 1, "Thôi hưởng từ tháng sau tháng thôi học.", citation
    if event is LifeEvent.MAJORITY and category.child_until_18_or_studying:
        until = dict(award.facts).get("study_until")
        if isinstance(until, Month) and until > month:
            return (
                Action.REVIEW,
                1,
                f"Đủ 18 tuổi, còn học đến {until.vi}: xem giấy của trường.",
                citation,
            )
        return Action.STOP, 1, "Thôi hưởng từ tháng sau tháng đủ 18 tuổi, không còn đi học.", citation
    return None


@dataclass(frozen=True, slots=True)
class MoveRule:
    """From which month the new place pays, the old one paying the month of the move."""

    month: Month
    reason: str
    citation: str


def move(on: date, families: Iterable[str]) -> MoveRule:
    """What a move on day `on` means for the place that pays (NĐ 20 Điều 8.3-8.4; for merit people the
    slip Mẫu 93 fixes the month, NĐ 131 Điều 131)."""
    month = Month.of(on).next
    if "merit" in set(families):
        reason = f"Nơi mới chi từ {month.vi}; Phiếu báo di chuyển (Mẫu 93) ghi đúng tháng này."
        return MoveRule(month, reason, "NĐ 131/2021/NĐ-CP Điều 131")
    return MoveRule(month, f"Nơi mới chi từ {month.vi}.", "NĐ 20/2021/NĐ-CP Điều 8.3, 8.4")


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
