# SPDX-License-Identifier: MPL-2.0
"""A commune's round from the list to the signed minutes, and everything that can go otherwise."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from ansinh.audit.models import Event
from ansinh.population import queries
from ansinh.population.actions import answers as taking
from ansinh.population.actions import rounds, settle, sign
from ansinh.population.actions.hand_over import NeedsReceiver, hand_over
from ansinh.population.adapters.file import FileRegister
from ansinh.population.lifecycles import BATCH, ROUND
from ansinh.population.models import Answer, Batch, HandOver, Member, Round, Settlement
from ansinh.population.records import said_of
from ansinh.registry.actions.changes import apply_change, content_of
from ansinh.registry.actions.deaths import Death, record_deaths
from ansinh.registry.actions.events import record_event
from ansinh.registry.models import Change, LifeEvent, Person
from ansinh.registry.records import opened_number
from ansinh.rules.lifecycle import NotFromThisState
from ansinh.staff.models import Officer
from ansinh.staff.scope import limit_to
from ansinh.vault.protected_workbook import PasswordWrong, unprotect
from tests.architecture.source import ROOT
from tests.conftest import units
from tests.population.conftest import AT, DUE, EVERYTHING, ON, PEOPLE, open_round, person_named, reference

Cast = dict[str, Officer]
Answers = Any


def state(round_: Round) -> str:
    return Round.objects.get(pk=round_.pk).state


def standing() -> dict[str, tuple[str, bool]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.name, s.result, s.blocks FROM population_standing AS s"
            " JOIN registry_person AS p ON p.id = s.person_id"
        )
        return {name: (result, blocks) for name, result, blocks in cursor.fetchall()}


def settle_all(cast: Cast, round_: Round) -> None:
    """Correct what can be corrected, record the death, keep the rest with a paper."""
    maker = cast["lap-danh-sach"]
    for kind, _bulk, lines in queries.groups(lines=queries.differences(round_id=round_.pk)):
        for line in lines:
            action = "death" if kind == "deceased" else "correct" if line.assessment.correction else "keep"
            settle.draft_batch(round_id=round_.pk, action=action, kind=kind, people={line.member_id},
                               reason="Giấy khai sinh số 12", by=maker, at=AT, on=ON)  # fmt: skip
    settle.submit_batches(round_id=round_.pk, by=maker, at=AT, on=ON)


def test_a_round_holds_everybody_who_is_paid_in_vietnamese_order(cast: Cast, round_: Round) -> None:
    names = list(
        Member.objects.filter(round=round_).order_by("position").values_list("person__name", flat=True)
    )
    assert names == [
        "Nguyen Van An",
        "Y Blôk Êban",
        "Nguyễn Thị Hoà",
        "Lê Thị Lan",
        "Trần Văn Lí",
        "Phan Văn Tám",
    ]
    assert round_.people == len(PEOPLE)
    assert state(round_) == "handed_over"


def test_a_reference_says_nothing_about_the_person(cast: Cast, round_: Round) -> None:
    before = dict(Member.objects.filter(round=round_).values_list("person_id", "reference"))
    rounds.cancel_round(round_id=round_.pk, reason="Danh sách cũ", by=cast["lap-danh-sach"], at=AT)
    after = dict(Member.objects.filter(round=open_round(cast)).values_list("person_id", "reference"))
    assert before.keys() == after.keys()
    assert set(before.values()) & set(after.values()) == set()


def test_one_open_round_a_commune(cast: Cast, round_: Round) -> None:
    with pytest.raises(rounds.RoundOpen):
        rounds.prepare_round(unit=units()[0], due_on=DUE, by=cast["lap-danh-sach"], at=AT, on=ON)
    rounds.cancel_round(round_id=round_.pk, reason="Danh sách cũ", by=cast["lap-danh-sach"], at=AT)
    assert open_round(cast).people == len(PEOPLE)


def test_a_round_is_refused_for_a_province_for_nobody_and_for_a_day_gone(cast: Cast, scope: None) -> None:
    commune, province = units()
    said: dict[str, Any] = {"by": cast["lap-danh-sach"], "at": AT, "on": ON}
    with pytest.raises(rounds.NotACommune):
        rounds.prepare_round(unit=province, due_on=DUE, **said)
    with pytest.raises(rounds.DuePassed):
        rounds.prepare_round(unit=commune, due_on=ON, **said)
    with pytest.raises(rounds.RoundEmpty):
        rounds.prepare_round(unit=commune, due_on=DUE, **said)


def test_the_list_that_leaves_holds_what_the_check_needs_and_opens_by_its_password_only(
    cast: Cast, people: dict[str, Person]
) -> None:
    made = rounds.prepare_round(unit=units()[0], due_on=DUE, by=cast["lap-danh-sach"], at=AT, on=ON)
    with pytest.raises(NeedsReceiver):
        hand_over(round_id=made.pk, register=FileRegister(), receiver=" ", by=cast["lap-danh-sach"], at=AT)
    said: dict[str, Any] = {"round_id": made.pk, "register": FileRegister(), "by": cast["lap-danh-sach"]}
    done = hand_over(receiver="Trung tá Ánh", at=AT, **said)
    with pytest.raises(PasswordWrong):
        unprotect(done.sent.content, password="khac")
    assert b"000140000001" not in done.sent.content
    sheet = load_workbook(io.BytesIO(unprotect(done.sent.content, password=done.sent.password))).worksheets[0]
    rows = list(sheet.iter_rows(min_row=5, max_col=6, values_only=True))
    assert rows[2] == (
        "3",
        reference(made, "Nguyễn Thị Hoà"),
        "000140000001",
        "Nguyễn Thị Hoà",
        "03/04/1940",
        "Nữ",
    )
    assert rows[4][4] == "1938"
    logged = Event.objects.get(act="population.hand_over", subject_id=str(made.pk))
    assert logged.details["receiver"] == "Trung tá Ánh"
    assert logged.details["sha256"] == bytes(HandOver.objects.get(round=made).file_sha256).hex()
    assert done.sent.password not in str(logged.details)


def test_every_result_is_kept_with_the_registers_value_its_source_and_officer(
    cast: Cast, round_: Round, answer: Answers
) -> None:
    taken = answer(EVERYTHING)
    assert taken.counts() == {"added": 6, "unchanged": 0, "need_second": 0, "refused": 0}
    lines = {line.ours.name: line for line in queries.differences(round_id=round_.pk)}
    assert {name: line.kind for name, line in lines.items()} == {
        "Nguyễn Thị Hoà": "name_tone", "Trần Văn Lí": "birth_precision", "Nguyen Van An": "name_marks",
        "Lê Thị Lan": "number_missing", "Phan Văn Tám": "deceased", "Y Blôk Êban": "not_found",
    }  # fmt: skip
    hoa = lines["Nguyễn Thị Hoà"]
    assert (hoa.said.name, hoa.source, hoa.officer_id) == ("NGUYỄN THỊ HÒA", "file", cast["lap-danh-sach"].pk)
    assert state(round_) == "answered"
    assert standing()["Phan Văn Tám"] == ("deceased", True)
    assert standing()["Lê Thị Lan"] == ("wrong_number", True)
    assert standing()["Nguyễn Thị Hoà"] == ("different_name", False)


def test_the_same_file_again_adds_nothing(round_: Round, answer: Answers) -> None:
    answer(EVERYTHING)
    assert answer(EVERYTHING).counts()["unchanged"] == 6
    assert Answer.objects.count() == 6


def test_answers_that_cannot_be_are_refused_one_by_one_and_the_others_taken(
    cast: Cast, round_: Round, answer: Answers
) -> None:
    given = [
        taking.Given("ABC-DEF-GHJ", said_of({"result": "matched"}), row=2),
        taking.Given(reference(round_, "Phan Văn Tám"), said_of({"result": "deceased"}), row=3),
        taking.Given(reference(round_, "Y Blôk Êban"), said_of({"result": "moved"}), row=4),
        taking.Given(
            reference(round_, "Lê Thị Lan"), said_of({"result": "deceased", "died_on": "2024-05-01"})
        ),
        taking.Given(reference(round_, "Trần Văn Lí"), said_of({"result": "matched", "name": "Võ Thị Mai"})),
        taking.Given(
            reference(round_, "Nguyen Van An"),
            said_of({"result": "different_name", "name": "<script>alert(1)</script>"}),
        ),
        taking.Given(reference(round_, "Nguyễn Thị Hoà"), said_of({"result": "matched"})),
    ]
    done = taking.take_answers(
        round_id=round_.pk, given=given, source="file", by=cast["cong-an-xa"], at=AT, on=ON
    )
    assert [refused.code for _given, refused in done.refused] == [
        "POPULATION_NOT_IN_ROUND", "POPULATION_NEEDS_DAY", "POPULATION_NEEDS_PLACE", "EVENT_DAY_NOT_POSSIBLE",
        "POPULATION_MATCH_CONTRADICTS", "NAME_HOLDS_MORE",
    ]  # fmt: skip
    assert done.added == 1
    assert state(round_) == "handed_over"


def test_a_reference_of_another_round_is_not_of_this_one(cast: Cast, round_: Round) -> None:
    old = reference(round_, "Phan Văn Tám")
    rounds.cancel_round(round_id=round_.pk, reason="Làm lại", by=cast["lap-danh-sach"], at=AT)
    new = open_round(cast)
    done = taking.take_answers(round_id=new.pk, given=[taking.Given(old, said_of({"result": "matched"}))],
                               source="file", by=cast["cong-an-xa"], at=AT, on=ON)  # fmt: skip
    assert [refused.code for _given, refused in done.refused] == ["POPULATION_NOT_IN_ROUND"]


def police(cast: Cast, round_: Round, name: str, seen: int = 0, **said: Any) -> int:
    return taking.answer_one(
        round_id=round_.pk, reference=reference(round_, name), said=said_of(said), note="", seen_seq=seen,
        by=cast["cong-an-xa"], at=AT, on=ON,
    )  # fmt: skip


def test_two_officers_answer_at_once_and_the_second_sees_the_difference(cast: Cast, round_: Round) -> None:
    police(cast, round_, "Phan Văn Tám", result="matched")
    with pytest.raises(taking.AnsweredMeanwhile, match="khớp"):
        police(cast, round_, "Phan Văn Tám", result="not_found")
    first = police(cast, round_, "Phan Văn Tám", result="matched")  # the same word twice is one answer
    assert Answer.objects.get(round=round_).pk == first
    police(cast, round_, "Phan Văn Tám", seen=1, result="not_found")  # having seen it, the second may differ
    assert standing()["Phan Văn Tám"] == ("not_found", True)


def test_the_last_answer_is_undone_while_fresh_and_unused(cast: Cast, round_: Round) -> None:
    police(cast, round_, "Phan Văn Tám", result="matched")
    police(cast, round_, "Phan Văn Tám", seen=1, result="deceased", died_on="2024-01-01")
    taking.take_back(round_id=round_.pk, by=cast["cong-an-xa"], at=AT)
    assert standing()["Phan Văn Tám"] == ("matched", False)
    with pytest.raises(taking.NothingToUndo):
        taking.take_back(round_id=round_.pk, by=cast["cong-an-xa"], at=AT + timedelta(minutes=11))
    police(cast, round_, "Phan Văn Tám", seen=2, result="deceased", died_on="2024-01-01")
    assert standing()["Phan Văn Tám"] == ("deceased", True)


def test_undoing_the_last_answer_opens_the_round_for_answers_again(
    cast: Cast, round_: Round, answer: Answers
) -> None:
    answer({name: said for name, said in EVERYTHING.items() if name != "Y Blôk Êban"})
    police(cast, round_, "Y Blôk Êban", result="matched")
    assert state(round_) == "answered"
    taking.take_back(round_id=round_.pk, by=cast["cong-an-xa"], at=AT)
    assert state(round_) == "handed_over"


def test_what_another_officer_settled_is_not_undone_under_them(cast: Cast, round_: Round) -> None:
    police(cast, round_, "Y Blôk Êban", result="not_found")
    settle.draft_batch(round_id=round_.pk, action="keep", kind="not_found", people=None, reason="Sổ hộ khẩu",
                       by=cast["lap-danh-sach"], at=AT, on=ON)  # fmt: skip
    with pytest.raises(taking.NothingToUndo):
        taking.take_back(round_id=round_.pk, by=cast["cong-an-xa"], at=AT)


def test_a_group_is_corrected_by_proposals_that_another_person_checks(
    cast: Cast, round_: Round, answer: Answers
) -> None:
    answer(EVERYTHING)
    maker = cast["lap-danh-sach"]
    for kind in ("name_tone", "birth_precision", "name_marks", "number_missing"):
        settle.draft_batch(round_id=round_.pk, action="correct", kind=kind, people=None, reason="", by=maker,
                           at=AT, on=ON)  # fmt: skip
    assert Change.objects.count() == 0  # chosen, not submitted
    done = settle.submit_batches(round_id=round_.pk, by=maker, at=AT, on=ON)
    assert done == {"correct": 4, "keep": 0, "death": 0, "waiting_already": 0}
    for change in Change.objects.all():
        apply_change(change_id=change.pk, by=cast["lanh-dao-xa"], at=AT)
    names = set(Person.objects.values_list("name", flat=True))
    assert {"Nguyễn Thị Hòa", "Nguyễn Văn An"} <= names
    assert opened_number(Person.objects.get(name="Lê Thị Lan").number_enc) == "000141000004"
    assert Person.objects.get(name="Trần Văn Lí").born_precision == "day"
    assert Settlement.objects.filter(change__state="applied").count() == 4


def test_a_choice_is_undone_until_it_is_submitted(cast: Cast, round_: Round, answer: Answers) -> None:
    answer(EVERYTHING)
    said: dict[str, Any] = {"by": cast["lap-danh-sach"], "at": AT}
    batch = settle.draft_batch(round_id=round_.pk, action="correct", kind="name_tone", people=None, reason="",
                               on=ON, **said)  # fmt: skip
    settle.undo_batch(batch_id=batch.pk, **said)
    assert not any(line.settled for line in queries.differences(round_id=round_.pk))
    with pytest.raises(settle.NobodyLeft):
        settle.submit_batches(round_id=round_.pk, on=ON, **said)
    again = settle.draft_batch(round_id=round_.pk, action="correct", kind="name_tone", people=None, reason="",
                               on=ON, **said)  # fmt: skip
    settle.submit_batches(round_id=round_.pk, on=ON, **said)
    with pytest.raises(NotFromThisState):
        settle.undo_batch(batch_id=again.pk, **said)


def test_real_differences_are_not_corrected_as_a_group(cast: Cast, round_: Round, answer: Answers) -> None:
    answer(
        {
            "Phan Văn Tám": {"result": "different_birth", "born": "1945-01-02"},
            "Lê Thị Lan": {"result": "different_birth", "born": "1955-01-02"},
        }
    )
    said: dict[str, Any] = {"action": "correct", "kind": "birth_other", "reason": "", "at": AT, "on": ON,
                            "by": cast["lap-danh-sach"], "round_id": round_.pk}  # fmt: skip
    with pytest.raises(settle.OneByOne):
        settle.draft_batch(people=None, **said)
    one = queries.differences(round_id=round_.pk)[0]
    assert settle.draft_batch(people={one.member_id}, **said).people == 1


def test_our_record_is_kept_only_with_a_paper(cast: Cast, round_: Round, answer: Answers) -> None:
    answer(EVERYTHING)
    with pytest.raises(settle.KeepNeedsReason):
        settle.draft_batch(round_id=round_.pk, action="keep", kind="not_found", people=None, reason=" ",
                           by=cast["lap-danh-sach"], at=AT, on=ON)  # fmt: skip


def test_the_preview_says_who_is_left_out_and_why(
    cast: Cast, people: dict[str, Person], round_: Round, answer: Answers
) -> None:
    answer(
        {
            "Lê Thị Lan": {"result": "wrong_number", "number": "000140000001"},  # somebody else's number
            "Phan Văn Tám": {"result": "deceased", "died_on": "2024"},
            "Nguyễn Thị Hoà": EVERYTHING["Nguyễn Thị Hoà"],
        }
    )
    lines = queries.differences(round_id=round_.pk)
    why = {
        line.ours.name: each for line, each in queries.preview(lines=lines, action="correct", on=ON).excluded
    }
    assert why == {"Lê Thị Lan": "number_elsewhere", "Phan Văn Tám": "nothing_to_correct"}
    why = {
        line.ours.name: each for line, each in queries.preview(lines=lines, action="death", on=ON).excluded
    }
    assert why["Phan Văn Tám"] == "day_unknown"


def test_a_deceased_answer_proposes_the_death_and_stops_nothing_by_itself(
    cast: Cast, round_: Round, answer: Answers
) -> None:
    answer(EVERYTHING)
    settle_all(cast, round_)
    event = LifeEvent.objects.get(kind="death")
    assert event.happened_on == date(2024, 1, 15)
    assert event.source.startswith("Đối chiếu dân cư, mã ")
    assert {(c.kind, c.state) for c in event.proposals.all()} == {("death", "proposed"), ("stop", "proposed")}
    assert Person.objects.get(name="Phan Văn Tám").life == "alive"
    assert [each["month"] for each in event.overpaid] == ["2024-02", "2024-03"]


def test_ten_deaths_cost_as_many_statements_as_one(cast: Cast, scope: None) -> None:
    def statements(deaths: list[Death]) -> int:
        with CaptureQueriesContext(connection) as counted:
            made = record_deaths(deaths=deaths, reported_on=ON, by=cast["lap-danh-sach"], at=AT)
        assert len(made) == len(deaths)
        return len(counted)

    people = [person_named(cast, f"Lê Văn {'Ba' * (n + 1)}", f"19{n + 30}", "male", None) for n in range(11)]
    told = [Death(person.pk, date(2024, 1, 15), "Giấy báo tử") for person in people]
    assert statements(told[1:]) == statements(told[:1])
    assert record_deaths(deaths=told, reported_on=ON, by=cast["lap-danh-sach"], at=AT) == {}
    assert Change.objects.filter(kind="death").count() == Change.objects.filter(kind="stop").count() == 11
    one_by_one = person_named(cast, "Lê Văn Sau", "1930", "male", None)
    alone = record_event(person=one_by_one, kind="death", happened_on=date(2024, 1, 15), reported_on=ON,
                         source="Giấy báo tử", by=cast["lap-danh-sach"], at=AT)  # fmt: skip
    assert LifeEvent.objects.get(person=people[0]).overpaid == alone.overpaid

    def said(event: LifeEvent) -> list[tuple[Any, ...]]:
        return [
            (each.kind, each.label, content_of(change=each), each.effective_month, each.reason, each.citation,
             each.source, each.base_version)
            for each in event.proposals.order_by("kind")
        ]  # fmt: skip

    assert said(LifeEvent.objects.get(person=people[0])) == said(alone)


def test_the_minutes_are_signed_by_two_persons_over_one_content(
    cast: Cast, round_: Round, answer: Answers
) -> None:
    answer(EVERYTHING)
    maker = cast["lap-danh-sach"]
    with pytest.raises(settle.DifferencesLeft, match="6"):
        settle.resolve_round(round_id=round_.pk, by=maker, at=AT)
    settle_all(cast, round_)
    content = settle.resolve_round(round_id=round_.pk, by=maker, at=AT)
    said: dict[str, Any] = {"round_id": round_.pk, "seen_sha256": content, "at": AT}
    with pytest.raises(sign.ContentChanged):
        sign.sign_round(
            round_id=round_.pk, side="commune", seen_sha256="0" * 64, by=cast["lanh-dao-xa"], at=AT
        )
    assert not sign.sign_round(side="commune", by=cast["lanh-dao-xa"], **said)
    with pytest.raises(sign.SignedByYou):
        sign.sign_round(side="police", by=cast["lanh-dao-xa"], **said)
    with pytest.raises(sign.SideTaken):
        sign.sign_round(side="commune", by=cast["ke-toan"], **said)
    assert sign.sign_round(side="police", by=cast["cong-an-xa"], **said)
    assert state(round_) == "signed"
    with pytest.raises(NotFromThisState):
        answer({"Y Blôk Êban": {"result": "matched"}})


def test_a_new_answer_after_the_first_signature_asks_both_again(
    cast: Cast, round_: Round, answer: Answers
) -> None:
    answer(EVERYTHING)
    settle_all(cast, round_)
    content = settle.resolve_round(round_id=round_.pk, by=cast["lap-danh-sach"], at=AT)
    sign.sign_round(round_id=round_.pk, side="police", seen_sha256=content, by=cast["cong-an-xa"], at=AT)
    answer({"Y Blôk Êban": {"result": "matched"}})
    assert state(round_) == "answered"
    again = settle.resolve_round(round_id=round_.pk, by=cast["lap-danh-sach"], at=AT)
    assert again != content
    assert not sign.sign_round(
        round_id=round_.pk, side="commune", seen_sha256=again, by=cast["lanh-dao-xa"], at=AT
    )
    assert sign.sign_round(round_id=round_.pk, side="police", seen_sha256=again, by=cast["cong-an-xa"], at=AT)


def test_the_database_refuses_a_changed_answer_and_a_jump_of_state(round_: Round, answer: Answers) -> None:
    answer(EVERYTHING)
    with pytest.raises(IntegrityError, match="only added"), transaction.atomic():
        Answer.objects.filter(round=round_).update(result="matched")
    with pytest.raises(IntegrityError, match="cannot go"), transaction.atomic():
        Round.objects.filter(pk=round_.pk).update(state="signed")


def test_rows_of_another_commune_are_not_seen(cast: Cast, round_: Round, answer: Answers) -> None:

    answer(EVERYTHING)
    limit_to(unit_ids=[units()[0].pk + 1])
    assert (
        Round.objects.count()
        == Answer.objects.count()
        == Member.objects.count()
        == Batch.objects.count()
        == 0
    )
    assert standing() == {}


def test_the_diagrams_in_the_reference_are_the_tables_of_edges() -> None:
    page = (ROOT / "docs" / "reference" / "population.md").read_text(encoding="utf-8")
    assert ROUND.mermaid() in page
    assert BATCH.mermaid() in page
