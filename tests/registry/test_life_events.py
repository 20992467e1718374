# SPDX-License-Identifier: MPL-2.0
"""Life events propose what the law prescribes, with month and citation; a person decides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from ansinh.registry.actions.changes import PersonMerged, apply_change, content_of
from ansinh.registry.actions.duplicates import propose_merge_of
from ansinh.registry.actions.events import EventInFuture, EventKnown, record_event
from ansinh.registry.models import Change, LifeEvent, Person
from ansinh.staff.models import Officer
from tests.registry.conftest import AT, ON, AddPerson, again, only

Apply = Callable[[Change], None]
SOCIAL, MERIT = {"code": "K6_N"}, {"code": "THUONG_BINH", "facts": {"injury_percent": 61}}
MONTH = date(2024, 3, 1)


def happened(person: Person, kind: str, by: Officer, on: date = date(2024, 2, 10)) -> LifeEvent:
    return record_event(person=person, kind=kind, happened_on=on, reported_on=ON, source="Giấy 5/2024", by=by,
                        at=AT)  # fmt: skip


# event, award, kind of change, month, content, citation: vietnam.md 3.7
CASES = [
    ("death", SOCIAL, "stop", MONTH, {"last_month": "2024-02"}, "NĐ 20/2021/NĐ-CP Điều 8"),
    ("death", MERIT, "stop", MONTH, {"last_month": "2024-02"}, "PL 02/2020/UBTVQH14 Điều 54"),
    ("remand", SOCIAL, "suspend", MONTH, {"from": "2024-03"}, "TT 02/2021/TT-BLĐTBXH Điều 2.3"),
    ("imprisonment", SOCIAL, "stop", MONTH, {"last_month": "2024-02"}, "NĐ 20/2021/NĐ-CP Điều 8"),
    ("imprisonment", MERIT, "suspend", date(2024, 2, 1), {"from": "2024-02"}, "PL 02/2020/UBTVQH14 Điều 54"),
    ("missing", SOCIAL, "stop", MONTH, {"last_month": "2024-02"}, "NĐ 20/2021/NĐ-CP Điều 8"),
    ("missing", MERIT, "suspend", date(2024, 2, 1), {"from": "2024-02"}, "PL 02/2020/UBTVQH14 Điều 54"),
    ("emigration", MERIT, "suspend", date(2024, 2, 1), {"from": "2024-02"}, "PL 02/2020/UBTVQH14 Điều 54"),
    ("disability_review", SOCIAL, "review", date(2024, 2, 1), None, "NĐ 20/2021/NĐ-CP Điều 8"),
    ("disability_review", MERIT, "review", date(2024, 2, 1), None, "NĐ 131/2021/NĐ-CP"),
    ("end_of_study", {"code": "K2"}, "stop", MONTH, {"last_month": "2024-02"}, "NĐ 20/2021/NĐ-CP Điều 8"),
    ("end_of_study", {"code": "LS_TUAT_1"}, "stop", MONTH, {"last_month": "2024-02"}, "Điều 6.5.đ"),
    ("majority", {"code": "LS_TUAT_1"}, "stop", MONTH, {"last_month": "2024-02"}, "Điều 6.5.đ"),
    ("majority", {"code": "LS_TUAT_1", "facts": {"study_until": "2026-06"}}, "review", MONTH, None, "6.5.đ"),
    ("release", SOCIAL, "review", date(2024, 2, 1), None, ""),
    ("remand", MERIT, "review", date(2024, 2, 1), None, ""),
    ("death", {"code": "HTXH"}, "stop", MONTH, {"last_month": "2024-02"}, "NĐ 176/2025/NĐ-CP Điều 5"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[f"{c[0]} {c[1]['code']} {c[2]}" for c in CASES])
def test_what_the_law_prescribes_waits_for_a_person(
    add: AddPerson, maker: Officer, case: tuple[object, ...]
) -> None:
    kind, award, change_kind, month, content, citation = case
    person = add(**award)  # type: ignore[arg-type]
    event = happened(person, str(kind), maker)
    change = event.proposals.get(award__isnull=False)
    assert (change.kind, change.effective_month, change.state) == (change_kind, month, "proposed")
    assert str(citation) in change.citation
    if content is not None:
        assert content_of(change=change) == content
    assert only(person).version == 1


def test_after_a_remand_ends_a_suspended_award_is_resumed(
    add: AddPerson, maker: Officer, checker: Officer
) -> None:
    person = add(**SOCIAL)
    apply_change(change_id=happened(person, "remand", maker).proposals.get().pk, by=checker, at=AT)
    change = happened(person, "release", maker, date(2024, 3, 2)).proposals.get()
    assert (change.kind, change.effective_month) == ("resume", date(2024, 4, 1))
    assert "Điều 6.1.b" in change.citation
    apply_change(change_id=change.pk, by=checker, at=AT)
    award = only(person)
    assert (award.suspended_from, award.suspended_to) == (date(2024, 3, 1), date(2024, 3, 1))


def test_a_death_reported_late_shows_what_each_month_paid_too_much(
    add: AddPerson, maker: Officer, checker: Officer
) -> None:
    person = add(code="K6_N", first_month="2023-01")
    event = happened(person, "death", maker, date(2023, 11, 20))
    # 360.000 đ × 2,0: a severely disabled person of 60 and over, December to the month of the report.
    assert event.overpaid == [
        {"month": month, "code": "K6_N", "amount_vnd": 720_000}
        for month in ("2023-12", "2024-01", "2024-02", "2024-03")
    ]
    for change in event.proposals.order_by("pk"):
        apply_change(change_id=change.pk, by=checker, at=AT)
    person = again(person)
    assert (person.life, person.life_since) == ("dead", date(2023, 11, 20))
    assert only(person).end_month == date(2023, 11, 1)


def test_an_award_decided_after_the_death_never_counted(add: AddPerson, maker: Officer, apply: Apply) -> None:
    person = add(code="K6_N", first_month="2024-02")
    apply(happened(person, "death", maker, date(2023, 11, 20)).proposals.get(kind="stop"))
    assert only(person).voided


def test_an_event_is_recorded_once_and_on_a_day_that_can_be(add: AddPerson, maker: Officer) -> None:
    person = add(**SOCIAL)
    happened(person, "death", maker)
    with pytest.raises(EventKnown):
        happened(person, "death", maker)
    for day in (date(2024, 3, 6), date(1950, 6, 14)):
        with pytest.raises(EventInFuture):
            happened(person, "remand", maker, day)


def test_an_event_of_an_alias_belongs_to_the_main_record(
    add: AddPerson, maker: Officer, apply: Apply
) -> None:
    main, alias = add(), add()
    apply(propose_merge_of(alias_id=alias.pk, into_id=main.pk, reason="Một người", by=maker, at=AT))
    with pytest.raises(PersonMerged):
        happened(again(alias), "death", maker)
