# SPDX-License-Identifier: MPL-2.0
"""The round against the population register: handed over, answered by the invented police, settled,
signed by both sides. The first commune's round is left with its differences open, to be tried out."""

from __future__ import annotations

import tempfile
from collections import Counter
from datetime import date
from pathlib import Path

from django.db import connection

from ansinh.demo.answers import police_answers, police_workbook
from ansinh.demo.invented import InventedCommune
from ansinh.demo.officers import officer_of
from ansinh.demo.scene import Scene, Step
from ansinh.places.models import Unit
from ansinh.population.actions.from_file import take_file
from ansinh.population.actions.hand_over import ask_service, hand_over
from ansinh.population.actions.rounds import prepare_round
from ansinh.population.actions.settle import draft_batch, resolve_round, submit_batches
from ansinh.population.actions.sign import sign_round
from ansinh.population.adapters.file import FileRegister
from ansinh.population.adapters.simulated import SimulatedRegister
from ansinh.population.models import Round
from ansinh.population.queries import counts, differences
from ansinh.registry.actions.changes import apply_change
from ansinh.registry.models import Change
from ansinh.rules.population import ONE_CLICK, Kind
from ansinh.vault.protected_workbook import unprotect

OPENED, ANSWERED, DUE = date(2024, 2, 5), date(2024, 2, 14), date(2024, 2, 20)
BY_FILE = 1  # communes whose round goes by file; the others ask the service


def reconcile(scene: Scene) -> str:
    """A round for each commune that has none."""
    results: Counter[str] = Counter()
    signed = 0
    for done, invented in enumerate(scene.invented(), 1):
        unit = scene.unit(invented)
        with scene.within(unit):
            round_ = Round.objects.filter(commune=unit).first()
        if round_ is None:
            round_ = _answered(scene, invented, unit)
            if invented.commune.index > 0:
                _settle(scene, invented, unit, round_)
        with scene.within(unit):
            found = counts(round_id=round_.pk)
            signed += Round.objects.filter(pk=round_.pk, state="signed").exists()
        results.update(found.results)
        scene.advance(done, scene.communes)
    people, matched = results.total(), results["matched"]
    told = {key: value for key, value in sorted(results.items()) if key}
    scene.figures["population"] = {"people": people, "rounds_signed": signed, "results": told}
    return f"{people} người, {matched} khớp, {results['deceased']} đã chết, {signed} đợt ký đủ hai bên"


def _answered(scene: Scene, invented: InventedCommune, unit: Unit) -> Round:
    by = officer_of(commune=invented.commune, act="lap-danh-sach")
    police = officer_of(commune=invented.commune, act="cong-an")
    known = police_answers(invented=invented, on=ANSWERED)
    with scene.within(unit):
        round_ = prepare_round(unit=unit, due_on=DUE, by=by, at=scene.at, on=OPENED)
        receiver = f"Công an {invented.commune.name}"
        if invented.commune.index >= BY_FILE:
            register = SimulatedRegister(known)
            hand_over(round_id=round_.pk, register=register, receiver=receiver, by=by, at=scene.at)
            ask_service(round_id=round_.pk, register=register, by=police, at=scene.at, on=ANSWERED)
            return round_
        handed = hand_over(round_id=round_.pk, register=FileRegister(), receiver=receiver, by=by, at=scene.at)
        opened = unprotect(handed.sent.content, password=handed.sent.password)
    with tempfile.TemporaryDirectory(prefix="ansinh-") as folder, scene.within(unit):
        path = Path(folder) / "tra-loi.xlsx"
        path.write_bytes(police_workbook(opened, known=known))
        take_file(round_id=round_.pk, path=path, name=path.name, password="", by=police, at=scene.at,
                  on=ANSWERED)  # fmt: skip
    return round_


def _settle(scene: Scene, invented: InventedCommune, unit: Unit, round_: Round) -> None:
    """Whole groups are corrected where the rules allow it; deaths are told to the register; the rest
    is kept with its reason until somebody has been there. Then both sides sign."""
    by = officer_of(commune=invented.commune, act="lap-danh-sach")
    leader = officer_of(commune=invented.commune, act="lanh-dao")
    police = officer_of(commune=invented.commune, act="cong-an")
    with scene.within(unit):
        kinds = dict.fromkeys(line.kind for line in differences(round_id=round_.pk))
        for kind in kinds:
            action = "keep"
            if Kind(kind) in ONE_CLICK:
                action = "correct"
            elif kind == Kind.DECEASED:
                action = "death"
            draft_batch(round_id=round_.pk, action=action, kind=kind, people=None,
                        reason="Giữ hồ sơ, chờ xác minh tại nhà." if action == "keep" else "", by=by,
                        at=scene.at, on=ANSWERED)  # fmt: skip
        if kinds:
            submit_batches(round_id=round_.pk, by=by, at=scene.at, on=ANSWERED)
        for change in Change.objects.filter(commune=unit, state="proposed", event__kind="death").order_by(
            "pk"
        ):
            apply_change(change_id=change.pk, by=leader, at=scene.at)
        content = resolve_round(round_id=round_.pk, by=by, at=scene.at)
        sign_round(round_id=round_.pk, side="commune", seen_sha256=content, by=leader, at=scene.at)
        sign_round(round_id=round_.pk, side="police", seen_sha256=content, by=police, at=scene.at)


def count_blocked(scene: Scene) -> str:
    """Whom nothing is paid to until somebody decides."""
    with scene.everywhere(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM population_standing WHERE blocks")
        row = cursor.fetchone()
    blocked = int(row[0]) if row else 0
    scene.figures["blocked"] = blocked
    return f"{blocked} người chưa chi cho đến khi có quyết định kèm lý do"


STEPS = (
    Step("Đối chiếu với dữ liệu dân cư", reconcile),
    Step("Giữ lại, chờ quyết định", count_blocked),
)
