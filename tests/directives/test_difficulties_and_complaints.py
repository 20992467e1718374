# SPDX-License-Identifier: MPL-2.0
"""Ten communes ask the same, one answer goes back to all; a complaint is answered in time and its code
shows a status and nothing else."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from ansinh.directives.actions import answers, complaints, difficulties
from ansinh.directives.models import Answer, Complaint, Difficulty, LookUp
from ansinh.directives.queries import complaints as complaint_queries
from ansinh.directives.queries import difficulties as queries
from ansinh.directives.records import answer_of, contact_of, content_of
from ansinh.places.models import Unit
from ansinh.rules.lifecycle import NotFromThisState
from ansinh.rules.lookup_codes import ALPHABET, CodeUnreadable, code_of, grouped, read_code
from ansinh.rules.months import Month
from ansinh.staff.models import Officer
from ansinh.staff.scope import limit_to, open_to_all
from tests.conftest import units
from tests.directives.conftest import AT, ON
from tests.directives.test_tasks_go_down import Statements
from tests.disbursement.month import instructed, instructions, sent
from tests.reconciliation.answers import file, row
from tests.reconciliation.answers import take as take_results
from tests.staff.test_every_address_declares_its_permission import signed_in

Cast = dict[str, Officer]
SAME = (
    "Nhiều người già không có điện thoại thông minh nên không mở được tài khoản",
    "Người già không có điện thoại thông minh, không mở được tài khoản ngân hàng",
    "không mở được tài khoản: nhiều người già không có điện thoại thông minh",
)


def raised(cast: Cast, words: str, *, unit: Unit | None = None, straight: bool = True) -> Difficulty:
    return difficulties.raise_difficulty(
        unit=unit or units()[0], category="account", words=words, asks_for="Cho mở tại nhà",
        straight=straight, by=cast["lap-danh-sach"], at=AT, on=ON,
    )  # fmt: skip


def drafted(cast: Cast, asked: list[Difficulty]) -> Answer:
    return answers.draft_answer(
        title="Mở tài khoản tại nhà", category="account", words="Ngân hàng cử người đến nhà mở tài khoản.",
        cites="TT 17/2024/TT-NHNN Điều 11", difficulty_ids=[each.pk for each in asked], unit_id=units()[1].pk,
        by=cast["chuyen-vien-so"], at=AT,
    )  # fmt: skip


def test_a_difficulty_climbs_level_by_level_with_a_clock_at_each_step(cast: Cast) -> None:
    commune, province = units()
    found = raised(cast, SAME[0], straight=False)
    assert (found.state, found.at_unit_id, found.due_on) == ("raised", commune.pk, ON + timedelta(days=3))
    assert found.number == f"KK-2024-{found.pk:06d}"
    by = cast["lanh-dao-xa"]
    difficulties.send_up(difficulty_id=found.pk, straight=False, words="Đúng", by=by, at=AT, on=ON)
    found.refresh_from_db()
    assert (found.state, found.at_unit.level) == ("raised", "district")
    difficulties.send_up(difficulty_id=found.pk, straight=False, words="", by=by, at=AT, on=ON)
    found.refresh_from_db()
    assert (found.state, found.at_unit_id) == ("with_department", province.pk)
    assert found.due_on == ON + timedelta(days=7)
    assert [step.event for step in found.steps.order_by("pk")] == ["raise", "climb", "hand_to_department"]
    with pytest.raises(NotFromThisState):
        difficulties.send_up(difficulty_id=found.pk, straight=False, words="", by=by, at=AT, on=ON)


def test_it_goes_straight_to_the_department_when_asked(cast: Cast) -> None:
    found = raised(cast, SAME[0])
    assert (found.state, found.at_unit_id) == ("with_department", units()[1].pk)


@pytest.mark.parametrize(("words", "asks"), [(" ", "x"), ("x", " ")])
def test_an_empty_difficulty_is_refused(cast: Cast, words: str, asks: str) -> None:
    with pytest.raises(difficulties.DifficultyEmpty):
        difficulties.raise_difficulty(
            unit=units()[0], category="data", words=words, asks_for=asks, by=cast["lap-danh-sach"], at=AT,
            on=ON,
        )  # fmt: skip


def test_what_looks_alike_is_put_together_and_the_rest_is_not(cast: Cast) -> None:
    alike = [raised(cast, words) for words in SAME]
    other = raised(cast, "Chi nhánh ngân hàng xa hơn 40 km, đường núi")
    groups = queries.groups(found=[*alike, other])
    assert [[each.pk for each in group] for group in groups] == [[d.pk for d in alike], [other.pk]]


def test_ten_are_answered_as_one_in_as_many_statements_as_one(cast: Cast) -> None:
    counts = []
    for many in (1, 10):
        asked = [raised(cast, SAME[0]) for _each in range(many)]
        answer = drafted(cast, asked)
        counter = Statements()
        with connection.execute_wrapper(counter):
            sent = answers.issue_answer(answer_id=answer.pk, words=None, by=cast["lanh-dao-so"], at=AT)
        assert sent == many
        counts.append(counter.count)
        for each in asked:
            each.refresh_from_db()
            assert (each.state, each.at_unit_id, each.answered_at) == ("answered", each.unit_id, AT)
    assert counts[0] == counts[1]


def test_who_drafted_does_not_issue(cast: Cast) -> None:
    answer = drafted(cast, [raised(cast, SAME[0])])
    with pytest.raises(answers.AnswerOfYourOwn):
        answers.issue_answer(answer_id=answer.pk, words=None, by=cast["chuyen-vien-so"], at=AT)
    assert Answer.objects.get(pk=answer.pk).state == "draft"


def test_an_answer_cites_a_rule_and_answers_somebody(cast: Cast) -> None:
    found = raised(cast, SAME[0])
    said = {"title": "A", "category": "account", "words": "B", "unit_id": units()[1].pk,
            "by": cast["chuyen-vien-so"], "at": AT}  # fmt: skip
    with pytest.raises(answers.AnswerCitesNothing):
        answers.draft_answer(**said, cites=" ", difficulty_ids=[found.pk])  # type: ignore[arg-type]
    with pytest.raises(answers.AnswerEmpty):
        answers.draft_answer(**said, cites="C", difficulty_ids=[])  # type: ignore[arg-type]
    drafted(cast, [found])
    with pytest.raises(answers.NotWithTheDepartment, match=found.number):
        answers.draft_answer(**said, cites="C", difficulty_ids=[found.pk])  # type: ignore[arg-type]


def test_beyond_the_department_it_waits_for_the_authority_and_then_carries_its_words(cast: Cast) -> None:
    found = raised(cast, SAME[0])
    answer = drafted(cast, [found])
    said = {"answer_id": answer.pk, "number": "45/TTr-SLĐ", "by": cast["chuyen-vien-so"], "at": AT, "on": ON}
    with pytest.raises(answers.AuthorityMissing):
        answers.submit_up(**said, authority=" ")  # type: ignore[arg-type]
    assert answers.submit_up(**said, authority="UBND tỉnh") == 1  # type: ignore[arg-type]
    found.refresh_from_db()
    assert (found.state, found.due_on) == ("with_authority", ON + timedelta(days=15))
    decided = "UBND tỉnh đồng ý, ngân hàng chịu phí."
    answers.issue_answer(answer_id=answer.pk, words=decided, by=cast["lanh-dao-so"], at=AT)
    answer.refresh_from_db()
    assert answer.words == decided


def test_the_answer_is_found_by_words_without_marks_and_answers_the_next_one(cast: Cast) -> None:
    answers.issue_answer(
        answer_id=drafted(cast, [raised(cast, SAME[0])]).pk, words=None, by=cast["lanh-dao-so"], at=AT
    )
    assert [each.title for each in queries.guidance(text="tai nha ngan hang")] == ["Mở tài khoản tại nhà"]
    assert not queries.guidance(text="tai nha kho bac").exists()
    later = raised(cast, "Người già yếu nhờ ngân hàng cử người đến nhà mở tài khoản")
    like = queries.guidance_like(difficulty=later)
    assert [each.title for each in like] == ["Mở tài khoản tại nhà"]
    difficulties.answer_with(difficulty_id=later.pk, answer_id=like[0].pk, by=cast["chuyen-vien-so"], at=AT)
    later.refresh_from_db()
    assert later.state == "answered"
    draft = drafted(cast, [raised(cast, SAME[1])])
    another = raised(cast, SAME[2])
    with pytest.raises(difficulties.AnswerNotIssued):
        difficulties.answer_with(
            difficulty_id=another.pk, answer_id=draft.pk, by=cast["chuyen-vien-so"], at=AT
        )


def test_an_answer_that_does_not_help_goes_back_with_a_reason(cast: Cast) -> None:
    found = raised(cast, SAME[0])
    answers.issue_answer(answer_id=drafted(cast, [found]).pk, words=None, by=cast["lanh-dao-so"], at=AT)
    by = cast["lap-danh-sach"]
    with pytest.raises(difficulties.StepNeedsReason):
        difficulties.ask_again(difficulty_id=found.pk, words=" ", by=by, at=AT, on=ON)
    difficulties.ask_again(difficulty_id=found.pk, words="Ngân hàng không đến", by=by, at=AT, on=ON)
    found.refresh_from_db()
    assert (found.state, found.answer_id, found.at_unit_id) == ("with_department", None, units()[1].pk)


def test_the_month_is_summed_by_category_and_unit(cast: Cast) -> None:
    first = raised(cast, SAME[0])
    raised(cast, "Khác hẳn", straight=False)
    answers.issue_answer(
        answer_id=drafted(cast, [first]).pk, words=None, by=cast["lanh-dao-so"], at=AT + timedelta(days=4)
    )
    commune = units()[0]
    late = ON + timedelta(days=30)
    assert queries.synthesis(month=Month(2024, 3), unit_ids=[commune.pk], on=late) == [
        queries.Summed("account", commune.name, raised=2, answered=1, open=1, late=1, days=4)
    ]
    assert queries.synthesis(month=Month(2024, 2), unit_ids=[commune.pk], on=late) == []


# --- complaints ---------------------------------------------------------------------------------


def take(cast: Cast, **changes: object) -> complaints.Taken:
    said: dict[str, object] = {
        "commune_id": units()[0].pk, "person_id": None, "kind": "not_received", "channel": "desk",
        "words": "Tôi chưa nhận được tiền tháng 3", "contact": "0905 123 456", "by": cast["lap-danh-sach"],
        "at": AT, "on": ON,
    }  # fmt: skip
    return complaints.take_complaint(**(said | changes))  # type: ignore[arg-type]


def test_a_code_is_80_bits_and_is_read_as_people_type_it() -> None:
    assert code_of(bytes(10)) == "0" * 16
    assert code_of(b"\xff" * 10) == "Z" * 16
    code = code_of(bytes(range(10)))
    assert set(code) <= set(ALPHABET)
    assert read_code(f" {grouped(code).lower()} ") == code
    assert read_code("oIl0-0000-0000-0000") == "0110" + "0" * 12
    for wrong in ("", "123", "U" * 16, "0" * 17):
        with pytest.raises(CodeUnreadable):
            read_code(wrong)


def test_what_was_said_is_sealed_and_the_code_is_kept_nowhere(cast: Cast) -> None:
    open_to_all()
    taken = take(cast)
    found = Complaint.objects.get()
    assert content_of(found) == "Tôi chưa nhận được tiền tháng 3"
    assert contact_of(found) == "0905 123 456"
    assert "Tôi".encode() not in bytes(found.content_enc)
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(c)::text FROM directives_complaint c")
        row = cursor.fetchone()[0]
    assert taken.code not in row
    assert "123 456" not in row
    assert found.due_on == ON + timedelta(days=10)


def test_a_complaint_is_looked_into_answered_reopened_and_closed(cast: Cast) -> None:
    open_to_all()
    pk, by = take(cast).complaint.pk, cast["lanh-dao-xa"]
    complaints.look_into(complaint_id=pk, by=by, at=AT)
    with pytest.raises(complaints.ComplaintNeedsAnswer):
        complaints.answer_complaint(complaint_id=pk, words=" ", upheld=True, by=by, at=AT)
    later = AT + timedelta(days=2)
    complaints.answer_complaint(complaint_id=pk, words="Đã chi lại", upheld=True, by=by, at=later)
    assert answer_of(Complaint.objects.get()) == "Đã chi lại"
    assert complaint_queries.figures(on=ON) == complaint_queries.Figures(1, 0, 0, 1, 1, 2, 2)
    complaints.reopen_complaint(complaint_id=pk, by=by, at=later, on=ON + timedelta(days=2))
    assert complaint_queries.figures(on=ON + timedelta(days=13)).late == 1
    complaints.answer_complaint(complaint_id=pk, words="Xong", upheld=True, by=by, at=later)
    complaints.close_complaint(complaint_id=pk, by=by, at=later)
    with pytest.raises(NotFromThisState):
        complaints.look_into(complaint_id=pk, by=by, at=later)


def test_an_empty_complaint_is_refused(cast: Cast) -> None:
    with pytest.raises(complaints.ComplaintEmpty):
        take(cast, words="  ")


def test_another_commune_sees_no_complaint(cast: Cast) -> None:
    open_to_all()
    take(cast)
    limit_to(unit_ids=[units()[0].pk])
    assert Complaint.objects.count() == 1
    other = units()[0].parents.get(validity__contains=ON).parent.children.exclude(unit=units()[0])[0]
    limit_to(unit_ids=[other.unit_id])
    assert Complaint.objects.count() == 0


def look(code: str) -> tuple[int, str]:
    answer = Client().post(reverse("directives:look_up"), {"ma": code})
    return answer.status_code, answer.content.decode()


def test_a_code_shows_the_status_and_nothing_else(cast: Cast) -> None:
    open_to_all()
    taken = take(cast)
    limit_to(unit_ids=[])
    status, page = look(grouped(taken.code).lower())
    assert status == 200
    assert taken.complaint.number in page
    assert "mới nhận" in page
    for secret in ("chưa nhận được tiền", "0905", "123 456", units()[0].name, "Nguyễn"):
        assert secret not in page


def test_guessing_finds_nothing_and_is_stopped(cast: Cast) -> None:
    assert look("0000-0000-0000-0000")[0] == 404
    assert look("abc")[0] == 404
    for _each in range(complaint_queries.MOST_LOOK_UPS - 2):
        look("0000-0000-0000-0000")
    status, page = look("0000-0000-0000-0000")
    assert status == 429
    assert "Đợi 10 phút" in page
    assert LookUp.objects.count() == complaint_queries.MOST_LOOK_UPS


def test_look_ups_are_forgotten_after_a_day(db: None) -> None:
    complaints.note_look_up(address="127.0.0.1", at=AT - timedelta(days=2))
    complaints.note_look_up(address="127.0.0.1", at=AT)
    assert LookUp.objects.count() == 1
    complaint_queries.may_look_up(address="127.0.0.1", at=AT)


def test_the_slip_and_the_pages_of_a_complaint_open(cast: Cast) -> None:
    client = signed_in(cast["lap-danh-sach"])
    living = next(unit.pk for unit in Unit.objects.filter(came_from__old=units()[0]))
    typed = {"commune": living, "kind": "not_received", "channel": "phone", "words": "Chưa nhận",
             "benefit_month": "03/2024"}  # fmt: skip
    assert client.post(reverse("directives:take_complaint"), typed | {"words": ""}).status_code == 422
    assert client.post(reverse("directives:take_complaint"), typed | {"person": "999999"}).status_code == 422
    slip = client.post(reverse("directives:take_complaint"), typed).content.decode()
    assert "Mã tra cứu" in slip
    open_to_all()
    made = Complaint.objects.get()
    assert made.benefit_month == date(2024, 3, 1)
    assert made.number in client.get(reverse("directives:complaints")).content.decode()
    address = reverse("directives:complaint", args=[made.pk])
    assert "Chưa nhận" in client.get(address).content.decode()
    move = reverse("directives:move_complaint", args=[made.pk])
    assert client.post(move, {"event": "answer", "words": ""}).status_code == 422
    client.post(move, {"event": "answer", "words": "Đã chi"})
    open_to_all()
    made.refresh_from_db()
    assert (made.state, made.upheld) == ("answered", False)


def test_a_complaint_shows_its_payment_its_timeline_and_its_statement_line(cast: dict[str, Officer]) -> None:
    payroll = instructed(cast, people=4, accounts=2)
    sent(cast, payroll)
    one, other = instructions(payroll, channel="account")
    take_results(cast, payroll, file([row(one, "RETURNED", reason="AC04", reference="FT778"), row(other)]))
    open_to_all()
    client = signed_in(cast["lap-danh-sach"])
    for named in (
        {"payment_ref": one.end_to_end_id},
        {"person_id": one.person_id, "benefit_month": Month(2024, 3)},
    ):
        said: dict[str, Any] = {"person_id": None} | named
        taken = complaints.take_complaint(
            commune_id=units()[0].pk, kind="not_received", channel="desk", words="Chưa nhận được",
            by=cast["lap-danh-sach"], at=AT, on=ON, **said,
        )  # fmt: skip
        page = client.get(reverse("directives:complaint", args=[taken.complaint.pk])).content.decode()
        assert one.end_to_end_id in page
        assert other.end_to_end_id not in page
        assert "Đã gửi, chờ ngân hàng" in page
        assert "ket-qua.csv" in page
        assert "FT778" in page
        open_to_all()
