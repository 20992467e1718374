# SPDX-License-Identifier: MPL-2.0
"""The machine contract of `ansinh law assess`: JSON in, JSON out, kept stable.

What a case may say and what an answer holds is described in docs/reference/law.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from ansinh.rules.dates import PartialDate, parse_date
from ansinh.rules.entitlement import Assessment, Award, Case, Person, assess, assess_months
from ansinh.rules.entitlement.case import FactValue, Line
from ansinh.rules.law import Law
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal

FACTS: dict[str, str] = {
    "children": "count",
    "injury_percent": "percent",
    "years_of_service": "count",
    "extra_months": "count",
    "especially_severe_wound": "flag",
    "at_home": "flag",
    "decision_month": "month",
    "event_on": "day",
    "study_until": "month",
    "relation": "word",
    "disabled": "flag",
    "first_course": "flag",
    "orphan": "flag",
    "merit_person": "word",
    "spouse_receives": "flag",
    "o7_choice": "word",
    "si_funeral": "flag",
    "martyrs": "count",
    "days": "count",
}
PERSON_FIELDS = {
    "born", "sex", "died_on", "household", "disadvantaged_area", "pension_vnd", "lives_alone",
}  # fmt: skip
CASE_FIELDS = {"month", "province", "person", "awards"}
AWARD_FIELDS = {"code", "from", "to", "facts", "suspended"}
HOUSEHOLDS = {"poor", "near_poor", "other"}


class BadCase(Refusal):
    """A field is missing, unknown or of the wrong kind; fields: where, why_vi, why_en."""

    code = "CASE_NOT_UNDERSTOOD"


class UnknownLawCode(Refusal):
    """The catalogue has no such code; fields: text, nearest."""

    code = "LAW_CODE_UNKNOWN"


def _bad(where: str, vi: str, en: str) -> BadCase:
    return BadCase(where=where, why_vi=vi, why_en=en)


def _object(value: object, where: str, fields: set[str]) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise _bad(where, "phải là một đối tượng JSON", "must be a JSON object")
    if unknown := sorted(set(value) - fields):
        near = get_close_matches(unknown[0], fields, 1)
        hint = f" → {near[0]}?" if near else ""
        raise _bad(where, f"không có trường “{unknown[0]}”{hint}", f"no field “{unknown[0]}”{hint}")
    return value


def _flag(value: object, where: str) -> bool:
    if not isinstance(value, bool):
        raise _bad(where, "ghi true hoặc false", "write true or false")
    return value


def _count(value: object, where: str, most: int = 10**12) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise _bad(where, f"ghi số nguyên từ 0 đến {most}", f"write an integer from 0 to {most}")
    return value


def _text(value: object, where: str) -> str:
    if not isinstance(value, str) or not value:
        raise _bad(where, "ghi một chuỗi chữ", "write a text")
    return value


def _fact(name: str, value: object, where: str) -> FactValue:
    kind = FACTS[name]
    if kind == "flag":
        return _flag(value, where)
    if kind in {"count", "percent"}:
        return _count(value, where, 100 if kind == "percent" else 10_000)
    if kind == "month":
        return Month.parse(_text(value, where)[:7])
    return parse_date(_text(value, where)) if kind == "day" else _text(value, where)


def read_facts(entry: object, where: str = "facts") -> tuple[tuple[str, FactValue], ...]:
    """The facts of an award as the law reads them: months and days out of their texts, by name.
    Raises `BadCase` or a month's or date's refusal."""
    facts = _object(entry, where, set(FACTS))
    read = {name: _fact(name, value, f"{where}.{name}") for name, value in facts.items() if value is not None}
    return tuple(sorted(read.items(), key=lambda item: item[0]))


def read_award(law: Law, entry: object, where: str = "awards") -> Award:
    """One award of a case. Raises `BadCase`, `UnknownLawCode` or a month's or date's refusal."""
    fields = _object(entry, where, AWARD_FIELDS)
    code = _text(fields.get("code"), f"{where}.code")
    if code not in law.categories:
        near = get_close_matches(code.upper(), law.categories, 3, 0.5)
        raise UnknownLawCode(text=code[:40], nearest=near)
    suspended = tuple(
        (Month.parse(span["from"]), Month.parse(span["to"]) if span.get("to") else None)
        for span in fields.get("suspended") or ()
    )
    end = fields.get("to")
    return Award(
        code=code,
        start=Month.parse(_text(fields.get("from"), f"{where}.from")),
        end=Month.parse(_text(end, f"{where}.to")) if end else None,
        facts=read_facts(fields.get("facts") or {}, f"{where}.facts"),
        suspended=suspended,
    )


def read_person(entry: object) -> Person:
    """The person of a case; missing optional fields take their defaults."""
    fields = _object(entry, "person", PERSON_FIELDS)
    born, died = fields.get("born"), fields.get("died_on")
    household = fields.get("household") or "other"
    if household not in HOUSEHOLDS:
        listed = " | ".join(sorted(HOUSEHOLDS))
        raise _bad("person.household", f"ghi một trong {listed}", f"write one of {listed}")
    return Person(
        born=PartialDate.parse(_text(born, "person.born")) if born else None,
        sex=fields.get("sex"),
        died_on=parse_date(_text(died, "person.died_on")) if died else None,
        household=household,
        disadvantaged_area=_flag(fields.get("disadvantaged_area", False), "disadvantaged_area"),
        pension_vnd=_count(fields.get("pension_vnd") or 0, "person.pension_vnd"),
        lives_alone=_flag(fields.get("lives_alone", False), "person.lives_alone"),
    )


def read_case(law: Law, entry: object, *, month: Month | None = None) -> Case:
    """A whole case. `month` stands in when the case is asked for a span of months."""
    fields = _object(entry, "case", CASE_FIELDS)
    awards = fields.get("awards")
    if not isinstance(awards, list):
        raise _bad("awards", "phải là một danh sách", "must be a list")
    province = fields.get("province")
    if "month" in fields:
        month = Month.parse(_text(fields["month"], "month"))
    if month is None:
        raise _bad("month", "thiếu tháng cần tính", "the month is missing")
    return Case(
        month=month,
        person=read_person(fields.get("person") or {}),
        awards=tuple(read_award(law, award, f"awards[{place}]") for place, award in enumerate(awards)),
        province=_text(province, "province") if province else None,
    )


def _line(line: Line) -> dict[str, object]:
    return {
        "code": line.code,
        "amount_vnd": line.amount_vnd,
        "kind": line.kind,
        "citations": list(line.citations),
        "steps": list(line.steps),
        "row": line.row,
        "verified": line.verified,
    }


def _not_owed(answer: Assessment) -> list[dict[str, object]]:
    return [{"code": each.code, "why": each.why, "citation": each.citation} for each in answer.not_owed]


def answer_case(law: Law, entry: object) -> dict[str, object]:
    """The answer to one case of the contract."""
    case = read_case(law, entry)
    answer = assess(law, case)
    return {
        "month": str(case.month),
        "lines": [_line(line) for line in answer.lines],
        "not_owed": _not_owed(answer),
        "total_vnd": answer.total_vnd,
    }


def answer_months(
    law: Law, entry: object, *, first: Month, last: Month, decided: Month | None
) -> dict[str, object]:
    """Back-pay: each month at its own law and rate, paid once in the month after the decision
    (TT 44/2022/TT-BTC Điều 15.2; NĐ 20/2021/NĐ-CP Điều 34.4). One-off grants keep their kind."""
    case = read_case(law, entry, month=first)
    lines: list[dict[str, object]] = []
    not_owed: list[dict[str, object]] = []
    for month, answer in assess_months(law, case, first=first, last=last):
        arrears = decided is not None and month <= decided
        for line in answer.lines:
            kind = "arrears" if arrears and line.kind == "monthly" else line.kind
            lines.append(_line(line) | {"month": str(month), "kind": kind})
        not_owed += [each | {"month": str(month)} for each in _not_owed(answer)]
    return {
        "months": f"{first}..{last}",
        "decided": str(decided) if decided else None,
        "paid_in": str(decided.next) if decided else None,
        "lines": lines,
        "not_owed": not_owed,
        "total_vnd": sum(int(str(line["amount_vnd"])) for line in lines),
    }
