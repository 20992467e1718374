# SPDX-License-Identifier: MPL-2.0
"""The demo's steps on a small province: lists come in, are corrected, and the house keeps what is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import transaction
from django.urls import resolve

from ansinh.config.commands.demo import PAGES
from ansinh.demo import population_step, register_step
from ansinh.demo.officers import OnlyForTrying, make_district_officers
from ansinh.demo.scene import MONTH, PLAYS_ON, Scene
from ansinh.demo.steps import add_cast
from ansinh.registry.commands import outcome
from ansinh.registry.models import Award, ImportFile, Person
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all

AT = datetime(2024, 3, 20, tzinfo=UTC)


@pytest.fixture
def scene(db: None, tmp_path: Path) -> Scene:
    made = Scene(on=PLAYS_ON, at=AT, folder=tmp_path, seed=11, communes=2, people=160)
    add_cast(made)
    return made


def counted(count: Callable[[], int]) -> int:
    with transaction.atomic():
        open_to_all()
        return count()


def test_every_planted_fault_is_found_and_nobody_else_is_refused(scene: Scene) -> None:
    register_step.import_lists(scene)
    counts = scene.figures["imports"]
    assert isinstance(counts, dict)
    assert counts["planted"] == counts["found"] > 0
    assert counts["false_rejections"] == 0
    expected = sum(
        1 for each in scene.invented() for person in each.people
        if person.joins is None and not (person.truth.same_person_as and person.number)
    )  # fmt: skip
    assert scene.figures["people"] == expected


def test_run_again_it_keeps_what_is_there(scene: Scene) -> None:
    register_step.import_lists(scene)
    before = (counted(Person.objects.count), counted(Award.objects.count), counted(ImportFile.objects.count))
    first = dict(scene.figures)
    register_step.import_lists(scene)
    after = (counted(Person.objects.count), counted(Award.objects.count), counted(ImportFile.objects.count))
    assert before == after
    assert scene.figures == first


def test_what_the_command_prints_of_a_file_is_its_truth(scene: Scene) -> None:
    register_step.import_lists(scene)
    invented = next(scene.invented())
    truth = register_step.files_of(invented=invented, seed=scene.seed, month=MONTH).first.truth
    with transaction.atomic():
        open_to_all()
        printed = outcome(ImportFile.objects.get(name=truth.file))
    told = {(each.row, code) for each in truth.rows if each.outcome == "rejected" for code in each.errors}
    assert {(each["row"], each["code"]) for each in printed["errors"]} == told
    assert printed["rejected"] == truth.count("rejected")
    assert printed["skipped"] == truth.count("skipped")


def test_duplicates_and_birthdays_are_queued_once(scene: Scene) -> None:
    register_step.import_lists(scene)
    for _run in range(2):
        register_step.look_for_duplicates(scene)
        register_step.propose_birthdays(scene)
    first = (scene.figures["duplicate_pairs"], scene.figures["birthday_proposals"])
    register_step.look_for_duplicates(scene)
    register_step.propose_birthdays(scene)
    assert first == (scene.figures["duplicate_pairs"], scene.figures["birthday_proposals"])


def test_each_district_has_its_officers_once_proposed_by_one_and_confirmed_by_another(scene: Scene) -> None:
    before = Officer.objects.count()
    add_cast(scene)
    assert Officer.objects.count() == before
    assert Officer.objects.filter(username="lap-danh-sach-504").exists()


def test_invented_officers_stay_out_of_production(db: None, settings: object) -> None:
    settings.MODE = "production"  # type: ignore[attr-defined]
    with pytest.raises(OnlyForTrying):
        make_district_officers(districts=[], valid_from=PLAYS_ON, at=AT)


def test_files_alone_are_written_with_their_truth(scene: Scene, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    register_step.write_files(scene, folder)
    files = {path.name for path in folder.iterdir() if not path.name.endswith(".truth.json")}
    assert len(files) == 4
    assert {f"{name}.truth.json" for name in files} <= {path.name for path in folder.iterdir()}


def test_rounds_go_out_come_back_are_settled_and_signed_by_both(scene: Scene) -> None:
    register_step.import_lists(scene)
    population_step.reconcile(scene)
    first = scene.figures["population"]
    assert isinstance(first, dict)
    assert first["rounds_signed"] == scene.communes - 1  # the first commune's is left open, to be tried
    assert first["people"] == scene.figures["people"]
    population_step.reconcile(scene)
    assert scene.figures["population"] == first


def test_the_register_finds_every_dead_ghost_twin_and_lifted_age(scene: Scene) -> None:
    """D1, D3, D4 and D12 come out of the round as they were planted; nobody else is called dead."""
    register_step.import_lists(scene)
    population_step.reconcile(scene)
    expected = Counter(
        person.key for each in scene.invented() for person in each.people
        if person.joins is None and person.truth.died_on is not None
        and person.truth.died_on < population_step.ANSWERED
    )  # fmt: skip
    told = scene.figures["population"]
    assert isinstance(told, dict)
    results = told["results"]
    assert results["deceased"] == len(expected)
    unknown = [p for each in scene.invented() for p in each.people if not p.truth.registered and not p.joins]
    assert results.get("not_found", 0) == len(unknown)


def test_every_page_that_the_demo_prints_is_there() -> None:
    for path, _name in PAGES:
        resolve(f"/{path.partition('?')[0]}")
