# SPDX-License-Identifier: MPL-2.0
"""Nothing takes effect without two other persons who saw exactly this content (A1-A8)."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connections, transaction

from ansinh.approvals import actions, models, queries
from ansinh.approvals.actions import decide
from ansinh.approvals.actions.delegate import CannotStandIn
from ansinh.approvals.actions.submit import NotTheMaker, SubmittedAlready
from ansinh.approvals.lifecycles import SUBMISSION
from ansinh.approvals.models import Approval, Submission
from ansinh.approvals.subjects import Subject, register_subject
from ansinh.audit.models import Event
from ansinh.rules.lifecycle import NotFromThisState
from ansinh.staff.models import Officer
from tests.conftest import make_cast, units

AT, ON = datetime(2024, 3, 10, 3, 0, tzinfo=UTC), date(2024, 3, 10)
CONTENT = {"1": "the list"}
EFFECTS: list[str] = []


def content_hash(subject_id: str) -> bytes:
    return hashlib.sha256(CONTENT[subject_id].encode()).digest()


@pytest.fixture(autouse=True)
def _a_kind_of_thing() -> None:
    register_subject("test_list", Subject(content_hash, lambda thing, _by, _at: EFFECTS.append(thing)))
    CONTENT["1"] = "the list"
    EFFECTS.clear()


def hand_in(cast: dict[str, Officer], **changes: object) -> Submission:
    maker = cast["lap-danh-sach"]
    said: dict[str, object] = {
        "subject": "test_list", "subject_id": "1", "title": "Danh sách tháng 3", "summary": {"lines": 12},
        "unit_id": units()[0].pk, "last_editor": maker, "by": maker, "at": AT,
    }  # fmt: skip
    return actions.submit(**(said | changes))  # type: ignore[arg-type]


def approve(submission: Submission, by: Officer, *, at: datetime = AT) -> Submission:
    sha256 = bytes(submission.content_sha256).hex()
    return actions.approve(submission_id=submission.pk, content_sha256=sha256, by=by, at=at, on=ON)


def test_the_second_person_makes_it_take_effect_once(cast: dict[str, Officer]) -> None:
    made = hand_in(cast)
    assert approve(made, cast["ke-toan"]).state == "submitted"
    assert EFFECTS == []
    assert approve(made, cast["lanh-dao-xa"]).state == "approved"
    assert EFFECTS == ["1"]
    acts = list(Event.objects.filter(subject="submission").order_by("id").values_list("act", flat=True))
    assert acts == ["approvals.submit", "approvals.approve", "approvals.approve", "approvals.complete"]


def test_the_maker_and_the_last_editor_cannot_approve(cast: dict[str, Officer]) -> None:
    made = hand_in(cast, last_editor=cast["ke-toan"])
    with pytest.raises(decide.MadeItYourself, match="Trần Văn Đức"):
        approve(made, cast["lap-danh-sach"])
    with pytest.raises(decide.EditedItLast):
        approve(made, cast["ke-toan"])


def test_nobody_approves_twice(cast: dict[str, Officer]) -> None:
    made = hand_in(cast)
    approve(made, cast["ke-toan"])
    with pytest.raises(decide.ApprovedAlready):
        approve(made, cast["ke-toan"])


@pytest.mark.parametrize("username", ["cong-an-xa", "kiem-toan", "quan-tri", "diem-chi", "chuyen-vien-so"])
def test_those_without_the_duty_cannot_approve(cast: dict[str, Officer], username: str) -> None:
    with pytest.raises(decide.CannotApprove, match="Phạm Thu Thuỷ"):
        approve(hand_in(cast), cast[username])


def test_a_leader_of_another_commune_cannot_approve(cast: dict[str, Officer]) -> None:
    from_sister = units()[0].parents.get().parent.children.exclude(unit=units()[0])[0].unit
    made = hand_in(cast, unit_id=from_sister.pk)
    with pytest.raises(decide.CannotApprove):
        approve(made, cast["lanh-dao-xa"])
    assert approve(made, cast["lanh-dao-so"]).approvals.count() == 1  # the province's may


def test_changed_content_is_not_approved(cast: dict[str, Officer]) -> None:
    made = hand_in(cast)
    CONTENT["1"] = "another list"
    with pytest.raises(decide.ContentChanged):
        approve(made, cast["ke-toan"])


def test_an_old_page_does_not_approve_a_new_content(cast: dict[str, Officer]) -> None:
    made = hand_in(cast)
    with pytest.raises(decide.ContentChanged):
        actions.approve(submission_id=made.pk, content_sha256="00" * 32, by=cast["ke-toan"], at=AT, on=ON)


@pytest.mark.parametrize("approvals", [0, 1, 2])
def test_any_change_voids_every_approval(cast: dict[str, Officer], approvals: int) -> None:
    made = hand_in(cast)
    for username in ("ke-toan", "lanh-dao-xa")[:approvals]:
        approve(made, cast[username])
    assert actions.void_on_change(subject="test_list", subject_id="1", by=cast["lap-danh-sach"], at=AT) == 1
    made.refresh_from_db()
    assert made.state == "voided"
    CONTENT["1"] = "another list"
    again = hand_in(cast)
    assert again.approvals.count() == 0


def test_one_approver_is_enough_to_return_it(cast: dict[str, Officer]) -> None:
    made = hand_in(cast)
    actions.return_with_reason(
        submission_id=made.pk, reason="thiếu 3 người", by=cast["ke-toan"], at=AT, on=ON
    )
    made.refresh_from_db()
    assert (made.state, made.reason) == ("returned", "thiếu 3 người")
    with pytest.raises(NotFromThisState):
        approve(made, cast["lanh-dao-xa"])


def test_only_the_maker_takes_it_back(cast: dict[str, Officer]) -> None:
    made = hand_in(cast)
    with pytest.raises(NotTheMaker):
        actions.withdraw(submission_id=made.pk, by=cast["ke-toan"], at=AT)
    actions.withdraw(submission_id=made.pk, by=cast["lap-danh-sach"], at=AT)
    made.refresh_from_db()
    assert made.state == "withdrawn"


def test_a_thing_waits_only_once(cast: dict[str, Officer]) -> None:
    hand_in(cast)
    with pytest.raises(SubmittedAlready):
        hand_in(cast)


def test_a_long_list_is_not_approved_within_seconds(cast: dict[str, Officer]) -> None:
    made = hand_in(cast, summary={"lines": 500})
    reader = cast["ke-toan"]
    with pytest.raises(decide.NotReadYet):
        approve(made, reader)
    actions.open_submission(submission_id=made.pk, by=reader, at=AT)
    with pytest.raises(decide.NotReadYet):
        approve(made, reader, at=AT + timedelta(seconds=4))
    assert approve(made, reader, at=AT + timedelta(seconds=6)).approvals.count() == 1


def test_a_substitute_approves_within_the_dates_and_it_is_written_down(cast: dict[str, Officer]) -> None:
    made, substitute = hand_in(cast), cast["kho-bac"]
    with pytest.raises(decide.CannotApprove):
        approve(made, substitute)
    with pytest.raises(CannotStandIn):
        actions.delegate(substitute=cast["lap-danh-sach"], valid_from=ON, valid_to=ON + timedelta(days=5),
                         reason="nghỉ phép", by=cast["lanh-dao-xa"], at=AT)  # fmt: skip
    substitute = cast["cong-an-xa"]
    standing_in = actions.delegate(
        substitute=substitute, valid_from=ON, valid_to=ON + timedelta(days=5), reason="nghỉ phép",
        by=cast["lanh-dao-xa"], at=AT,
    )  # fmt: skip
    approve(made, substitute)
    assert Approval.objects.get(officer=substitute).held["for"] == cast["lanh-dao-xa"].pk
    assert actions.end_delegation(delegation_id=standing_in.pk, by=cast["lanh-dao-xa"], at=AT)
    assert queries.mandate(officer_id=substitute.pk, unit_id=made.unit_id, on=ON) is None


# --- the database refuses what the actions refuse ------------------------------------------------


def slip_in(submission: Submission, officer: Officer, **changes: object) -> None:
    said: dict[str, object] = {
        "submission": submission, "officer": officer, "person_bidx": officer.citizen_number_bidx,
        "content_sha256": submission.content_sha256, "held": {}, "at": AT,
    }  # fmt: skip
    with transaction.atomic():
        Approval.objects.create(**(said | changes))


def test_the_database_refuses_the_maker_another_content_and_a_borrowed_person(
    cast: dict[str, Officer],
) -> None:
    made = hand_in(cast)
    with pytest.raises(IntegrityError, match="neither maker"):
        slip_in(made, cast["lap-danh-sach"])
    with pytest.raises(IntegrityError, match="content"):
        slip_in(made, cast["ke-toan"], content_sha256=b"x" * 32)
    with pytest.raises(IntegrityError, match="person"):
        slip_in(made, cast["ke-toan"], person_bidx=cast["lanh-dao-xa"].citizen_number_bidx)


def test_the_database_refuses_a_transition_without_two_persons(cast: dict[str, Officer]) -> None:
    made = hand_in(cast)
    slip_in(made, cast["ke-toan"])
    with pytest.raises(IntegrityError, match="two distinct persons"), transaction.atomic():
        Submission.objects.filter(pk=made.pk).update(state="approved")


def test_the_database_refuses_to_rewrite_or_revive_a_submission(cast: dict[str, Officer]) -> None:
    made = hand_in(cast)
    with pytest.raises(IntegrityError, match="not rewritten"), transaction.atomic():
        Submission.objects.filter(pk=made.pk).update(content_sha256=b"y" * 32)
    actions.withdraw(submission_id=made.pk, by=cast["lap-danh-sach"], at=AT)
    with pytest.raises(IntegrityError, match="cannot go"), transaction.atomic():
        Submission.objects.filter(pk=made.pk).update(state="submitted")


@pytest.mark.parametrize("table", ["approvals_submission", "approvals_approval"])
def test_approvals_are_never_deleted(db: None, table: str) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic(), connections["default"].cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")


def test_the_number_is_two_and_no_setting_lowers_it() -> None:
    assert models.REQUIRED_APPROVALS == 2


def test_the_database_knows_the_same_edges_as_the_table(cast: dict[str, Officer]) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'approvals_submission_state_guard'")
        body = cursor.fetchone()[0]
    for source, target in SUBMISSION.moves():
        assert f"('{source.value}', '{target.value}')" in body
    assert {choice.value for choice in models.SubmissionState} == {state.value for state in SUBMISSION.states}


# --- many at once --------------------------------------------------------------------------------


def at_once(acts: list[Callable[[], object]]) -> list[object]:
    """Run all acts at the same moment; what each returned or raised."""
    gate, results = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        gate.wait()
        try:
            results.append(act())
        except Exception as problem:  # noqa: BLE001 - the test looks at it
            results.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


@pytest.mark.slow
def test_twenty_at_once_make_exactly_one_transition(committed_database: str) -> None:
    cast = make_cast()
    made = hand_in(cast)
    voters = [cast["ke-toan"], cast["lanh-dao-xa"], cast["lanh-dao-so"]]
    results = at_once([lambda by=voters[n % 3]: approve(made, by) for n in range(20)])  # type: ignore[misc]
    made.refresh_from_db()
    assert made.state == "approved"
    assert EFFECTS == ["1"]
    assert Approval.objects.filter(submission=made).count() == 2
    assert sum(isinstance(result, Submission) for result in results) == 2
    assert all(
        isinstance(result, Submission | decide.ApprovedAlready | NotFromThisState) for result in results
    )
    assert Event.objects.filter(act="approvals.complete").count() == 1


@pytest.mark.slow
def test_approving_and_returning_at_once_ends_in_one_of_them(committed_database: str) -> None:
    cast = make_cast()
    made = hand_in(cast)
    approve(made, cast["ke-toan"])
    at_once([
        lambda: approve(made, cast["lanh-dao-xa"]),
        lambda: actions.return_with_reason(
            submission_id=made.pk, reason="sai", by=cast["lanh-dao-so"], at=AT, on=ON),
    ])  # fmt: skip
    made.refresh_from_db()
    assert made.state in {"approved", "returned"}
    assert (["1"] if made.state == "approved" else []) == EFFECTS


@pytest.mark.slow
def test_approving_and_changing_at_once_never_approves_the_change(committed_database: str) -> None:
    cast = make_cast()
    made = hand_in(cast)
    approve(made, cast["ke-toan"])

    def change() -> object:
        with transaction.atomic():
            done = actions.void_on_change(
                subject="test_list", subject_id="1", by=cast["lap-danh-sach"], at=AT
            )
            CONTENT["1"] = "another list"
            return done

    at_once([lambda: approve(made, cast["lanh-dao-xa"]), change])
    made.refresh_from_db()
    assert made.state == "voided"
