# SPDX-License-Identifier: MPL-2.0
"""Lines that did not reach their person: carried forward by name, held after three months, paid on by
decision. What a later stage says is unpaid is played by a view of the test's own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import transaction

from ansinh.config import database
from ansinh.payroll.actions.calculate import calculate
from ansinh.payroll.actions.holds import pay_on
from ansinh.payroll.models import Payroll
from ansinh.places.models import Unit
from ansinh.registry.models import Person
from ansinh.rules.months import Month
from ansinh.staff.models import Officer
from ansinh.staff.scope import opened_to_all
from tests.conftest import make_cast, units
from tests.payroll.people import lines, payroll_of, person, settle

pytestmark = pytest.mark.slow
ABSENT = """
CREATE OR REPLACE VIEW payroll_unpaid WITH (security_invoker = true) AS
    SELECT l.payroll_id, l.id AS line_id FROM payroll_line l JOIN payroll_payroll q ON q.id = l.payroll_id
    WHERE q.state = 'locked' AND l.hold = '' AND l.person_name = 'Vắng Mặt'
"""


@pytest.fixture
def absent(committed_database: str) -> tuple[Unit, Officer, Person]:
    """Somebody who never comes to the pay point, and a neighbour who does."""
    with database.connect("owner", name=committed_database) as owner:
        owner.execute(ABSENT)
    by = make_cast()["lap-danh-sach"]
    commune, _province = units()
    person(commune, by, name="Láng Giềng")
    return commune, by, person(commune, by, name="Vắng Mặt")


def told(payroll: Payroll) -> list[tuple[str, str, str]]:
    return [
        (str(Month.of(line.benefit_month)), line.kind, line.hold)
        for line in lines(payroll)
        if line.person_name == "Vắng Mặt"
    ]


def test_an_unpaid_line_is_carried_forward_by_name_and_paid_once(
    absent: tuple[Unit, Officer, Person],
) -> None:
    commune, by, _who = absent
    settle(payroll_of(commune, by, period=Month(2024, 1)))
    february = payroll_of(commune, by, period=Month(2024, 2))
    assert told(february) == [("2024-01", "carried_forward", ""), ("2024-02", "current", "")]
    assert (february.total_vnd, february.unexplained) == (3 * 720_000, 0)
    settle(february)
    # What February carried is February's: January's own line is not carried a second time.
    assert [each for each in told(payroll_of(commune, by)) if each[0] == "2024-01"] == [
        ("2024-01", "carried_forward", "")
    ]


def test_three_uncollected_months_hold_and_a_decision_pays_what_waited(
    absent: tuple[Unit, Officer, Person],
) -> None:
    commune, by, who = absent
    for month in (Month(2024, 1), Month(2024, 2), Month(2024, 3)):
        settle(payroll_of(commune, by, period=month))
    april = payroll_of(commune, by, period=Month(2024, 4))
    assert {hold for _month, _kind, hold in told(april)} == {"uncollected"}
    assert [each for each in lines(april) if each.hold == ""] != []  # the neighbour is paid
    with transaction.atomic(), opened_to_all():
        pay_on(person=who, stream="assistance", decision="31/QĐ-UBND: chi tiếp", by=by,
               at=datetime(2024, 3, 22, tzinfo=UTC))  # fmt: skip
    at = datetime(2024, 3, 23, tzinfo=UTC)
    again = calculate(payroll_id=april.pk, by=by, at=at, on=at.date())
    assert told(again) == [
        ("2024-01", "carried_forward", ""), ("2024-02", "carried_forward", ""),
        ("2024-03", "carried_forward", ""), ("2024-04", "current", ""),
    ]  # fmt: skip
