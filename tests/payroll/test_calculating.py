# SPDX-License-Identifier: MPL-2.0
"""A period's payroll: who is paid what, from which facts, how often."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from ansinh.payroll.actions.calculate import NobodyMatches, calculate
from ansinh.payroll.actions.prepare import NoSuchCodes, PayrollExists, prepare
from ansinh.payroll.lifecycles import PAYROLL, RUN
from ansinh.payroll.models import Case, Claim, Payroll
from ansinh.rules.months import Month
from ansinh.staff.models import Officer
from ansinh.staff.scope import opened_to_all
from tests.architecture.source import ROOT
from tests.conftest import units
from tests.payroll.people import AT, MARCH, another_award, crowd, lines, payroll_of, person, settle


def test_a_person_gets_the_amount_of_the_law_with_its_steps(cast: dict[str, Officer]) -> None:
    commune, _province = units()
    by = cast["lap-danh-sach"]
    lan = person(commune, by)
    made = payroll_of(commune, by)
    (line,) = lines(made)
    assert (line.person_id, line.kind, line.hold, line.amount_vnd) == (lan.pk, "current", "", 720_000)
    assert (made.people, made.lines, made.total_vnd, made.state) == (1, 1, 720_000, "calculated")
    case = Case.objects.get(pk=line.case_id)
    assert case.answer["lines"][0]["citations"] != []
    assert "720.000" in " ".join(case.answer["lines"][0]["steps"])
    assert len(bytes(made.content_sha256 or b"")) == 32


def test_streams_never_mix(cast: dict[str, Officer]) -> None:
    commune, _province = units()
    by = cast["lap-danh-sach"]
    both = person(commune, by)
    another_award(both, by, code="THUONG_BINH", facts={"injury_percent": 61})
    social, merit = payroll_of(commune, by), payroll_of(commune, by, stream="merit")
    assert {line.code for line in lines(social)} == {"K6_DBN"}
    assert {line.code for line in lines(merit)} == {"THUONG_BINH"}


def test_a_filter_that_matches_nobody_pays_nobody_and_says_so(cast: dict[str, Officer]) -> None:
    commune, _province = units()
    by = cast["lap-danh-sach"]
    person(commune, by)
    made = prepare(unit=commune, stream="assistance", period=MARCH, codes=["K8"], by=by, at=AT)
    with pytest.raises(NobodyMatches, match="không chi cho ai"):
        calculate(payroll_id=made.pk, by=by, at=AT, on=date(2024, 2, 20))
    made.refresh_from_db()
    assert (made.state, made.lines, Claim.objects.count()) == ("preparing", 0, 0)
    with pytest.raises(NoSuchCodes):
        prepare(unit=commune, stream="merit", period=MARCH, codes=["K8"], by=by, at=AT)


def test_a_second_payroll_of_the_month_is_refused_and_a_supplement_pays_only_what_is_missing(
    cast: dict[str, Officer],
) -> None:
    commune, province = units()
    by = cast["lap-danh-sach"]
    person(commune, by)
    first = payroll_of(commune, by)
    with pytest.raises(PayrollExists):
        prepare(unit=commune, stream="assistance", period=MARCH, by=by, at=AT)
    # The province prepares the same month for all its communes: the person is not paid twice.
    whole = payroll_of(province, by)
    assert lines(whole) == []
    settle(first)
    late = person(commune, by, name="Trần Văn Muộn")
    second = payroll_of(commune, by)
    assert second.number == 2
    assert [line.person_id for line in lines(second)] == [late.pk]


def test_calculating_again_changes_nothing_and_keeps_the_hash(cast: dict[str, Officer]) -> None:
    commune, _province = units()
    by = cast["lap-danh-sach"]
    crowd(commune, 40)
    made = payroll_of(commune, by)
    again = calculate(payroll_id=made.pk, by=by, at=AT, on=date(2024, 2, 20))
    assert bytes(again.content_sha256 or b"") == bytes(made.content_sha256 or b"")
    assert (again.people, again.lines, again.total_vnd) == (made.people, made.lines, made.total_vnd)
    with transaction.atomic(), opened_to_all():
        assert Claim.objects.count() == made.lines - made.held


def test_the_number_of_statements_does_not_depend_on_the_number_of_people(cast: dict[str, Officer]) -> None:
    commune, _province = units()
    by = cast["lap-danh-sach"]
    person(commune, by)
    payroll_of(commune, by, period=Month(2024, 2))  # keeps the files of the law, once
    counted = []
    for many in (10, 1_000):
        crowd(commune, many)
        month = Month(2024, 3 + len(counted))
        made = prepare(unit=commune, stream="assistance", period=month, by=by, at=AT)
        with CaptureQueriesContext(connection) as seen:
            calculate(payroll_id=made.pk, by=by, at=AT, on=date(2024, 2, 20))
        counted.append(len(seen))
        Payroll.objects.filter(pk=made.pk).update(state="cancelled")
    assert counted[0] == counted[1]


def test_two_months_can_be_paid_together_at_tet(cast: dict[str, Officer]) -> None:
    commune, _province = units()
    by = cast["lap-danh-sach"]
    person(commune, by)
    together = settle(payroll_of(commune, by, period=Month(2024, 2), months=2))
    assert [str(Month.of(line.benefit_month)) for line in lines(together)] == ["2024-02", "2024-03"]
    march = payroll_of(commune, by)
    assert (march.total_vnd, march.unexplained) == (0, 0)


def test_the_documented_life_is_the_edge_table() -> None:
    text = (ROOT / "docs" / "reference" / "payroll.md").read_text(encoding="utf-8")
    assert f"```mermaid\n{PAYROLL.mermaid()}\n```" in text
    assert f"```mermaid\n{RUN.mermaid()}\n```" in text
