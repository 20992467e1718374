# SPDX-License-Identifier: MPL-2.0
"""What the simulated bank answers in ISO 20022 is valid, is read as it was meant, and a wrong message is
not valid. The schemas are our own, after the published definitions: the standard's files are not here."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from ansinh.disbursement.channels.iso20022.write import write
from ansinh.disbursement.items import Head, Item
from ansinh.disbursement.simulated_bank import SimulatedBank
from ansinh.reconciliation.readers.iso20022 import read_camt053, read_pain002
from ansinh.rules.payments import end_to_end_id

HERE = Path(__file__).parent
SCHEMAS = {
    "pain.001.001.09": HERE.parent / "disbursement" / "pain001.xsd",
    "pain.002.001.10": HERE / "pain002.xsd",
    "camt.053.001.08": HERE / "camt053.xsd",
}
MANY = 4


def valid(message: str, content: bytes) -> bool:
    return bool(etree.XMLSchema(etree.parse(SCHEMAS[message])).validate(etree.fromstring(content)))


def sent(tmp_path: Path) -> bytes:
    day = date(2024, 3, 1)
    items = [
        Item(n, end_to_end_id(province="49", year=2024, month=3, number=n), "Trần Văn An", "Trần Văn An",
             "TRAN VAN AN", "Thôn 1", "account", "VBA", "970405", "Agribank", f"00{n:08d}", 500_000 + n)
        for n in range(1, MANY + 1)
    ]  # fmt: skip
    total = sum(item.amount_vnd for item in items)
    path = tmp_path / "pain001.xml"
    with path.open("wb") as out:
        write(Head("ENV490000001", "Xã Thử", "assistance", day, MANY, total, day), items, out)
    return path.read_bytes()


@pytest.fixture
def bank(tmp_path: Path) -> SimulatedBank:
    found = SimulatedBank(knobs={"return_later": 40, "account_closed": 40}, seed=3)
    found.submit(reference="ENV490000001", token=1, content=sent(tmp_path), form="pain001")
    return found


def test_what_we_send_is_valid(tmp_path: Path) -> None:
    assert valid("pain.001.001.09", sent(tmp_path))


def test_a_status_report_is_valid_and_read(bank: SimulatedBank) -> None:
    content = bank.results(reference="ENV490000001")[0]
    assert valid("pain.002.001.10", content)
    read = read_pain002(content)
    assert (read.broken, read.declared_count, [line.fault for line in read.lines]) == (
        "",
        len(read.lines),
        [""] * len(read.lines),
    )
    assert {line.fact for line in read.lines} <= {"paid", "failed"}


def test_a_statement_is_valid_and_adds_up(bank: SimulatedBank) -> None:
    content = bank.statement(account="KB-3751", day="2024-03-04", opening=10**12)
    assert valid("camt.053.001.08", content)
    read = read_camt053(content)
    paid = [line for line in read.lines if line.fact == "paid"]
    back = [line for line in read.lines if line.fact == "returned"]
    assert (len(paid), len(back)) == (
        sum(one.out for one in bank.count().values()), sum(one.back for one in bank.count().values())
    )  # fmt: skip
    day = read.days[0]
    assert (day.opening_vnd, read.broken) == (10**12, "")
    assert day.closing_vnd == 10**12 - sum(line.amount_vnd or 0 for line in paid) + sum(
        line.amount_vnd or 0 for line in back
    )


def test_a_balance_that_cannot_be_read_holds_the_statement(bank: SimulatedBank) -> None:
    content = bank.statement(account="KB-3751", day="2024-03-04", opening=10**12)
    assert read_camt053(content.replace(b">1000000000000<", b">nhieu<")).broken == "balance"


@pytest.mark.parametrize(("message", "was", "becomes"), [
    ("pain.002.001.10", b"<TxSts>ACSC</TxSts>", b""), ("pain.002.001.10", b'Ccy="VND"', b'Ccy="vnd"'),
    ("pain.002.001.10", b"<GrpHdr>", b"<GrpHdr><Other/>"), ("camt.053.001.08", b"DBIT", b"OUT"),
    ("camt.053.001.08", b"<Sts><Cd>BOOK</Cd></Sts>", b""),
    ("camt.053.001.08", b"2024-03-04</Dt>", b"04/03</Dt>"),
])  # fmt: skip
def test_a_message_that_is_wrong_is_not_valid(
    bank: SimulatedBank, message: str, was: bytes, becomes: bytes
) -> None:
    content = (
        bank.results(reference="ENV490000001")[0] if message.startswith("pain")
        else bank.statement(account="KB-3751", day="2024-03-04", opening=10**12)
    )  # fmt: skip
    assert was in content
    changed = content.replace(was, becomes)
    assert valid(message, changed) == (becomes == b"" and b"TxSts" in was)  # TxSts may be left out
