# SPDX-License-Identifier: MPL-2.0
"""Asking banks whose account a number is: by file and by service, with the same outcome."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.db import transaction

from ansinh.payees.actions import check_identity, open_enquiry, take_answer_file, take_answers
from ansinh.payees.actions.enquiries import (
    AnswersMissing,
    AnswersOfAnotherRound,
    NothingToAsk,
    ask_service,
    cancel_enquiry,
)
from ansinh.payees.enquiry.file_round import AnswerFileUnreadable, answered_by, answers_in, list_out
from ansinh.payees.enquiry.service import Answer, Question, SimulatedBank
from ansinh.payees.models import Account, AccountEvent, Enquiry, EnquiryLine
from ansinh.payees.records import opened_account
from ansinh.rules.lifecycle import NotFromThisState
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all
from tests.conftest import make_cast, units
from tests.payees.people import AT, declare, person

NAMES = {
    "Nguyễn Thị Hoà": "Nguyễn Thị Hòa", "Lê Thị Lan": "Lê Thị Lam", "Trần Văn Ba": "Phạm Quốc Khánh",
    "Đặng Thị Cúc": None,
}  # fmt: skip


def waiting(officers: dict[str, Officer]) -> tuple[list[Account], SimulatedBank]:
    """Accounts that wait for their holder, and a bank that knows whose they are."""
    made, known = [], {}
    for ours, theirs in NAMES.items():
        account = declare(officers, person(officers, ours))
        check_identity(account_id=account.pk, passed=True, by=officers["cong-an-xa"], at=AT)
        made.append(account)
        if theirs is not None:
            known["VBA", opened_account(account.number_enc)] = theirs
    return made, SimulatedBank(known)


def ask(officers: dict[str, Officer]) -> tuple[Enquiry, list[Question]]:
    return open_enquiry(bank="VBA", unit_id=units()[0].pk, how="file", by=officers["lap-danh-sach"], at=AT)


OUTCOME = [
    ("holder_checked", "equal_folded", ""), ("identity_checked", "close", ""),
    ("holder_failed", "different", "holder_different"), ("holder_failed", "", "account_not_found"),
]  # fmt: skip


def states(accounts: list[Account]) -> list[tuple[str, str, str]]:
    found = {each.pk: each for each in Account.objects.filter(pk__in=[one.pk for one in accounts])}
    return [(found[one.pk].state, found[one.pk].name_match, found[one.pk].fault) for one in accounts]


def test_a_file_goes_out_and_comes_back(officers: dict[str, Officer]) -> None:
    accounts, bank = waiting(officers)
    enquiry, questions = ask(officers)
    out = list_out(questions)
    assert hashlib.sha256(out).digest() == bytes(enquiry.asked_sha256)
    assert "Hoà" not in out.decode("utf-8-sig"), "our names stay with us"
    back = answered_by(bank, out)
    done = take_answer_file(enquiry_id=enquiry.pk, content=back, by=officers["lap-danh-sach"], at=AT)
    assert states(accounts) == OUTCOME
    assert bytes(done.answered_sha256 or b"") == hashlib.sha256(back).digest()
    assert done.counts == {"equal_folded": 1, "close": 1, "different": 1, "not_found": 1}
    events = AccountEvent.objects.filter(account=accounts[0]).order_by("pk").last()
    assert events is not None
    assert events.details == {"match": "equal_folded", "from": "enquiry VBA"}
    with pytest.raises(NotFromThisState):
        take_answer_file(enquiry_id=enquiry.pk, content=back, by=None, at=AT)


@pytest.mark.usefixtures("committed_database")
def test_a_service_answers_the_same_and_no_transaction_waits_for_it() -> None:
    cast = make_cast()
    with transaction.atomic():
        open_to_all()
        accounts, bank = waiting(cast)
        enquiry, questions = ask(cast)
    answers, sha256 = ask_service(service=bank, questions=questions)
    with transaction.atomic():
        open_to_all()
        with pytest.raises(AssertionError, match="no transaction"):
            ask_service(service=bank, questions=questions)
        take_answers(enquiry_id=enquiry.pk, answers=answers, answered_sha256=sha256, by=None, at=AT)
        assert states(accounts) == OUTCOME


def test_nobody_is_asked_about_twice_while_a_round_is_out(officers: dict[str, Officer]) -> None:
    waiting(officers)
    enquiry, _questions = ask(officers)
    with pytest.raises(NothingToAsk):
        ask(officers)
    cancel_enquiry(enquiry_id=enquiry.pk, by=officers["lap-danh-sach"], at=AT)
    assert ask(officers)[0].lines == 4


def test_answers_of_another_round_or_too_few_change_nothing(officers: dict[str, Officer]) -> None:
    accounts, bank = waiting(officers)
    before = states(accounts)
    enquiry, questions = ask(officers)
    answers = bank.ask(questions)
    said: dict[str, Any] = {"enquiry_id": enquiry.pk, "answered_sha256": b"x", "by": None, "at": AT}
    with pytest.raises(AnswersOfAnotherRound, match="TK0-1"):
        take_answers(answers=[*answers, Answer("TK0-1", "found", "X")], **said)
    with pytest.raises(AnswersMissing, match="1 tài khoản"):
        take_answers(answers=answers[:-1], **said)
    assert states(accounts) == before


def test_a_result_that_nobody_knows_is_kept_and_decides_nothing(officers: dict[str, Officer]) -> None:
    accounts, bank = waiting(officers)
    enquiry, questions = ask(officers)
    back = answered_by(bank, list_out(questions)).decode("utf-8-sig").replace(";found;", ";CHECK AGAIN;")
    done = take_answer_file(enquiry_id=enquiry.pk, content=back.encode("utf-8-sig"), by=None, at=AT)
    assert done.counts == {"unknown": 3, "not_found": 1}
    assert EnquiryLine.objects.filter(raw="CHECK AGAIN", answer="").count() == 3
    assert states(accounts)[0][0] == "identity_checked"


@pytest.mark.parametrize(
    ("content", "line"),
    [(b"", 1), (b"a;b\r\n", 1), (b"reference;bank;account;result;holder_name\r\nTK1;VBA\r\n", 2),
     (b"reference;bank;account;result;holder_name\r\n\xff\xfe", 2)],
)  # fmt: skip
def test_a_file_that_is_no_answer_names_its_line(content: bytes, line: int) -> None:
    with pytest.raises(AnswerFileUnreadable, match=f"dòng {line} "):
        answers_in(content)


def test_a_bank_may_write_vietnamese_and_commas() -> None:
    text = "reference,bank,account,result,holder_name\nTK1,VBA,1,Đúng,NGUYEN VAN A\nTK2,VBA,2,Đã đóng,\n\n"
    assert [each.result for each in answers_in(text.encode())] == ["found", "closed"]
