# SPDX-License-Identifier: MPL-2.0
"""Messages leave at most once, whatever the gateway does; what nobody knows is left to a person."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

import openpyxl
import pytest
from django.core import mail
from pytest_django.fixtures import Settings

from ansinh.outreach.actions.campaigns import plan_campaign, start_campaign
from ansinh.outreach.actions.messages import SendingKnown, hand_again, invite, send_waiting
from ansinh.outreach.actions.visits import keep_wish
from ansinh.outreach.models import Campaign, Contact, Sending
from ansinh.outreach.notices import Answer, Message, adapter_named
from ansinh.outreach.notices.adapter import AdapterNotSet, AdapterUnknown
from ansinh.payees.models import Notice
from ansinh.registry.models import Person
from ansinh.rules.outreach import MessageHoldsLink
from ansinh.staff.models import Officer
from ansinh.vault import store
from tests.conftest import units

AT, ON = datetime(2024, 3, 4, 3, 0, tzinfo=UTC), date(2024, 3, 4)


class Fake:
    """Remembers what it was handed and answers as it is told."""

    name = "fake"

    def __init__(self, result: str = "sent") -> None:
        self.result = result
        self.handed: list[Message] = []

    def send(self, messages: Sequence[Message]) -> list[Answer]:
        self.handed += messages
        return [Answer(each.notice_id, self.result, "said") for each in messages]


@pytest.fixture
def invited(officers: dict[str, Officer], commune: list[Person]) -> Campaign:
    made = plan_campaign(
        commune_id=units()[0].pk, name="Tháng 3", groups=["C"], starts_on=ON, ends_on=date(2024, 4, 30),
        by=officers["lap-danh-sach"], at=AT,
    )  # fmt: skip
    start_campaign(campaign_id=made.pk, by=officers["lap-danh-sach"], at=AT, on=ON)
    contacts = list(Contact.objects.filter(campaign=made).select_related("person"))
    invite(campaign=made, contacts=contacts, text="Mời ông/bà {ten} đến UBND xã.",
           by=officers["lap-danh-sach"], at=AT)  # fmt: skip
    return made


def test_each_waiting_message_is_handed_over_once_with_its_words(invited: Campaign) -> None:
    adapter = Fake()
    assert send_waiting(adapter=adapter, at=AT) == 6
    assert send_waiting(adapter=adapter, at=AT) == 0
    assert "Mời ông/bà Trần Văn Ánh đến UBND xã." in {each.text for each in adapter.handed}
    assert {each.phone for each in adapter.handed} == {"0912345678"}
    assert set(Notice.objects.values_list("state", flat=True)) == {"sent"}


def test_an_adapter_that_dies_leaves_the_messages_unknown_and_nothing_is_sent_again(
    invited: Campaign,
) -> None:
    class Dies(Fake):
        def send(self, messages: Sequence[Message]) -> list[Answer]:
            super().send(messages)
            raise ConnectionError

    with pytest.raises(ConnectionError):
        send_waiting(adapter=Dies(), at=AT)
    after = Fake()
    assert send_waiting(adapter=after, at=AT) == 0
    assert after.handed == []
    assert Sending.objects.filter(result="").count() == 6


def test_a_person_hands_an_unknown_message_over_again_but_never_a_sent_one(
    invited: Campaign, officers: dict[str, Officer]
) -> None:
    send_waiting(adapter=Fake(""), at=AT)
    first = Sending.objects.order_by("pk")[0]
    hand_again(notice_id=first.notice_id, by=officers["lap-danh-sach"], at=AT)
    adapter = Fake()
    assert send_waiting(adapter=adapter, at=AT) == 1
    with pytest.raises(SendingKnown):
        hand_again(notice_id=first.notice_id, by=officers["lap-danh-sach"], at=AT)
    first.refresh_from_db()
    assert (first.result, first.tries) == ("sent", 2)


def test_a_refused_message_is_failed_with_what_was_said(invited: Campaign) -> None:
    send_waiting(adapter=Fake("failed"), at=AT)
    assert set(Notice.objects.values_list("state", "fault")) == {("failed", "said")}


def test_a_message_with_a_link_is_refused_and_nothing_is_left(
    invited: Campaign, officers: dict[str, Officer]
) -> None:
    before = Notice.objects.count()
    with pytest.raises(MessageHoldsLink):
        invite(campaign=invited, contacts=list(Contact.objects.all()), text="Bấm https://x.vn {ten}",
               by=officers["lap-danh-sach"], at=AT)  # fmt: skip
    assert Notice.objects.count() == before


def test_the_file_adapter_keeps_a_sealed_list_of_one_commune(
    invited: Campaign, officers: dict[str, Officer]
) -> None:
    someone = Person.objects.get(name="Lê Thị Đào")
    keep_wish(person=someone, way="call", since=ON, by=officers["lap-danh-sach"], at=AT)
    send_waiting(adapter=adapter_named("file"), at=AT)
    sha256 = {bytes(each) for each in Sending.objects.values_list("file_sha256", flat=True)}
    assert len(sha256) == 1
    page = openpyxl.load_workbook(io.BytesIO(store.get(sha256.pop()))).active
    assert page is not None
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
    assert len(rows) == 6
    assert ["0912345678", "Gọi điện"] in [row[1:3] for row in rows]


def test_the_mail_adapter_needs_an_address_and_sends_one_mail(invited: Campaign, settings: Settings) -> None:
    with pytest.raises(AdapterNotSet):
        adapter_named("email")
    settings.NOTICE_ADDRESS = "tin@xa.invalid"
    send_waiting(adapter=adapter_named("email"), at=AT)
    assert len(mail.outbox) == 1
    assert mail.outbox[0].to == ["tin@xa.invalid"]


def test_an_unknown_way_of_sending_is_told() -> None:
    with pytest.raises(AdapterUnknown):
        adapter_named("pigeon")


@pytest.fixture
def gateway(settings: Settings) -> Iterator[list[int]]:
    """A gateway on loopback that answers 200, then 500, then hangs up; gives the statuses."""
    statuses: list[int] = []

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            status = (200, 500, 0)[len(statuses) % 3]
            statuses.append(status)
            if status == 0:
                self.connection.close()
                return
            self.send_response(status)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.SMS_GATEWAY = f"http://127.0.0.1:{server.server_address[1]}/sms"
    yield statuses
    server.shutdown()
    thread.join(5)
    server.server_close()


def test_the_gateway_answers_sent_failed_or_nothing_and_each_is_kept(
    invited: Campaign, gateway: list[int]
) -> None:
    send_waiting(adapter=adapter_named("sms"), at=AT)
    results = sorted(Sending.objects.values_list("result", flat=True))
    assert results == ["", "", "failed", "failed", "sent", "sent"]
    assert send_waiting(adapter=Fake(), at=AT) == 0
