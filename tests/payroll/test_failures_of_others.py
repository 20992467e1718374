# SPDX-License-Identifier: MPL-2.0
"""What went wrong in the systems we compared with, when they were run: none of it here.

Further rows of that list that concern payrolls have their test where the act is tested: a filter that
matches nobody and a second payroll of a cycle in test_calculating.py and test_submitting.py, one
maker who approves and a content that changed after its approval in test_submitting.py.
"""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import connection, transaction

from ansinh.payroll.actions import calculate as calculating
from ansinh.payroll.actions import recheck
from ansinh.payroll.actions.calculate import calculate
from ansinh.payroll.actions.prepare import prepare
from ansinh.payroll.actions.recheck import LineDiffers, TotalsDiffer
from ansinh.payroll.actions.store import store_lines
from ansinh.payroll.models import Claim, CommuneTotal, Line
from ansinh.staff.models import Officer
from ansinh.staff.scope import opened_to_all
from tests.conftest import units
from tests.payroll.people import AT, MARCH, budget, crowd, lines, payroll_of, person
from tests.payroll.test_papers import client

ON = date(2024, 2, 20)


def test_a_payment_over_the_limit_is_a_visible_line_with_its_reason_whatever_the_name(
    cast: dict[str, Officer], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Elsewhere the payment of "O'Brien" over the limit was silently lost."""
    monkeypatch.setattr(calculating, "MOST_A_LINE_VND", 500_000)
    commune, _province = units()
    person(commune, cast["lap-danh-sach"], name="O'Brien")
    made = payroll_of(commune, cast["lap-danh-sach"])
    assert [(line.person_name, line.hold, line.amount_vnd) for line in lines(made)] == [
        ("O'Brien", "over_limit", 720_000)
    ]
    assert (made.held, made.held_vnd, made.total_vnd) == (1, 720_000, 0)


def test_counts_are_what_is_stored(cast: dict[str, Officer]) -> None:
    """Elsewhere 20,000 rows were stored and the counter said 6,000; or only the last 2,000 stayed."""
    commune, _province = units()
    crowd(commune, 2_300)
    made = payroll_of(commune, cast["lap-danh-sach"])
    with transaction.atomic(), opened_to_all():
        stored = list(Line.objects.filter(payroll_id=made.pk).values_list("hold", "amount_vnd", "person_id"))
        claims = Claim.objects.filter(payroll_id=made.pk).count()
        told = CommuneTotal.objects.get(payroll=made)
    payable = [amount for hold, amount, _person in stored if not hold]
    assert (made.lines, made.total_vnd) == (len(stored), sum(payable))
    assert (told.lines, told.total_vnd, claims) == (len(payable), sum(payable), len(payable))
    assert made.people == told.people == len({who for hold, _vnd, who in stored if not hold})
    assert len({who for _hold, _vnd, who in stored}) == 2_300


def test_totals_that_differ_from_the_cases_change_nothing(
    cast: dict[str, Officer], monkeypatch: pytest.MonkeyPatch
) -> None:
    commune, _province = units()
    by = cast["lap-danh-sach"]
    person(commune, by)
    made = prepare(unit=commune, stream="assistance", period=MARCH, by=by, at=AT)
    monkeypatch.setattr(calculating, "store_lines", lambda **asked: store_lines(**asked) + 1)
    with pytest.raises(TotalsDiffer):
        calculate(payroll_id=made.pk, by=by, at=AT, on=ON)
    made.refresh_from_db()
    assert (made.state, made.lines, Claim.objects.count()) == ("preparing", 0, 0)


def test_a_line_that_computes_to_another_amount_changes_nothing(
    cast: dict[str, Officer], monkeypatch: pytest.MonkeyPatch
) -> None:
    commune, _province = units()
    by = cast["lap-danh-sach"]
    person(commune, by)
    made = prepare(unit=commune, stream="assistance", period=MARCH, by=by, at=AT)
    monkeypatch.setattr(recheck, "_again", lambda row, law, province: 0)
    with pytest.raises(LineDiffers):
        calculate(payroll_id=made.pk, by=by, at=AT, on=ON)
    made.refresh_from_db()
    assert made.state == "preparing"


def test_a_state_sent_by_the_browser_is_not_stored(
    cast: dict[str, Officer], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Elsewhere "approved", sent by the client, was stored."""
    monkeypatch.setattr("ansinh.staff.middleware.has_second_factor", lambda _user: True)
    commune, _province = units()
    by = cast["lap-danh-sach"]
    budget(commune)
    person(commune, by)
    made = payroll_of(commune, by)
    sent = {"state": "approved", "content_sha256": "00", "total_vnd": "1"}
    assert client(by).post(f"/bang-chi/{made.pk}/trinh/", sent).status_code == 302
    made.refresh_from_db()
    assert (made.state, made.total_vnd) == ("submitted", 720_000)  # submitted as it was calculated


def test_amounts_are_integers_in_every_table_of_payrolls(db: None) -> None:
    """Elsewhere 10.99 was stored as 10."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name || '.' || column_name FROM information_schema.columns"
            " WHERE table_name LIKE 'payroll%' AND column_name LIKE '%vnd' AND data_type <> 'bigint'"
        )
        assert cursor.fetchall() == []


def test_a_calculation_that_is_delivered_twice_pays_once(cast: dict[str, Officer]) -> None:
    commune, _province = units()
    by = cast["lap-danh-sach"]
    person(commune, by)
    made = payroll_of(commune, by)
    for _again in range(2):
        calculate(payroll_id=made.pk, by=by, at=datetime.fromisoformat("2024-02-20T09:00:00+00:00"), on=ON)
    with transaction.atomic(), opened_to_all():
        assert Claim.objects.count() == Line.objects.count() == 1
