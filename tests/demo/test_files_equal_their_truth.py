# SPDX-License-Identifier: MPL-2.0
"""Every invented file is read with outcomes equal to the truth beside it: each planted fault is found
under its own name, and nothing else is refused. Several seeds; every layout; every kind of fault."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from ansinh.demo.lists.faults import FAULTS
from ansinh.demo.lists.layouts import LAYOUTS, Layout, layout_named
from ansinh.demo.lists.table import FileTruth, ListFile, corrected, lines_of, list_file
from ansinh.demo.lists.write import write
from ansinh.demo.people import MONTH
from ansinh.demo.province import province
from ansinh.legislation.load import load
from ansinh.registry.files.check import Checked, check
from ansinh.registry.files.rows import Context, Row
from ansinh.rules.names import fold_name

SEEDS = (1, 2, 20240229)
COMMUNES, PEOPLE, FAULTY = 2, 260, 25  # every fault of a layout comes up


def list_of(layout: Layout, *, seed: int, commune: int, share: int = FAULTY) -> ListFile:
    invented = list(province(seed=seed, many_communes=COMMUNES, people=PEOPLE, law=load()))[commune]
    lines = lines_of(invented=invented, layout=layout, seed=seed, month=MONTH, law=load(), share=share)
    name = f"{invented.commune.code}-{layout.name}.{layout.kind}"
    return list_file(invented=invented, layout=layout, seed=seed, month=MONTH, lines=lines, name=name)


def context(made: ListFile) -> Context:
    unit = next(each.commune for each in province(seed=1, many_communes=COMMUNES, people=40, law=load())
                if each.commune.code == made.truth.unit)  # fmt: skip
    return Context(
        unit_name=unit.name, unit_key=fold_name(unit.bare_name), province="49", month=MONTH,
        on=MONTH.last_day, law=load(), allow_invented=True,
    )  # fmt: skip


def judged(made: ListFile, folder: Path) -> tuple[Checked, dict[int, Row]]:
    rows: dict[int, Row] = {}

    def keep(chunk: list[Row]) -> None:
        rows.update({row.number: row for row in chunk})

    path = write(made, folder)
    return check(path, name=path.name, form="awards", context=context(made), sink=keep), rows


def differences(truth: FileTruth, rows: dict[int, Row]) -> list[str]:
    """What was judged otherwise than it is."""
    expected = {each.row: each for each in truth.rows}
    found = []
    for number in sorted(expected.keys() | rows.keys()):
        told, row = expected.get(number), rows.get(number)
        if told is None or row is None:
            found.append(f"row {number}: {'not in the truth' if told is None else 'not judged'}")
            continue
        errors = sorted({each.code for each in row.errors})
        warnings = sorted({each.code for each in row.warnings})
        same_warnings = told.outcome != "accepted" or warnings == list(told.warnings)
        if told.outcome != row.outcome or errors != list(told.errors) or not same_warnings:
            found.append(f"row {number} ({told.fault}): {told.outcome} {told.errors} {told.warnings}"
                         f" but {row.outcome} {errors} {warnings}")  # fmt: skip
    return found


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("layout", [each.name for each in LAYOUTS])
def test_a_messy_file_is_judged_as_it_is(layout: str, seed: int, tmp_path: Path) -> None:
    made = list_of(layout_named(layout), seed=seed, commune=seed % COMMUNES)
    done, rows = judged(made, tmp_path)
    assert differences(made.truth, rows) == []
    totals = made.truth.payload()["totals"]
    assert (done.rows, done.accepted, done.rejected, done.skipped) == (
        totals["rows"], totals["accepted"], totals["rejected"], totals["skipped"],
    )  # fmt: skip
    assert sorted(each.code for each in done.notices) == sorted(made.truth.notices)
    assert totals["rejected"] > 0
    assert totals["planted"] > 0


@pytest.mark.parametrize("layout", [each.name for each in LAYOUTS])
def test_the_corrected_file_goes_through_whole(layout: str, tmp_path: Path) -> None:
    first = list_of(layout_named(layout), seed=5, commune=0)
    invented = next(iter(province(seed=5, many_communes=COMMUNES, people=PEOPLE, law=load())))
    again = list_file(
        invented=invented, layout=first.layout, seed=5, month=MONTH, lines=corrected(first.lines),
        name=first.truth.file,
    )  # fmt: skip
    done, rows = judged(again, tmp_path)
    assert differences(again.truth, rows) == []
    assert done.rejected == 0
    assert done.accepted == len(
        {(row.person, row.amount_vnd, row.row) for row in again.truth.rows if row.person}
    )


def test_every_kind_of_fault_is_planted_somewhere() -> None:
    planted = Counter(
        row.fault
        for layout in LAYOUTS
        for seed in SEEDS
        for row in list_of(layout, seed=seed, commune=seed % COMMUNES, share=40).truth.rows
    )
    assert [fault.name for fault in FAULTS if fault.name not in planted] == []


def test_a_fault_that_nobody_planted_is_seen_as_a_difference(tmp_path: Path) -> None:
    made = list_of(layout_named("plain"), seed=1, commune=0, share=0)
    _done, rows = judged(made, tmp_path)
    assert differences(made.truth, rows) == []
    someone = next(each for each in made.truth.rows if each.person)
    someone.outcome = "rejected"
    assert len(differences(made.truth, rows)) == 1


def test_the_truth_is_beside_the_file_and_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    for layout in LAYOUTS:
        contents = []
        for folder in (tmp_path / "a", tmp_path / "b"):
            folder.mkdir(exist_ok=True)
            path = write(list_of(layout, seed=3, commune=1), folder)
            truth = path.with_name(f"{path.name}.truth.json")
            assert json.loads(truth.read_text(encoding="utf-8"))["layout"] == layout.name
            contents.append((path.read_bytes(), truth.read_bytes()))
        assert contents[0] == contents[1], layout.name
    other = write(list_of(LAYOUTS[0], seed=4, commune=1), tmp_path)
    assert other.read_bytes() != (tmp_path / "a" / other.name).read_bytes()
