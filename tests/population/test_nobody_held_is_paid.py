# SPDX-License-Identifier: MPL-2.0
"""Holds, decisions about them, and people who were dead and then alive."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from ansinh.population import queries
from ansinh.population.actions import hold, settle
from ansinh.population.actions.hand_over import ask_service
from ansinh.population.actions.rounds import cancel_round
from ansinh.population.adapters import RegisterSilent, RegisterStrange
from ansinh.population.adapters.simulated import SimulatedRegister
from ansinh.population.models import Answer, Decision, Round
from ansinh.registry.actions.changes import apply_change, propose_change
from ansinh.registry.models import Award, Change, Person
from ansinh.staff.models import Officer
from ansinh.staff.scope import limit_to
from tests.conftest import units
from tests.population.conftest import AT, EVERYTHING, ON, open_round

Cast = dict[str, Officer]


def standing(name: str) -> tuple[str, bool, str] | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.result, s.blocks, s.reason FROM population_standing AS s"
            " JOIN registry_person AS p ON p.id = s.person_id WHERE p.name = %s", [name],
        )  # fmt: skip
        row = cursor.fetchone()
    return (row[0], row[1], row[2]) if row else None


def current(name: str) -> int:
    return Answer.objects.filter(person__name=name).order_by("-pk")[0].pk


@pytest.mark.parametrize(
    ("said", "blocks"),
    [
        ({"result": "matched"}, False),
        ({"result": "different_name", "name": "Y Blok Êban"}, False),
        ({"result": "different_birth", "born": "1936-01-02"}, False),
        ({"result": "different_sex", "sex": "female"}, False),
        ({"result": "moved", "moved_to": "Xã Tam Thanh"}, False),
        ({"result": "wrong_number"}, True),
        ({"result": "duplicate"}, True),
        ({"result": "deceased", "died_on": "2024-02-02"}, True),
        ({"result": "not_found"}, True),
    ],
)
def test_each_result_blocks_or_not(round_: Round, answer: Any, said: dict[str, Any], blocks: bool) -> None:
    answer({"Y Blôk Êban": said})
    found = standing("Y Blôk Êban")
    assert found == (said["result"], blocks, f"population_{said['result']}" if blocks else "")
    assert [each["name"] for each in queries.held(unit_ids=None)] == (["Y Blôk Êban"] if blocks else [])


def test_nobody_without_an_answer_has_a_standing(round_: Round) -> None:
    assert standing("Y Blôk Êban") is None


def test_payment_goes_on_by_a_decision_with_a_reason_until_a_new_answer(
    cast: Cast, round_: Round, answer: Any
) -> None:
    answer({"Y Blôk Êban": {"result": "not_found"}})
    said: dict[str, Any] = {"answer_id": current("Y Blôk Êban"), "at": AT, "by": cast["lanh-dao-xa"]}
    with pytest.raises(hold.HoldNeedsReason):
        hold.decide_hold(pays=True, reason=" ", **said)
    hold.decide_hold(pays=True, reason="Có giấy khai sinh gốc", **said)
    assert standing("Y Blôk Êban") == ("not_found", False, "Có giấy khai sinh gốc")
    with pytest.raises(hold.NotHeld):
        hold.decide_hold(pays=False, reason="Thôi", **said)
    answer({"Y Blôk Êban": {"result": "duplicate"}})
    assert standing("Y Blôk Êban") == ("duplicate", True, "population_duplicate")


def test_the_officer_who_answered_does_not_decide(cast: Cast, round_: Round, answer: Any) -> None:
    answer({"Y Blôk Êban": {"result": "not_found"}})
    answer_id = current("Y Blôk Êban")
    with pytest.raises(hold.HoldOwnAnswer):
        hold.decide_hold(answer_id=answer_id, pays=True, reason="Tôi biết", by=cast["lap-danh-sach"], at=AT)
    with pytest.raises(IntegrityError, match="two_persons"), transaction.atomic():
        Decision.objects.create(
            answer_id=answer_id, commune=units()[0], pays=True, reason="x", at=AT, by=cast["lap-danh-sach"],
            answered_by=cast["lap-danh-sach"],
        )  # fmt: skip


def test_a_decision_does_not_pay_the_dead(cast: Cast, round_: Round, answer: Any) -> None:
    answer({"Phan Văn Tám": EVERYTHING["Phan Văn Tám"]})
    with pytest.raises(hold.HoldDeceased):
        hold.decide_hold(answer_id=current("Phan Văn Tám"), pays=True, reason="Tôi gặp hôm qua",
                         by=cast["lanh-dao-xa"], at=AT)  # fmt: skip
    hold.decide_hold(
        answer_id=current("Phan Văn Tám"), pays=False, reason="Đã báo tử", by=cast["lanh-dao-xa"], at=AT
    )
    assert standing("Phan Văn Tám") == ("deceased", True, "Đã báo tử")


def test_a_decision_settles_the_difference(cast: Cast, round_: Round, answer: Any) -> None:
    answer({"Y Blôk Êban": {"result": "not_found"}})
    assert queries.counts(round_id=round_.pk).open == 1
    hold.decide_hold(answer_id=current("Y Blôk Êban"), pays=True, reason="Giấy tờ đủ", by=cast["lanh-dao-xa"],
                     at=AT)  # fmt: skip
    assert queries.counts(round_id=round_.pk).open == 0


def test_dead_later_alive_counts_only_after_a_second_person(cast: Cast, round_: Round, answer: Any) -> None:
    answer({"Phan Văn Tám": EVERYTHING["Phan Văn Tám"]})
    taken = answer({"Phan Văn Tám": {"result": "matched"}})
    assert taken.need_second == 1
    assert standing("Phan Văn Tám") == ("deceased", True, "population_deceased")
    said: dict[str, Any] = {"answer_id": current("Phan Văn Tám"), "reason": "Gặp tại nhà 10/3", "at": AT}
    with pytest.raises(hold.SecondIsSame):
        hold.confirm_alive(accepted=True, by=cast["lap-danh-sach"], **said)
    hold.confirm_alive(accepted=True, by=cast["lanh-dao-xa"], **said)
    assert standing("Phan Văn Tám") == ("matched", False, "")
    with pytest.raises(hold.SecondDone, match="Trần Văn Đức"):
        hold.confirm_alive(accepted=False, by=cast["ke-toan"], **said)


def test_a_second_person_who_does_not_agree_leaves_the_death(cast: Cast, round_: Round, answer: Any) -> None:
    answer(EVERYTHING)
    answer({"Phan Văn Tám": {"result": "matched"}})
    hold.confirm_alive(answer_id=current("Phan Văn Tám"), accepted=False, reason="Đã có giấy chứng tử",
                       by=cast["lanh-dao-xa"], at=AT)  # fmt: skip
    assert standing("Phan Văn Tám") == ("deceased", True, "population_deceased")
    assert answer({"Phan Văn Tám": {"result": "matched"}}).added == 1  # may be answered again


def test_what_a_false_death_stopped_is_shown_and_proposed_to_begin_again(
    cast: Cast, people: dict[str, Person], round_: Round, answer: Any
) -> None:
    answer({"Phan Văn Tám": EVERYTHING["Phan Văn Tám"]})
    settle.draft_batch(round_id=round_.pk, action="death", kind="deceased", people=None, reason="",
                       by=cast["lap-danh-sach"], at=AT, on=ON)  # fmt: skip
    settle.submit_batches(round_id=round_.pk, by=cast["lap-danh-sach"], at=AT, on=ON)
    for change in Change.objects.filter(person__name="Phan Văn Tám"):
        apply_change(change_id=change.pk, by=cast["lanh-dao-xa"], at=AT)
    tam = Person.objects.get(name="Phan Văn Tám")
    assert (tam.life, tam.awards.get().end_month is None) == ("dead", False)
    answer({"Phan Văn Tám": {"result": "matched"}})
    stopped = hold.stopped_by_death(person=tam)
    assert [award.code for award in stopped.ended] == ["K5A"]
    done = hold.confirm_alive(answer_id=current("Phan Văn Tám"), accepted=True, reason="Gặp tại nhà",
                              by=cast["lanh-dao-xa"], at=AT)  # fmt: skip
    assert done == {"returned": 0, "proposed": 2}
    for change in Change.objects.filter(person=tam, state="proposed"):
        apply_change(change_id=change.pk, by=cast["lanh-dao-so"], at=AT)
    tam.refresh_from_db()
    assert (tam.life, Award.objects.get(person=tam).end_month) == ("alive", None)


def test_what_waits_because_of_a_false_death_is_returned(cast: Cast, round_: Round, answer: Any) -> None:
    answer({"Phan Văn Tám": EVERYTHING["Phan Văn Tám"]})
    settle.draft_batch(round_id=round_.pk, action="death", kind="deceased", people=None, reason="",
                       by=cast["lap-danh-sach"], at=AT, on=ON)  # fmt: skip
    settle.submit_batches(round_id=round_.pk, by=cast["lap-danh-sach"], at=AT, on=ON)
    answer({"Phan Văn Tám": {"result": "matched"}})
    done = hold.confirm_alive(answer_id=current("Phan Văn Tám"), accepted=True, reason="Gặp tại nhà",
                              by=cast["lanh-dao-xa"], at=AT)  # fmt: skip
    assert done == {"returned": 2, "proposed": 0}
    assert set(Change.objects.values_list("state", flat=True)) == {"refused"}


def test_a_death_in_one_round_holds_in_the_next(cast: Cast, round_: Round, answer: Any) -> None:

    answer({"Phan Văn Tám": EVERYTHING["Phan Văn Tám"]})
    cancel_round(round_id=round_.pk, reason="Làm lại", by=cast["lap-danh-sach"], at=AT)
    again = open_round(cast)
    assert answer({"Phan Văn Tám": {"result": "matched"}}, of=again).need_second == 1
    assert standing("Phan Văn Tám") == ("deceased", True, "population_deceased")


def test_a_person_stays_held_after_moving_to_another_commune(
    cast: Cast, people: dict[str, Person], round_: Round, answer: Any
) -> None:
    answer({"Y Blôk Êban": {"result": "not_found"}})
    commune, _province = units()
    sister = commune.parents.get().parent.children.exclude(unit=commune)[0].unit
    move = propose_change(
        person=people["Y Blôk Êban"], kind="move", reason="Theo con", by=cast["lap-danh-sach"], at=AT,
        content={"commune": sister.pk, "hamlet": "", "on": "2024-03-01"},
    )  # fmt: skip
    apply_change(change_id=move.pk, by=cast["lanh-dao-xa"], at=AT)
    limit_to(unit_ids=[sister.pk])
    assert standing("Y Blôk Êban") == ("not_found", True, "population_not_found")
    limit_to(unit_ids=[commune.pk])
    assert standing("Y Blôk Êban") is None


def test_a_silent_or_strange_service_writes_nothing(cast: Cast, round_: Round) -> None:
    said: dict[str, Any] = {"round_id": round_.pk, "by": cast["cong-an-xa"], "at": AT, "on": ON}
    known = {
        "000140000001": {"result": "matched"},
        "000035000005": {"result": "deceased", "died_on": "2024-01-15"},
    }
    with pytest.raises(RegisterSilent):
        ask_service(register=SimulatedRegister(known, silent_after=3), **said)
    with pytest.raises(RegisterStrange, match="verdict"):
        ask_service(
            register=SimulatedRegister({"000140000001": {"result": "matched", "verdict": "ok"}}), **said
        )
    assert Answer.objects.count() == 0
    done = ask_service(register=SimulatedRegister(known), **said)
    assert done.added == 6
    assert standing("Nguyễn Thị Hoà") == ("matched", False, "")
    assert standing("Lê Thị Lan") == ("not_found", True, "population_not_found")
