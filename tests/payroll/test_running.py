# SPDX-License-Identifier: MPL-2.0
"""Calculations in the background: asked for once, seen while they go on, ended with a sentence."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from ansinh.config import worker
from ansinh.payroll.actions import runs
from ansinh.payroll.actions.calculate import STEPS, CalculatingNow, calculate
from ansinh.payroll.actions.prepare import prepare
from ansinh.payroll.actions.runs import ask_for_calculation, do_run
from ansinh.payroll.models import Payroll, Run
from ansinh.staff.models import Officer
from tests.conftest import make_cast, units
from tests.payroll.people import AT, MARCH, person
from tests.payroll.test_papers import client

ON = date(2024, 2, 20)
pytestmark = pytest.mark.slow


def prepared(*, with_people: bool = True) -> tuple[Payroll, Officer]:
    cast = make_cast()
    commune, _province = units()
    by = cast["lap-danh-sach"]
    if with_people:
        person(commune, by)
    return prepare(unit=commune, stream="assistance", period=MARCH, by=by, at=AT), by


def test_a_payroll_is_calculated_by_the_worker_and_its_steps_are_seen(committed_database: str) -> None:
    made, by = prepared()
    run = ask_for_calculation(payroll_id=made.pk, by=by, at=AT, on=ON)
    with pytest.raises(CalculatingNow, match="đang được tính"):
        ask_for_calculation(payroll_id=made.pk, by=by, at=AT, on=ON)
    worker.run(until_idle=True)
    run.refresh_from_db()
    made.refresh_from_db()
    assert (run.state, run.step, run.done, run.steps) == ("done", STEPS[-1], len(STEPS) - 1, len(STEPS))
    assert (made.state, made.people, made.calculated_by_id) == ("calculated", 1, by.pk)


def test_a_large_unit_is_calculated_in_the_background_and_its_page_says_how_far(
    committed_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ansinh.staff.middleware.has_second_factor", lambda _user: True)
    monkeypatch.setattr(runs, "LARGE", 0)
    made, by = prepared()
    page = client(by)
    assert page.post(f"/bang-chi/{made.pk}/tinh/").status_code == 302
    assert "Đang chờ tính ở nền" in page.get(f"/bang-chi/{made.pk}/").content.decode()
    Run.objects.filter(payroll=made).update(state="running", step="lines", done=3, steps=7)
    said = page.get(f"/bang-chi/{made.pk}/").content.decode()
    assert "Xong 3 trên 7 bước." in said
    assert "Ghi các dòng chi." in said
    worker.run(until_idle=True)
    said = page.get(f"/bang-chi/{made.pk}/").content.decode()
    assert "tính ở nền" not in said
    assert "720.000" in said


def test_a_refused_calculation_says_why_and_changes_nothing(committed_database: str) -> None:
    made, by = prepared(with_people=False)
    run = ask_for_calculation(payroll_id=made.pk, by=by, at=AT, on=ON)
    worker.run(until_idle=True)
    run.refresh_from_db()
    made.refresh_from_db()
    assert (run.state, run.refusal_code, made.state) == ("refused", "PAYROLL_NOBODY", "preparing")
    assert "không chi cho ai" in run.refusal_vi
    assert ask_for_calculation(payroll_id=made.pk, by=by, at=AT, on=ON).pk != run.pk


def test_a_calculation_whose_worker_was_killed_is_taken_up_again(committed_database: str) -> None:
    made, by = prepared()
    run = ask_for_calculation(payroll_id=made.pk, by=by, at=AT, on=ON)
    Run.objects.filter(pk=run.pk).update(state="running", started_at=AT)
    worker.run(until_idle=True)
    run.refresh_from_db()
    assert run.state == "done"


def test_the_second_of_two_calculations_at_once_is_refused(committed_database: str) -> None:
    made, by = prepared()
    answers: list[BaseException | None] = []

    def another() -> None:
        try:
            calculate(payroll_id=made.pk, by=by, at=AT, on=ON)
        finally:
            connection.close()

    def meanwhile(step: str, done: int, steps: int) -> None:
        if step == "people":
            with ThreadPoolExecutor(1) as pool:
                answers.append(pool.submit(another).exception())

    run = ask_for_calculation(payroll_id=made.pk, by=by, at=AT, on=ON)
    do_run(run_id=run.pk, at=AT, note=meanwhile)
    assert [type(each) for each in answers] == [CalculatingNow]
    made.refresh_from_db()
    assert made.state == "calculated"
