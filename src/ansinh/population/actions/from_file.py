# SPDX-License-Identifier: MPL-2.0
"""Answers that come back by file: read as every list is (form `population`), then taken."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from ansinh.population.actions.answers import Given, Taken, take_answers
from ansinh.population.actions.lists import given_in
from ansinh.population.models import Round
from ansinh.registry.actions import confirm_import, receive_list
from ansinh.registry.actions.confirm import Control
from ansinh.registry.models import ImportFile, ImportRow
from ansinh.registry.records import ROW
from ansinh.rules.months import Month
from ansinh.staff.models import Officer
from ansinh.vault.protected_workbook import is_protected, unprotect
from ansinh.vault.sealing import open_many

CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class FileTaken:
    """The list as it was read, with every row's outcome, and what became of its answers."""

    file: ImportFile
    taken: Taken


def take_file(
    *, round_id: int, path: Path, name: str, password: str, by: Officer | None, at: datetime, on: date
) -> FileTaken:
    """Read the police's workbook, locked or not, and take its answers: all of it or nothing.

    Raises a `FileRefused`, `PasswordWrong`, `NothingAccepted` or `NotFromThisState`.
    """
    with transaction.atomic(), tempfile.TemporaryDirectory(prefix="ansinh-") as folder:
        round_ = Round.objects.select_related("commune").get(pk=round_id)
        content = path.read_bytes()
        if is_protected(content):
            path = Path(folder) / "list"
            path.write_bytes(unprotect(content, password=password))
        file = receive_list(
            path=path, name=name, unit=round_.commune, form="population", month=Month.of(on), by=by, at=at,
            on=on,
        )  # fmt: skip
        decisions = dict.fromkeys(file.must_be_decided, "keep")
        file = confirm_import(
            import_id=file.pk, decisions=decisions, control=Control(), replace=True, by=by, at=at,
            taken_by_caller=True,
        )  # fmt: skip
        taken = take_answers(
            round_id=round_id,
            given=answers_in(file=file),
            source="file",
            by=by,
            at=at,
            on=on,
            import_file=file,
        )
    return FileTaken(file, taken)


def answers_in(*, file: ImportFile) -> Iterator[Given]:
    """The answers in the accepted rows of a list, in its order."""
    last = 0
    while chunk := list(
        ImportRow.objects.filter(file=file, outcome="accepted", row__gt=last).order_by("row")[:CHUNK]
    ):
        last = chunk[-1].row
        for each, text in zip(chunk, open_many(column=ROW, sealed=[e.sealed for e in chunk]), strict=True):
            yield given_in(values=json.loads(text)["values"], row=each.row)
