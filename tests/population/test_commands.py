# SPDX-License-Identifier: MPL-2.0
"""A round from the command line: prepared, handed over, answered in the police's workbook, shown."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.utils import timezone
from openpyxl import load_workbook

from ansinh.population.adapters.file import ANSWER_HEADS, ASKED_HEADS
from ansinh.population.commands import population
from ansinh.registry.models import Person
from ansinh.rules.refusals import Refusal
from ansinh.vault.protected_workbook import protect, unprotect
from tests.conftest import units


def run(*words: str) -> dict[str, Any]:
    done = CliRunner().invoke(population, [*words, "--json"], catch_exceptions=False)
    found: dict[str, Any] = json.loads(done.output)
    return found


def filled(content: bytes) -> bytes:
    """The workbook as the police send it back: everybody found, one dead without a day."""
    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    result = len(ASKED_HEADS) + ANSWER_HEADS.index("Kết quả đối chiếu") + 1
    for row in range(5, sheet.max_row + 1):
        sheet.cell(row, result).value = "đã chết" if row == 5 else "khớp"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_a_round_goes_by_commands_and_a_locked_workbook(people: dict[str, Person], tmp_path: Path) -> None:
    due = f"01/01/{timezone.localdate().year + 1}"
    made = run("prepare", "--unit", units()[0].code, "--due", due)
    assert made["people"] == len(people)
    out = tmp_path / "danh-sach.xlsx"
    handed = run("hand-over", str(made["round"]), "--to", "Trung tá Ánh", "--out", str(out))
    opened = unprotect(out.read_bytes(), password=handed["password"])
    back = tmp_path / "tra-loi.xlsx"
    back.write_bytes(protect(filled(opened), password="mat-khau"))
    with pytest.raises(Refusal, match="không mở được"):
        run("take-answers", str(made["round"]), str(back), "--password", "khac")
    taken = run("take-answers", str(made["round"]), str(back), "--password", "mat-khau")
    assert (taken["rows"], taken["rejected"], taken["added"]) == (6, 1, 5)
    shown = run("status")["rounds"][0]
    assert (shown["state"], shown["unanswered"]) == ("handed_over", 1)
    assert shown["results"] == {"matched": 5}
