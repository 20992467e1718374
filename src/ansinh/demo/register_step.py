# SPDX-License-Identifier: MPL-2.0
"""The register's part of the demo: messy lists come in, are corrected and sent again; then duplicates
and birthdays. Every act is the one that an officer's page calls."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from ansinh.demo.invented import InventedCommune
from ansinh.demo.lists.layouts import Layout, layout_of
from ansinh.demo.lists.table import FileTruth, ListFile, corrected, lines_of, list_file
from ansinh.demo.lists.write import write
from ansinh.demo.officers import preparer_of
from ansinh.demo.scene import MONTH, Scene, Step
from ansinh.legislation.load import load
from ansinh.registry.actions import confirm_import, receive_list
from ansinh.registry.actions.birthdays import raise_birthdays
from ansinh.registry.actions.confirm import Control, discard_import
from ansinh.registry.actions.duplicates import find_duplicates
from ansinh.registry.lifecycles import ImportState
from ansinh.registry.models import Change, DuplicatePair, ImportFile, ImportRow, Person
from ansinh.rules.months import Month
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all

FORM = "awards"


@dataclass(slots=True)
class Sent:
    """A commune's two files: as first sent, and as corrected."""

    first: ListFile
    again: ListFile


def files_of(*, invented: InventedCommune, seed: int, month: Month, layout: Layout | None = None) -> Sent:
    """The list of a month as a commune first sends it, and as it sends it again."""
    chosen = layout or layout_of(seed=seed, commune_index=invented.commune.index)
    lines = lines_of(invented=invented, layout=chosen, seed=seed, month=month, law=load())
    name = f"{invented.commune.code}-{chosen.name}"
    first = list_file(
        invented=invented, layout=chosen, seed=seed, month=month, lines=lines, name=f"{name}.{chosen.kind}"
    )
    mended = corrected(lines)
    again = list_file(
        invented=invented, layout=chosen, seed=seed, month=month, lines=mended,
        name=f"{name}-sửa.{chosen.kind}",
    )  # fmt: skip
    return Sent(first, again)


def write_files(scene: Scene, folder: Path) -> str:
    """Only the files of the province, each with its truth (`--files-only`)."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = planted = 0
    for done, invented in enumerate(scene.invented(), 1):
        sent = files_of(invented=invented, seed=scene.seed, month=MONTH)
        write(sent.first, folder)
        write(sent.again, folder)
        rows += len(sent.first.truth.rows)
        planted += sum(bool(each.fault) for each in sent.first.truth.rows)
        scene.advance(done, scene.communes)
    scene.figures["files"] = {"files": 2 * done, "rows": rows, "planted": planted}
    return f"{2 * done} tệp trong {folder}, {planted} lỗi cài sẵn"


def import_lists(scene: Scene) -> str:
    """Each commune's list: sent with its faults, judged, corrected, sent again, confirmed with the
    control totals of the paper. What is confirmed already is kept."""
    folder = scene.folder / str(MONTH)
    folder.mkdir(parents=True, exist_ok=True)
    counts = {"files": 0, "rows": 0, "planted": 0, "found": 0, "false_rejections": 0}
    for done, invented in enumerate(scene.invented(), 1):
        sent = files_of(invented=invented, seed=scene.seed, month=MONTH)
        first = _import_one(scene, invented, sent, folder)
        counts["files"] += 1
        for key, value in compared(file=first, truth=sent.first.truth).items():
            counts[key] += value
        scene.advance(done, scene.communes)
    with scene.everywhere():
        people = Person.objects.filter(merged_into__isnull=True).count()
    scene.figures |= {"communes": done, "people": people, "imports": counts}
    found = f"tìm thấy {counts['found']}/{counts['planted']} lỗi, loại nhầm {counts['false_rejections']}"
    return f"{counts['files']} tệp, {counts['rows']} dòng, {found}; {people} người"


def _import_one(scene: Scene, invented: InventedCommune, sent: Sent, folder: Path) -> ImportFile:
    """The first file as it was judged; the corrected one is confirmed afterwards."""
    unit = scene.unit(invented)
    by = preparer_of(commune=invented.commune)
    with scene.everywhere():
        mine = ImportFile.objects.filter(commune=unit, form=FORM, month=MONTH.first_day)
        confirmed = mine.filter(state=ImportState.CONFIRMED.value).first()
        known = mine.filter(name=sent.first.truth.file).order_by("pk").first()
    if confirmed is not None:
        return known or confirmed
    first = _received(scene, invented, sent.first, folder, by)
    with scene.within(unit):
        discard_import(import_id=first.pk, by=by, at=scene.at)
    again = _received(scene, invented, sent.again, folder, by)
    with scene.within(unit):
        _confirm(scene, again, sent.again.truth, by)
    return first


def _confirm(scene: Scene, again: ImportFile, truth: FileTruth, by: Officer) -> None:
    taken = [each for each in truth.rows if each.outcome == "accepted" and not each.register]
    control = Control(len(taken), sum(each.amount_vnd for each in taken))
    confirm_import(
        import_id=again.pk, decisions=dict.fromkeys(again.must_be_decided, "keep"),
        control=control, replace=False, by=by, at=scene.at,
    )  # fmt: skip


def _received(
    scene: Scene, invented: InventedCommune, made: ListFile, folder: Path, by: Officer
) -> ImportFile:
    path = write(made, folder)
    return receive_list(
        path=path, name=path.name, unit=scene.unit(invented), form=FORM, month=MONTH, by=by, at=scene.at,
        on=MONTH.last_day,
    )  # fmt: skip


def compared(*, file: ImportFile, truth: FileTruth) -> dict[str, int]:
    """A judged file beside its truth: rows, faults planted, faults found under their own names, and
    rows refused that nothing is wrong with."""
    with transaction.atomic():
        open_to_all()
        kept = ImportRow.objects.filter(file=file).values_list("row", "outcome", "codes", "warnings")
        rows = {row: (outcome, set(codes), set(warnings)) for row, outcome, codes, warnings in kept}
    planted = found = false_rejections = 0
    for each in truth.rows:
        outcome, codes, warnings = rows.get(each.row, ("", set(), set()))
        planted += bool(each.fault)
        right = outcome == each.outcome and codes == set(each.errors)
        if each.fault:
            found += right and (outcome == "rejected" or warnings == set(each.warnings))
        elif outcome == "rejected" and codes != set(each.register):
            false_rejections += 1
    return {"rows": len(rows), "planted": planted, "found": found, "false_rejections": false_rejections}


def look_for_duplicates(scene: Scene) -> str:
    """Compare everybody; how many planted twins are among the pairs."""
    with scene.everywhere():
        if not DuplicatePair.objects.exists():
            find_duplicates(by=None, at=scene.at)
        pairs = DuplicatePair.objects.count()
    scene.figures["duplicate_pairs"] = pairs
    return f"{pairs} cặp hồ sơ có thể là một người, chờ xem"


def propose_birthdays(scene: Scene) -> str:
    """What the birthdays of next month change: proposals that wait for a second person."""
    with scene.everywhere():
        raise_birthdays(month=MONTH.next, at=scene.at)
        waiting = Change.objects.filter(source="birthday").count()
    scene.figures["birthday_proposals"] = waiting
    return f"{waiting} đề nghị do tròn tuổi trong {MONTH.next.vi}"


STEPS = (
    Step("Nhập danh sách các xã gửi", import_lists),
    Step("Tìm hồ sơ trùng", look_for_duplicates),
    Step("Đề nghị thay đổi do tròn tuổi", propose_birthdays),
)
