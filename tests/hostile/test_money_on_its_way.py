# SPDX-License-Identifier: MPL-2.0
"""Rows 94, 100, 101, 110, 111, 116, 117 and 126: what is done to money between its approval and the
hand that takes it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ansinh.approvals.models import Submission
from ansinh.disbursement.actions.release import FileDiffers, TokenTooOld, claim, settle_dispatch
from ansinh.disbursement.models import Envelope
from ansinh.disbursement.simulated_bank import OldTokenError, SimulatedBank
from ansinh.disbursement.simulated_bank.bank import OtherBodyError
from ansinh.outreach.actions.messages import invite
from ansinh.payroll.models import Payroll
from ansinh.reconciliation.models import Case, ResultFile
from ansinh.registry.models import Person
from ansinh.rules.lifecycle import NotFromThisState
from ansinh.rules.lookup_codes import ALPHABET, BITS
from ansinh.rules.outreach import MessageHoldsLink
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all
from ansinh.vault import store
from tests.conftest import units
from tests.directives.test_difficulties_and_complaints import take as complain
from tests.disbursement.month import AT, approved, instructed, instructions, say_yes, sent, states
from tests.reconciliation.answers import file, row, take
from tests.staff.test_every_address_declares_its_permission import signed_in

Cast = dict[str, Officer]


@pytest.fixture(autouse=True)
def _own_store(settings: object, tmp_path: Path, db: None) -> None:
    settings.FILE_STORE_FOLDER = tmp_path  # type: ignore[attr-defined]
    open_to_all()


@pytest.fixture
def payroll(cast: Cast) -> Payroll:
    """Four payments to accounts and two in cash, not sent yet."""
    return instructed(cast)


def test_r94_a_request_sent_again_does_nothing_more(cast: Cast, payroll: Payroll) -> None:
    envelope = approved(cast, payroll)
    with pytest.raises(NotFromThisState):
        say_yes(Submission.objects.get(pk=envelope.submission_id), cast["lanh-dao-xa"])
    found = claim(envelope_id=envelope.pk, by=cast["kho-bac"], at=AT)
    bank = SimulatedBank()
    for _time in range(3):
        bank.submit(reference=found.reference, token=found.token, content=found.content)
    assert set(bank.moved.values()) == {1}
    with pytest.raises(OtherBodyError):
        bank.submit(reference=found.reference, token=found.token + 1, content=found.content + b" ")
    with pytest.raises(OldTokenError):
        bank.submit(reference=found.reference, token=found.token - 1, content=found.content)
    with pytest.raises(NotFromThisState):
        claim(envelope_id=envelope.pk, by=cast["kho-bac"], at=AT)
    with pytest.raises(TokenTooOld):
        settle_dispatch(envelope_id=envelope.pk, token=found.token - 1, outcome="accept", by=None, at=AT)


HANGS = {
    "an id that is nobody's": ({"REF": "AS490000000000000195"}, "unknown_id"),
    "one dong more": ({"AMOUNT": +1}, "amount_differs"),
    "one dong less": ({"AMOUNT": -1}, "amount_differs"),
    "a day to come": ({"DATE": "04/03/2034"}, "future_date"),
    "money back without the bank's number": ({"STATUS": "RETURNED", "BANKREF": ""}, "malformed"),
    "another currency": ({"AMOUNT": "USD 20"}, "malformed"),
}


@pytest.mark.parametrize("what", HANGS)
def test_r100_a_line_that_says_something_else_hangs_and_the_others_are_booked(
    cast: Cast, payroll: Payroll, what: str
) -> None:
    changed, kind = HANGS[what]
    sent(cast, payroll)
    made = instructions(payroll, channel="account")
    first = dict(zip(("REF", "AMOUNT", "STATUS", "REASON", "BANKREF", "DATE"), row(made[0]), strict=True))
    for key, value in changed.items():
        first[key] = str(int(first[key]) + value) if isinstance(value, int) else value
    found = take(cast, payroll, file([list(first.values()), *map(row, made[1:])]))
    assert found.counts["applied"] == 3
    assert states(payroll, channel="account") == ["sent", "paid", "paid", "paid"]
    assert Case.objects.get().kind == kind


def test_r100_ten_times_the_lines_another_bank_and_another_encoding_pay_once(
    cast: Cast, payroll: Payroll
) -> None:
    sent(cast, payroll)
    made = instructions(payroll, channel="account")
    found = take(cast, payroll, file([row(one) for one in made] * 10))
    assert found.counts == {"applied": 4, "duplicate": 36, "suspense": 0, "malformed": 0}
    other_text = file([row(one) for one in made]).decode().encode("utf-16")
    assert take(cast, payroll, other_text).counts["duplicate"] == 4
    wrong = take(cast, payroll, file([row(one, reference="FT2") for one in made], total=1))
    assert (wrong.file.state, wrong.file.held_for) == ("held", "sum_differs")
    assert states(payroll, channel="account") == ["paid"] * 4


def test_r101_nobody_books_a_result_from_outside(cast: Cast, payroll: Payroll) -> None:
    """There is no address that takes a result without a signed-in person: our worker fetches, the bank
    does not call."""
    sent(cast, payroll)
    content = file([row(one) for one in instructions(payroll, channel="account")])
    address = reverse("reconciliation:files")
    headers = {"HTTP_X_SIGNATURE": "0" * 64, "HTTP_AUTHORIZATION": "Bearer stolen"}
    answer = Client().post(address, content, content_type="text/csv", **headers)  # type: ignore[arg-type]
    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, reverse("account_login"))
    upload = {"form": "bank_csv", "file": SimpleUploadedFile("ket-qua.csv", content)}
    assert signed_in(cast["lap-danh-sach"]).post(address, upload).status_code != 302
    assert not ResultFile.objects.exists()
    assert states(payroll, channel="account") == ["sent"] * 4


def test_r110_a_slip_is_a_random_code_that_tells_a_state_and_no_name(cast: Cast) -> None:
    taken = complain(cast)
    assert (BITS, len(ALPHABET), len(taken.code.replace("-", ""))) == (80, 32, 16)
    look = reverse("directives:look_up")
    page = Client().get(look, {"ma": taken.code, "so_tien": "9000000", "url": "https://ngoai.example"})
    assert page.status_code == 200
    shown = page.content.decode()
    assert taken.complaint.number in shown
    for secret in ("0905", "Tôi chưa nhận", units()[0].name, "9.000.000", 'href="https://ngoai'):
        assert secret not in shown
    guesses = [Client().get(look, {"ma": f"{at:016d}"}).status_code for at in range(40)]
    assert set(guesses) <= {404, 429}
    assert guesses[-1] == 429  # guessing is stopped long before 2^80


def test_r111_a_message_carries_no_link_of_anybodys(cast: Cast, payroll: Payroll) -> None:
    who = Person.objects.order_by("pk")[0]
    Person.objects.filter(pk=who.pk).update(name="Lan http://nhan-tien.example")

    class Of:
        person = Person.objects.get(pk=who.pk)

    with pytest.raises(MessageHoldsLink):
        invite(campaign=None, contacts=[Of()], text="Mời {ten} đến xã", by=None, at=AT)  # type: ignore[arg-type, list-item]


def test_r116_a_file_that_was_swapped_does_not_leave(cast: Cast, payroll: Payroll, tmp_path: Path) -> None:
    envelope = approved(cast, payroll)
    name = bytes(envelope.sha256).hex()
    page = signed_in(cast["lanh-dao-xa"]).get(reverse("disbursement:envelope", args=[envelope.pk]))
    assert name[-8:] in page.content.decode()  # what the printed list names is on the page
    other = store.put(store.get(bytes(envelope.sha256)) + b"\r\n")
    place = tmp_path / name[:2] / name
    place.write_bytes((tmp_path / other.hex()[:2] / other.hex()).read_bytes())
    with pytest.raises(FileDiffers):
        claim(envelope_id=envelope.pk, by=cast["kho-bac"], at=AT)
    assert Envelope.objects.get(pk=envelope.pk).state == "approved"


def test_r117_what_a_clerk_edited_and_sent_comes_back_as_nobodys(cast: Cast, payroll: Payroll) -> None:
    sent(cast, payroll)
    one = instructions(payroll, channel="account")[0]
    edited = [["AS499999999999999995", str(one.amount_vnd), "PAID", "", "FT9", "04/03/2024"],
              ["tự sửa", str(one.amount_vnd + 500_000), "PAID", "", "FT8", "04/03/2024"]]  # fmt: skip
    found = take(cast, payroll, file(edited))
    assert found.counts["applied"] == 0
    assert {case.kind for case in Case.objects.all()} <= {"unknown_id", "malformed"}
    assert states(payroll, channel="account") == ["sent"] * 4


def test_r126_a_dispute_is_answered_on_one_page(cast: Cast, payroll: Payroll) -> None:
    envelope = sent(cast, payroll)
    one = instructions(payroll, channel="account")[0]
    take(cast, payroll, file([row(one, reference="FT24063-77")]))
    page = signed_in(cast["ke-toan"]).get(reverse("registry:person", args=[one.person_id])).content.decode()
    approvers = [cast[name].full_name for name in ("lanh-dao-xa", "ke-toan")]
    sha256 = bytes(envelope.sha256).hex()
    for said in ("15/QĐ", one.end_to_end_id, envelope.reference, sha256[-8:], "FT24063-77", *approvers):
        assert said in page, said
