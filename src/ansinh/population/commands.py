# SPDX-License-Identifier: MPL-2.0
"""`ansinh population …`: a round from the command line, the same acts as on the pages."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from django.db import transaction
from django.utils import timezone

from ansinh.population import queries
from ansinh.population.actions.from_file import take_file
from ansinh.population.actions.hand_over import hand_over
from ansinh.population.actions.rounds import prepare_round
from ansinh.population.adapters.file import FileRegister
from ansinh.population.models import Round
from ansinh.registry.commands import commune_named
from ansinh.rules.dates import parse_date
from ansinh.staff.scope import open_to_all
from ansinh.ui.console import emit


@click.group()
def population() -> None:
    """Reconcile communes with the national population register."""


@population.command()
@click.option("--unit", "code", required=True, help="Code of the commune.")
@click.option("--due", required=True, help="The police answer by this day, dd/mm/yyyy.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def prepare(*, code: str, due: str, as_json: bool) -> None:
    """Open a round with everybody of a commune who has an award."""
    today = timezone.localdate()
    with transaction.atomic():
        open_to_all()
        unit = commune_named(code, today)
        made = prepare_round(unit=unit, due_on=parse_date(due), by=None, at=datetime.now(UTC), on=today)
    found = {"round": made.pk, "unit": unit.code, "people": made.people, "due": made.due_on.isoformat()}
    emit(found, f"Đợt / round {made.pk}: {unit.name}, {made.people} người / people", as_json=as_json)


@population.command("hand-over")
@click.argument("round_id", metavar="ROUND", type=int)
@click.option("--to", "receiver", required=True, help="Name and post of the receiver at the police.")
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The locked file."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def hand_over_list(*, round_id: int, receiver: str, out: Path, as_json: bool) -> None:
    """Write the locked workbook for the police and log the hand-over.

    The password is printed once: tell it to the receiver apart from the file.
    """
    with transaction.atomic():
        open_to_all()
        done = hand_over(
            round_id=round_id, register=FileRegister(), receiver=receiver, by=None, at=datetime.now(UTC)
        )
        out.write_bytes(done.sent.content)
    sha256 = bytes(done.record.file_sha256).hex()
    found = {"round": round_id, "file": str(out), "sha256": sha256, "people": done.record.people,
             "password": done.sent.password}  # fmt: skip
    words = f"{out} ({done.record.people} người / people)\nSHA-256 {sha256}\nMật khẩu / password: "
    emit(found, words + done.sent.password, as_json=as_json)


@population.command("take-answers")
@click.argument("round_id", metavar="ROUND", type=int)
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--password", default="", help="The password, when the file is still locked.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def take(*, round_id: int, path: Path, password: str, as_json: bool) -> None:
    """Take the answers of the workbook that the police sent back: all of it or nothing."""
    with transaction.atomic():
        open_to_all()
        done = take_file(
            round_id=round_id, path=path, name=path.name, password=password, by=None, at=datetime.now(UTC),
            on=timezone.localdate(),
        )  # fmt: skip
    refused = [{"row": each.row, "code": why.code, "message": why.vi} for each, why in done.taken.refused]
    found = {"round": round_id, "rows": done.file.rows, "rejected": done.file.rejected,
             **done.taken.counts(), "errors": refused}  # fmt: skip
    lines = [
        f"Nhận / taken {done.taken.added}, không đổi / unchanged {done.taken.unchanged}, chờ người thứ hai /"
        f" second person {done.taken.need_second}, chưa nhận / refused {len(refused)}"
    ]
    lines += [f"  {each['row']}: {each['message']}" for each in refused]
    emit(found, "\n".join(lines), as_json=as_json)


@population.command()
@click.option("--unit", "code", help="Only this commune.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def status(*, code: str | None, as_json: bool) -> None:
    """Where each round stands."""
    with transaction.atomic():
        open_to_all()
        found = queries.rounds()
        if code:
            found = found.filter(commune__code=code)
        told = [_status(each) for each in found[:1000]]
    lines = [
        f"{each['round']}: {each['name']} {each['state']}, {each['people']} người / people, chưa trả lời /"
        f" unanswered {each['unanswered']}, còn mở / open {each['open']}, hạn / due {each['due']}"
        for each in told
    ]
    emit({"rounds": told}, "\n".join(lines) or "Chưa có đợt nào. / No rounds.", as_json=as_json)


def _status(round_: Round) -> dict[str, Any]:
    counted = queries.counts(round_id=round_.pk)
    return {
        "round": round_.pk, "unit": round_.commune.code, "name": round_.commune.name, "state": round_.state,
        "people": round_.people, "due": round_.due_on.isoformat(), "unanswered": counted.unanswered,
        "open": counted.open, "results": {key: many for key, many in counted.results.items() if key},
        "kinds": dict(counted.kinds),
    }  # fmt: skip
