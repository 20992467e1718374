# SPDX-License-Identifier: MPL-2.0
"""A round from the list to the paying unit, with two officers on the same list at the same time."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any

import pytest
from django.db import connections, transaction

from ansinh.payees.actions import approve_account, check_identity, places, rounds
from ansinh.payees.actions.papers import PaperTooLarge, PaperUnknown, add_paper
from ansinh.payees.actions.places import FutureVisit, PlaceChanged, ReasonNeeded, Slip, Words
from ansinh.payees.actions.rounds import (
    ReviewEmpty,
    ReviewNothingToHandOver,
    ReviewOpen,
    ReviewUnsettled,
)
from ansinh.payees.models import Obstacle, Paper, Place, PlaceEvent, Refusal, Round
from ansinh.registry.models import Person
from ansinh.rules.accounts import WrongAccountLength
from ansinh.rules.lifecycle import NotFromThisState
from ansinh.rules.months import Month
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all
from ansinh.vault import store
from tests.conftest import make_cast, units
from tests.payees.people import AT, ON, approved, person

MAY = Month(2024, 5)


def begin(officers: dict[str, Officer]) -> Round:
    commune = units()[0]
    return rounds.open_round(
        unit=commune, communes=[commune.pk], title="Rà soát quý II", switch_month=MAY,
        by=officers["lap-danh-sach"], at=AT, on=ON,
    )  # fmt: skip


def place_of(round_: Round, of: Person) -> Place:
    return Place.objects.get(round=round_, person=of)


def visit(place: Place, by: Officer, **said: Any) -> Place:
    words = Words(**({"visited_on": ON} | said))
    return places.write_visit(
        place_id=place.pk, version=place.version, met=True, words=words, by=by, at=AT, on=ON
    )


def collect(place: Place, by: Officer, **said: Any) -> Place:
    values = {
        "bank": "Agribank",
        "number": "4000123456789",
        "source": "police",
        "holder_name": "NGUYEN THI HOA",
    }
    return places.collect_account(
        place_id=place.pk, version=place.version, words=Words(), by=by, at=AT, on=ON, **(values | said)
    )


def visited(officers: dict[str, Officer], of: Person) -> Place:
    round_ = begin(officers)
    rounds.match_hamlet(round_id=round_.pk, hamlet="", by=officers["cong-an-xa"], at=AT)
    return visit(place_of(round_, of), officers["cong-an-xa"])


def test_from_the_list_to_the_paying_unit(officers: dict[str, Officer]) -> None:
    elder, paid_already = person(officers), person(officers, "Lê Thị Cúc")
    approved(officers, paid_already)
    person(officers, "Trần Hết Hạn", award=None)
    round_ = begin(officers)
    assert Place.objects.filter(round=round_).count() == 2, "everybody with an award, nobody else"
    by, police = officers["lap-danh-sach"], officers["cong-an-xa"]
    assert rounds.match_hamlet(round_id=round_.pk, hamlet="", by=police, at=AT) == 2
    assert rounds.follow_round(round_id=round_.pk, by=by, at=AT)["keep"] == 1
    place = visit(place_of(round_, elder), police, obstacles=("no_smartphone", "far"), note="nhà cuối xóm")
    assert list(Obstacle.objects.filter(person=elder).values_list("code", "prevents")) == [
        ("no_smartphone", False), ("far", False),
    ]  # fmt: skip
    place = collect(place, police)
    assert (place.state, place.obstacles) == ("collected", ["no_smartphone", "far"])
    with pytest.raises(ReviewNothingToHandOver):
        rounds.hand_over(round_id=round_.pk, by=by, at=AT)
    check_identity(account_id=place.account_id or 0, passed=True, by=officers["lanh-dao-xa"], at=AT)
    assert rounds.follow_round(round_id=round_.pk, by=by, at=AT)["check"] == 1
    approve_account(account_id=place.account_id or 0, by=officers["lanh-dao-xa"], at=AT, on=ON)
    with pytest.raises(ReviewUnsettled, match="1 người"):
        rounds.close_round(round_id=round_.pk, by=by, at=AT)
    assert rounds.hand_over(round_id=round_.pk, by=by, at=AT) == 1
    place.refresh_from_db()
    assert (place.state, place.switch_month) == ("handed_over", date(2024, 5, 1))
    assert rounds.take_results(paid=[elder.pk], failed={}, by=None, at=AT) == (1, 0)
    rounds.close_round(round_id=round_.pk, by=by, at=AT)
    events = PlaceEvent.objects.filter(place=place).order_by("version").values_list("event", "version")
    assert list(events) == [
        ("match", 2), ("visit", 3), ("collect", 4), ("check", 5), ("hand_over", 6), ("pay", 7),
    ]  # fmt: skip


def test_a_failed_payment_goes_back_to_the_visit_with_its_reason(officers: dict[str, Officer]) -> None:
    elder = person(officers)
    place = collect(visited(officers, elder), officers["cong-an-xa"])
    check_identity(account_id=place.account_id or 0, passed=True, by=officers["lanh-dao-xa"], at=AT)
    approve_account(account_id=place.account_id or 0, by=officers["lanh-dao-xa"], at=AT, on=ON)
    rounds.follow_round(round_id=place.round_id, by=None, at=AT)
    rounds.hand_over(round_id=place.round_id, by=officers["lap-danh-sach"], at=AT)
    assert rounds.take_results(paid=[], failed={elder.pk: "tài khoản đã đóng"}, by=None, at=AT) == (0, 1)
    place.refresh_from_db()
    assert (place.state, place.difference) == ("visited", "tài khoản đã đóng")


def test_an_account_with_another_holder_sends_the_place_back(officers: dict[str, Officer]) -> None:
    place = collect(visited(officers, person(officers)), officers["cong-an-xa"], holder_name="TRAN VAN MINH")
    check_identity(account_id=place.account_id or 0, passed=True, by=officers["lanh-dao-xa"], at=AT)
    assert rounds.follow_round(round_id=place.round_id, by=None, at=AT)["fail"] == 1


def test_refusing_is_allowed_with_a_reason_and_a_signature(officers: dict[str, Officer]) -> None:
    place = visited(officers, person(officers))
    by = officers["cong-an-xa"]
    said = {"place_id": place.pk, "version": place.version, "by": by, "at": AT, "on": ON}
    with pytest.raises(ReasonNeeded):
        places.refuse_registration(slip=Slip(" ", ON), **said)
    with pytest.raises(FutureVisit):
        places.refuse_registration(slip=Slip("quen tiền mặt", date(2024, 3, 9)), **said)
    done = places.refuse_registration(slip=Slip("quen tiền mặt", ON, "fingerprint", "Lê Văn Tám"), **said)
    assert done.state == "refused"
    assert Refusal.objects.get(person=place.person).witness == "Lê Văn Tám"
    again = places.reconsider(place_id=done.pk, version=done.version, note="muốn mở", by=by, at=AT, on=ON)
    assert again.state == "visited"
    assert not Refusal.objects.filter(until__isnull=True).exists()


def test_absent_difference_cash_and_death_have_their_ways(officers: dict[str, Officer]) -> None:
    elder, moved = person(officers), person(officers, "Lê Thị Cúc")
    round_, by = begin(officers), officers["cong-an-xa"]
    rounds.move_places(
        place_ids=[place_of(round_, moved).pk], event="differ", by=by, at=AT,
        differences={place_of(round_, moved).pk: "sai ngày sinh"},
    )  # fmt: skip
    place = place_of(round_, moved)
    assert (place.state, place.difference) == ("differs", "sai ngày sinh")
    with pytest.raises(NotFromThisState):
        visit(place, by)
    kept = {"place_id": place.pk, "version": place.version, "by": by, "at": AT}
    with pytest.raises(ReasonNeeded):
        places.settle_difference(agrees=True, note="", **kept)
    assert places.settle_difference(agrees=True, note="đã sửa hồ sơ", **kept).state == "compared"
    rounds.match_hamlet(round_id=round_.pk, hamlet="", by=by, at=AT)
    place = place_of(round_, elder)
    for _time in range(2):
        place = places.write_visit(
            place_id=place.pk, version=place.version, met=False, words=Words(ON), by=by, at=AT, on=ON
        )
    assert place.state == "not_met"
    cash = places.to_cash(place_id=place.pk, version=place.version, note="ở viện", by=by, at=AT)
    assert cash.state == "cash"
    Person.objects.filter(pk=moved.pk).update(life="dead", life_since=ON)
    assert rounds.follow_round(round_id=round_.pk, by=None, at=AT)["leave"] == 1


def test_a_bad_account_number_loses_nothing_of_the_place(officers: dict[str, Officer]) -> None:
    place = visited(officers, person(officers))
    with pytest.raises(WrongAccountLength):
        collect(place, officers["cong-an-xa"], number="400012345678")
    again = Place.objects.get(pk=place.pk)
    assert (again.state, again.version) == ("visited", place.version)


def test_one_round_at_a_time_and_not_without_people(officers: dict[str, Officer]) -> None:
    with pytest.raises(ReviewEmpty):
        begin(officers)
    person(officers)
    begin(officers)
    with pytest.raises(ReviewOpen, match="Cẩm Thanh"):
        begin(officers)


def test_obstacles_said_now_end_those_said_before(officers: dict[str, Officer]) -> None:
    elder = person(officers)
    place = visited(officers, elder)
    place = visit(place, officers["cong-an-xa"], obstacles=("far", "frail"))
    visit(place, officers["cong-an-xa"], obstacles=("frail",))
    assert list(Obstacle.objects.filter(until__isnull=True).values_list("code", flat=True)) == ["frail"]


def test_a_scan_is_sealed_and_nothing_else_is_taken(officers: dict[str, Officer]) -> None:
    elder, by = person(officers), officers["cong-an-xa"]
    said: dict[str, Any] = {
        "kind": "refusal",
        "commune_id": elder.commune_id,
        "by": by,
        "at": AT,
        "person": elder,
    }
    content = b"%PDF-1.7 phieu"
    add_paper(name="phieu.pdf", content=content, **said)
    assert store.get(Paper.objects.get().sha256) == content
    with pytest.raises(PaperUnknown, match="virus"):
        add_paper(name="virus.pdf", content=b"MZ\x90", **said)
    with pytest.raises(PaperTooLarge):
        add_paper(name="to.pdf", content=b"%PDF-" + bytes(11 * 1024 * 1024), **said)


def test_the_second_of_two_writers_is_told_who_was_first(officers: dict[str, Officer]) -> None:
    place = visited(officers, person(officers))
    visit(place, officers["lap-danh-sach"], note="bà ở với con gái")
    with pytest.raises(PlaceChanged, match="Nguyễn Thị Hoà"):
        visit(place, officers["cong-an-xa"], note="không gặp")
    place.refresh_from_db()
    assert place.note == "bà ở với con gái"


@pytest.mark.usefixtures("committed_database")
def test_of_two_officers_at_the_same_moment_one_writes_and_one_is_told() -> None:
    cast = make_cast()
    with transaction.atomic():
        open_to_all()
        people = [person(cast, "Nguyễn Thị Hoà") for _ in range(6)]
        round_ = begin(cast)
        rounds.match_hamlet(round_id=round_.pk, hamlet="", by=cast["cong-an-xa"], at=AT)
        versions = {place.pk: place.version for place in Place.objects.filter(round=round_)}
    assert len(people) == len(versions)
    together = threading.Barrier(2)
    outcomes: dict[str, list[str]] = {}

    def work(username: str) -> None:
        found = []
        try:
            for pk, version in versions.items():
                together.wait(30)
                try:
                    with transaction.atomic():
                        open_to_all()
                        places.write_visit(
                            place_id=pk, version=version, met=True, words=Words(ON, note=username),
                            by=cast[username], at=AT, on=ON,
                        )  # fmt: skip
                    found.append("written")
                except PlaceChanged:
                    found.append("told")
        finally:
            outcomes[username] = found
            connections.close_all()

    threads = [threading.Thread(target=work, args=(name,)) for name in ("lap-danh-sach", "cong-an-xa")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    pairs = list(zip(outcomes["lap-danh-sach"], outcomes["cong-an-xa"], strict=True))
    assert len(pairs) == 6
    assert all(sorted(pair) == ["told", "written"] for pair in pairs)
    with transaction.atomic():
        open_to_all()
        for place in Place.objects.all():
            writer = outcomes[place.note][list(versions).index(place.pk)]
            assert (writer, place.version) == ("written", versions[place.pk] + 1), "nothing was overwritten"
