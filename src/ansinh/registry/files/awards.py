# SPDX-License-Identifier: MPL-2.0
"""A row of the list of people and awards: who, what, since when, how much; judged by the law."""

from __future__ import annotations

from typing import Any

from ansinh.registry.files import values
from ansinh.registry.files.categories import categories_of
from ansinh.registry.files.cells import folded, is_blank, is_number, raw_text, tidy
from ansinh.registry.files.rows import Context, RowFields
from ansinh.rules.citizen_numbers import (
    CitizenNumberNotAccepted,
    Sex,
    WrongLength,
    consistency,
    lost_zero_proposal,
    parse_citizen_number,
    parse_old_number,
)
from ansinh.rules.dates import PartialDate
from ansinh.rules.entitlement import Award, Case, Person, assess
from ansinh.rules.law import Category
from ansinh.rules.money import format_vnd
from ansinh.rules.months import Month
from ansinh.rules.names import fold_name, name_key

OLDEST_LIKELY = 100
LONGEST_BACK_PAY = 36  # months that one amount may be a multiple of
SEXED: tuple[tuple[str, Sex], ...] = (
    ("born_male", "male"), ("born_female", "female"), ("sex_male", "male"), ("sex_female", "female"),
)  # fmt: skip
DISTRICT_KINDS = ("huyen ", "quan ", "thi xa ", "thanh pho ", "tp ", "tx ", "h ")
SAYS = {"male": "nam", "female": "nữ"}


def read_award(row: RowFields, context: Context) -> dict[str, Any]:
    """The values of one row; errors and warnings are recorded in it."""
    found = read_person(row, context)
    found |= _award(row, context)
    _check_dates(row, context, found)
    _check_repeats(row, found)
    if not row.row.errors:
        _check_amount(row, context, found)
    return found


def read_person(row: RowFields, context: Context) -> dict[str, Any]:
    """Who the row is about: the fields that every form shares."""
    name = row.take("name", lambda cell: values.read_name(cell, row.warn_at("name")))
    if name is None and not row.spoilt("name"):
        row.refuse("name", "CELL_MISSING", label=row.sheet.form.label_of("name"))
    born, sex = _birth_and_sex(row)
    number, old = _numbers(row, context, born, sex)
    if "commune" in row.columns:
        _check_unit(row, context)
    found: dict[str, Any] = {"name": name, "number": number, "old_number": old, "sex": sex,
                             "born": born.iso if born else None}  # fmt: skip
    for field in ("ethnicity", "hamlet", "note"):
        found[field] = row.text(field)
    found["phone"] = row.take("phone", lambda cell: values.read_phone(cell, row.warn_at("phone")))
    return found


def _birth_and_sex(row: RowFields) -> tuple[PartialDate | None, Sex | None]:
    sex: Sex | None = row.take("sex", values.read_sex)
    field = "born"
    for name, its_sex in SEXED:
        if name in row.columns and not is_blank(row.cell(name)):
            sex = its_sex
            field = name if name.startswith("born") else field
    born = row.take(field, lambda cell: values.read_birth(cell, row.warn_at(field), row.address(field)))
    if born is None and is_blank(row.cell(field)) and not row.spoilt(field):
        row.refuse(field, "CELL_MISSING", label=row.sheet.form.label_of("born"))
    return born, sex


def _numbers(
    row: RowFields, context: Context, born: PartialDate | None, sex: Sex | None
) -> tuple[str | None, str | None]:
    """(citizen number, old number). A lost zero is proposed, never put back unseen."""
    old = row.take("old_number", lambda cell: parse_old_number(raw_text(cell)))
    cell = row.cell("number")
    if is_blank(cell):
        if not row.spoilt("number"):
            row.warn_at("number")("NUMBER_NONE")
        return None, old
    if row.spoilt("number"):
        return None, old
    text = raw_text(cell)
    try:
        number = parse_citizen_number(text, allow_invented=context.allow_invented)
    except WrongLength as short:
        proposed = lost_zero_proposal(text, sex=sex, born=born, allow_invented=context.allow_invented)
        if proposed is None:
            row.refuse("number", short.code, **short.fields)
            return None, old
        row.warn_at("number")("NUMBER_LOST_ZERO")
        return proposed.digits, old
    except CitizenNumberNotAccepted as refused:
        row.refuse("number", refused.code, **refused.fields)
        return None, old
    if is_number(cell) and len(str(cell)) != len(number.digits):
        row.warn_at("number")("NUMBER_LOST_ZERO")
    for finding in consistency(number, sex=sex, born=born):
        number_says = SAYS.get(finding.number_says, finding.number_says)
        record_says = SAYS.get(finding.record_says, finding.record_says)
        row.warn_at("number")("NUMBER_DISAGREES", number_says=number_says, record_says=record_says)
    return number.digits, old


def _check_unit(row: RowFields, context: Context) -> None:
    text = folded(row.cell("commune"))
    if not text:
        return
    bare = text.removeprefix("xa ").removeprefix("phuong ").removeprefix("thi tran ").strip()
    if bare != context.unit_key and bare not in context.old_communes and text != context.unit_key:
        row.refuse("commune", "OTHER_UNIT", text=raw_text(row.cell("commune"))[:40], unit=context.unit_name)
        return
    district = folded(row.cell("district"))
    for kind in DISTRICT_KINDS:
        district = district.removeprefix(kind)
    if district and context.districts and district not in context.districts:
        both = f"{raw_text(row.cell('commune'))}, {raw_text(row.cell('district'))}"[:60]
        row.refuse("district", "OTHER_UNIT", text=both, unit=context.unit_name)


def _award(row: RowFields, context: Context) -> dict[str, Any]:
    finder = categories_of(context.law)
    code = row.take("category", lambda cell: finder.find(tidy(raw_text(cell))))
    if code is None and not row.spoilt("category"):
        code = finder.maybe(row.sheet.group) if row.sheet.group else None
        if code is None:
            row.refuse("category", "CELL_MISSING", label=row.sheet.form.label_of("category"))
    facts: dict[str, object] = {}
    percent = row.take("percent", values.read_percent)
    children = row.take("children", lambda cell: values.read_count(cell, row.sheet.form.label_of("children")))
    if code is not None:
        wanted = finder.needs(code)
        for fact, field in wanted.items():
            value = percent if field == "percent" else children
            if value is not None:
                facts[fact] = value
            elif not row.spoilt(field):
                row.refuse(field, "CELL_MISSING", label=row.sheet.form.label_of(field))
    number, decided = _decision(row)
    first = row.take("first_month", lambda c: _month(row, "first_month", c))
    if first is None and decided is not None and not row.spoilt("first_month"):
        first = Month(decided.year, decided.month or 1)
    end = row.take("end_month", lambda c: _month(row, "end_month", c))
    amount = row.take("amount", lambda cell: values.read_amount(cell, row.address("amount")))
    return {
        "code": code, "facts": facts, "decision_number": number or "",
        "decided_on": decided.iso if decided else None,
        "first_month": str(first) if first else None, "end_month": str(end) if end else None,
        "amount_vnd": amount, "household": row.take("household", values.read_household),
        "file_ref": row.text("file_ref"),
        "signer": row.text("signer"),
        "merit_person": row.text("merit_person"),
        "relation": row.text("relation"),
    }  # fmt: skip


def _month(row: RowFields, field: str, cell: object) -> Month:
    return values.read_month(cell, row.warn_at(field), row.address(field))


def _decision(row: RowFields) -> tuple[str | None, PartialDate | None]:
    number: str | None = None
    decided: PartialDate | None = None
    for field in ("decision", "decision_number"):
        found = row.take(field, values.read_decision)
        if found is not None:
            number, decided = found
    own = row.take(
        "decided_on", lambda c: values.read_day(c, row.warn_at("decided_on"), row.address("decided_on"))
    )
    return number, own or decided


def _check_dates(row: RowFields, context: Context, found: dict[str, Any]) -> None:
    born = values.known_day(found["born"]) if found["born"] else None
    decided = values.known_day(found["decided_on"]) if found["decided_on"] else None
    decision_field = "decided_on" if "decided_on" in row.columns else "decision"
    if born is not None:
        if born.earliest > context.on:
            row.refuse("born", "BORN_IN_FUTURE", born=born.vi)
            return
        if (age := born.age_on(context.on)) >= OLDEST_LIKELY:
            row.warn_at("born")("AGE_UNLIKELY", age=age)
    if decided is not None and decided.earliest > context.month.last_day:
        row.refuse(decision_field, "DECISION_IN_FUTURE", decided=decided.vi, on=context.month.last_day)
    if decided is not None and born is not None and decided.latest < born.earliest:
        row.refuse(decision_field, "DECISION_BEFORE_BIRTH", decided=decided.vi, born=born.vi)


def _check_repeats(row: RowFields, found: dict[str, Any]) -> None:
    """The same person twice, a number under two names, a decision for two people."""
    sheet, place = row.sheet, row.number
    if not found["name"]:
        return
    name = name_key(found["name"])
    number = found["number"]
    if number is not None:
        known = sheet.names_of_numbers.setdefault(number, (name, place))
        if known[0] != name and fold_name(known[0]) != fold_name(name):
            row.refuse("number", "NUMBER_OF_ANOTHER", row=known[1])
            return
    who = number or (name, found["born"], folded(found["hamlet"]))
    first = sheet.seen.setdefault(("award", who, found.get("code")), place)
    if first != place:
        row.refuse("number" if number else "name", "ROW_REPEATS", row=first)
        return
    if found.get("decision_number") and found.get("decided_on"):
        decision = ("decision", found["decision_number"].lower(), found["decided_on"])
        other, its_row = sheet.decisions.setdefault(decision, (who, place))
        if other != who:
            field = "decision" if "decision" in sheet.mapping.columns else "decision_number"
            row.warn_at(field)("DECISION_REUSED", number=found["decision_number"], row=its_row,
                               decided=values.known_day(found["decided_on"]).vi)  # fmt: skip


def right_amount(context: Context, category: Category, found: dict[str, Any]) -> tuple[int, str]:
    """(đồng, citation) that one month of the award is worth by the law; 0 when nothing is owed.

    What the list does not say is taken as the category's own condition: a decision on K5A says
    that the household is poor.
    """
    household = found["household"] or (category.household[0] if category.household else "other")
    for band in category.bands:
        if band.household and found["household"] is None:
            household = band.household[0]
    person = Person(
        born=values.known_day(found["born"]), sex=found["sex"], household=household,
        disadvantaged_area=True, lives_alone=True,
    )  # fmt: skip
    award = Award(category.code, context.month, None, tuple(sorted(found["facts"].items())))
    answer = assess(context.law, Case(context.month, person, (award,), context.province))
    citation = answer.lines[0].citations[0] if answer.lines and answer.lines[0].citations else ""
    return answer.total_vnd, citation


def _check_amount(row: RowFields, context: Context, found: dict[str, Any]) -> None:
    category = categories_of(context.law).category(found["code"])
    if category.kind != "monthly" or category.only_with:
        return
    right, citation = right_amount(context, category, found)
    born = values.known_day(found["born"])
    if right == 0:
        if any(band.ages for band in category.bands) and not _age_fits(category, born, context.month):
            age = born.age_on(context.month.last_day)
            row.refuse("born", "AGE_NOT_OF_CATEGORY", age=age, category=category.code)
        return
    written = found["amount_vnd"]
    if written is None or written == right:
        return
    months, rest = divmod(written, right)
    amounts = {"amount": format_vnd(written), "right": format_vnd(right)}
    if rest == 0 and 2 <= months <= LONGEST_BACK_PAY:
        row.refuse("amount", "AMOUNT_SEVERAL_MONTHS", months=months, **amounts)
    else:
        row.refuse("amount", "AMOUNT_NOT_THE_RATE", basis=citation or category.code, **amounts)


def _age_fits(category: Category, born: PartialDate, month: Month) -> bool:
    ages = {born.age_on(month.first_day), born.age_on(month.last_day)}
    return any(band.ages and band.ages[0] <= age < band.ages[1] for band in category.bands for age in ages)
