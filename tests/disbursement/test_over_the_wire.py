# SPDX-License-Identifier: MPL-2.0
"""Envelopes that leave over HTTP to a bank in a process of its own: once, whatever the network does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from faults.bank import Bank, running_bank
from procrastinate.contrib.django.models import ProcrastinateJob

from ansinh.config import worker
from ansinh.disbursement import jobs
from ansinh.disbursement.actions import online
from ansinh.disbursement.actions.envelopes import build, cancel
from ansinh.disbursement.actions.online import NoOnlinePayer, enquire, in_doubt, order, send
from ansinh.disbursement.channels.http import BadAddress, payer_at
from ansinh.disbursement.models import Envelope
from ansinh.payroll.models import Payroll
from ansinh.reconciliation.actions.fetch import fetch_results
from ansinh.rules.lifecycle import NotFromThisState
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all
from tests.conftest import make_cast
from tests.disbursement.month import AT, approved, instructed, instructions, money, states
from tests.staff.test_every_address_declares_its_permission import signed_in

Cast = dict[str, Officer]


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bank]:
    with running_bank(tmp_path_factory.mktemp("bank")) as bank:
        yield bank


@pytest.fixture
def bank(process: Bank, settings: object, request: pytest.FixtureRequest) -> Bank:
    settings.BANK_URL = process.url(request.node.name[:60])  # type: ignore[attr-defined]
    settings.BANK_WAIT_MS = 200  # type: ignore[attr-defined]
    process.set(request.node.name[:60])
    return process


@pytest.fixture
def month(cast: Cast, bank: Bank) -> Payroll:
    open_to_all()
    return instructed(cast)


def turn(bank: Bank, request: pytest.FixtureRequest, **knobs: int) -> None:
    bank.set(request.node.name[:60], knobs=knobs)


def out(bank: Bank, request: pytest.FixtureRequest) -> list[int]:
    return [one["out"] for one in bank.count(request.node.name[:60]).values()]


@pytest.mark.parametrize("layout", ["bulk_bin", "pain001"])
def test_a_file_leaves_and_its_results_come_back(
    cast: Cast, month: Payroll, bank: Bank, request: pytest.FixtureRequest, layout: str
) -> None:
    envelope = approved(cast, month, layout)
    assert send(envelope_id=envelope.pk, by=cast["kho-bac"], at=AT) == "accept"
    assert send(envelope_id=envelope.pk, by=cast["kho-bac"], at=AT) == "already"
    envelope.refresh_from_db()
    assert (envelope.state, out(bank, request)) == ("sent", [1] * 4)
    taken = fetch_results(envelope=envelope, at=AT)
    assert [each.counts["applied"] for each in taken] == [4]
    assert states(month, channel="account") == ["paid"] * 4


@pytest.mark.parametrize("knob", ["silent", "html"])
def test_an_answer_that_does_not_come_is_unknown_and_sent_once(
    cast: Cast, month: Payroll, bank: Bank, request: pytest.FixtureRequest, knob: str
) -> None:
    turn(bank, request, **{knob: 100})
    envelope = approved(cast, month)
    assert send(envelope_id=envelope.pk, by=cast["kho-bac"], at=AT) == "lose"
    for _again in range(3):
        assert send(envelope_id=envelope.pk, by=cast["kho-bac"], at=AT) == "already"
    assert in_doubt(at=AT) == [envelope.pk]
    assert enquire(envelope_id=envelope.pk, at=AT) == "accept"
    assert in_doubt(at=AT) == []
    assert out(bank, request) == [1] * 4


def test_what_was_lost_on_the_way_leaves_again_after_the_bank_said_that_it_knows_nothing(
    cast: Cast, month: Payroll, bank: Bank, request: pytest.FixtureRequest
) -> None:
    turn(bank, request, drop=100)
    envelope = approved(cast, month)
    assert send(envelope_id=envelope.pk, by=cast["kho-bac"], at=AT) == "lose"
    assert out(bank, request) == []
    turn(bank, request)
    assert enquire(envelope_id=envelope.pk, at=AT) == "refuse"
    assert ProcrastinateJob.objects.filter(task_name="disbursement.send").count() == 1
    assert send(envelope_id=envelope.pk, by=cast["kho-bac"], at=AT) == "accept"
    assert out(bank, request) == [1] * 4
    envelope.refresh_from_db()
    assert envelope.fence == 2


def test_nobody_at_the_other_end_is_unknown_too(
    cast: Cast, month: Payroll, settings: object, request: pytest.FixtureRequest
) -> None:
    settings.BANK_URL = "http://127.0.0.1:9/x"  # type: ignore[attr-defined]
    envelope = approved(cast, month)
    assert send(envelope_id=envelope.pk, by=cast["kho-bac"], at=AT) == "lose"
    assert enquire(envelope_id=envelope.pk, at=AT) == "lose"
    assert states(month, channel="account") == ["sent"] * 4


def test_a_sender_that_fell_silent_is_asked_about_and_sends_nothing_when_it_wakes_up(
    cast: Cast, month: Payroll, bank: Bank, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    envelope = approved(cast, month)
    later = AT + timedelta(minutes=3)

    def asleep(name: str) -> None:
        if name == "send.after_note":
            monkeypatch.setattr(online, "failpoint", lambda _name: None)
            assert in_doubt(at=AT + timedelta(minutes=1)) == []
            assert in_doubt(at=later) == [envelope.pk]
            assert enquire(envelope_id=envelope.pk, at=later) == "refuse"

    monkeypatch.setattr(online, "failpoint", asleep)
    assert send(envelope_id=envelope.pk, by=cast["kho-bac"], at=AT) == "already"
    assert out(bank, request) == []
    assert send(envelope_id=envelope.pk, by=cast["kho-bac"], at=later) == "accept"
    assert out(bank, request) == [1] * 4


def test_a_file_that_the_bank_did_not_take_can_be_cancelled_and_its_money_came_back(
    cast: Cast, month: Payroll, bank: Bank, request: pytest.FixtureRequest
) -> None:
    turn(bank, request, drop=100)
    envelope = approved(cast, month)
    send(envelope_id=envelope.pk, by=cast["kho-bac"], at=AT)
    with pytest.raises(NotFromThisState):
        cancel(envelope_id=envelope.pk, reason="Sai", by=cast["lap-danh-sach"], at=AT)
    enquire(envelope_id=envelope.pk, at=AT)
    cancel(envelope_id=envelope.pk, reason="Ngân hàng không nhận", by=cast["lap-danh-sach"], at=AT)
    assert states(month, channel="account") == ["failed"] * 4
    assert money(month)["returned"] == envelope.sum_vnd
    assert send(envelope_id=envelope.pk, by=cast["kho-bac"], at=AT) == "already"


def test_other_bytes_under_the_same_key_are_not_taken(
    cast: Cast, month: Payroll, bank: Bank, settings: object, request: pytest.FixtureRequest
) -> None:
    envelope = approved(cast, month)
    to = payer_at(url=settings.BANK_URL, wait_ms=2000)  # type: ignore[attr-defined]
    good = b'"REF","BIN","ACCOUNT","NAME","AMOUNT","REMARK"\r\n"TOTAL 0","","","",0,""\r\n'
    assert (
        online.http.submit(to, reference="X", token=1, form="bulk_bin", content=b"junk").outcome == "refuse"
    )
    said = [
        online.http.submit(to, reference="X", token=token, form="bulk_bin", content=content)
        for token, content in ((1, b"junk"), (2, good), (1, good), (3, good + b" "))
    ]
    assert [each.outcome for each in said] == ["refuse", "accept", "lose", "lose"]
    assert [each.word for each in said[2:]] == ["old_token", "other_body"]
    assert online.http.enquire(to, reference="X", content=b"another").outcome == "lose"
    assert envelope.state == "approved"


def test_only_this_machine_may_be_reached_without_tls() -> None:
    assert payer_at(url="https://bank.example/api", wait_ms=1).secure
    for url in ("http://bank.example/", "ftp://127.0.0.1/", "bank.example"):
        with pytest.raises(BadAddress):
            payer_at(url=url, wait_ms=1)


def test_a_layout_that_the_bank_does_not_take_is_handed_over_by_hand(cast: Cast, month: Payroll) -> None:
    envelope = build(payroll_id=month.pk, layout_code="treasury20", by=cast["lap-danh-sach"], at=AT)[0]
    with pytest.raises(NoOnlinePayer):
        order(envelope_id=envelope.pk, by=cast["kho-bac"], at=AT)


def test_an_officer_orders_it_on_the_page_and_the_worker_sends_it(
    committed_database: str, bank: Bank, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:  # fmt: skip
    monkeypatch.setattr(
        "allauth.account.internal.flows.reauthentication.did_recently_reauthenticate", lambda _request: True
    )
    cast = make_cast()
    payroll = instructed(cast)
    envelope = approved(cast, payroll)
    treasury = signed_in(cast["kho-bac"])
    page = treasury.get(reverse("disbursement:envelope", args=[envelope.pk])).content.decode()
    assert "gửi thẳng qua mạng" in page
    answer = treasury.post(reverse("disbursement:send_online", args=[envelope.pk]), follow=True)
    assert "Đã xếp hàng gửi" in answer.content.decode()
    worker.run(until_idle=True)
    assert Envelope.objects.get().state == "sent"
    assert out(bank, request) == [1] * 4
    assert jobs.enquire(timestamp=int(AT.timestamp())) == 0
    assert len(instructions(payroll, channel="account")) == 4
