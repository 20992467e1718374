# SPDX-License-Identifier: MPL-2.0
"""The pages of a round: what each officer sees and does; the same number of statements for 3 and for 60."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ansinh.population import queries
from ansinh.population.actions import settle
from ansinh.population.actions.answers import Given, take_answers
from ansinh.population.actions.rounds import cancel_round
from ansinh.population.models import Answer, Batch, HandOver, Member, Round
from ansinh.population.records import said_of
from ansinh.population.today import waiting
from ansinh.registry.models import Change, Person
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all
from tests.conftest import units
from tests.population.conftest import AT, EVERYTHING, ON, open_round, person_named, reference

Cast = dict[str, Officer]


def signed_in(officer: Officer) -> Client:
    client = Client()
    client.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def preparer(cast: Cast) -> Client:
    return signed_in(cast["lap-danh-sach"])


@pytest.fixture
def police(cast: Cast) -> Client:
    return signed_in(cast["cong-an-xa"])


def test_the_preparer_opens_a_round_and_hands_it_over(preparer: Client, people: dict[str, Person]) -> None:
    board = reverse("population:rounds")
    unit = str(units()[0].pk)
    assert "đã qua" in preparer.post(board, {"unit": unit, "due_on": "01/01/2020"}).content.decode()
    made = preparer.post(
        board, {"unit": unit, "due_on": f"01/01/{timezone.localdate().year + 1}"}, follow=True
    )
    assert "Giao danh sách cho công an xã" in made.content.decode()
    open_to_all()
    round_ = Round.objects.get()
    given = preparer.post(reverse("population:hand_over", args=[round_.pk]), {"receiver": "Trung tá Ánh"})
    assert "Mật khẩu, chỉ hiện một lần này" in given.content.decode()
    open_to_all()
    address = reverse("population:handed_file", args=[round_.pk, HandOver.objects.get().pk])
    assert preparer.get(address).content.startswith(bytes.fromhex("d0cf11e0"))
    again = preparer.get(reverse("population:round", args=[round_.pk])).content.decode()
    assert "Mật khẩu, chỉ hiện một lần này" not in again


def card(police: Client, round_: Round, **said: str) -> Any:
    address = reverse("population:queue", args=[round_.pk])
    return police.post(address, said, headers={"X-Fragment": "1"})


def test_the_queue_answers_with_the_card_alone_and_the_next_person(
    cast: Cast, police: Client, round_: Round
) -> None:
    address = reverse("population:queue", args=[round_.pk])
    first = police.get(address).content.decode()
    assert "1. Nguyen Van An" in first
    assert "000039000003" not in first
    answered = card(police, round_, reference=reference(round_, "Nguyen Van An"), seen="0", result="matched")
    assert answered.status_code == 200
    assert "<html" not in answered.content.decode()
    assert "2. Y Blôk Êban" in answered.content.decode()
    back = police.post(reverse("population:take_back", args=[round_.pk]), headers={"X-Fragment": "1"})
    assert "1. Nguyen Van An" in back.content.decode()


def test_what_was_typed_stays_when_it_is_refused(police: Client, round_: Round) -> None:
    said = {"reference": reference(round_, "Phan Văn Tám"), "seen": "0"}
    wrong = card(police, round_, result="deceased", died_on="32/01/2024", **said)
    assert wrong.status_code == 422
    assert "32/01/2024" in wrong.content.decode()
    missing = card(police, round_, result="moved", moved_to="", **said)
    assert "cần nơi đến" in missing.content.decode()
    script = card(police, round_, result="moved", moved_to="<script>alert(1)</script>", **said)
    assert script.status_code == 200
    open_to_all()
    assert Answer.objects.get().moved_to == "<script>alert(1)</script>"


def test_an_answer_with_markup_is_text_on_every_page(
    cast: Cast, preparer: Client, round_: Round, answer: Any
) -> None:
    answer({"Phan Văn Tám": {"result": "moved", "moved_to": "<script>alert(1)</script>"}})
    for name in ("differences", "minutes", "round"):
        assert (
            "<script>alert"
            not in preparer.get(reverse(f"population:{name}", args=[round_.pk])).content.decode()
        )
    open_to_all()
    made = preparer.get(reverse("population:minutes_pdf", args=[round_.pk]))
    assert made.content.startswith(b"%PDF-")


def test_a_choice_is_previewed_with_its_scope_kept_and_undone(
    cast: Cast, preparer: Client, round_: Round, answer: Any
) -> None:
    answer(EVERYTHING)
    choose = reverse("population:choose", args=[round_.pk])
    said = {"action": "correct", "kind": "name_tone", "scope": "group"}
    assert "1 người sẽ có đề nghị sửa" in preparer.post(choose, said).content.decode()
    open_to_all()
    assert Batch.objects.count() == 0
    done = preparer.post(choose, said | {"sure": "1"}, follow=True).content.decode()
    assert "Trình 1 người đã chọn" in done
    refused = preparer.post(choose, {"action": "keep", "kind": "not_found", "scope": "group", "sure": "1"})
    assert refused.status_code == 422
    assert "Ghi căn cứ giữ theo hồ sơ" in refused.content.decode()
    open_to_all()
    batch = Batch.objects.get()
    undone = preparer.post(reverse("population:undo", args=[round_.pk]), {"batch": batch.pk}, follow=True)
    assert "Đã hoàn tác." in undone.content.decode()
    preparer.post(choose, said | {"sure": "1"})
    preparer.post(reverse("population:submit", args=[round_.pk]))
    open_to_all()
    assert Change.objects.get().label == "Theo dữ liệu dân cư: họ tên"


def test_the_police_do_not_settle_and_the_preparer_does_not_answer(
    preparer: Client, police: Client, round_: Round
) -> None:
    assert police.post(reverse("population:submit", args=[round_.pk])).status_code == 403
    assert preparer.get(reverse("population:queue", args=[round_.pk])).status_code == 403
    assert preparer.post(reverse("population:decide", args=[1])).status_code == 403


def test_signing_and_deciding_ask_for_the_password_again(cast: Cast, round_: Round, answer: Any) -> None:
    answer(EVERYTHING)
    leader = signed_in(cast["lanh-dao-xa"])
    for address in (reverse("population:sign", args=[round_.pk]),
                    reverse("population:decide", args=[Answer.objects.order_by("-pk")[0].pk])):  # fmt: skip
        assert "reauthenticate" in leader.post(address, {"reason": "x"}).headers["Location"]


def test_the_person_page_and_todays_work_say_what_waits(cast: Cast, round_: Round, answer: Any) -> None:
    now = AT
    told = [task.count for task in waiting(cast["cong-an-xa"].pk, now)]
    assert told == [6]
    answer(EVERYTHING)
    assert [task.count for task in waiting(cast["lap-danh-sach"].pk, now)] == [6]
    assert [task.count for task in waiting(cast["lanh-dao-xa"].pk, now)] == [3]
    tam = Person.objects.get(name="Phan Văn Tám").pk
    page = signed_in(cast["lanh-dao-xa"]).get(reverse("registry:person", args=[tam])).content.decode()
    assert "đang tạm giữ chi trả" in page
    desk = signed_in(cast["lanh-dao-xa"]).get(reverse("population:desk")).content.decode()
    assert "Phan Văn Tám" in desk


def statements(cast: Cast, round_: Round) -> dict[str, int]:
    """How many statements each act over everybody takes."""
    found = {}
    given = [
        Given(each.reference, said_of({"result": "different_name", "name": f"{each.person.name}h"}))
        for each in Member.objects.filter(round=round_).select_related("person")
    ]
    said: dict[str, Any] = {"by": cast["lap-danh-sach"], "at": AT, "on": ON}
    with CaptureQueriesContext(connection) as asked:
        take_answers(round_id=round_.pk, given=given, source="file", **said)
    found["take"] = len(asked)
    with CaptureQueriesContext(connection) as asked:
        kind = queries.differences(round_id=round_.pk)[0].kind
    found["list"] = len(asked)
    with CaptureQueriesContext(connection) as asked:
        settle.draft_batch(
            round_id=round_.pk, action="keep", kind=kind, people=None, reason="Giấy tờ gốc", **said
        )
        settle.submit_batches(round_id=round_.pk, **said)
    found["settle"] = len(asked)
    with CaptureQueriesContext(connection) as asked:
        settle.resolve_round(round_id=round_.pk, by=cast["lap-danh-sach"], at=AT)
    found["resolve"] = len(asked)
    return found


def test_a_large_commune_takes_as_many_statements_as_a_small_one(cast: Cast, scope: None) -> None:
    for number in range(3):
        person_named(cast, f"Lê Văn {'ABC'[number]}", "1940", "male", None)
    small = open_round(cast)
    few = statements(cast, small)
    cancel_round(round_id=small.pk, reason="Thử", by=cast["lap-danh-sach"], at=AT)
    for number in range(57):
        person_named(cast, f"Lê Thị {chr(97 + number % 26)}{chr(97 + number // 26)}", "1941", "female", None)
    large = open_round(cast)
    assert large.people == 60
    assert statements(cast, large) == few


def test_a_round_past_its_day_is_overdue(cast: Cast, round_: Round) -> None:
    Round.objects.filter(pk=round_.pk).update(due_on=date(2024, 3, 1))
    assert [task.overdue for task in waiting(cast["cong-an-xa"].pk, AT)] == [6]
