# SPDX-License-Identifier: MPL-2.0
"""Instructions once, envelopes with approved bytes, nothing held or cancelled leaves."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from lxml import etree
from python_calamine import CalamineWorkbook

from ansinh.disbursement.actions import envelopes
from ansinh.disbursement.actions import release as sending
from ansinh.disbursement.actions.approve import submit_envelope
from ansinh.disbursement.actions.envelopes import (
    EnclosedElsewhere,
    NoContractInForce,
    NothingToEnclose,
    build,
    cancel,
    written,
)
from ansinh.disbursement.actions.instruct import (
    InstructedAlready,
    NobodyToPay,
    NotLocked,
    SplitChanged,
    instruct,
    split_of,
)
from ansinh.disbursement.actions.release import FileDiffers, MustNotLeave, TokenTooOld, claim, settle_dispatch
from ansinh.disbursement.actions.single import LeftAlready, cancel_instruction, hold, release_hold
from ansinh.disbursement.channels.iso20022.write import NAMESPACE
from ansinh.disbursement.models import Envelope, Instruction
from ansinh.disbursement.queries import preview
from ansinh.payroll.models import Payroll
from ansinh.providers.models import Contract
from ansinh.registry.models import Person
from ansinh.rules.payments import check_end_to_end_id
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.staff.scope import limit_to, open_to_all, opened_to_all
from ansinh.vault import store
from tests.conftest import units
from tests.disbursement.month import AT, approved, instructed, instructions, locked, money, sent, states

SCHEMA = Path(__file__).parent / "pain001.xsd"


@pytest.fixture(autouse=True)
def _own_store(settings: object, tmp_path: Path, db: None) -> None:
    settings.FILE_STORE_FOLDER = tmp_path  # type: ignore[attr-defined]
    open_to_all()


def test_each_payee_gets_one_instruction_and_the_totals_agree(cast: dict[str, Officer]) -> None:
    payroll = instructed(cast)
    made = instructions(payroll)
    assert sorted(each.channel for each in made) == ["account"] * 4 + ["pay_point"] * 2
    assert sum(each.amount_vnd for each in made) == payroll.total_vnd
    ids = [check_end_to_end_id(each.end_to_end_id) for each in made]
    assert len(set(ids)) == 6
    assert all(each[2:8] == f"{settings.PROVINCE}2403" for each in ids)
    assert money(payroll) == {"approved": payroll.total_vnd, "waiting": payroll.total_vnd}
    payroll.refresh_from_db()
    assert payroll.state == "handed_over"


def test_the_split_is_shown_with_counts_and_sums_before_it_is_confirmed(cast: dict[str, Officer]) -> None:
    payroll = locked(cast)
    shares = {each.channel: each.people for each in preview(payroll_id=payroll.pk) if not each.hold}
    assert shares == {"account": 4, "pay_point": 2}
    with pytest.raises(SplitChanged):
        instruct(payroll_id=payroll.pk, confirmed={"account": (4, 1)}, by=cast["lap-danh-sach"], at=AT)
    assert Instruction.objects.count() == 0


def test_a_second_time_makes_nothing(cast: dict[str, Officer]) -> None:
    payroll = instructed(cast)
    before = Instruction.objects.count()
    split = split_of(shares=preview(payroll_id=payroll.pk))
    with pytest.raises(InstructedAlready):
        instruct(payroll_id=payroll.pk, confirmed=split, by=cast["lap-danh-sach"], at=AT)
    assert Instruction.objects.count() == before


def test_an_unlocked_payroll_is_not_paid(cast: dict[str, Officer]) -> None:
    payroll = locked(cast)
    other = Payroll.objects.create(
        unit_id=payroll.unit_id, stream="merit", period=payroll.period, communes=payroll.communes,
        prepared_at=AT,
    )  # fmt: skip
    with pytest.raises(NotLocked):
        instruct(payroll_id=other.pk, confirmed={}, by=cast["lap-danh-sach"], at=AT)


def test_nobody_to_pay_pays_nobody_and_says_so(cast: dict[str, Officer]) -> None:
    payroll = locked(cast, people=1, accounts=0)
    empty = Payroll.objects.create(
        unit_id=payroll.unit_id, stream="merit", period=payroll.period, communes=payroll.communes,
        prepared_at=AT,
    )  # fmt: skip
    for state in ("calculated", "submitted", "approved", "locked"):
        Payroll.objects.filter(pk=empty.pk).update(state=state)
    with pytest.raises(NobodyToPay):
        instruct(payroll_id=empty.pk, confirmed={}, by=cast["lap-danh-sach"], at=AT)


def test_an_instruction_never_changes(cast: dict[str, Officer]) -> None:
    payroll = instructed(cast)
    one = instructions(payroll)[0]
    for wish in ("UPDATE disbursement_instruction SET amount_vnd = 1", "DELETE FROM disbursement_part",
                 "UPDATE disbursement_event SET state_to = 'paid'"):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(wish)
    with connection.cursor() as cursor:  # key rotation may seal the number again, nothing else
        cursor.execute(
            "UPDATE disbursement_instruction SET account_enc = account_enc WHERE id = %s", [one.pk]
        )


def test_a_second_living_instruction_is_impossible_in_the_database(cast: dict[str, Officer]) -> None:
    payroll = instructed(cast)
    one = instructions(payroll)[0]
    for changed in ({"end_to_end_id": "AS0000000000000000X1"}, {"attempt": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Instruction.objects.create(
                **{
                    field.attname: getattr(one, field.attname)
                    for field in Instruction._meta.concrete_fields
                    if field.attname != "id"
                }
                | changed
            )


def test_an_envelope_declares_count_and_sum_and_its_bytes_are_the_same_again(
    cast: dict[str, Officer],
) -> None:
    payroll = instructed(cast)
    envelope = build(payroll_id=payroll.pk, layout_code="bulk_bin", by=cast["lap-danh-sach"], at=AT)[0]
    content = store.get(bytes(envelope.sha256))
    assert content == written(envelope=envelope)
    listed = list(csv.reader(io.StringIO(content.decode())))
    made = instructions(payroll, channel="account")
    assert [row[0] for row in listed[1:-1]] == sorted(each.end_to_end_id for each in made)
    assert all(row[2].startswith("00") and len(row[2]) == 10 for row in listed[1:-1])
    assert all(row[5].startswith(row[0]) for row in listed[1:-1])
    assert listed[-1][0] == f"TOTAL {envelope.count}"
    assert int(listed[-1][4]) == envelope.sum_vnd == sum(each.amount_vnd for each in made)


@pytest.mark.parametrize("layout", ["bulk_plain", "bulk_marked", "treasury20", "organisation"])
def test_account_numbers_keep_their_zeros_in_a_workbook(cast: dict[str, Officer], layout: str) -> None:
    payroll = instructed(cast)
    envelope = build(payroll_id=payroll.pk, layout_code=layout, by=cast["lap-danh-sach"], at=AT)[0]
    content = store.get(bytes(envelope.sha256))
    assert content == written(envelope=envelope)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    cells = [str(cell) for row in book.get_sheet_by_index(0).to_python() for cell in row]
    if layout != "organisation":
        assert sum(1 for cell in cells if cell.startswith("000")) == 4
    assert sum(1 for cell in cells if cell.startswith("AS")) == envelope.count * (
        2 if "bulk" in layout else 1
    )


def test_pain001_is_valid_and_carries_the_id_twice(cast: dict[str, Officer]) -> None:
    payroll = instructed(cast)
    envelope = build(payroll_id=payroll.pk, layout_code="pain001", by=cast["lap-danh-sach"], at=AT)[0]
    content = store.get(bytes(envelope.sha256))
    document = etree.fromstring(content)
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    schema.assertValid(document)
    ids = [each.text for each in document.iter(f"{{{NAMESPACE}}}EndToEndId")]
    texts = [each.text or "" for each in document.iter(f"{{{NAMESPACE}}}Ustrd")]
    assert len(ids) == 4
    assert all(text.startswith(str(id_)) for id_, text in zip(ids, texts, strict=True))
    document.find(f".//{{{NAMESPACE}}}EndToEndId").text = ""  # type: ignore[union-attr]
    assert not schema.validate(document)


def test_what_is_in_a_file_goes_into_no_second_one(cast: dict[str, Officer]) -> None:
    payroll = instructed(cast)
    first = build(payroll_id=payroll.pk, layout_code="bulk_bin", by=cast["lap-danh-sach"], at=AT)[0]
    with pytest.raises(NothingToEnclose):
        build(payroll_id=payroll.pk, layout_code="pain001", by=cast["lap-danh-sach"], at=AT)
    cancel(envelope_id=first.pk, reason="Sai mẫu", by=cast["lap-danh-sach"], at=AT)
    again = build(payroll_id=payroll.pk, layout_code="pain001", by=cast["lap-danh-sach"], at=AT)[0]
    assert (again.count, again.sum_vnd) == (first.count, first.sum_vnd)


def test_only_what_two_approved_leaves(cast: dict[str, Officer]) -> None:
    payroll = instructed(cast)
    envelope = build(payroll_id=payroll.pk, layout_code="bulk_bin", by=cast["lap-danh-sach"], at=AT)[0]
    with pytest.raises(Refusal):
        claim(envelope_id=envelope.pk, by=cast["kho-bac"], at=AT)
    submit_envelope(envelope_id=envelope.pk, by=cast["lap-danh-sach"], at=AT)
    with pytest.raises(IntegrityError, match="two persons"), transaction.atomic():
        Envelope.objects.filter(pk=envelope.pk).update(state="approved")
    assert states(payroll) == ["instructed"] * 6


def test_sending_moves_the_money_to_the_bank_and_cash_to_the_agent(cast: dict[str, Officer]) -> None:
    payroll = instructed(cast)
    to_bank = sent(cast, payroll)
    assert to_bank.state == "sent"
    to_agent = sent(cast, payroll, "organisation")
    assert sorted(states(payroll)) == ["sent"] * 4 + ["with_agent"] * 2
    assert money(payroll) == {
        "approved": payroll.total_vnd, "at_bank": to_bank.sum_vnd, "cash_with_agent": to_agent.sum_vnd,
    }  # fmt: skip


def test_changed_bytes_do_not_leave(cast: dict[str, Officer], tmp_path: Path) -> None:
    envelope = approved(cast, instructed(cast))
    name = bytes(envelope.sha256).hex()
    place = tmp_path / name[:2] / name
    place.unlink()
    with pytest.raises(FileDiffers):
        claim(envelope_id=envelope.pk, by=cast["kho-bac"], at=AT)
    assert not Envelope.objects.filter(state="dispatching").exists()


def test_a_cancelled_line_never_leaves(cast: dict[str, Officer]) -> None:
    """G2P Bridge sends cancelled payments; here the file that holds one is void."""
    payroll = instructed(cast)
    envelope = approved(cast, payroll)
    gone = instructions(payroll, channel="account")[0]
    cancel_instruction(instruction_id=gone.pk, reason="Người hưởng từ chối", by=cast["lap-danh-sach"], at=AT)
    envelope.refresh_from_db()
    assert envelope.state == "cancelled"
    with pytest.raises(Refusal):
        claim(envelope_id=envelope.pk, by=cast["kho-bac"], at=AT)
    again = build(payroll_id=payroll.pk, layout_code="bulk_bin", by=cast["lap-danh-sach"], at=AT)[0]
    assert gone.end_to_end_id not in store.get(bytes(again.sha256)).decode()
    assert money(payroll)["refunded_budget"] == gone.amount_vnd


def test_a_held_line_stays_until_it_is_released(cast: dict[str, Officer]) -> None:
    payroll = instructed(cast)
    held = instructions(payroll, channel="account")[1]
    hold(instruction_id=held.pk, reason="Chờ xác minh", by=cast["lap-danh-sach"], at=AT)
    envelope = build(payroll_id=payroll.pk, layout_code="bulk_bin", by=cast["lap-danh-sach"], at=AT)[0]
    assert envelope.count == 3
    assert release_hold(instruction_id=held.pk, by=cast["lap-danh-sach"], at=AT)
    later = build(payroll_id=payroll.pk, layout_code="bulk_bin", by=cast["lap-danh-sach"], at=AT)[0]
    assert (later.count, later.sum_vnd) == (1, held.amount_vnd)


def test_somebody_who_died_after_the_file_was_built_stops_it(cast: dict[str, Officer]) -> None:
    payroll = instructed(cast)
    envelope = approved(cast, payroll)
    dead = instructions(payroll, channel="account")[0]
    Person.objects.filter(pk=dead.person_id).update(life="dead", life_since="2024-03-01")
    with pytest.raises(MustNotLeave, match=dead.end_to_end_id):
        claim(envelope_id=envelope.pk, by=cast["kho-bac"], at=AT)


def test_what_left_is_neither_held_nor_cancelled(cast: dict[str, Officer]) -> None:
    payroll = instructed(cast)
    sent(cast, payroll)
    one = instructions(payroll, channel="account")[0]
    for act in (hold, cancel_instruction):
        with pytest.raises(LeftAlready):
            act(instruction_id=one.pk, reason="Muộn", by=cast["lap-danh-sach"], at=AT)


def test_a_paused_worker_that_wakes_up_settles_nothing(cast: dict[str, Officer]) -> None:
    envelope = approved(cast, instructed(cast))
    first = claim(envelope_id=envelope.pk, by=cast["kho-bac"], at=AT)
    settle_dispatch(envelope_id=envelope.pk, token=first.token, outcome="lose", by=None, at=AT)
    settle_dispatch(envelope_id=envelope.pk, token=first.token, outcome="refuse", by=None, at=AT)
    second = claim(envelope_id=envelope.pk, by=cast["kho-bac"], at=AT)
    assert second.token > first.token
    assert second.content == first.content
    with pytest.raises(TokenTooOld):
        settle_dispatch(envelope_id=envelope.pk, token=first.token, outcome="accept", by=None, at=AT)
    settle_dispatch(envelope_id=envelope.pk, token=second.token, outcome="accept", by=None, at=AT)


def test_another_commune_sees_no_instruction(cast: dict[str, Officer]) -> None:
    payroll = instructed(cast)
    assert Instruction.objects.exists()
    limit_to(unit_ids=[units()[1].pk])
    assert not Instruction.objects.exists()
    with opened_to_all():
        assert len(instructions(payroll)) == 6


def test_sending_is_one_statement_a_step_however_many_there_are(cast: dict[str, Officer]) -> None:
    envelope = approved(cast, instructed(cast, people=60, accounts=40))
    counter = _Counter()
    with connection.execute_wrapper(counter):
        sending.claim(envelope_id=envelope.pk, by=cast["kho-bac"], at=AT)
    assert counter.many < 35


class _Counter:
    def __init__(self) -> None:
        self.many = 0

    def __call__(self, execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        self.many += 1
        return execute(sql, params, many, context)


def test_two_who_build_at_the_same_moment_make_no_empty_file(
    cast: dict[str, Officer], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other commits between our counting and our filling: found by the fault rig."""
    payroll = instructed(cast)
    one = instructions(payroll, channel="account")[0]
    counted = envelopes.rows

    def slow(**asked: Any) -> list[dict[str, Any]]:
        found = counted(**asked)
        if "many" in asked["sql"]:
            hold(instruction_id=one.pk, reason="Vừa giữ lại", by=cast["lap-danh-sach"], at=AT)
        return found

    monkeypatch.setattr(envelopes, "rows", slow)
    with pytest.raises(EnclosedElsewhere):
        build(payroll_id=payroll.pk, layout_code="bulk_bin", by=cast["lap-danh-sach"], at=AT)
    assert not Envelope.objects.exists()


def test_a_person_is_only_routed_to_a_payer_with_a_contract_in_force(cast: dict[str, Officer]) -> None:
    payroll = instructed(cast)
    held = Contract.objects.filter(pk=Contract.objects.get().pk)
    for lower, upper in ((date(2024, 3, 5), None), (date(2024, 1, 1), date(2024, 3, 4))):
        held.update(validity=DateRange(lower, upper))
        with pytest.raises(NoContractInForce):
            build(payroll_id=payroll.pk, layout_code="organisation", by=cast["lap-danh-sach"], at=AT)
    held.update(validity=DateRange(date(2024, 1, 1), None), channels=["home"])
    with pytest.raises(NoContractInForce):
        build(payroll_id=payroll.pk, layout_code="organisation", by=cast["lap-danh-sach"], at=AT)
    assert not Envelope.objects.exists()
    held.update(channels=["home", "pay_point"])
    made = build(payroll_id=payroll.pk, layout_code="organisation", by=cast["lap-danh-sach"], at=AT)
    assert [each.count for each in made] == [2]
    with pytest.raises(NothingToEnclose):
        build(payroll_id=payroll.pk, layout_code="organisation", by=cast["lap-danh-sach"], at=AT)
