# SPDX-License-Identifier: MPL-2.0
"""One figure is one figure: home page, dashboard, list of people, report page, .xlsx, .docx, PDF, open data
and the payers' page are walked over one month and say the same (F7)."""

from __future__ import annotations

import csv
import io
import re
import subprocess
from datetime import date
from pathlib import Path
from shutil import which
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from docx import Document

from ansinh.dashboards import money, queries
from ansinh.dashboards.actions import refresh_month
from ansinh.rules.months import Month
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all
from tests.conftest import units
from tests.disbursement.month import AT, instructed, instructions, sent
from tests.payroll.people import MARCH
from tests.reconciliation.answers import file, row, take
from tests.staff.test_every_address_declares_its_permission import signed_in

Cast = dict[str, Officer]
ON = date(2024, 3, 31)


@pytest.fixture
def month(cast: Cast) -> dict[str, Any]:
    """Twelve people, seven with accounts: five paid, one returned (its account is looked at again), one
    without an answer; counted."""
    payroll = instructed(cast, people=12, accounts=7)
    sent(cast, payroll)
    accounts = instructions(payroll, channel="account")
    take(cast, payroll, file([*[row(each) for each in accounts[:5]],
                              row(accounts[5], "RETURNED", reason="AC04")]))  # fmt: skip
    open_to_all()
    refresh_month(month=MARCH, at=AT)
    return {"people": 12, "eligible": 7, "a": 6, "share": "50,0", "of_eligible": "85,7",
            "total": payroll.total_vnd, "returned": 1,
            "arrived": sum(each.amount_vnd for each in accounts[:5])}  # fmt: skip


def dots(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def plain(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


@pytest.fixture
def client(cast: Cast) -> Client:
    return signed_in(cast["chuyen-vien-so"])


def test_the_share_is_the_same_wherever_it_stands(client: Client, month: dict[str, Any]) -> None:
    province, asked = units()[1], {"don-vi": units()[1].pk, "thang": "03/2024"}
    dashboard = plain(client.get(reverse("dashboards:overview"), asked).content.decode())
    assert f"{month['share']}%" in dashboard
    assert f"{month['a']}/{month['people']}" in dashboard
    home = plain(client.get("/").content.decode())
    assert f"{month['share']}%" in home
    people = client.get(reverse("dashboards:people"), asked | {"nhom": "A"}).content.decode()
    assert people.count(reverse("registry:person", args=[1])[:-2]) >= month["a"]
    assert f"{month['a']} người" in plain(people)
    report = reverse("dashboards:report", args=["tien-do"])
    day = asked | {"ngay": "31/03/2024"}
    wanted = ["Cộng", *(str(month[each]) for each in ("people", "eligible", "a")),
              month["share"], month["of_eligible"], "0"]  # fmt: skip
    assert " ".join(wanted) in plain(client.get(report, day).content.decode())
    book = openpyxl.load_workbook(io.BytesIO(client.get(report, day | {"dang": "xlsx"}).content)).active
    assert book is not None
    assert wanted in [[str(c.value) for c in line if c.value not in (None, "")] for line in book.iter_rows()]
    word = Document(io.BytesIO(client.get(report, day | {"dang": "docx"}).content))
    assert wanted in [[c.text for c in line.cells][1:] for t in word.tables for line in t.rows]
    opened = client.get(reverse("dashboards:open_data"), asked).content.decode("utf-8-sig")
    whole = list(csv.reader(io.StringIO(opened)))[-1]
    assert whole == [province.name, "12", "6", "50.0"]


@pytest.mark.skipif(which("pdftotext") is None, reason="pdftotext is not here")
def test_the_printed_paper_says_what_the_page_says(
    client: Client, month: dict[str, Any], tmp_path: Path
) -> None:
    day = {"don-vi": units()[1].pk, "thang": "03/2024", "ngay": "31/03/2024", "dang": "pdf"}
    for code, said in (
        ("tien-do", ["50,0", "12", "7", "6"]), ("kho-bac", [dots(month["total"]), dots(month["arrived"])]),
        ("mau-81", [dots(month["total"]), dots(month["arrived"])]), ("to-chuc", [dots(month["arrived"])]),
    ):  # fmt: skip
        made = tmp_path / f"{code}.pdf"
        made.write_bytes(client.get(reverse("dashboards:report", args=[code]), day).content)
        text = subprocess.run(
            ["pdftotext", "-layout", made, "-"], capture_output=True, check=True
        ).stdout.decode()
        for each in said:
            assert each in text, (code, each)


def test_the_money_is_the_same_in_the_treasurys_the_public_and_the_payers_papers(
    client: Client, month: dict[str, Any]
) -> None:
    day = {"don-vi": units()[1].pk, "thang": "03/2024", "ngay": "31/03/2024"}
    for code in ("kho-bac", "mau-81", "10d"):
        page = plain(client.get(reverse("dashboards:report", args=[code]), day).content.decode())
        assert dots(month["total"]) in page, code
        assert dots(month["arrived"]) in page, code
    open_to_all()
    figures = queries.of_unit(unit_id=units()[1].pk, month=MARCH, on=ON)
    assert figures.assistance_vnd == month["total"]
    found = money.settled(unit_ids=[units()[1].pk], month=MARCH, on=ON)
    by_bucket = {
        b: sum(each.payments for each in found if each.bucket == b) for b in {e.bucket for e in found}
    }
    assert (figures.arrived, figures.returned, figures.unreported) == (
        by_bucket["arrived"], by_bucket["returned"], by_bucket["unreported"],
    )  # fmt: skip
    assert figures.payments == sum(by_bucket.values()) - by_bucket["waiting"]
    payers = plain(client.get(reverse("dashboards:payers"), day).content.decode())
    assert " 7 5 " in payers


def test_a_new_refresh_is_seen_everywhere_at_once(client: Client, month: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE registry_person SET life = 'dead', life_since = '2024-03-02'"
            " WHERE id = (SELECT max(person_id) FROM payees_account WHERE state = 'active')"
        )
    refresh_month(month=MARCH, at=AT)
    asked = {"don-vi": units()[1].pk, "thang": "03/2024"}
    for address in (reverse("dashboards:overview"), reverse("dashboards:report", args=["tien-do"])):
        assert "45,4" in client.get(address, asked | {"ngay": "31/03/2024"}).content.decode(), address
    assert Month.of(ON) == MARCH
