# SPDX-License-Identifier: MPL-2.0
"""Rounds of account-name enquiry: asked, answered, compared. Sets of accounts, a few statements."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from ansinh.audit.actions import record
from ansinh.payees.actions.many import judge_holders, move_accounts
from ansinh.payees.enquiry.file_round import answers_in, list_out
from ansinh.payees.enquiry.service import AccountNames, Answer, Question
from ansinh.payees.lifecycles import ENQUIRY, AccountState, EnquiryState
from ansinh.payees.models import Account, Enquiry, EnquiryLine
from ansinh.payees.records import opened_accounts
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer

MOST = 20_000  # questions in one round: a bank answers such a list within a day
FAULT_OF = {"not_found": "account_not_found", "closed": "account_closed", "blocked": "account_blocked"}


class NothingToAsk(Refusal):
    """No account of this institution waits for its holder's name."""

    code = "ENQUIRY_NOTHING_TO_ASK"


class AnswersOfAnotherRound(Refusal):
    """A reference of the file is not in this round; fields: reference."""

    code = "ENQUIRY_OTHER_ROUND"


class AnswersMissing(Refusal):
    """The file leaves questions unanswered; fields: count."""

    code = "ENQUIRY_INCOMPLETE"


def open_enquiry(
    *, bank: str, unit_id: int, how: str, by: Officer | None, at: datetime
) -> tuple[Enquiry, list[Question]]:
    """Ask an institution about every account in scope that waits for its holder. Raises `NothingToAsk`."""
    with transaction.atomic():
        asked = EnquiryLine.objects.filter(enquiry__state=EnquiryState.SENT.value).values("account_id")
        waiting = Account.objects.filter(
            bank=bank, state=AccountState.IDENTITY_CHECKED.value, name_match=""
        ).exclude(pk__in=asked)
        accounts = list(waiting.order_by("commune_id", "pk")[:MOST])
        if not accounts:
            raise NothingToAsk(bank=bank)
        made = Enquiry.objects.create(
            unit_id=unit_id, bank=bank, how=how, lines=len(accounts), asked_sha256=b"", sent_at=at, sent_by=by
        )
        questions = [
            Question(f"TK{made.pk}-{place:06d}", bank, number)
            for place, number in enumerate(opened_accounts(each.number_enc for each in accounts), 1)
        ]
        EnquiryLine.objects.bulk_create(
            EnquiryLine(
                enquiry=made, account=account, commune_id=account.commune_id, reference=each.reference
            )
            for account, each in zip(accounts, questions, strict=True)
        )
        made.asked_sha256 = hashlib.sha256(list_out(questions)).digest()
        made.save(update_fields=["asked_sha256"])
        record(
            by=by.pk if by else None, at=at, act="payees.open_enquiry", subject="enquiry", subject_id=made.pk,
            unit_id=unit_id, details={"lines": len(accounts), "sha256": made.asked_sha256.hex()},
        )  # fmt: skip
    return made, questions


def take_answers(
    *, enquiry_id: int, answers: Sequence[Answer], answered_sha256: bytes, by: Officer | None, at: datetime
) -> Enquiry:
    """Compare each answered name with ours and move every account: passed, failed, or left for a
    person (close, or an answer that nobody knows).

    Raises `AnswersOfAnotherRound`, `AnswersMissing` or `NotFromThisState`; nothing is half taken.
    """
    with transaction.atomic():
        enquiry = Enquiry.objects.select_for_update().get(pk=enquiry_id)
        target = ENQUIRY.apply(EnquiryState(enquiry.state), "answer")
        lines = {
            line.reference: line
            for line in EnquiryLine.objects.filter(enquiry=enquiry).select_related(
                "account__person", "account__mandate"
            )
        }
        stray = next((each.reference for each in answers if each.reference not in lines), None)
        if stray is not None:
            raise AnswersOfAnotherRound(reference=stray)
        if missing := len(lines) - len({each.reference for each in answers}):
            raise AnswersMissing(count=missing)
        counts = _take(lines, answers, enquiry.bank, by=by, at=at)
        Enquiry.objects.filter(pk=enquiry.pk).update(
            state=target.value, answered_at=at, answered_by=by, answered_sha256=answered_sha256, counts=counts
        )
        record(
            by=by.pk if by else None, at=at, act="payees.take_answers", subject="enquiry",
            subject_id=enquiry.pk, unit_id=enquiry.unit_id,
            details={"counts": counts, "sha256": answered_sha256.hex()},
        )  # fmt: skip
    enquiry.refresh_from_db()
    return enquiry


def _take(
    lines: dict[str, EnquiryLine], answers: Sequence[Answer], bank: str, *, by: Officer | None, at: datetime
) -> dict[str, int]:
    printed: list[tuple[Account, str]] = []
    failed: list[tuple[int, str, str, str]] = []
    counts: Counter[str] = Counter()
    for answer in answers:
        line = lines[answer.reference]
        line.answer, line.raw, line.printed_name = answer.result, answer.raw, answer.printed_name
        if answer.result in FAULT_OF:
            counts[answer.result] += 1
            failed.append((line.account.pk, "", "", FAULT_OF[answer.result]))
        elif answer.result != "found":
            counts["unknown"] += 1
        else:
            printed.append((line.account, answer.printed_name))
    EnquiryLine.objects.bulk_update(lines.values(), ["answer", "raw", "printed_name"], batch_size=1000)
    source = f"enquiry {bank}"
    move_accounts(event="fail_holder", rows=failed, source=source, by=by, at=at)
    waiting = [(account, name) for account, name in printed if account.state == "identity_checked"]
    counts.update(judge_holders(printed=waiting, source=source, by=by, at=at))
    return dict(counts)


def take_answer_file(*, enquiry_id: int, content: bytes, by: Officer | None, at: datetime) -> Enquiry:
    """Take in the file that came back. Raises `AnswerFileUnreadable` or what `take_answers` raises."""
    return take_answers(
        enquiry_id=enquiry_id, answers=answers_in(content), answered_sha256=hashlib.sha256(content).digest(),
        by=by, at=at,
    )  # fmt: skip


def ask_service(*, service: AccountNames, questions: Sequence[Question]) -> tuple[list[Answer], bytes]:
    """Ask a service; no transaction may be open. Returns the answers and the hash of what came back."""
    assert not connection.in_atomic_block, "no transaction is held across a network call"
    answers = service.ask(questions)
    text = "\n".join(f"{each.reference};{each.result};{each.printed_name}" for each in answers)
    return answers, hashlib.sha256(text.encode()).digest()


def cancel_enquiry(*, enquiry_id: int, by: Officer, at: datetime) -> None:
    """Give a round up; its accounts may be asked about again. Raises `NotFromThisState`."""
    with transaction.atomic():
        enquiry = Enquiry.objects.select_for_update().get(pk=enquiry_id)
        target = ENQUIRY.apply(EnquiryState(enquiry.state), "cancel")
        Enquiry.objects.filter(pk=enquiry.pk).update(state=target.value, answered_at=at, answered_by=by)
        record(by=by.pk, at=at, act="payees.cancel_enquiry", subject="enquiry", subject_id=enquiry.pk,
               unit_id=enquiry.unit_id)  # fmt: skip
