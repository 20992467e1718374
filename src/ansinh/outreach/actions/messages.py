# SPDX-License-Identifier: MPL-2.0
"""Messages out: written down as handed over, handed over, answered. At most once.

What was handed over and never answered is unknown: `hand_again` by a person, never by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F

from ansinh.audit.actions import record
from ansinh.outreach.models import Campaign, Contact, Sending
from ansinh.outreach.notices import Adapter, Answer, Message
from ansinh.payees.actions.notices import Word, leave_notices
from ansinh.payees.lifecycles import NOTICE, NoticeState
from ansinh.payees.models import Notice
from ansinh.payees.records import NOTICE_PHONE
from ansinh.rules.outreach import check_message
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all
from ansinh.statements import statement
from ansinh.vault.sealing import open_many

BATCH = 500  # messages handed over at once: a file of that size is still read by a person


class SendingKnown(Refusal):
    """The message has an answer; it is not handed over again."""

    code = "NOTICE_ANSWERED"


def invite(
    *, campaign: Campaign, contacts: Sequence[Contact], text: str, by: Officer | None, at: datetime
) -> int:
    """Leave the same message for people of a campaign; `{ten}` becomes each one's name.

    Raises what `check_message` raises.
    """
    with transaction.atomic():
        words = [
            Word(each.person, "invitation", check_message(text.replace("{ten}", each.person.name)))
            for each in contacts
        ]
        leave_notices(words=words, at=at)
        record(
            by=by.pk if by else None, at=at, act="outreach.invite", subject="campaign",
            subject_id=campaign.pk, unit_id=campaign.commune_id, details={"people": len(contacts)},
        )  # fmt: skip
    return len(contacts)


def send_waiting(*, adapter: Adapter, at: datetime, by: Officer | None = None, many: int = BATCH) -> int:
    """Hand waiting messages to an adapter; returns how many. No transaction is open while it talks."""
    messages = _write_down(adapter.name, at, many)
    if not messages:
        return 0
    take_answers(answers=adapter.send(messages), at=at, by=by)
    return len(messages)


def _write_down(adapter: str, at: datetime, many: int) -> list[Message]:
    with transaction.atomic():
        open_to_all()
        with connection.cursor() as cursor:
            cursor.execute(
                statement("outreach", "hand_over_notices"), {"adapter": adapter, "at": at, "many": many}
            )
            handed = cursor.fetchall()
    phones = open_many(column=NOTICE_PHONE, sealed=[row[1] for row in handed])
    return [
        Message(notice, phone, way, text)
        for (notice, _sealed, way, text), phone in zip(handed, phones, strict=True)
    ]


def take_answers(*, answers: Sequence[Answer], at: datetime, by: Officer | None) -> None:
    """Keep what an adapter said of each message; what it could not know stays unknown."""
    with transaction.atomic():
        open_to_all()
        for each in answers:
            if not each.result:
                Sending.objects.filter(notice_id=each.notice_id).update(answer=each.said[:200])
                continue
            sha256 = bytes.fromhex(each.said) if len(each.said) == 64 else None
            done = Sending.objects.filter(notice_id=each.notice_id, result="").update(
                result=each.result, answer="" if sha256 else each.said[:200], file_sha256=sha256,
                answered_at=at,
            )  # fmt: skip
            if done:
                _move_notice(each, at)
        counts = {"sent": sum(each.result == "sent" for each in answers), "of": len(answers)}
        record(by=by.pk if by else None, at=at, act="outreach.take_answers", subject="notices", subject_id=0,
               details=counts)  # fmt: skip


def _move_notice(answer: Answer, at: datetime) -> None:
    event = "send" if answer.result == "sent" else "fail"
    sources = [state.value for state in NOTICE.sources(event)]
    target = NoticeState.SENT if event == "send" else NoticeState.FAILED
    columns = {"sent_at": at} if event == "send" else {"fault": answer.said[:200]}
    Notice.objects.filter(pk=answer.notice_id, state__in=sources).update(state=target.value, **columns)


def hand_again(*, notice_id: int, by: Officer, at: datetime) -> None:
    """A person decides that a message whose fate is unknown, or that failed, is handed over again.
    The earlier handing over stays in the log. Raises `SendingKnown`."""
    with transaction.atomic():
        sending = Sending.objects.select_for_update().get(notice_id=notice_id)
        if sending.result == "sent":
            raise SendingKnown
        record(
            by=by.pk, at=at, act="outreach.hand_again", subject="notice", subject_id=notice_id,
            unit_id=sending.commune_id, details={"was": sending.result, "answer": sending.answer},
        )  # fmt: skip
        Sending.objects.filter(pk=sending.pk).update(result="", adapter="", answer="", answered_at=None,
                                                     tries=F("tries") + 1)  # fmt: skip
