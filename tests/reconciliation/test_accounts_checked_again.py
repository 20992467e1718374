# SPDX-License-Identifier: MPL-2.0
"""The account that is paid is the one that was approved, its holder the one that was to be paid, and an
account that sent money back is checked again before anything more is paid into it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.urls import reverse

from ansinh.audit.models import Event
from ansinh.disbursement.actions.cash import CashDoubtful, hand_to_payee
from ansinh.disbursement.actions.envelopes import build
from ansinh.disbursement.models import Envelope
from ansinh.disbursement.queries import SnapshotDiffers
from ansinh.payees.models import Account
from ansinh.payees.records import NUMBER
from ansinh.reconciliation.actions.returns import pay_again
from ansinh.reconciliation.models import Case
from ansinh.reconciliation.readers import bank_csv, iso20022
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all
from ansinh.vault.sealing import seal
from tests.disbursement.month import AT, instructed, instructions, sent, states
from tests.reconciliation.answers import HEADER, file, row, take
from tests.reconciliation.test_readers import camt053, pain002
from tests.staff.test_every_address_declares_its_permission import signed_in

Cast = dict[str, Officer]


@pytest.fixture(autouse=True)
def _own_store(settings: object, tmp_path: Path, db: None) -> None:
    settings.FILE_STORE_FOLDER = tmp_path  # type: ignore[attr-defined]
    open_to_all()


def test_an_account_that_opens_to_another_makes_no_file(cast: Cast) -> None:
    """Whoever changes the sealed number behind the guards pays nobody else."""
    payroll = instructed(cast)
    one = instructions(payroll, channel="account")[0]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE disbursement_instruction SET account_enc = %s WHERE id = %s",
            [seal(column=NUMBER, text="0099999999"), one.pk],
        )
    with pytest.raises(SnapshotDiffers, match=one.end_to_end_id):
        build(payroll_id=payroll.pk, layout_code="bulk_bin", by=cast["lap-danh-sach"], at=AT)


def named(rows: list[list[str]], names: list[str]) -> bytes:
    """A result file with the holders' names."""
    content = file(rows).decode().splitlines()
    content[0] = ",".join([*HEADER, "NAME"])
    for place, name in enumerate(names, 1):
        content[place] += f",{name}"
    return "\n".join(content).encode()


def test_a_result_for_another_holder_hangs_and_one_letter_is_another(cast: Cast) -> None:
    payroll = instructed(cast)
    sent(cast, payroll)
    one, two, three, four = instructions(payroll, channel="account")
    said = [one.holder_name.upper(), "TRAN VAN KHAC", three.holder_name[:-1] + "x", ""]
    found = take(cast, payroll, named([row(each) for each in (one, two, three, four)], said))
    assert found.counts == {"applied": 2, "duplicate": 0, "suspense": 2, "malformed": 0}
    assert states(payroll, channel="account") == ["paid", "sent", "sent", "paid"]
    assert set(Case.objects.values_list("kind", flat=True)) == {"holder_differs"}
    case = Case.objects.get(instruction_id=two.pk)
    told = signed_in(cast["ke-toan"]).get(reverse("reconciliation:case", args=[case.pk])).content.decode()
    assert "TRAN VAN KHAC" in told


def test_readers_take_the_holder_where_the_payer_prints_one() -> None:
    assert (
        bank_csv.read(b"REF,AMOUNT,STATUS,Ten chu tai khoan\nx,5,PAID,NGUYEN A\n").lines[0].holder
        == "NGUYEN A"
    )
    report = pain002().replace(
        b"</Amt></OrgnlTxRef>", b"</Amt><Cdtr><Pty><Nm>LE B</Nm></Pty></Cdtr></OrgnlTxRef>"
    )
    assert [line.holder for line in iso20022.read_pain002(report).lines] == ["LE B", "LE B"]
    party = b"<RltdPties><Cdtr><Nm>LE C</Nm></Cdtr></RltdPties><RtrInf>"
    lines = iso20022.read_camt053(camt053().replace(b"<RtrInf>", party)).lines
    assert {line.holder for line in lines} == {""}  # money that came back names no payee


@pytest.mark.parametrize(("reason", "fault", "owner"), [
    ("AC04", "account_closed", "preparer"), ("BE01", "holder_different", "preparer"),
    ("Lỗi lạ 77", "payment_returned", "preparer"),
])  # fmt: skip
def test_an_account_that_sent_money_back_is_checked_again(
    cast: Cast, reason: str, fault: str, owner: str
) -> None:
    payroll = instructed(cast)
    sent(cast, payroll)
    one, *others = instructions(payroll, channel="account")
    content = file([row(one, "RETURNED", reason=reason), *(row(each) for each in others)])
    take(cast, payroll, content)
    account = Account.objects.get(pk=one.account_id)
    assert (account.state, account.fault, account.fault_owner) == ("suspended", fault, owner)
    assert account.next_action
    assert Account.objects.filter(state="active").count() == 3
    assert Event.objects.filter(act="payees.account_suspend", subject_id=str(account.pk)).count() == 1
    take(cast, payroll, content + b"\n")  # the same lines in a new file change nothing
    assert Event.objects.filter(act="payees.account_suspend").count() == 1


def test_what_is_not_the_accounts_fault_leaves_it_in_use(cast: Cast) -> None:
    payroll = instructed(cast)
    sent(cast, payroll)
    one, *others = instructions(payroll, channel="account")
    take(cast, payroll, file([row(one, "FAILED", reason="AM04"), *(row(each) for each in others)]))
    assert Account.objects.get(pk=one.account_id).state == "active"


def test_cash_is_not_handed_over_while_the_bank_says_that_it_paid_after_all(cast: Cast) -> None:
    payroll = instructed(cast)
    sent(cast, payroll)
    one, *others = instructions(payroll, channel="account")
    take(cast, payroll, file([row(one, "FAILED", reason="AC04"), *(row(each) for each in others)]))
    made = pay_again(instruction_id=one.pk, in_cash=True, by=cast["lap-danh-sach"], at=AT)
    sent(cast, payroll, "organisation")
    take(cast, payroll, file([row(one, "PAID", reference="FT9")]))
    assert Case.objects.get().kind == "paid_after_replaced"
    with pytest.raises(CashDoubtful, match="có thể chi hai lần"):
        hand_to_payee(instruction_id=made.pk, receipt="signature", supervisor="Đức", by=cast["diem-chi"],
                      at=AT)  # fmt: skip
    shown = signed_in(cast["diem-chi"]).get(reverse("disbursement:slip", args=[made.pk])).content.decode()
    assert "Không chi khoản này" in shown
    assert "Đã đưa" not in shown
    assert Envelope.objects.count() == 2
