# SPDX-License-Identifier: MPL-2.0
"""`ansinh law check`: is every value well formed, sourced, and tried by a worked case?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from ansinh.legislation.cases import answer_case, answer_months
from ansinh.legislation.load import LOADER, LawFileError, folder, load
from ansinh.rules.law import Category, Law
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A worked case and what the engine answered differently; empty when it agrees."""

    name: str
    difference: str


def cases_folder() -> Path:
    """Where the worked cases lie, beside the law."""
    return folder().parent / "cases"


def worked_cases(where: Path | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
    """(name, case) of every worked case: `file: situation`."""
    for path in sorted((where or cases_folder()).rglob("*.yaml")):
        for entry in yaml.load(path.read_bytes(), Loader=LOADER):  # noqa: S506 - a safe loader
            yield f"{path.stem}: {entry['situation']}", entry


def run_case(law: Law, name: str, entry: dict[str, Any]) -> CaseResult:
    """Ask the engine and compare the lines, the codes not owed and the total."""
    expected = entry["expect"]
    try:
        if "months" in entry:
            first, last = (Month.parse(part) for part in entry["months"].split(".."))
            decided = Month.parse(entry["decided"]) if "decided" in entry else None
            found = answer_months(law, entry["case"], first=first, last=last, decided=decided)
            lines = [[ln["month"], ln["code"], ln["amount_vnd"]] for ln in _lines(found)]
        else:
            found = answer_case(law, entry["case"])
            lines = [[line["code"], line["amount_vnd"]] for line in _lines(found)]
    except Refusal as refused:
        said = refused.code
        return CaseResult(name, "" if expected == {"refusal": said} else f"refused: {said}")
    wanted = [list(line) for line in expected.get("lines", [])]
    if lines != wanted:
        return CaseResult(name, f"lines {lines} instead of {wanted}")
    not_owed = found["not_owed"]
    assert isinstance(not_owed, list)
    for code, words in expected.get("not_owed", {}).items():
        if not any(each["code"] == code and words in each["why"] for each in not_owed):
            return CaseResult(name, f"{code} should not be owed because “{words}”: {not_owed}")
    text = str(found)
    missing = [words for words in expected.get("says", []) if words not in text]
    return CaseResult(name, f"does not say {missing}" if missing else "")


def _lines(found: dict[str, object]) -> list[dict[str, object]]:
    lines = found["lines"]
    assert isinstance(lines, list)
    return lines


def start_dates(category: Category) -> set[date]:
    """Every date from which a value of the category holds."""
    found = {value.start for band in category.bands for value in band.values}
    return found | {table.start for table in category.tables}


def untested_dates(law: Law, cases: list[tuple[str, dict[str, Any]]]) -> list[str]:
    """Start dates without a worked case in the month they begin or in the month before.

    A date is tried when cases of its family ask for both months.
    """
    asked: dict[str, set[Month]] = {}
    for _name, entry in cases:
        months = {Month.parse(entry["case"]["month"])} if "month" in entry["case"] else set()
        if "months" in entry:
            first, last = (Month.parse(part) for part in entry["months"].split(".."))
            months |= set(Month.range(first, last))
        for award in entry["case"].get("awards", []):
            category = law.categories.get(award["code"])
            if category is not None:
                for key in (category.family, category.standard or ""):
                    asked.setdefault(key, set()).update(months)
    wanted: dict[tuple[str, Month], None] = {}
    for category in law.categories.values():
        for start in start_dates(category):
            wanted[category.family, Month.of(start)] = None
    for parameter in law.parameters.values():
        used = any(c.standard == parameter.code for c in law.categories.values())
        for value in parameter.values if used else ():
            wanted[parameter.code, Month.of(value.start)] = None
    return [
        f"{key} {month}: no worked case in {each}"
        for key, month in sorted(wanted)
        for each in (month.previous, month)
        if each not in asked.get(key, set())
    ]


def check(where: Path | None = None, cases: Path | None = None) -> list[str]:
    """Everything that is wrong with the law's files and its worked cases; empty when all is well."""
    base = where or folder()
    wrong = [f"{path}: the extension is .yaml" for path in sorted(base.rglob("*.yml"))]
    try:
        law = load(where)
    except LawFileError as unreadable:
        return [*wrong, str(unreadable)]
    wrong += _dangling(law)
    found = list(worked_cases(cases))
    results = [run_case(law, name, entry) for name, entry in found]
    wrong += [f"{result.name}: {result.difference}" for result in results if result.difference]
    return wrong + untested_dates(law, found)


def _dangling(law: Law) -> list[str]:
    wrong = []
    for category in law.categories.values():
        if not (category.bands or category.tables or category.kind == "in_kind"):
            wrong.append(f"{category.code}: no value at all")
        standards = {category.standard, category.pension_below} - {None}
        codes = {*category.replaces, *category.not_with, *category.only_with}
        codes |= {category.if_especially_severe} - {None}  # type: ignore[arg-type]
        unknown = (standards - set(law.parameters)) | (codes - set(law.categories))
        wrong += [f"{category.code}: {name} is not defined" for name in sorted(map(str, unknown))]
    return wrong
