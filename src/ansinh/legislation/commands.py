# SPDX-License-Identifier: MPL-2.0
"""`ansinh law …`: ask the law from the command line. Needs no database."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from ansinh.legislation.cases import UnknownLawCode, answer_case, answer_months
from ansinh.legislation.check import check as check_law
from ansinh.legislation.check import worked_cases
from ansinh.legislation.load import LawFileError, load
from ansinh.rules.dates import parse_date
from ansinh.rules.law import Category, Law, PercentTable, Value, value_on
from ansinh.rules.money import format_vnd
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.ui.console import emit


def _law() -> Law:
    try:
        return load()
    except LawFileError as unreadable:
        raise click.ClickException(str(unreadable)) from unreadable


@click.group()
def law() -> None:
    """Ask the law: who is owed what, what a code is worth on a date, is the law in order."""


@law.command()
@click.argument("case_file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--months", help="Back-pay over a span of months: 2024-05..2024-08.")
@click.option("--decided", help="Month in which the decision was signed (with --months).")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def assess(*, case_file: Path, months: str | None, decided: str | None, as_json: bool) -> None:
    """Answer a case: what is owed for its month, in steps with citations, and what is not.

    CASE_FILE holds one case or a list of cases; a list gives a list of answers in the same order.
    The fields are described in docs/reference/law.md.

    \b
    {"month": "2024-08", "person": {"born": "1984"},
     "awards": [{"code": "K6_N", "from": "2024-01"}]}
    """
    known = _law()
    cases = _read(case_file)
    span = _span(months) if months else None
    signed = Month.parse(decided) if decided else None
    answers = []
    for place, case in enumerate(cases if isinstance(cases, list) else [cases], 1):
        try:
            if span:
                answers.append(answer_months(known, case, first=span[0], last=span[1], decided=signed))
            else:
                answers.append(answer_case(known, case))
        except Refusal as refused:
            where = f"[{place}] " if isinstance(cases, list) else ""
            raise click.UsageError(f"{where}{refused.vi}\n{refused.en}") from refused
    shown: Any = answers if isinstance(cases, list) else answers[0]
    emit(shown, "\n\n".join(_in_words(answer) for answer in answers), as_json=as_json)


def _read(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (json.JSONDecodeError, UnicodeDecodeError) as wrong:
        raise click.UsageError(f"{path}: không phải JSON / not JSON: {wrong}") from wrong


def _span(text: str) -> tuple[Month, Month]:
    first, dots, last = text.partition("..")
    if not dots:
        raise click.UsageError("--months: ghi dạng 2024-05..2024-08 / write 2024-05..2024-08")
    span = Month.parse(first), Month.parse(last)
    if not 0 <= span[0].until(span[1]) < 600:
        raise click.UsageError("--months: tháng đầu sau tháng cuối / the first month is later")
    return span


def _in_words(answer: dict[str, Any]) -> str:
    lines = [f"Tháng {answer.get('month') or answer.get('months')}"]
    for line in answer["lines"]:
        month = f"{line['month']} " if "month" in line else ""
        lines.append(f"  {month}{line['code']:<24} {format_vnd(line['amount_vnd']):>16}")
        lines += [f"      {step}" for step in line["steps"]]
        lines.append(f"      [{'; '.join(line['citations'])}]")
    for each in answer["not_owed"]:
        lines.append(f"  {each['code']:<24} không hưởng: {each['why']} [{each['citation']}]")
    lines.append(f"  Cộng: {format_vnd(answer['total_vnd'])}")
    return "\n".join(lines)


@law.command()
@click.argument("code")
@click.option("--on", "day", help="The day (default: every date).")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def show(*, code: str, day: str | None, as_json: bool) -> None:
    """Show what CODE is worth on a day, with decree, article, dates and whether it was verified."""
    known = _law()
    on = parse_date(day) if day else None
    if code in known.parameters:
        parameter = known.parameters[code]
        rows = _dated(code, parameter.values, on)
        payload: dict[str, Any] = {"code": code, "label": parameter.label, "rows": rows}
    elif code in known.categories:
        category = known.categories[code]
        payload = {
            "code": code,
            "label": category.label,
            "public_label": category.public_label,
            "family": category.family,
            "stream": category.stream,
            "standard": category.standard,
            "rows": _rows(category, on),
        }
    else:
        raise UnknownLawCode(text=code[:40], nearest=sorted(known.categories)[:3])
    text = [f"{code}: {payload['label']}"]
    for row in payload["rows"]:
        mark = "" if row["verified"] else "  (chưa kiểm chứng / unverified)"
        text.append(f"  {row['from']}  {row['row']:<24} {row['value']:>12}  {row['reference']}{mark}")
    emit(payload, "\n".join(text), as_json=as_json)


def _dated(row: str, values: tuple[Value, ...], on: date | None) -> list[dict[str, object]]:
    held = value_on(values, on) if on else None
    chosen = values if on is None else (held,) if held else ()
    return [
        {
            "row": row,
            "from": value.start.isoformat(),
            "value": str(value.number),
            "reference": value.reference,
            "issued": value.issued.isoformat() if value.issued else None,
            "in_force": value.in_force.isoformat(),
            "verified": value.verified,
        }
        for value in chosen
    ]


def _rows(category: Category, on: date | None) -> list[dict[str, object]]:
    found = [row for band in category.bands for row in _dated(band.row, band.values, on)]
    tables = [table for table in category.tables if on is None or table.start <= on]
    for table in tables if on is None else tables[-1:]:
        found += _table_rows(category.code, table)
    return found


def _table_rows(code: str, table: PercentTable) -> list[dict[str, object]]:
    return [
        {
            "row": f"{code}:{percent}",
            "from": table.start.isoformat(),
            "value": str(amount),
            "reference": table.reference,
            "issued": table.issued.isoformat() if table.issued else None,
            "in_force": table.in_force.isoformat(),
            "verified": table.verified,
        }
        for percent, amount in table.amounts.items()
    ]


@law.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def check(*, as_json: bool) -> None:
    """Check the law's files: schema, ascending dates, a reference for every value, worked cases
    before and on each start date. Exit code 1 when something is wrong."""
    wrong = check_law()
    cases = sum(1 for _case in worked_cases())
    text = "\n".join(wrong) or f"Pháp luật đúng mẫu, {cases} ca mẫu khớp. / {cases} cases agree."
    emit({"passed": not wrong, "cases": cases, "wrong": wrong}, text, as_json=as_json)
    if wrong:
        raise click.exceptions.Exit(1)
