# SPDX-License-Identifier: MPL-2.0
"""Importing a list: compared first, confirmed whole or not at all, guarded against twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from ansinh.audit.models import Event
from ansinh.registry.actions import confirm_import, discard_import
from ansinh.registry.actions.confirm import (
    Control,
    CountDiffers,
    MonthTaken,
    NothingAccepted,
    SameBytes,
    Stale,
    SumDiffers,
    WarningsOpen,
)
from ansinh.registry.actions.people import add_person
from ansinh.registry.actions.receive import NotACommune
from ansinh.registry.files.check import OtherMonth
from ansinh.registry.form_writers import NobodyTakesForm, register_form
from ansinh.registry.models import Award, Change, ImportFile, ImportRow, Person, Residence
from ansinh.registry.queries import missing_awards, opened_row
from ansinh.rules.lifecycle import NotFromThisState
from ansinh.staff.models import Officer
from ansinh.staff.scope import limit_to, open_to_all
from tests.conftest import units
from tests.hostile.files import ACCOUNT_LABELS, MONTH, account, number_of, person, table, xlsx
from tests.registry.lists import AT, confirmed, received, sister

PEOPLE = table([person(1), person(2), person(3)])


@pytest.fixture(autouse=True)
def _scope(db: None) -> None:
    open_to_all()


def test_a_checked_list_has_written_nothing_but_itself(tmp_path: Path) -> None:
    file = received(tmp_path, PEOPLE)
    assert (file.state, file.rows, file.accepted, file.sum_vnd) == ("checked", 3, 3, 1_620_000)
    assert file.changes == {"new": 3, "changed": 0, "unchanged": 0, "missing": 0}
    assert Person.objects.count() == Award.objects.count() == 0
    assert ImportRow.objects.filter(file=file).count() == 3


def test_a_confirmed_list_is_people_awards_and_residences(tmp_path: Path, cast: dict[str, Officer]) -> None:
    by = cast["lap-danh-sach"]
    file = confirmed(received(tmp_path, PEOPLE, by=by), by=by, count=3, sum_vnd=1_620_000)
    assert (file.state, file.decided_by) == ("confirmed", by)
    assert Person.objects.count() == Award.objects.count() == Residence.objects.count() == 3
    one = Person.objects.get(name="Nguyễn Thị Lan Hòa")
    assert (one.number_last4, one.born_on.isoformat(), one.sex, one.hamlet) == (
        "0001",
        "1976-03-05",
        "female",
        "Thôn 1",
    )
    award = one.awards.get()
    assert (award.code, award.decision_number, award.first_month.isoformat()) == (
        "K6_N",
        "1/QĐ-UBND",
        "2023-01-01",
    )
    lines = ImportRow.objects.filter(file=file)
    assert all(line.person_id and line.award_id for line in lines)
    acts = list(Event.objects.order_by("pk").values_list("act", flat=True))
    assert acts[-2:] == ["registry.receive_list", "registry.confirm_import"]


def test_raw_text_and_value_are_both_kept(tmp_path: Path) -> None:
    file = received(tmp_path, table([person(1, name="NGUYỄN THỊ LAN", number="000 176 000 001")]))
    content = opened_row(row=ImportRow.objects.get(file=file))
    assert content["raw"]["name"] == "NGUYỄN THỊ LAN"
    assert content["values"]["name"] == "Nguyễn Thị Lan"
    assert (content["raw"]["number"], content["values"]["number"]) == ("000 176 000 001", "000176000001")


def test_rows_are_sealed_in_the_database(tmp_path: Path) -> None:
    file = received(tmp_path, PEOPLE)
    sealed = bytes(ImportRow.objects.filter(file=file)[0].sealed)
    assert b"176000001" not in sealed
    assert "Nguyễn".encode() not in sealed


def test_nobody_confirms_twice(tmp_path: Path) -> None:
    file = confirmed(received(tmp_path, PEOPLE))
    with pytest.raises(NotFromThisState):
        confirmed(file)


def test_a_fault_in_the_middle_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = received(tmp_path, PEOPLE)
    monkeypatch.setattr("ansinh.registry.actions.confirm._link_rows", lambda *_a: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        confirmed(file)
    file.refresh_from_db()
    assert (file.state, Person.objects.count(), Award.objects.count()) == ("checked", 0, 0)


def test_a_person_who_appears_between_checking_and_confirming_stops_it_all(
    tmp_path: Path, cast: dict[str, Officer]
) -> None:
    file = received(tmp_path, PEOPLE)
    add_person(
        unit_id=units()[0].pk, award=None, since=AT.date(), by=cast["lap-danh-sach"], at=AT,
        values={"name": "Nguyễn Thị Mai Hòa", "born": "1976-03-05", "number": number_of(2), "sex": "female"},
    )  # fmt: skip
    with pytest.raises(Stale):
        confirmed(file)
    assert Person.objects.count() == 1


def test_a_list_without_one_good_row_is_not_imported(tmp_path: Path) -> None:
    file = received(tmp_path, table([person(1, number="999176000001")]))
    assert (file.accepted, file.rejected) == (0, 1)
    with pytest.raises(NothingAccepted):
        confirmed(file)


def test_each_group_of_warnings_is_decided_and_left_out_rows_are_not_written(tmp_path: Path) -> None:
    rows = table([person(1), person(2, born="01/01/1976"), person(3, sex="Nam")])
    file = received(tmp_path, rows)
    assert file.warnings == {"BIRTH_FIRST_OF_JANUARY": 1, "NUMBER_DISAGREES": 1}
    with pytest.raises(WarningsOpen) as said:
        confirm_import(
            import_id=file.pk, decisions={"BIRTH_FIRST_OF_JANUARY": "keep"}, control=Control(), replace=False,
            by=None, at=AT,
        )  # fmt: skip
    assert said.value.fields["codes"] == ["NUMBER_DISAGREES"]
    confirmed(file, decisions={"NUMBER_DISAGREES": "leave_out"}, count=2)
    assert set(Person.objects.values_list("number_last4", flat=True)) == {"0001", "0002"}


def test_a_notice_about_the_whole_list_is_decided_too(tmp_path: Path) -> None:
    rows = [*PEOPLE, [None, "Tổng cộng", *[None] * 7, 1_620_001]]
    file = received(tmp_path, rows)
    assert file.must_be_decided == ["TOTAL_DIFFERS"]
    with pytest.raises(WarningsOpen):
        confirm_import(import_id=file.pk, decisions={}, control=Control(), replace=False, by=None, at=AT)


def test_r71_a_control_total_that_is_off_by_one_imports_nothing(tmp_path: Path) -> None:
    file = received(tmp_path, PEOPLE)
    with pytest.raises(SumDiffers, match="1 đ"):
        confirmed(file, sum_vnd=1_620_001)
    with pytest.raises(CountDiffers):
        confirmed(file, count=4)
    assert Person.objects.count() == 0
    confirmed(file, count=3, sum_vnd=1_620_000)


def test_r26_the_same_bytes_again_name_who_and_when(tmp_path: Path, cast: dict[str, Officer]) -> None:
    content, by = xlsx(PEOPLE), cast["lap-danh-sach"]
    confirmed(received(tmp_path, content, by=by), by=by)
    again = received(tmp_path, content, month=MONTH.next)
    with pytest.raises(SameBytes, match=by.full_name) as said:
        confirmed(again)
    assert "20/03/2024" in said.value.vi


def test_r26_the_same_month_again_needs_an_explicit_replace(tmp_path: Path) -> None:
    confirmed(received(tmp_path, PEOPLE))
    again = received(tmp_path, [PEOPLE[0], *reversed(PEOPLE[1:])])
    assert again.changes["unchanged"] == 3
    with pytest.raises(MonthTaken):
        confirmed(again)
    confirmed(again, replace=True)
    assert Award.objects.filter(voided=False).count() == 3


def test_a_replaced_list_voids_what_it_alone_brought(tmp_path: Path) -> None:
    first = confirmed(received(tmp_path, PEOPLE))
    second = confirmed(received(tmp_path, table([person(1), person(4)])), replace=True)
    first.refresh_from_db()
    assert (first.state, second.replaces_id) == ("replaced", first.pk)
    alive = Award.objects.filter(voided=False).values_list("person__number_last4", flat=True)
    assert set(alive) == {"0001", "0004"}
    assert Award.objects.filter(voided=True).count() == 2


def test_r26_last_months_file_is_refused_by_its_title(tmp_path: Path) -> None:
    titled = [["DANH SÁCH CHI TRẢ TRỢ CẤP THÁNG 02 NĂM 2024"], [], *PEOPLE]
    with pytest.raises(OtherMonth, match="tháng 2/2024"):
        received(tmp_path, titled)
    early = [["DANH SÁCH CHI TRẢ THÁNG 4/2024"], ["(Kèm theo Quyết định ngày 05 tháng 01 năm 2024)"], *PEOPLE]
    assert received(tmp_path, early).must_be_decided == ["LIST_OF_OTHER_MONTH"]
    right = [["Danh sách tháng 3/2024, hưởng từ tháng 1/2024"], *PEOPLE]
    assert received(tmp_path, right).must_be_decided == []


def test_a_list_says_what_is_new_changed_unchanged_and_missing(
    tmp_path: Path, cast: dict[str, Officer]
) -> None:
    confirmed(received(tmp_path, PEOPLE))
    rows = table([person(1), person(2, hamlet="Thôn 7"), person(4)])
    file = received(tmp_path, rows, month=MONTH.next, at=AT.replace(month=4))
    assert file.changes == {"new": 1, "changed": 1, "unchanged": 1, "missing": 1}
    confirmed(file)
    change = Change.objects.get()
    assert (change.state, change.source, change.person.number_last4) == ("proposed", "list", "0002")
    assert Person.objects.get(number_last4="0002").hamlet == "Thôn 1"


def test_r80_somebody_missing_is_shown_and_never_stopped(tmp_path: Path) -> None:
    confirmed(received(tmp_path, PEOPLE))
    file = confirmed(
        received(tmp_path, table([person(1), person(2)]), month=MONTH.next, at=AT.replace(month=4))
    )
    gone = list(missing_awards(file=file, families=["social_assistance"]))
    assert [award.person.number_last4 for award in gone] == ["0003"]
    assert Award.objects.get(person__number_last4="0003").end_month is None
    assert not Change.objects.exists()


def test_only_communes_send_lists(tmp_path: Path) -> None:
    with pytest.raises(NotACommune):
        received(tmp_path, PEOPLE, unit=units()[1])


def test_another_communes_list_is_not_seen(tmp_path: Path) -> None:
    file = received(tmp_path, PEOPLE)
    limit_to(unit_ids=[sister().pk])
    assert not ImportFile.objects.filter(pk=file.pk).exists()
    assert not ImportRow.objects.exists()


def test_a_list_that_was_put_aside_stays_aside(tmp_path: Path, cast: dict[str, Officer]) -> None:
    file = received(tmp_path, PEOPLE)
    discard_import(import_id=file.pk, by=cast["lap-danh-sach"], at=AT)
    with pytest.raises(NotFromThisState):
        confirmed(file)


def test_a_list_of_two_people_and_one_of_many_need_as_many_statements(
    tmp_path: Path, django_assert_max_num_queries: object
) -> None:
    many = table([person(at) for at in range(1, 401)])
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        file = received(tmp_path, many)
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        confirmed(file)
    assert Person.objects.count() == 400


def test_a_form_that_no_stage_takes_is_checked_and_not_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ansinh.registry.form_writers._STAGES", {})
    confirmed(received(tmp_path, PEOPLE))
    file = received(tmp_path, table([account(1)], ACCOUNT_LABELS), form="accounts")
    assert file.accepted == 1
    with pytest.raises(NobodyTakesForm):
        confirmed(file)


taken: list[object] = []


def take(
    *, file: ImportFile, rows: object, matched: dict[int, object], by: object, at: object
) -> dict[str, int]:
    taken.append((file.pk, [row.values["account"] for row in rows], list(matched)))  # type: ignore[attr-defined]
    return {"accounts": len(list(matched))}


def compare(*, file: ImportFile, rows: object, matched: dict[int, object]) -> dict[int, object]:
    for row in rows:  # type: ignore[attr-defined]
        if row.outcome == "accepted" and row.values["account"].endswith("3"):
            row.refuse("account", "ACCOUNT_LETTERS", text="3")
            matched.pop(row.number)
    return matched


def test_a_later_stage_compares_and_writes_its_own_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ansinh.registry.form_writers._STAGES", {})
    here = "tests.registry.test_import_lists"
    register_form("accounts", write=f"{here}.take", compare=f"{here}.compare")
    taken.clear()
    confirmed(received(tmp_path, PEOPLE))
    file = received(tmp_path, table([account(1), account(2), account(3)], ACCOUNT_LABELS), form="accounts")
    assert (file.accepted, file.rejected, file.codes) == (2, 1, {"ACCOUNT_LETTERS": 1})
    confirmed(file)
    assert taken == [(file.pk, ["4200205000001", "4200205000002"], [2, 3])]
