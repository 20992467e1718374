# SPDX-License-Identifier: MPL-2.0
"""Every line kept, matched, booked once; nothing lost, nothing booked twice, nothing refused whole."""

from __future__ import annotations

import random
from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from ansinh.disbursement.actions import instruct as making
from ansinh.disbursement.actions.instruct import LinesMissing, instruct, split_of
from ansinh.disbursement.actions.release import claim, settle_dispatch
from ansinh.disbursement.actions.single import (
    NoPayeeNow,
    ReissuedAlready,
    SameAccountAgain,
    cancel_instruction,
    carry_forward,
)
from ansinh.disbursement.models import Instruction
from ansinh.disbursement.queries import preview
from ansinh.disbursement.simulated_bank import NoAnswerError, OldTokenError, SimulatedBank
from ansinh.payroll.models import Payroll
from ansinh.reconciliation.actions.desk import EvidenceMissing, RemedyUnknown, propose, take
from ansinh.reconciliation.actions.receive import Control, discard_held, take_held
from ansinh.reconciliation.actions.returns import CaseOpen, NotPlaced, close, mark_unknown, pay_again
from ansinh.reconciliation.lines import NotThisForm
from ansinh.reconciliation.models import Case, Line, Outcome, ResultFile
from ansinh.rules.lifecycle import NotFromThisState
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all
from ansinh.statements import statement
from tests.conftest import units
from tests.disbursement.month import (
    AT,
    approved,
    instructed,
    instructions,
    locked,
    money,
    say_yes,
    sent,
    states,
)
from tests.reconciliation.answers import file, row
from tests.reconciliation.answers import take as answer

Cast = dict[str, Officer]


@pytest.fixture(autouse=True)
def _own_store(settings: object, tmp_path: Path, db: None) -> None:
    settings.FILE_STORE_FOLDER = tmp_path  # type: ignore[attr-defined]
    open_to_all()


@pytest.fixture
def month(cast: Cast) -> Payroll:
    """Four transfers at the bank, two people waiting for cash."""
    payroll = instructed(cast)
    sent(cast, payroll)
    return payroll


def at_bank(payroll: Payroll) -> list[Instruction]:
    return instructions(payroll, channel="account")


def test_a_good_file_pays_everybody(cast: Cast, month: Payroll) -> None:
    made = at_bank(month)
    found = answer(cast, month, file(row(one) for one in made))
    assert found.counts == {"applied": 4, "duplicate": 0, "suspense": 0, "malformed": 0}
    assert states(month, channel="account") == ["paid"] * 4
    assert money(month)["paid_account"] == sum(one.amount_vnd for one in made)


def test_the_same_bytes_renamed_do_nothing(cast: Cast, month: Payroll) -> None:
    content = file(row(one) for one in at_bank(month))
    answer(cast, month, content)
    before = money(month)
    again = answer(cast, month, content, name="ten-khac.csv")
    assert again.seen
    assert money(month) == before
    assert ResultFile.objects.count() == 1


def test_the_same_lines_in_a_new_file_and_twice_inside_do_nothing(cast: Cast, month: Payroll) -> None:
    made = at_bank(month)
    answer(cast, month, file(row(one) for one in made))
    before = money(month)
    found = answer(cast, month, file([*(row(one) for one in made[::-1]), row(made[0]), row(made[0])]))
    assert found.counts["duplicate"] == 6
    assert money(month) == before


def test_every_order_of_files_ends_in_one_state(cast: Cast, month: Payroll) -> None:
    """All orders of four files that say paid, failed, returned and paid again of the same four."""
    one, two, three, four = at_bank(month)
    files = [
        file([row(one), row(two), row(three)]),
        file([row(two, "FAILED", reason="AC04"), row(four, "FAILED")]),
        file([row(three, "RETURNED", reason="AC01"), row(one, "PAID")]),
        file([row(three), row(two, "FAILED")]),
    ]
    ends = set()
    for order in permutations(files):
        with transaction.atomic():
            for content in order:
                answer(cast, month, content)
            ends.add((tuple(states(month, channel="account")), tuple(sorted(money(month).items()))))
            transaction.set_rollback(True)
    assert len(ends) == 1
    assert ends.pop()[0] == ("paid", "disputed", "returned", "failed")


def test_a_thousand_lines_in_any_order(cast: Cast) -> None:
    payroll = instructed(cast, people=60, accounts=60)
    sent(cast, payroll)
    rows = [row(one, status) for one in at_bank(payroll) for status in ("PAID", "PAID", "RETURNED")]
    ends = set()
    for seed in range(3):
        random.Random(seed).shuffle(rows)
        with transaction.atomic():
            answer(cast, payroll, file(rows))
            ends.add(tuple(sorted(money(payroll).items())))
            transaction.set_rollback(True)
    assert len(ends) == 1


@pytest.mark.parametrize(("change", "kind"), [
    ({"amount": 1}, "amount_differs"), ({"day": "04/03/2034"}, "future_date"),
])  # fmt: skip
def test_a_line_that_says_something_else_hangs_and_moves_nothing(
    cast: Cast, month: Payroll, change: dict[str, object], kind: str
) -> None:
    one, *others = at_bank(month)
    found = answer(cast, month, file([row(one, **change), *(row(each) for each in others)]))  # type: ignore[arg-type]
    assert found.counts == {"applied": 3, "duplicate": 0, "suspense": 1, "malformed": 0}
    assert states(month, channel="account") == ["sent", "paid", "paid", "paid"]
    case = Case.objects.get()
    assert (case.kind, case.instruction_id, case.state) == (kind, one.pk, "open")
    assert money(month)["suspense"] == case.posted_vnd


@pytest.mark.parametrize("line", [
    ["", "x", "PAID", "", "", ""], ["AS1", "10.99", "PAID", "", "", ""], ["AS1", "500", "???", "", "", ""],
    ["AS1"], ["AS1", "-500", "PAID", "", "", ""], ["AS1", "500", "RETURNED", "", "", ""],
])  # fmt: skip
def test_one_bad_line_never_refuses_the_file(cast: Cast, month: Payroll, line: list[str]) -> None:
    made = at_bank(month)
    rows = [line, *(row(one) for one in made)]
    total = sum(one.amount_vnd for one in made) + (500 if "500" in line else 0)
    found = answer(cast, month, file([each + [""] * 0 for each in rows if len(each) > 1] if len(line) > 1 else
                                     rows_with_short(rows), count=5, total=total))  # fmt: skip
    assert found.file.state == "applied"
    assert found.counts["applied"] == 4
    assert found.counts["malformed"] == 1
    assert Case.objects.get().kind == "malformed"


def rows_with_short(rows: list[list[str]]) -> list[list[str]]:
    return [[*each, *[""] * (2 - len(each))] if len(each) == 1 else each for each in rows]


def test_a_file_whose_totals_do_not_close_is_held_whole(cast: Cast, month: Payroll) -> None:
    made = at_bank(month)
    wrong = [file((row(one) for one in made), total=1), file((row(one) for one in made), count=3),
             file((row(one) for one in made), trailer=False)]  # fmt: skip
    for content, why in zip(wrong, ("sum_differs", "count_differs", "no_trailer"), strict=True):
        found = answer(cast, month, content)
        assert (found.file.state, found.file.held_for) == ("held", why)
        assert found.counts["applied"] == 0
    assert states(month, channel="account") == ["sent"] * 4
    assert Line.objects.count() == 12
    discard_held(file_id=found.file.pk, note="Ngân hàng gửi lại", by=cast["ke-toan"], at=AT)
    with pytest.raises(NotFromThisState):
        take_held(file_id=found.file.pk, note="x", by=cast["ke-toan"], at=AT)


def test_a_held_part_counts_only_after_somebody_says_so(cast: Cast, month: Payroll) -> None:
    made = at_bank(month)
    found = answer(cast, month, file((row(one) for one in made[:2]), trailer=False))
    counts = take_held(
        file_id=found.file.pk, note="Ngân hàng xác nhận gửi trước hai dòng", by=cast["ke-toan"], at=AT
    )
    assert counts["applied"] == 2


def test_a_file_cut_anywhere_applies_nothing(cast: Cast, month: Payroll) -> None:
    content = file(row(one) for one in at_bank(month))
    for cut in range(60, len(content) - 1, 37):
        with transaction.atomic():
            try:
                found = answer(cast, month, content[:cut])
                assert found.file.state == "held"
                assert found.counts["applied"] == 0
            except NotThisForm:
                pass
            transaction.set_rollback(True)
    assert states(month, channel="account") == ["sent"] * 4


def test_typed_control_totals_stand_in_for_a_missing_trailer(cast: Cast, month: Payroll) -> None:
    made = at_bank(month)
    total = sum(one.amount_vnd for one in made)
    content = file((row(one) for one in made), trailer=False)
    with transaction.atomic():
        wrong = answer(cast, month, content, control=Control(4, total + 1))
        assert wrong.file.held_for == "control_differs"
        transaction.set_rollback(True)
    right = answer(cast, month, content, control=Control(4, total))
    assert right.counts["applied"] == 4


def test_raw_lines_and_outcomes_are_written_once(cast: Cast, month: Payroll) -> None:
    answer(cast, month, file(row(one) for one in at_bank(month)))
    for wish in ("UPDATE reconciliation_line SET amount_vnd = 1", "DELETE FROM reconciliation_outcome"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(wish)


def test_what_came_back_is_paid_again_once_and_never_to_the_same_account(cast: Cast, month: Payroll) -> None:
    one, *others = at_bank(month)
    answer(cast, month, file([row(one, "RETURNED", reason="AC04"), *(row(each) for each in others)]))
    with pytest.raises(SameAccountAgain):
        pay_again(instruction_id=one.pk, in_cash=False, by=cast["lap-danh-sach"], at=AT)
    made = pay_again(instruction_id=one.pk, in_cash=True, by=cast["lap-danh-sach"], at=AT)
    assert (made.replaces_id, made.attempt, made.channel) == (one.pk, 1, "pay_point")
    assert made.end_to_end_id != one.end_to_end_id
    with pytest.raises((ReissuedAlready, NotFromThisState)):
        pay_again(instruction_id=one.pk, in_cash=True, by=cast["lap-danh-sach"], at=AT)
    assert money(month)["waiting"] == made.amount_vnd + sum(
        each.amount_vnd for each in instructions(month, channel="pay_point", attempt=0)
    )
    late = answer(cast, month, file([row(one, "PAID", reference="FT9")]))
    assert late.counts["suspense"] == 1
    assert Case.objects.get().kind == "paid_after_replaced"


def test_a_return_without_a_payee_is_not_paid_again(cast: Cast, month: Payroll) -> None:
    one = at_bank(month)[0]
    answer(cast, month, file([row(one, "RETURNED", reason="MD07")]))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE registry_person SET life = 'dead', life_since = '2024-03-02' WHERE id = %s",
                       [one.person_id])  # fmt: skip
    with pytest.raises(NoPayeeNow):
        pay_again(instruction_id=one.pk, in_cash=False, by=cast["lap-danh-sach"], at=AT)


def test_an_open_case_blocks_paying_again(cast: Cast, month: Payroll) -> None:
    one = at_bank(month)[0]
    answer(cast, month, file([row(one, "FAILED"), row(one, amount=7)]))
    with pytest.raises(CaseOpen):
        pay_again(instruction_id=one.pk, in_cash=True, by=cast["lap-danh-sach"], at=AT)


def test_a_dispute_is_decided_by_a_maker_with_evidence_and_two_others(cast: Cast, month: Payroll) -> None:
    one = at_bank(month)[0]
    answer(cast, month, file([row(one), row(one, "FAILED", reference="FT2"), row(one, amount=5)]))
    assert states(month, channel="account")[0] == "disputed"
    found = {each.kind: each for each in Case.objects.all()}
    assert set(found) == {"contradiction", "amount_differs"}
    case = found["contradiction"]
    by = cast["lap-danh-sach"]
    take(case_id=case.pk, by=by, at=AT)
    with pytest.raises(EvidenceMissing):
        propose(case_id=case.pk, remedy="confirm_paid", evidence="", by=by, at=AT)
    with pytest.raises(RemedyUnknown):
        propose(case_id=case.pk, remedy="lam_cho_xong", evidence="Công văn 12", by=by, at=AT)
    made = propose(
        case_id=case.pk, remedy="confirm_paid", evidence="Công văn 12/NH, sao kê 04/03", by=by, at=AT
    )
    with pytest.raises(Refusal):
        say_yes(made, by)
    say_yes(made, cast["lanh-dao-xa"], cast["ke-toan"])
    other = propose(
        case_id=found["amount_differs"].pk, remedy="explained", evidence="Công văn 13/NH", by=by, at=AT
    )
    say_yes(other, cast["lanh-dao-xa"], cast["ke-toan"])
    case.refresh_from_db()
    assert case.state == "settled"
    assert states(month, channel="account")[0] == "paid"
    assert "suspense" not in money(month)


def test_the_organisations_report_books_cash_and_what_was_not_collected_is_carried(
    cast: Cast, month: Payroll
) -> None:
    sent(cast, month, "organisation")
    came, absent = instructions(month, channel="pay_point")
    answer(cast, month, file([row(came), row(absent, "FAILED", reason="Vắng mặt")]))
    assert states(month, channel="pay_point") == ["collected", "uncollected"]
    carry_forward(instruction_id=absent.pk, by=cast["lap-danh-sach"], at=AT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM payroll_unpaid WHERE payroll_id = %s", [month.pk])
        assert cursor.fetchone() == (absent.lines,)
    assert money(month)["approved"] == month.total_vnd - absent.amount_vnd


def test_silence_becomes_unknown_and_stays_until_an_answer(cast: Cast, month: Payroll) -> None:
    assert mark_unknown(sent_before=AT, by=None, at=AT) == 0
    later = AT + timedelta(days=3)
    assert mark_unknown(sent_before=later, by=None, at=later) == 4
    one = at_bank(month)[0]
    with pytest.raises(NotFromThisState):
        pay_again(instruction_id=one.pk, in_cash=True, by=cast["lap-danh-sach"], at=later)
    answer(cast, month, file(row(each) for each in at_bank(month)))
    assert states(month, channel="account") == ["paid"] * 4


def test_a_month_closes_only_when_every_dong_has_its_place(cast: Cast, month: Payroll) -> None:
    where = units()[0].pk
    closing = {"source": month.stream, "commune_id": where, "month": Month(2024, 3), "by": cast["ke-toan"],
               "at": AT}  # fmt: skip
    with pytest.raises(NotPlaced, match="sent: 4"):
        close(**closing)  # type: ignore[arg-type]
    sent(cast, month, "organisation")
    answer(cast, month, file(row(one) for one in instructions(month)))
    close(**closing)  # type: ignore[arg-type]
    one = at_bank(month)[0]
    answer(cast, month, file([row(one, "RETURNED", reason="AC04")]))
    assert money(month)["returned"] == one.amount_vnd
    with connection.cursor() as cursor:
        cursor.execute("SELECT booked FROM ledger_posting WHERE cause = 'bounce'")
        assert [each[0].month for each in cursor.fetchall()] == [4]


# --- the failures of G2P Bridge and others, by name ---------------------------------------------------


def test_g2p_bridge_a_bank_that_answers_after_the_timeout_is_sent_to_once(cast: Cast) -> None:
    payroll = instructed(cast)
    envelope = approved(cast, payroll)
    bank = SimulatedBank(knobs={"silent": 100})
    first = claim(envelope_id=envelope.pk, by=cast["kho-bac"], at=AT)
    with pytest.raises(NoAnswerError):
        bank.submit(reference=first.reference, token=first.token, content=first.content)
    settle_dispatch(envelope_id=envelope.pk, token=first.token, outcome="lose", by=None, at=AT)
    for _ in range(5):
        with pytest.raises(NotFromThisState):
            claim(envelope_id=envelope.pk, by=cast["kho-bac"], at=AT)
    assert bank.enquire(reference=first.reference) == "accepted"
    settle_dispatch(envelope_id=envelope.pk, token=first.token, outcome="accept", by=None, at=AT)
    assert set(bank.moved.values()) == {1}


def test_g2p_bridge_a_task_delivered_twice_has_no_second_effect(cast: Cast) -> None:
    payroll = instructed(cast)
    envelope = approved(cast, payroll)
    bank = SimulatedBank()
    found = claim(envelope_id=envelope.pk, by=cast["kho-bac"], at=AT)
    for _ in range(2):
        bank.submit(reference=found.reference, token=found.token, content=found.content)
    with pytest.raises(NotFromThisState):
        claim(envelope_id=envelope.pk, by=cast["kho-bac"], at=AT)
    assert set(bank.moved.values()) == {1}
    with pytest.raises(OldTokenError):
        bank.submit(reference=found.reference, token=0, content=found.content)


def test_g2p_bridge_counts_are_what_is_stored(cast: Cast) -> None:
    payroll = instructed(cast, people=30, accounts=30)
    envelope = sent(cast, payroll)
    assert envelope.count == len(at_bank(payroll)) == 30


def test_g2p_bridge_what_was_cancelled_is_not_sent(cast: Cast) -> None:
    payroll = instructed(cast)
    gone = at_bank(payroll)[0]
    cancel_instruction(instruction_id=gone.pk, reason="Từ chối", by=cast["lap-danh-sach"], at=AT)
    envelope = approved(cast, payroll)
    bank = SimulatedBank()
    found = claim(envelope_id=envelope.pk, by=cast["kho-bac"], at=AT)
    bank.submit(reference=found.reference, token=found.token, content=found.content)
    assert bank.moved[gone.end_to_end_id] == 0
    assert len(bank.moved) == 3


def test_g2p_bridge_no_dong_is_cut_off_an_amount(cast: Cast, month: Payroll) -> None:
    one = at_bank(month)[0]
    found = answer(cast, month, file([[one.end_to_end_id, f"{one.amount_vnd}.99", "PAID", "", "FT", ""]]))
    assert found.counts["malformed"] == 1
    assert states(month, channel="account")[0] == "sent"


def test_g2p_bridge_one_unknown_debit_does_not_block_a_statement(cast: Cast, month: Payroll) -> None:
    made = at_bank(month)
    stranger = ["AS999999999999999999", "77000", "PAID", "", "FT0", "04/03/2024"]
    found = answer(cast, month, file([stranger, *(row(one) for one in made)]))
    assert found.counts == {"applied": 4, "duplicate": 0, "suspense": 1, "malformed": 0}
    assert money(month)["suspense"] == 77_000


def test_g2p_bridge_another_amount_never_reconciles(cast: Cast, month: Payroll) -> None:
    one = at_bank(month)[0]
    answer(cast, month, file([row(one, amount=999_999)]))
    assert states(month, channel="account")[0] == "sent"


def test_g2p_bridge_a_returned_credit_is_booked(cast: Cast, month: Payroll) -> None:
    one = at_bank(month)[0]
    answer(cast, month, file([row(one)]))
    answer(cast, month, file([row(one, "RETURNED", reason="AC01", reference="RT1")]))
    assert states(month, channel="account")[0] == "returned"
    assert money(month)["returned"] == one.amount_vnd


def test_pbms_totals_are_compared_before_the_state_changes(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    payroll = locked(cast)
    lossy = statement("disbursement", "link_parts").replace("ORDER BY line.id", "ORDER BY line.id LIMIT 5")
    monkeypatch.setattr(
        making, "statement", lambda stage, name: lossy if name == "link_parts" else statement(stage, name)
    )
    split = split_of(shares=preview(payroll_id=payroll.pk))
    with pytest.raises(LinesMissing), transaction.atomic():
        instruct(payroll_id=payroll.pk, confirmed=split, by=cast["lap-danh-sach"], at=AT)
    payroll.refresh_from_db()
    assert (payroll.state, Instruction.objects.count()) == ("locked", 0)


def test_hope_a_second_set_of_payments_for_the_same_payroll_is_impossible(cast: Cast, month: Payroll) -> None:
    with pytest.raises(Refusal):
        instruct(payroll_id=month.pk, confirmed={}, by=cast["lap-danh-sach"], at=AT)


def test_outcomes_are_one_a_line(cast: Cast, month: Payroll) -> None:
    answer(cast, month, file([*(row(one) for one in at_bank(month)), ["?", "1", "PAID", "", "", ""]]))
    assert Outcome.objects.count() == Line.objects.count() == 5
