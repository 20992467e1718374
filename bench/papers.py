# SPDX-License-Identifier: MPL-2.0
"""How fast papers and answers come: 5,000 lines as PDF and as a workbook, and "why this amount".

The register of `bench.payroll` gets a payroll; one paper of the most lines that a paper holds is made
of it. The limit beside it, in the same run: typst setting a table of as many plain rows with no
column widths, no sums, no foot. The page "why this amount" is asked as an officer's browser asks it.
"""

from __future__ import annotations

import os
import resource
import time
from datetime import date
from pathlib import Path
from typing import Any

from ansinh.config import database, setup
from ansinh.rules.months import Month
from bench.payroll import AT, ON, PROVINCE, fill

LINES = 5_000  # ansinh.payroll.papers.rows.MOST_ROWS
QUESTIONS = 40
PLAIN = "#table(columns: 9, ..json(bytes(sys.inputs.data)).flatten())"


def run(*, people: int) -> dict[str, object]:
    """Figures of papers and answers over a register of `people` persons."""
    database.ensure_server()
    name = f"ansinh_bench_papers_{os.getpid()}"
    database.ensure_database(name)
    before = os.environ.get("ANSINH_DATABASE")
    os.environ["ANSINH_DATABASE"] = name
    try:
        setup.start_django()
        setup.migrate(name=name)
        return _measure(name, people)
    finally:
        from django.db import connection

        connection.close()
        database.drop_database(name)
        os.environ.pop("ANSINH_DATABASE")
        if before is not None:
            os.environ["ANSINH_DATABASE"] = before


def payrolls(name: str, people: int) -> Any:
    """The payroll of March of the province, after a settled February."""
    from django.db import connection

    from ansinh.payroll.actions.calculate import calculate
    from ansinh.payroll.actions.prepare import covered_communes, prepare
    from ansinh.payroll.models import Payroll
    from ansinh.places.actions import load_units
    from ansinh.places.queries import unit_on

    connection.close()
    connection.settings_dict.update(database.access("app", name=name).django())
    load_units(by=None, at=AT)
    month = Month(2024, 2)
    unit = unit_on(code=PROVINCE, on=month.first_day)
    with database.connect("owner", name=name) as owner:
        fill(owner, people, covered_communes(unit=unit, month=month))
    for each in (month, month.next):
        made = prepare(unit=unit, stream="assistance", period=each, by=None, at=AT)
        made = calculate(payroll_id=made.pk, by=None, at=AT, on=ON)
        if each == month:
            for state in ("submitted", "approved", "locked"):
                Payroll.objects.filter(pk=made.pk).update(state=state)
    return made


def _limit(rows: list[list[str]]) -> float:
    import json
    import tempfile

    import typst

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "plain.typ"
        source.write_text(PLAIN, encoding="utf-8")
        started = time.perf_counter()
        typst.compile(input=str(source), sys_inputs={"data": json.dumps(rows)}, format="pdf")
        return time.perf_counter() - started


def _why(made: Any) -> list[float]:
    """Milliseconds of the page "why this amount" for lines here and there."""
    from django.conf import settings
    from django.db import transaction
    from django.test import Client

    from ansinh.demo.officers import make_officers
    from ansinh.payroll.models import Line
    from ansinh.places.queries import unit_on
    from ansinh.staff import middleware
    from ansinh.staff.models import Officer
    from ansinh.staff.scope import opened_to_all

    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    middleware.has_second_factor = lambda _user: True  # a session that has passed the second step
    commune = unit_on(code="20431", on=ON)
    make_officers(commune=commune, province=made.unit, valid_from=date(2024, 1, 1), at=AT)
    reader = Client()
    officer = Officer.objects.get(username="chuyen-vien-so")
    reader.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    with transaction.atomic(), opened_to_all():
        ids = list(Line.objects.filter(payroll_id=made.pk).order_by("id").values_list("id", flat=True))
    found = []
    for place in range(QUESTIONS + 1):
        started = time.perf_counter()
        answer = reader.get(f"/bang-chi/{made.pk}/dong/{ids[place * (len(ids) - 1) // QUESTIONS]}/")
        found.append(1000 * (time.perf_counter() - started))
        assert answer.status_code == 200, answer.status_code
    return sorted(found[1:])  # the first one loads the law and the templates


def _measure(name: str, people: int) -> dict[str, object]:
    from django.db import transaction

    from ansinh.payroll.papers import sheet
    from ansinh.payroll.papers.pages import pages_of, shown
    from ansinh.payroll.papers.write import Printed, as_pdf, as_xlsx
    from ansinh.payroll.queries import LineFilter
    from ansinh.staff.scope import opened_to_all

    made = payrolls(name, people)
    with transaction.atomic(), opened_to_all():
        started = time.perf_counter()
        listed = sheet(payroll=made, form="chi-tra", wanted=LineFilter())
        read = time.perf_counter() - started
        printed = Printed(made.unit, "bench", AT)
        content = as_pdf(payroll=made, made=listed, printed=printed)
        pdf = time.perf_counter() - started
        started = time.perf_counter()
        as_xlsx(payroll=made, made=listed, printed=printed)
        xlsx = time.perf_counter() - started
    plain = _limit([shown(row, listed.columns) for row in listed.rows])
    why = _why(made)
    return {
        "lines": len(listed.rows), "pages": len(pages_of(listed)), "read_seconds": round(read, 2),
        "pdf_seconds": round(pdf, 2), "plain_typst_seconds": round(plain, 2),
        "ratio_to_plain": round(pdf / plain, 2), "pdf_kb": len(content) // 1024,
        "xlsx_seconds": round(xlsx, 2), "why_ms_median": round(why[len(why) // 2]),
        "why_ms_worst": round(why[-1]), "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }  # fmt: skip
