# SPDX-License-Identifier: MPL-2.0
"""What the law owes a list of people for a month: each distinct case assessed once.

The figure under the list of people. It knows nothing of back-pay, holds and recoveries: what is paid is
the payroll's figure.
"""

from __future__ import annotations

import json

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from ansinh.legislation.cases import read_facts
from ansinh.legislation.load import load
from ansinh.registry.models import Person
from ansinh.registry.records import born_of
from ansinh.rules.entitlement import Award, Case, assess
from ansinh.rules.entitlement import Person as PersonCase
from ansinh.rules.months import Month
from ansinh.statements import statement


def owed_vnd(*, people: QuerySet[Person], month: Month) -> int:
    """Đồng owed to these people for a month by their awards that run; one statement."""
    law = load()
    codes = sorted(code for code, each in law.categories.items() if each.kind == "monthly")
    try:
        listed, values = people.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return 0
    names = {f"people_{place}": value for place, value in enumerate(values)}
    first, *rest = listed.split("%s")
    named = first + "".join(f"%({name})s{text}" for name, text in zip(names, rest, strict=True))
    asked = statement("registry", "open_cases").format(people=named)
    total = 0
    with connection.cursor() as cursor:
        cursor.execute(asked, {"codes": codes, "month": month.first_day, **names})
        for born_on, precision, household, area, pension, alone, died_on, awards, many in cursor.fetchall():
            person = PersonCase(
                born=born_of(born_on, precision), died_on=died_on, household=household,
                disadvantaged_area=area, pension_vnd=pension, lives_alone=alone,
            )  # fmt: skip
            running = tuple(Award(code, month, None, read_facts(facts)) for code, facts in json.loads(awards))
            total += many * assess(law, Case(month, person, running, settings.PROVINCE)).total_vnd
    return total
