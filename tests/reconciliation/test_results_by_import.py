# SPDX-License-Identifier: MPL-2.0
"""`ansinh import --form results`: a list of results is booked by the same table as a bank's file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from ansinh.disbursement.models import Instruction
from ansinh.payroll.models import Payroll
from ansinh.reconciliation.models import Case, Line, ResultFile
from ansinh.registry.commands import import_list
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all
from tests.conftest import units
from tests.disbursement.month import instructed, instructions, sent, states
from tests.hostile.files import xlsx

HEAD = ["Mã giao dịch", "Số tiền", "Trạng thái", "Ngày chi", "Số bút toán", "Lý do"]
KEYS = {"file_sha256", "rows", "accepted", "rejected", "skipped", "errors", "changes"}


@pytest.fixture(autouse=True)
def _own_store(settings: object, tmp_path: Path, db: None) -> None:
    settings.FILE_STORE_FOLDER = tmp_path / "store"  # type: ignore[attr-defined]
    open_to_all()


@pytest.fixture
def payroll(cast: dict[str, Officer]) -> Payroll:
    """Four payments to accounts that have left."""
    made = instructed(cast)
    sent(cast, made)
    return made


def row(one: Instruction, said: str = "thành công", **other: Any) -> list[Any]:
    return [one.end_to_end_id, other.get("amount", one.amount_vnd), said, "04/03/2024",
            other.get("booked", "FT1"), other.get("reason")]  # fmt: skip


def listed(folder: Path, rows: list[list[Any]], *options: str, name: str = "ket-qua.xlsx") -> dict[str, Any]:
    path = folder / name
    path.write_bytes(xlsx([HEAD, *rows]))
    done = CliRunner().invoke(
        import_list,
        [str(path), "--unit", units()[0].code, "--form", "results", "--month", "03/2024", "--json", *options],
    )
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_list_is_shown_before_it_is_booked_and_booked_once(tmp_path: Path, payroll: Payroll) -> None:
    one, two, three, four = instructions(payroll, channel="account")
    rows = [row(one), row(two, "thất bại", reason="Sai số tài khoản"), row(three, "chưa nhận"),
            row(four, amount=four.amount_vnd + 1)]  # fmt: skip
    seen = listed(tmp_path, rows)
    assert set(seen) >= KEYS, seen
    assert (seen["rows"], seen["accepted"], seen["rejected"], seen["skipped"]) == (4, 4, 0, 0)
    assert seen["changes"] == {"new": 4, "changed": 0, "unchanged": 0, "missing": 0}
    assert not ResultFile.objects.exists()
    assert listed(tmp_path, rows, "--confirm")["state"] == "confirmed"
    assert states(payroll, channel="account") == ["paid", "failed", "failed", "sent"]
    open_to_all()
    assert list(Case.objects.values_list("kind", flat=True)) == ["amount_differs"]
    again = listed(tmp_path, rows[:1], "--confirm", "--replace", name="lan-2.xlsx")
    assert again["changes"] == {"new": 0, "changed": 0, "unchanged": 1, "missing": 0}
    assert states(payroll, channel="account") == ["paid", "failed", "failed", "sent"]


def test_money_back_without_the_banks_number_goes_to_the_desk(tmp_path: Path, payroll: Payroll) -> None:
    one, two, *_others = instructions(payroll, channel="account")
    listed(tmp_path, [row(one, "trả lại", booked=None), row(two, "trả lại", booked="FT77")], "--confirm")
    open_to_all()
    assert list(Line.objects.order_by("line_no").values_list("fault", "reference")) == [
        ("no_reference", ""), ("", "FT77"),
    ]  # fmt: skip
    assert states(payroll, channel="account")[:2] == ["sent", "returned"]


def test_a_list_about_nobody_of_ours_is_refused_whole(tmp_path: Path, payroll: Payroll) -> None:
    rows = [["FT-123", 500000, "thành công", "04/03/2024", None, None]]
    with pytest.raises(Refusal) as refused:
        listed(tmp_path, rows, "--confirm")
    assert refused.value.code == "RESULT_NONE_OURS"
    assert not ResultFile.objects.exists()


def test_a_wrong_control_total_books_nothing(tmp_path: Path, payroll: Payroll) -> None:
    one = instructions(payroll, channel="account")[0]
    with pytest.raises(Refusal) as refused:
        listed(tmp_path, [row(one)], "--confirm", "--sum", str(one.amount_vnd + 1))
    assert refused.value.code == "CONTROL_SUM_DIFFERS"
    assert states(payroll, channel="account")[0] == "sent"
