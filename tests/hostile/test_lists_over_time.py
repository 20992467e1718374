# SPDX-License-Identifier: MPL-2.0
"""Rows 26, 27, 53, 71 and 80 to 87 of the bad inputs: what a list says against what the register knows."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connections

from ansinh.legislation.load import load
from ansinh.places.models import Unit
from ansinh.registry.actions.confirm import CountDiffers, MonthTaken, SameBytes, SumDiffers
from ansinh.registry.actions.receive import Busy, context_of
from ansinh.registry.files.check import OtherMonth
from ansinh.registry.models import Award, ImportFile, ImportRow, Person
from ansinh.registry.queries import missing_awards, opened_row
from ansinh.rules import life_events
from ansinh.rules.dates import PartialDate
from ansinh.rules.entitlement import Award as AwardCase
from ansinh.rules.entitlement import Person as PersonCase
from ansinh.rules.months import Month
from ansinh.staff.scope import open_to_all
from tests.conftest import units
from tests.hostile.files import LABELS, MONTH, context, judged, number_of, person, table, xlsx
from tests.registry.lists import AT, confirmed, received, sister


@pytest.fixture(autouse=True)
def _scope(db: None) -> None:
    open_to_all()


def codes(file: ImportFile, row: int = 2) -> list[str]:
    return list(ImportRow.objects.get(file=file, row=row).codes)


def said(file: ImportFile, row: int = 2) -> str:
    return str(opened_row(row=ImportRow.objects.get(file=file, row=row))["errors"][0][2])


def again(tmp_path: Path, *people: dict[str, object]) -> ImportFile:
    """The next month's list."""
    return received(tmp_path, table(people), month=MONTH.next, at=AT + timedelta(days=30))


def test_r53_a_number_of_another_commune_is_refused_without_saying_whose(tmp_path: Path) -> None:
    confirmed(received(tmp_path, table([person(1)]), unit=sister()))
    file = received(tmp_path, table([person(1, name="Trần Thị Sen")]))
    assert codes(file) == ["PERSON_ELSEWHERE"]
    assert "Nguyễn" not in said(file)
    assert sister().name not in said(file)
    cell = opened_row(row=ImportRow.objects.get(file=file, row=2))["errors"][0][0]
    assert cell == "E"


def test_r53_a_dead_person_is_refused_with_the_day(tmp_path: Path) -> None:
    confirmed(received(tmp_path, table([person(1)])))
    Person.objects.update(life="dead", life_since=date(2024, 3, 5))
    file = again(tmp_path, person(1))
    assert codes(file) == ["PERSON_DEAD"]
    assert "05/03/2024" in said(file)


def test_r53_a_number_under_another_name_is_refused(tmp_path: Path) -> None:
    confirmed(received(tmp_path, table([person(1)])))
    file = again(tmp_path, person(1, name="Lê Thị Thảo"))
    assert codes(file) == ["PERSON_OTHER_NAME"]
    assert "Nguyễn Thị Lan Hòa" in said(file)


def test_r53_the_number_of_a_merged_record_means_the_living_one(tmp_path: Path) -> None:
    confirmed(received(tmp_path, table([person(1), person(2, name=person(1)["name"], number=number_of(2))])))
    main, alias = Person.objects.order_by("number_last4")
    Award.objects.filter(person=alias).update(end_month=date(2024, 3, 1))
    Person.objects.filter(pk=alias.pk).update(merged_into=main)
    file = again(tmp_path, person(2, name=person(1)["name"], decision_number="1/QĐ-UBND"))
    row = ImportRow.objects.get(file=file, row=2)
    assert (row.outcome, row.person_id, row.change) == ("accepted", main.pk, "unchanged")


def test_r80_somebody_missing_is_less_without_a_reason(tmp_path: Path) -> None:
    confirmed(received(tmp_path, table([person(1), person(2)])))
    file = confirmed(again(tmp_path, person(1)))
    assert file.changes["missing"] == 1
    assert [
        each.person.number_last4 for each in missing_awards(file=file, families=["social_assistance"])
    ] == ["0002"]
    assert Award.objects.filter(end_month__isnull=True, voided=False).count() == 2


def test_r81_somebody_who_was_stopped_needs_a_new_decision(tmp_path: Path) -> None:
    confirmed(received(tmp_path, table([person(1)])))
    Award.objects.update(end_month=date(2024, 2, 1))
    assert codes(again(tmp_path, person(1))) == ["AWARD_STOPPED_BEFORE"]
    anew = again(tmp_path, person(1, decision_number="99/QĐ-UBND", decided_on="02/04/2024"))
    assert (codes(anew), anew.changes["new"]) == ([], 1)


def test_r82_a_person_in_both_lists_of_a_move_is_refused_in_the_second(tmp_path: Path) -> None:
    confirmed(received(tmp_path, table([person(1), person(2)])))
    there = received(tmp_path, table([person(1)]), unit=sister())
    assert codes(there) == ["PERSON_ELSEWHERE"]
    neither = confirmed(again(tmp_path, person(2)))
    assert neither.changes["missing"] == 1
    assert Award.objects.filter(end_month__isnull=True).count() == 2


def test_r83_names_of_units_are_read_by_their_time(tmp_path: Path) -> None:
    labels = {**LABELS, "commune": "Xã", "district": "Huyện"}
    within = context(districts=frozenset({"hoi an"}), old_communes=frozenset({"cam thanh", "cam kim"}))
    rows = [
        person(1, commune="Cẩm Thanh", district="TP Hội An"),
        person(2, commune="xã Cẩm Kim", district="Hội An"),
        person(3, commune="CẨM THANH", district=None), person(4, commune="Cẩm Thanh", district="Điện Bàn"),
        person(5, commune="Cẩm Hà", district="Hội An"),
    ]  # fmt: skip
    found = judged(tmp_path, xlsx(table(rows, labels)), within=within)
    assert [found.errors(row) for row in range(2, 7)] == [[], [], [], ["OTHER_UNIT"], ["OTHER_UNIT"]]
    assert "Điện Bàn" in found.sentence(5)


def test_r83_a_commune_knows_its_district_and_what_it_was_made_of() -> None:
    old = context_of(unit=units()[0], month=MONTH, on=MONTH.last_day)
    assert "hoi an" in old.districts
    merged = Unit.objects.filter(level="commune", validity__startswith__gte=date(2025, 7, 1)).first()
    assert merged is not None
    made_of = context_of(unit=merged, month=Month(2025, 8), on=date(2025, 8, 20))
    assert made_of.old_communes or made_of.unit_key
    assert made_of.province


def test_r84_one_decision_for_two_people_waits_and_a_future_one_is_refused(tmp_path: Path) -> None:
    rows = table([person(1), person(2, decision_number="1/QĐ-UBND"), person(3, decided_on="02/04/2024")])
    found = judged(tmp_path, xlsx(rows))
    assert (found.errors(3), found.doubts(3), found.errors(4)) == (
        [],
        ["DECISION_REUSED"],
        ["DECISION_IN_FUTURE"],
    )
    assert "dòng 2" in found.rows[3].warnings[0].message("vi")


def test_r84_a_decision_of_somebody_else_in_the_register_waits_once(tmp_path: Path) -> None:
    confirmed(received(tmp_path, table([person(1)])))
    taken = again(tmp_path, person(2, decision_number="1/qđ-ubnd"))
    row = ImportRow.objects.get(file=taken, row=2)
    assert (codes(taken), list(row.warnings)) == ([], ["DECISION_OF_ANOTHER"])
    assert "đã cấp cho Nguyễn Thị Lan" in opened_row(row=row)["warnings"][0][2]
    assert "DECISION_OF_ANOTHER" in taken.must_be_decided
    confirmed(taken)
    month = MONTH.next.next
    third = received(tmp_path, table([person(2, decision_number="1/QĐ-UBND")]), month=month,
                     at=AT + timedelta(days=60))  # fmt: skip
    assert third.warnings == {}  # once it was decided, the next month does not ask again


def test_r26_the_same_list_again_names_who_sent_it_and_when(tmp_path: Path) -> None:
    people = [person(1), person(2), person(3)]
    content = xlsx(table(people))
    confirmed(received(tmp_path, content))
    with pytest.raises(SameBytes, match="20/03/2024"):
        confirmed(received(tmp_path, content, name="ten khac.xlsx"))
    turned = received(tmp_path, table(people[::-1]))
    assert turned.changes == {"new": 0, "changed": 0, "unchanged": 3, "missing": 0}
    with pytest.raises(MonthTaken, match="tháng 3/2024"):
        confirmed(turned)
    title = [["DANH SÁCH CHI TRẢ THÁNG 2 NĂM 2024"], [], *table(people)]
    with pytest.raises(OtherMonth):
        received(tmp_path, title)
    assert Person.objects.count() == 3


def test_r27_the_second_of_two_lists_at_one_time_is_told_to_wait(tmp_path: Path) -> None:
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended('registry.import', %s))", [units()[0].pk]
            )
            with pytest.raises(Busy):
                received(tmp_path, table([person(1)]))
            assert received(tmp_path, table([person(1)]), unit=sister()).accepted == 1
            cursor.execute("ROLLBACK")
        assert received(tmp_path, table([person(1)])).accepted == 1
    finally:
        other.close()


def test_r71_a_control_total_that_is_off_by_one_dong_imports_nothing(tmp_path: Path) -> None:
    file = received(tmp_path, table([person(1), person(2)]))
    with pytest.raises(SumDiffers, match="lệch 1 đ"):
        confirmed(file, sum_vnd=1_080_001)
    with pytest.raises(CountDiffers):
        confirmed(file, count=3)
    assert not Person.objects.exists()
    assert confirmed(file, count=2, sum_vnd=1_080_000).state == "confirmed"


@pytest.mark.parametrize(
    ("died", "stopped"),
    [
        (date(2024, 3, 1), Month(2024, 4)),
        (date(2024, 3, 31), Month(2024, 4)),
        (date(2022, 3, 15), Month(2022, 4)),
    ],
)
def test_r85_a_death_ends_the_award_after_its_month_and_what_was_overpaid_is_listed(
    died: date, stopped: Month
) -> None:
    award = AwardCase("K6_N", Month(2021, 8), None, ())
    proposals = life_events.proposals(life_events.LifeEvent.DEATH, died, [award], load())
    assert [(each.action, each.month) for each in proposals] == [(life_events.Action.STOP, stopped)]
    found = life_events.overpaid(
        load(), PersonCase(born=PartialDate(1976, 3, 5), sex="female"), (award,), died_on=died,
        reported=Month(2024, 4), province="49",
    )  # fmt: skip
    assert [each.month for each in found] == list(Month.range(stopped, Month(2024, 4)))[: len(found)]
    assert len(found) >= stopped.until(Month(2024, 4))


def test_r86_months_in_one_number_are_split_by_month(tmp_path: Path) -> None:
    found = judged(tmp_path, xlsx(table([person(1, amount=18 * 540_000)])))
    assert found.errors() == ["AMOUNT_SEVERAL_MONTHS"]
    assert "18 tháng" in found.sentence()


def test_r87_a_list_longer_than_any_commune_waits_for_a_decision(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ansinh.registry.files.check.VERY_LONG_LIST", 100)
    file = received(tmp_path, table([person(at) for at in range(1, 102)]))
    assert file.must_be_decided == ["LIST_VERY_LONG"]
