# SPDX-License-Identifier: MPL-2.0
"""A past month computed again from its snapshot and the law it was made with gives the same bytes."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from click.testing import CliRunner
from django.db import transaction

from ansinh.config import database
from ansinh.payroll.actions.rebuild import rebuild
from ansinh.payroll.commands import payroll as command
from ansinh.payroll.models import LawCopy, Payroll
from ansinh.registry.models import Person
from ansinh.rules.months import Month
from ansinh.staff.models import Officer
from ansinh.staff.scope import opened_to_all
from tests.conftest import make_cast, units
from tests.payroll.people import crowd, payroll_of, person, settle


def test_a_settled_month_is_rebuilt_to_the_same_bytes_whatever_became_of_the_people(
    cast: dict[str, Officer],
) -> None:
    commune, _province = units()
    by = cast["lap-danh-sach"]
    crowd(commune, 60)
    one = person(commune, by, award={"first_month": "2024-01", "decided_on": date(2024, 2, 2)})
    march = settle(payroll_of(commune, by))
    with transaction.atomic(), opened_to_all():
        Person.objects.filter(pk=one.pk).update(
            name="Tên khác", household="poor", changed_at=datetime(2024, 4, 1, tzinfo=UTC)
        )
    assert rebuild(payroll=march).same
    asked = ["rebuild", "--period", "2024-03", "--check", "--json"]
    told = CliRunner().invoke(command, asked)
    assert told.exit_code == 0
    assert json.loads(told.output)["same"] is True


def test_the_law_of_that_time_is_kept_with_the_payroll(cast: dict[str, Officer]) -> None:
    commune, _province = units()
    crowd(commune, 5)
    march = settle(payroll_of(commune, cast["lap-danh-sach"]))
    kept = LawCopy.objects.get(version=march.law_version)
    # Pretend that the law was changed since: the kept copy under another name still rebuilds it.
    LawCopy.objects.create(version="0" * 64, files=kept.files, kept_at=kept.kept_at)
    march.law_version = "0" * 64
    assert rebuild(payroll=march).same


@pytest.mark.slow
def test_a_line_changed_behind_our_back_shows(committed_database: str) -> None:
    cast = make_cast()
    commune, _province = units()
    crowd(commune, 5)
    march = settle(payroll_of(commune, cast["lap-danh-sach"], period=Month(2024, 3)))
    with database.connect("admin", name=committed_database, autocommit=True) as admin:
        admin.execute(
            "UPDATE payroll_case SET facts = jsonb_set(facts, '{awards,0,code}', '\"K4\"') WHERE id ="
            " (SELECT min(id) FROM payroll_case)"
        )
    assert not rebuild(payroll=Payroll.objects.get(pk=march.pk)).same
