# SPDX-License-Identifier: MPL-2.0
"""`ansinh import --form population`: a list of answers finds its round by its references."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connection

from ansinh.population.actions.rounds import prepare_round
from ansinh.population.models import Answer, Round
from ansinh.registry.commands import import_list
from ansinh.registry.models import ImportFile
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from tests.conftest import units
from tests.hostile.files import xlsx
from tests.population.conftest import AT, DUE, ON, reference

HEAD = ["Mã đối chiếu", "Họ và tên", "Ngày sinh", "Kết quả đối chiếu", "Ngày chết"]
KEYS = {"file_sha256", "rows", "accepted", "rejected", "skipped", "errors", "changes"}


def sent(folder: Path, rows: list[list[Any]], *options: str, name: str = "tra-loi.xlsx") -> dict[str, Any]:
    path = folder / name
    path.write_bytes(xlsx([HEAD, *rows]))
    done = CliRunner().invoke(
        import_list,
        [str(path), "--unit", units()[0].code, "--form", "population", "--month", "03/2024", "--json",
         *options],
    )  # fmt: skip
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_answers_reach_their_round_and_the_others_are_refused_in_their_row(
    tmp_path: Path, round_: Round
) -> None:
    known = reference(round_, "Phan Văn Tám")
    rows = [
        [known, "Phan Văn Tám", "08/07/1935", "đã chết", "15/01/2024"],
        [reference(round_, "Trần Văn Lí"), "Trần Văn Lí", "1938", "khớp", None],
        ["ZZZZZZZZZ", "Ai Đó", "1940", "khớp", None],
    ]
    seen = sent(tmp_path, rows)
    assert set(seen) >= KEYS
    assert (seen["rows"], seen["accepted"], seen["rejected"], seen["skipped"]) == (3, 2, 1, 0)
    assert seen["changes"] == {"new": 2, "changed": 0, "unchanged": 0, "missing": 0}
    assert [(each["row"], each["column"], each["code"]) for each in seen["errors"]] == [
        (4, "A", "POPULATION_NOT_IN_ROUND")
    ]
    assert not Answer.objects.exists()
    assert sent(tmp_path, rows, "--confirm")["state"] == "confirmed"
    assert sorted(Answer.objects.values_list("result", flat=True)) == ["deceased", "matched"]
    assert set(Answer.objects.values_list("import_file", flat=True)) == {ImportFile.objects.get().pk}


def test_the_same_answers_again_change_nothing_and_another_one_is_a_change(
    tmp_path: Path, round_: Round
) -> None:
    row = [reference(round_, "Trần Văn Lí"), "Trần Văn Lí", "1938", "khớp", None]
    sent(tmp_path, [row], "--confirm")
    again = sent(tmp_path, [row, [reference(round_, "Lê Thị Lan"), None, None, "không tìm thấy", None]],
                 "--confirm", "--replace", name="lan-2.xlsx")  # fmt: skip
    assert again["changes"] == {"new": 1, "changed": 0, "unchanged": 1, "missing": 0}
    row[3] = "không tìm thấy"
    assert sent(tmp_path, [row], "--replace", "--confirm", name="lan-3.xlsx")["changes"]["changed"] == 1
    assert Answer.objects.count() == 3


def test_a_round_that_the_police_do_not_have_takes_no_answers(
    tmp_path: Path, cast: dict[str, Officer], people: object
) -> None:
    made = prepare_round(unit=units()[0], due_on=DUE, by=cast["lap-danh-sach"], at=AT, on=ON)
    row = [reference(made, "Trần Văn Lí"), None, None, "khớp", None]
    assert [each["code"] for each in sent(tmp_path, [row])["errors"]] == ["NOT_FROM_THIS_STATE"]
    with pytest.raises(Refusal) as refused:
        sent(tmp_path, [row], "--confirm")
    assert refused.value.code == "IMPORT_NOTHING_ACCEPTED"
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM population_answer")
        assert cursor.fetchone() == (0,)
