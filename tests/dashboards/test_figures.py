# SPDX-License-Identifier: MPL-2.0
"""Figures are counted from the stages, agree wherever they are shown, and lead down to people."""

from __future__ import annotations

import csv
import io
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.urls import reverse
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from ansinh.dashboards import queries
from ansinh.dashboards.actions import refresh_month
from ansinh.dashboards.models import Refresh, Standing
from ansinh.dashboards.queries import Figures, Row
from ansinh.places.models import Unit
from ansinh.registry.models import Person
from ansinh.rules.months import Month
from ansinh.staff.models import Officer
from ansinh.staff.scope import limit_to, open_to_all
from tests.conftest import units
from tests.directives.test_tasks_go_down import Statements
from tests.payees.people import approved, person
from tests.staff.test_every_address_declares_its_permission import signed_in

MONTH, ON = Month(2024, 4), date(2024, 4, 10)
Cast = dict[str, Officer]


@pytest.fixture
def counted(cast: Cast) -> list[Person]:
    """Three beneficiaries of Cẩm Thanh, one paid through an account from April on."""
    open_to_all()
    found = [person(cast, name) for name in ("Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Cảnh")]
    approved(cast, found[0], on=date(2024, 3, 4))
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    from_all = refresh_month(month=MONTH, at=found[0].changed_at)
    assert from_all == 1
    return found


def standing(unit: Unit, month: Month = MONTH, on: date = ON) -> Figures:
    return queries.of_unit(unit_id=unit.pk, month=month, on=on)


def test_a_month_is_counted_by_group_and_channel_and_summed_upwards(counted: list[Person]) -> None:
    commune, province = units()
    found = standing(commune)
    assert (found.people, found.a, found.c, found.by_account, found.by_cash) == (3, 1, 2, 1, 2)
    assert sum(count for _name, count in found.groups) == found.people
    assert (found.of_all, found.of_eligible) == (333, 333)
    assert standing(province) == found
    assert standing(province, Month(2024, 3)) == Figures()


def test_counting_again_replaces_and_is_stamped(counted: list[Person]) -> None:
    refresh_month(month=MONTH, at=counted[0].changed_at)
    assert Standing.objects.count() == 1
    stamp = queries.refreshed(month=MONTH)
    assert stamp is not None
    assert (stamp.communes, Refresh.objects.count()) == (1, 2)
    assert queries.last_month() == MONTH


def test_counting_does_not_widen_what_its_caller_sees(counted: list[Person]) -> None:
    limit_to(unit_ids=[])
    refresh_month(month=MONTH, at=counted[0].changed_at)
    assert Person.objects.count() == 0
    assert standing(units()[0]).people == 3


def test_a_figure_leads_to_exactly_its_people(counted: list[Person]) -> None:
    commune, province = units()
    for unit in (commune, province):
        for group, count in standing(unit).groups:
            found = queries.people_in(group=group, month=MONTH, unit_id=unit.pk, on=ON)
            assert found.count() == count, group
    assert [p.name for p in queries.people_in(group="A", month=MONTH, unit_id=commune.pk, on=ON)] == [
        "Nguyễn Văn An"
    ]


def test_an_old_commune_counts_with_its_heir(counted: list[Person]) -> None:
    heir = next(unit for unit in Unit.objects.filter(came_from__old=units()[0]))
    today = date(2025, 8, 1)
    assert standing(heir, on=today).people == 3
    trend = queries.trend(unit_id=heir.pk, last=Month(2025, 7), on=today)
    assert [(month, figures.people) for month, figures in trend] == [(MONTH, 3)]
    assert queries.trend(unit_id=heir.pk, last=Month(2026, 5), on=today) == []


def test_reading_takes_one_statement_for_any_number_of_units(counted: list[Person]) -> None:
    counts = []
    for many in (1, 200):
        ids = list(Unit.objects.filter(level="commune").values_list("pk", flat=True)[:many])
        counter = Statements()
        with connection.execute_wrapper(counter):
            queries.ranking(unit_ids=ids, month=MONTH, on=ON)
        counts.append(counter.count)
    assert counts == [2, 2]


def row(name: str, people: int, a: int, *, rank: int | None = 1) -> Row:
    return Row(1, name, Figures(people=people, eligible=people, a=a), rank, None)


@given(st.integers(1, 5_000).flatmap(lambda people: st.tuples(st.just(people), st.integers(0, people))))
def test_who_is_left_makes_the_target_and_one_less_does_not(given_: tuple[int, int]) -> None:
    people, a = given_
    left = Figures(people=people, a=a).left
    assert (a + left) * 100 >= people * queries.TARGET_PERCENT
    if left:
        assert (a + left - 1) * 100 < people * queries.TARGET_PERCENT


def test_open_data_says_no_small_count_and_none_that_gives_one_away() -> None:
    found = queries.publishable(rows=[row("A", 100, 40), row("B", 100, 4), row("C", 200, 100)], total="Tỉnh")
    assert found == [
        ("A", "100", "…", ""), ("B", "100", "…", ""), ("C", "200", "100", "50.0"),
        ("Tỉnh", "400", "144", "36.0"),
    ]  # fmt: skip


def test_small_units_stand_unranked_and_equal_ones_share_a_rank(db: None) -> None:
    commune = units()[0]
    sisters = list(Unit.objects.filter(parents__parent=commune.parents.get(validity__contains=ON).parent)[:4])
    for unit, people, a in zip(sisters, (100, 200, 50, 10), (40, 80, 5, 10), strict=True):
        Standing.objects.create(
            month=MONTH.first_day, commune=unit, people=people, eligible=people, group_a=a, group_b=0,
            group_c=people - a, group_d=0, group_e=0, group_f=0, by_account=a, by_wallet=0,
            by_cash=people - a, held=0, merit_vnd=0, assistance_vnd=0,
        )  # fmt: skip
    found = queries.ranking(unit_ids=[unit.pk for unit in sisters], month=MONTH, on=ON)
    assert [(each.figures.people, each.rank) for each in found][2:] == [(50, 3), (10, None)]
    assert {each.rank for each in found[:2]} == {1}


def test_page_list_and_every_export_say_the_same(cast: Cast, counted: list[Person]) -> None:
    client, province = signed_in(cast["chuyen-vien-so"]), units()[1]
    asked = {"don-vi": province.pk, "thang": "04/2024"}
    page = client.get(reverse("dashboards:overview"), asked).content.decode()
    assert "33,3%" in page
    assert "1/3" in page
    people = client.get(reverse("dashboards:people"), asked | {"nhom": "C"}).content.decode()
    assert "Trần Thị Bình" in people
    assert "Nguyễn Văn An" not in people
    address, day = reverse("dashboards:report", args=["tien-do"]), {"ngay": "30/04/2024"}
    total = ["Cộng", "3", "3", "1", "33,3", "33,3", "0"]
    report = client.get(address, asked | day).content.decode()
    assert "".join(f">{text}<" for text in total[:1]) in report
    content = client.get(address, asked | day | {"dang": "xlsx"}).content
    book = openpyxl.load_workbook(io.BytesIO(content)).active
    assert book is not None
    lines = [[str(cell.value) for cell in line if cell.value not in (None, "")] for line in book.iter_rows()]
    assert total in lines
    word = Document(io.BytesIO(client.get(address, asked | day | {"dang": "docx"}).content))
    assert total in [[c.text for c in line.cells][1:] for table in word.tables for line in table.rows]
    assert client.get(address, asked | day | {"dang": "pdf"}).content.startswith(b"%PDF-")
    opened = client.get(reverse("dashboards:open_data"), asked).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(opened)))
    assert rows[0] == ["unit", "beneficiaries", "paid_by_account", "percent_of_all"]
    assert all(line[1] == "…" for line in rows[1:])


def test_another_commune_is_not_opened(cast: Cast, counted: list[Person]) -> None:
    client = signed_in(cast["lap-danh-sach"])
    other = Unit.objects.get(code="20194", validity__contains=date(2024, 3, 1))
    assert client.get(reverse("dashboards:overview"), {"don-vi": other.pk}).status_code == 404
    assert client.get(reverse("dashboards:overview"), {"thang": "13/2024"}).status_code == 422
