# SPDX-License-Identifier: MPL-2.0
"""What goes wrong in a line, and the codes of `docs/reference/refusals.md` that must find it.

Each fault changes the cells of one line that had none, and says what the importer must say. Nothing here
asks the importer: a fault that it does not find, or finds under another name, makes the test fail.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from ansinh.demo.lists.cells import Formula
from ansinh.demo.lists.layouts import Layout
from ansinh.demo.lists.lines import EXCEL_EPOCH, Line, set_birth, set_decision, shown_amount
from ansinh.demo.people import amount_of
from ansinh.demo.places import communes
from ansinh.rules.dates import PartialDate
from ansinh.rules.law import Law
from ansinh.rules.names import fold_name

MARKED_FAMILIES = frozenset(
    {"Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Đinh",
     "Trương", "Đoàn", "Vũ"}
)  # fmt: skip
LARGEST_DAY = 2_900_000  # days of the spreadsheet's calendar


@dataclass(slots=True)
class Setting:
    """Where a fault is planted: chance, layout, law, and the clean lines that stand above."""

    random: Random
    layout: Layout
    law: Law
    above: Sequence[Line]
    commune: str


Codes = tuple[set[str], set[str]]  # errors, warnings
Act = Callable[[Setting, Line], Codes | None]


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault: its name, the columns and kinds of file that it needs, the act."""

    name: str
    act: Act
    needs: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ("xlsx", "xls", "csv", "ods")


def _error(code: str, *more: str) -> Codes:
    return {code, *more}, set()


def _born(text: str, *codes: str) -> Act:
    def act(setting: Setting, line: Line) -> Codes:
        written = text.replace("YYYY", str(line.person.born.year))
        set_birth(line.cells, line.person, written or None, setting.layout)
        return set(codes), set()

    return act


def _cell(
    field: str, value: str | None, *codes: str, fits: Callable[[Line], bool] = lambda _line: True
) -> Act:
    def act(_setting: Setting, line: Line) -> Codes | None:
        if not fits(line):
            return None
        line.cells[field] = value
        return set(codes), set()

    return act


def _number(change: Callable[[str], str], *codes: str) -> Act:
    def act(_setting: Setting, line: Line) -> Codes | None:
        if not line.person.number:
            return None
        line.cells["number"] = change(line.person.number)
        return set(codes), set()

    return act


def _number_as_number(_setting: Setting, line: Line) -> Codes | None:
    """The cell holds a number: the zeros in front are gone, and nobody can know how many there were."""
    if not line.person.number:
        return None
    line.cells["number"] = int(line.person.number)
    return _error("CITIZEN_NUMBER_OLD" if len(str(int(line.person.number))) == 9 else "CITIZEN_NUMBER_LENGTH")


def _lost_zero(_setting: Setting, line: Line) -> Codes | None:
    if not line.person.number or "NUMBER_DISAGREES" in line.warnings:
        return None
    line.cells["number"] = line.person.number[1:]
    return set(), {"NUMBER_LOST_ZERO"}


def _of_another(setting: Setting, line: Line) -> Codes | None:
    """A number that stands above for somebody else."""
    others = [each for each in setting.above if each.person.number and
              fold_name(each.person.name) != fold_name(line.person.name)]  # fmt: skip
    if not others or not line.person.number:
        return None
    other = setting.random.choice(others)
    other.needed = True
    line.cells["number"] = other.person.number
    return _error("NUMBER_OF_ANOTHER")


def _foreign_letter(setting: Setting, line: Line) -> Codes | None:
    name = str(line.cells["name"])
    place = name.find("a")
    if place < 0 or setting.layout.encoding == "windows-1258":
        return None
    line.cells["name"] = f"{name[:place]}\u0430{name[place + 1 :]}"
    return _error("NAME_FOREIGN_LETTER")


def _nickname(_setting: Setting, line: Line) -> Codes:
    line.cells["name"] = f"{str(line.cells['name']).strip()} (Tèo)"
    return _error("NAME_HOLDS_MORE")


def _unreadable(_setting: Setting, line: Line) -> Codes:
    name = line.person.name
    line.cells["name"] = f"{name[:2]}?{name[3:]}"
    return _error("NAME_UNREADABLE")


def _no_marks(_setting: Setting, line: Line) -> Codes | None:
    """Typed on a bare keyboard: taken, after somebody has looked."""
    if line.person.name.split()[0] not in MARKED_FAMILIES:
        return None
    line.cells["name"] = fold_name(line.person.name).title()
    return set(), {"NAME_NO_MARKS"}


def _first_of_january(setting: Setting, line: Line) -> Codes | None:
    born = PartialDate(line.person.born.year, 1, 1)
    person = line.person
    was, person.born = person.born, born
    same = amount_of(setting.law, person, line.award) == line.award.amount_vnd
    person.born = was
    if not same or born.age_on(date(2024, 3, 31)) >= 100 or line.award.decided <= born.earliest:
        return None
    set_birth(line.cells, person, f"01/01/{born.year}", setting.layout)
    line.warnings.discard("DATE_FROM_SERIAL")
    return set(), {"BIRTH_FIRST_OF_JANUARY"}


def _not_of_age(setting: Setting, line: Line) -> Codes | None:
    if line.award.code not in {"K5C", "K5A"}:
        return None
    set_birth(line.cells, line.person, "15/08/1970", setting.layout)
    return _error("AGE_NOT_OF_CATEGORY")


def _decided(day: date, *codes: str, fits: Callable[[Line], bool] = lambda _line: True) -> Act:
    def act(setting: Setting, line: Line) -> Codes | None:
        if not fits(line):
            return None
        set_decision(line.cells, line.award.decision_number, day, setting.layout)
        return set(codes), set()

    return act


def _decision_reused(setting: Setting, line: Line) -> Codes | None:
    others = [each for each in setting.above if each.person.key != line.person.key]
    if not others:
        return None
    other = setting.random.choice(others)
    if other.award.decided < line.person.born.latest:
        return None
    other.needed = True
    set_decision(line.cells, other.award.decision_number, other.award.decided, setting.layout)
    return set(), {"DECISION_REUSED"}


def _wrong_amount(setting: Setting, line: Line) -> Codes:
    line.cells["amount"] = shown_amount(line.award.amount_vnd + 20_000, setting.layout)
    return _error("AMOUNT_NOT_THE_RATE")


def _three_months(setting: Setting, line: Line) -> Codes:
    line.cells["amount"] = shown_amount(line.award.amount_vnd * 3, setting.layout)
    return _error("AMOUNT_SEVERAL_MONTHS")


def _amount_as_date(_setting: Setting, line: Line) -> Codes | None:
    if line.award.amount_vnd > LARGEST_DAY:
        return None
    line.cells["amount"] = EXCEL_EPOCH + timedelta(days=line.award.amount_vnd)
    return _error("AMOUNT_AS_DATE")


def _amount_formula(_setting: Setting, line: Line) -> Codes:
    line.cells["amount"] = Formula(f"={line.award.amount_vnd}*1", line.award.amount_vnd)
    return _error("CELL_FORMULA")


def _amount_broken(_setting: Setting, line: Line) -> Codes:
    line.cells["amount"] = Formula('=VLOOKUP("x",ZZ1:ZZ2,1,FALSE)', "#N/A")
    return _error("CELL_ERROR")


def _hidden(_setting: Setting, line: Line) -> Codes:
    line.hidden = True
    return set(), {"ROW_HIDDEN"}


def _struck(_setting: Setting, line: Line) -> Codes:
    line.struck = True
    return set(), {"ROW_STRUCK"}


def _other_unit(setting: Setting, line: Line) -> Codes:
    others = [each.name for each in communes()[:40] if each.bare_name not in setting.commune]
    line.cells["commune"] = setting.random.choice(others)
    return _error("OTHER_UNIT")


def _is_child(line: Line) -> bool:
    return line.person.born.year >= 2008


def _has_percent(line: Line) -> bool:
    return any(name == "injury_percent" for name, _value in line.award.facts)


def _has_children(line: Line) -> bool:
    return any(name == "children" for name, _value in line.award.facts)


FAULTS: tuple[Fault, ...] = (
    Fault("amount is not the rate", _wrong_amount, ("amount",)),
    Fault("amount of three months", _three_months, ("amount",)),
    Fault("amount in words of the market", _cell("amount", "500k", "AMOUNT_NOT_UNDERSTOOD"), ("amount",)),
    Fault("amount with half a thousand", _cell("amount", "540.5", "AMOUNT_AMBIGUOUS"), ("amount",)),
    Fault("amount below zero", _cell("amount", "-360.000", "AMOUNT_NOT_POSITIVE"), ("amount",)),
    Fault("amount formatted as a date", _amount_as_date, ("amount",), ("xlsx",)),
    Fault("amount is a formula", _amount_formula, ("amount",), ("xlsx",)),
    Fault("amount shows an error", _amount_broken, ("amount",), ("xlsx",)),
    Fault("born on 31 February", _born("31/02/YYYY", "DATE_NO_SUCH_DAY")),
    Fault("born in a thirteenth month", _born("15/13/YYYY", "DATE_NO_SUCH_MONTH")),
    Fault("born in a year of two digits", _born("5/6/47", "DATE_TWO_DIGIT_YEAR")),
    Fault("born about some year", _born("khoảng 1940", "DATE_LUNAR_OR_ABOUT")),
    Fault("born before 1900", _born("1850", "DATE_OUT_OF_RANGE")),
    Fault("born in the future", _born("12/05/2045", "BORN_IN_FUTURE")),
    Fault("no birth", _born("", "CELL_MISSING")),
    Fault("too young for the entitlement", _not_of_age),
    Fault("number kept as a number", _number_as_number),
    Fault("number one digit short", _number(lambda text: text[:-1], "CITIZEN_NUMBER_LENGTH")),
    Fault("number with a letter", _number(lambda text: f"{text[:11]}O", "CITIZEN_NUMBER_LETTERS")),
    Fault("number rounded by the spreadsheet",
          _number(lambda _text: "1.44128E+08", "CITIZEN_NUMBER_ROUNDED")),
    Fault("number of no province", _number(lambda text: f"999{text[3:]}", "CITIZEN_NUMBER_PLACE")),
    Fault("old number in its place", _number(lambda text: f"0{text[4:]}", "CITIZEN_NUMBER_OLD")),
    Fault("number of somebody above", _of_another),
    Fault("number lost a zero", _lost_zero),
    Fault("name with a foreign letter", _foreign_letter),
    Fault("name with a nickname", _nickname),
    Fault("name with lost letters", _unreadable),
    Fault("no name", _cell("name", None, "CELL_MISSING")),
    Fault("name without marks", _no_marks),
    Fault("sex is a letter", _cell("sex", "x", "SEX_NOT_UNDERSTOOD"), ("sex",)),
    Fault("entitlement unknown", _cell("category", "Đối tượng 67", "CATEGORY_UNKNOWN"), ("category",)),
    Fault("no entitlement", _cell("category", None, "CELL_MISSING"), ("category",)),
    Fault("no percentage", _cell("percent", None, "CELL_MISSING", fits=_has_percent), ("percent",)),
    Fault("impossible percentage", _cell("percent", "120%", "PERCENT_NOT_UNDERSTOOD", fits=_has_percent),
          ("percent",)),
    Fault("children in words", _cell("children", "hai con", "COUNT_NOT_UNDERSTOOD", fits=_has_children),
          ("children",)),
    Fault("decision in the future", _decided(date(2024, 6, 15), "DECISION_IN_FUTURE")),
    Fault("decision before birth", _decided(date(2005, 5, 10), "DECISION_BEFORE_BIRTH", fits=_is_child)),
    Fault("decision of somebody above", _decision_reused),
    Fault("another commune's row", _other_unit, ("commune",)),
    Fault("born on 1 January", _first_of_january),
    Fault("phone too short", _cell("phone", "0000123"), ("phone",)),
    Fault("hidden row", _hidden, (), ("xlsx",)),
    Fault("struck row", _struck, (), ("xlsx",)),
)  # fmt: skip


def plant_faults(
    *, random: Random, lines: list[Line], layout: Layout, law: Law, commune: str, share: int
) -> None:
    """Plant faults in about `share` of a hundred lines, of every kind that the layout can have in
    turn; then a line that stands there twice, and a name merged with the one above."""
    fitting = [fault for fault in FAULTS if layout.kind in fault.kinds and layout.has(*fault.needs)]
    random.shuffle(fitting)
    many = min(len(lines) * share // 100, len(lines) // 3)
    for turn in range(many):
        _plant_one(random, fitting[turn % len(fitting)], lines, layout, law, commune)
    if many:
        _plant_repeat(random, lines)
        if layout.kind in {"xlsx", "ods"} and not layout.blank_lines:
            _plant_merge(random, lines, layout)


def _plant_one(
    random: Random, fault: Fault, lines: list[Line], layout: Layout, law: Law, commune: str
) -> None:
    for _try in range(30):
        at = random.randrange(len(lines))
        line = lines[at]
        if not line.is_clean:
            continue
        above = [each for each in lines[max(at - 60, 0) : at] if each.is_clean]
        found = fault.act(Setting(random, layout, law, above, commune), line)
        if found is None:
            continue
        errors, warnings = found
        line.errors, line.warnings, line.fault = errors, line.warnings | warnings, fault.name
        if fault.name == "phone too short":
            line.warnings.add("PHONE_NOT_UNDERSTOOD")
        return


def _plant_repeat(random: Random, lines: list[Line]) -> None:
    """A line further up stands there again."""
    clean = [at for at, line in enumerate(lines) if line.is_clean and line.person.number]
    if not clean:
        return
    at = random.choice(clean)
    first = lines[at]
    first.needed = True
    again = Line(first.person, first.award, dict(first.cells), dict(first.right), {"ROW_REPEATS"},
                 set(first.warnings), "row stands there twice", extra=True)  # fmt: skip
    lines.insert(min(at + random.randint(1, 6), len(lines)), again)


def _plant_merge(random: Random, lines: list[Line], layout: Layout) -> None:
    """The cell of a name is merged with the one above it: nobody can know whose it is."""
    for _try in range(20):
        at = random.randrange(1, len(lines)) if len(lines) > 1 else 0
        line, above = lines[at], lines[at - 1]
        if (
            at == 0
            or not line.is_clean
            or not above.is_clean
            or group_of(line, layout) != group_of(above, layout)
        ):
            continue
        line.merged_up, line.fault = True, "name merged with the one above"
        line.errors = {"CELL_MERGED" if layout.kind in {"xlsx", "ods"} else "CELL_MISSING"}
        above.needed = True
        line.cells["name"] = None
        return


def group_of(line: Line, layout: Layout) -> str:
    """The group that a line stands in."""
    if layout.grouped == "category":
        return line.award.code
    return line.person.hamlet if layout.grouped == "hamlet" or layout.merged_hamlets else ""
