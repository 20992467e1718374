# SPDX-License-Identifier: MPL-2.0
"""The law's files, the worked cases beside them, the machine contract."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from ansinh.legislation.cases import answer_case
from ansinh.legislation.check import cases_folder, check, run_case, untested_dates, worked_cases
from ansinh.legislation.commands import law as law_command
from ansinh.legislation.load import folder, load
from ansinh.rules.dates import PartialDate
from ansinh.rules.entitlement import Award, Case, Person, assess, birthdays
from ansinh.rules.months import Month

CASES = list(worked_cases())


@pytest.mark.parametrize(("name", "entry"), CASES, ids=[name for name, _entry in CASES])
def test_worked_case(name: str, entry: dict[str, object]) -> None:
    assert run_case(load(), name, entry).difference == ""


def test_every_overlap_rule_has_a_case() -> None:
    named = " ".join(name for name, _entry in CASES)
    assert [rule for rule in load().overlaps if f"{rule}:" not in named] == []


def test_there_are_cases_on_both_sides_of_every_start_date() -> None:
    assert untested_dates(load(), CASES) == []
    assert untested_dates(load(), [case for case in CASES if "2024-07" not in str(case[1])]) != []


def test_the_catalogue_holds_what_the_decrees_print() -> None:
    law = load()
    rows = {band.row for each in law.categories.values() for band in each.bands}
    assert len(law.parameters["MUC_CHUAN_NCC"].values) == 7
    assert sum(len(t.amounts) for c in law.categories.values() for t in c.tables) == 320
    assert {"K6_N_NCT", "BB_91_100", "CDHH_CON_81", "OO_TB_16_20", "HTXH_70_75"} <= rows


def test_confidential_grounds_never_show() -> None:
    law = load()
    hidden = [each for each in law.categories.values() if each.confidential]
    assert {each.code for each in hidden} >= {"K3", "K8"}
    for each in hidden:
        assert "HIV" not in each.shown + each.public_label
    case = {"month": "2024-08", "person": {"born": "1980", "household": "poor"},
            "awards": [{"code": "K8", "from": "2024-01"}]}  # fmt: skip
    assert "HIV" not in json.dumps(answer_case(law, case), ensure_ascii=False)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the law that a test may break."""
    shutil.copytree(folder(), tmp_path / "vn")
    return tmp_path / "vn"


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        ("standards.yaml", 'value: "500000"', "value: 500000", "quoted"),
        ("standards.yaml", "2024-07-01: {value", "2020-07-01: {value", "ascend"),
        ("standards.yaml", 'reference: "NĐ 76/2024/NĐ-CP Điều 1"', 'reference: ""', "no reference"),
        ("standards.yaml", ", verified: true}", "}", "needs exactly"),
        ("standards.yaml", 'value: "500000"', 'value: "500001"', "instead of"),
        ("merit/heroes.yaml", "  kind: monthly", "  kindness: monthly", "unknown key"),
        ("overlap.yaml", "O1: {text", "O1: [text", "overlap.yaml"),
    ],
)
def test_a_mistake_in_a_file_is_found(copied: Path, file: str, old: str, new: str, complaint: str) -> None:
    path = copied / file
    assert old in path.read_text(encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    assert complaint in " ".join(check(copied, cases_folder()))


def test_a_second_extension_is_found(copied: Path) -> None:
    (copied / "standards.yaml").rename(copied / "standards.yml")
    found = " ".join(check(copied, cases_folder()))
    assert "extension" in found
    assert "standards.yaml is missing" in found


def test_a_birthday_that_changes_the_level_is_a_proposal() -> None:
    person = Person(born=PartialDate(1964, 8, 31))
    award = (Award("K6_N", Month(2020, 1)),)
    (change,) = birthdays(load(), person, award, Month(2024, 8))
    assert (change.age, change.month, change.before_vnd, change.after_vnd) == (
        60, Month(2024, 8), 750_000, 1_000_000,
    )  # fmt: skip
    assert birthdays(load(), person, award, Month(2024, 9)) == []
    child = Person(born=PartialDate(2020, 8, 15))
    (fall,) = birthdays(load(), child, (Award("K1A", Month(2021, 7)),), Month(2024, 8))
    assert (fall.month, fall.before_vnd, fall.after_vnd) == (Month(2024, 9), 1_250_000, 750_000)


def test_equal_facts_share_one_answer_and_other_facts_do_not() -> None:
    law = load()

    def ask(born: int, start: Month) -> object:
        person = Person(born=PartialDate(born, 3, 1))
        return assess(law, Case(Month(2024, 8), person, (Award("K6_N", start),)))

    assert ask(1980, Month(2020, 1)) is ask(1980, Month(2021, 5))
    assert ask(1980, Month(2020, 1)) is not ask(1960, Month(2020, 1))


def answer(*words: str, tmp_path: Path, case: object) -> tuple[int, str]:
    path = tmp_path / "case.json"
    path.write_text(json.dumps(case), encoding="utf-8")
    done = CliRunner().invoke(law_command, ["assess", str(path), *words])
    return done.exit_code, done.output


EXAMPLE = {
    "month": "2024-08", "province": None,
    "person": {"born": "1962-03-01", "sex": "female", "died_on": None, "household": "poor",
               "disadvantaged_area": False, "pension_vnd": 0, "lives_alone": False},
    "awards": [{"code": "K6_N", "from": "2024-01", "facts": {}}],
}  # fmt: skip


def test_the_machine_contract_of_one_case(tmp_path: Path) -> None:
    code, text = answer("--json", tmp_path=tmp_path, case=EXAMPLE)
    found = json.loads(text)
    assert code == 0
    assert found["month"] == "2024-08"
    assert found["total_vnd"] == 1_000_000
    assert set(found) == {"month", "lines", "not_owed", "total_vnd"}
    (line,) = found["lines"]
    assert line["code"] == "K6_N"
    assert line["kind"] == "monthly"
    assert line["citations"]
    assert line["steps"]


def test_a_list_of_cases_gives_a_list_of_answers_in_order(tmp_path: Path) -> None:
    cases = [EXAMPLE, EXAMPLE | {"month": "2024-06"}]
    _code, text = answer("--json", tmp_path=tmp_path, case=cases)
    assert [each["month"] for each in json.loads(text)] == ["2024-08", "2024-06"]


def test_back_pay_names_the_month_of_each_line(tmp_path: Path) -> None:
    words = ("--months", "2024-05..2024-08", "--decided", "2024-08", "--json")
    _code, text = answer(*words, tmp_path=tmp_path, case=EXAMPLE)
    found = json.loads(text)
    amounts = [(line["month"], line["kind"], line["amount_vnd"]) for line in found["lines"]]
    assert amounts == [
        ("2024-05", "arrears", 720_000), ("2024-06", "arrears", 720_000),
        ("2024-07", "arrears", 1_000_000), ("2024-08", "arrears", 1_000_000),
    ]  # fmt: skip
    assert found["paid_in"] == "2024-09"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"month": "2024-13"}, "không phải là tháng"), ({"mont": "2024-08"}, "month"),
        ({"awards": [{"code": "K6N", "from": "2024-01"}]}, "K6_N"),
        ({"awards": [{"code": "K4", "from": "2024-01", "facts": {"childs": 2}}]}, "children"),
        ({"awards": [{"code": "K4", "from": "2024-01", "facts": {"children": -1}}]}, "số nguyên"),
        ({"person": {"household": "rich"}}, "near_poor"), ({"awards": {}}, "danh sách"),
    ],
)  # fmt: skip
def test_a_case_that_cannot_be_read_is_bad_use_with_a_sentence(
    tmp_path: Path, change: dict[str, object], words: str
) -> None:
    code, text = answer("--json", tmp_path=tmp_path, case=EXAMPLE | change)
    assert code == 2
    assert words in text


def test_show_gives_the_value_of_a_day_with_its_source() -> None:
    shown = CliRunner().invoke(law_command, ["show", "THUONG_BINH", "--on", "2023-08-01", "--json"])
    rows = {row["row"]: row for row in json.loads(shown.output)["rows"]}
    assert rows["THUONG_BINH:45"]["value"] == "2965000"
    assert rows["THUONG_BINH:45"]["reference"].startswith("NĐ 55/2023")
