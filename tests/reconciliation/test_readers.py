# SPDX-License-Identifier: MPL-2.0
"""Forms of results, whole and broken; none of them follows an entity or trusts a cut file."""

from __future__ import annotations

import io
from datetime import date

import pytest
import xlsxwriter

from ansinh.reconciliation.lines import NotThisForm, amount_of, found_id
from ansinh.reconciliation.readers import READERS, bank_csv, iso20022, mt940, organisation
from ansinh.rules.payments import end_to_end_id

ID = end_to_end_id(province="49", year=2024, month=3, number=7)
OTHER = end_to_end_id(province="49", year=2024, month=3, number=8)


def pain002(*, tail: str = "</CstmrPmtStsRpt></Document>", count: int = 2) -> bytes:
    return (
        '<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10">'
        "<CstmrPmtStsRpt>"
        f"<OrgnlGrpInfAndSts><OrgnlMsgId>ENV1</OrgnlMsgId><OrgnlNbOfTxs>{count}</OrgnlNbOfTxs>"
        "<OrgnlCtrlSum>1040000</OrgnlCtrlSum></OrgnlGrpInfAndSts><OrgnlPmtInfAndSts>"
        f"<TxInfAndSts><OrgnlEndToEndId>{ID}</OrgnlEndToEndId><TxSts>ACSC</TxSts>"
        "<AcctSvcrRef>FT1</AcctSvcrRef>"
        '<OrgnlTxRef><Amt><InstdAmt Ccy="VND">540000</InstdAmt></Amt></OrgnlTxRef></TxInfAndSts>'
        f"<TxInfAndSts><OrgnlEndToEndId>{OTHER}</OrgnlEndToEndId><TxSts>RJCT</TxSts>"
        "<StsRsnInf><Rsn><Cd>AC04</Cd></Rsn></StsRsnInf>"
        '<OrgnlTxRef><Amt><InstdAmt Ccy="VND">500000</InstdAmt></Amt></OrgnlTxRef></TxInfAndSts>'
        f"</OrgnlPmtInfAndSts>{tail}"
    ).encode()


def camt053(*, closing: int = 460_000) -> bytes:
    def entry(amount: int, mark: str, id_: str, more: str = "") -> str:
        return (
            f'<Ntry><Amt Ccy="VND">{amount}</Amt><CdtDbtInd>{mark}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>'
            "<BookgDt><Dt>2024-03-04</Dt></BookgDt><AcctSvcrRef>FT9</AcctSvcrRef><NtryDtls><TxDtls><Refs>"
            f"<EndToEndId>{id_}</EndToEndId></Refs>{more}</TxDtls></NtryDtls></Ntry>"
        )

    def balance(code: str, amount: int) -> str:
        return (
            f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy='VND'>{amount}</Amt>"
            "<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2024-03-04</Dt></Dt></Bal>"
        )

    back = "<RtrInf><Rsn><Cd>AC01</Cd></Rsn></RtrInf>"
    return (
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>'
        "<Acct><Id><Othr>"
        f"<Id>0001</Id></Othr></Id></Acct>{balance('OPBD', 1_000_000)}{balance('CLBD', closing)}"
        f"{entry(540_000, 'DBIT', ID)}{entry(540_000, 'CRDT', ID, back)}{entry(540_000, 'DBIT', OTHER)}"
        "</Stmt></BkToCstmrStmt></Document>"
    ).encode()


MT940 = f""":20:STMT
:25:0001
:28C:1/1
:60F:C240303VND1000000,00
:61:2403040304D540000,00NTRF{ID}//FT1
:86:{ID} CHI TRA AN SINH
:61:2403040304C540000,NTRFNONREF//RT1
:86:HOAN TRA {ID} SAI SO TAI KHOAN
:62F:C240304VND1000000,00
-
"""


def test_pain002_says_paid_and_failed_with_its_totals() -> None:
    found = iso20022.read_pain002(pain002())
    assert (found.declared_count, found.declared_vnd, found.broken) == (2, 1_040_000, "")
    assert [(line.end_to_end_id, line.amount_vnd, line.fact, line.reason) for line in found.lines] == [
        (ID, 540_000, "paid", ""), (OTHER, 500_000, "failed", "AC04"),
    ]  # fmt: skip


def test_a_cut_pain002_is_broken_wherever_it_is_cut() -> None:
    content = pain002()
    for cut in range(360, len(content) - 11, 7):
        assert iso20022.read_pain002(content[:cut]).broken == "cut"


def test_a_pending_payment_is_no_answer() -> None:
    found = iso20022.read_pain002(pain002().replace(b"ACSC", b"PDNG"))
    assert (found.lines[0].fact, found.lines[0].fault) == ("", "pending")


def test_another_currency_is_not_dong() -> None:
    found = iso20022.read_pain002(pain002().replace(b'Ccy="VND">540000', b'Ccy="USD">540000'))
    assert found.lines[0].fault == "currency"


def test_an_entity_is_not_followed() -> None:
    bomb = b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + pain002().split(b"?>", 1)[1].replace(
        b"FT1", b"&x;"
    )
    assert all("root:" not in line.reference for line in iso20022.read_pain002(bomb).lines)


def test_camt053_tells_debits_returns_and_a_day_that_adds_up() -> None:
    found = iso20022.read_camt053(camt053())
    assert [(line.fact, line.end_to_end_id, line.reason) for line in found.lines] == [
        ("paid", ID, ""), ("returned", ID, "AC01"), ("paid", OTHER, ""),
    ]  # fmt: skip
    day = found.days[0]
    assert (day.day, day.opening_vnd, day.in_vnd, day.out_vnd, day.closing_vnd) == (
        date(2024, 3, 4), 1_000_000, 540_000, 1_080_000, 460_000,
    )  # fmt: skip
    assert iso20022.read_camt053(camt053(closing=460_001)).broken == "balance"


def test_mt940_tells_debits_and_what_came_back() -> None:
    found = mt940.read(MT940.encode())
    assert [(line.fact, line.end_to_end_id, line.amount_vnd) for line in found.lines] == [
        ("paid", ID, 540_000), ("returned", ID, 540_000),
    ]  # fmt: skip
    assert found.broken == ""
    assert (
        mt940.read(MT940.replace("62F:C240304VND1000000", "62F:C240304VND1000001").encode()).broken
        == "balance"
    )
    assert mt940.read(MT940.partition(":62F:")[0].encode()).broken == "no_trailer"


def test_the_organisations_list_comes_back_with_results() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    rows = [
        ["DANH SÁCH CHI TRẢ", "", "", ""],
        ["STT", "Mã lệnh chi", "Số tiền", "Kết quả"],
        [1, ID, 540_000, "Đã nhận"],
        [2, OTHER, 500_000, "Vắng mặt"],
        ["Tổng cộng", "", 1_040_000, ""],
    ]
    for place, row in enumerate(rows):
        sheet.write_row(place, 0, row)
    book.close()
    found = organisation.read(out.getvalue())
    assert [(line.fact, line.amount_vnd) for line in found.lines] == [("paid", 540_000), ("failed", 500_000)]
    assert (found.declared_count, found.declared_vnd, found.broken) == (2, 1_040_000, "")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_bank_csv_reads_what_banks_write(encoding: str, delimiter: str) -> None:
    text = "\r\n".join(
        delimiter.join(row)
        for row in (["Số tham chiếu", "Số tiền", "Trạng thái"], [f"{ID} CHI TRA", "540.000", "Thành công"],
                    ["TOTAL 1", "540.000", ""])
    )  # fmt: skip
    found = bank_csv.read(text.encode(encoding))
    assert (found.lines[0].end_to_end_id, found.lines[0].amount_vnd, found.lines[0].fact) == (
        ID,
        540_000,
        "paid",
    )
    assert (found.declared_count, found.declared_vnd) == (1, 540_000)


@pytest.mark.parametrize("form", sorted(READERS))
@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"<html>503</html>", "xin chào".encode()])
def test_what_is_no_result_file_is_refused_with_a_sentence(form: str, content: bytes) -> None:
    with pytest.raises(NotThisForm):
        READERS[form][1](content)


@pytest.mark.parametrize(("text", "amount"), [
    ("500000", 500_000), ("500.000", 500_000), ("500000.00", 500_000), ("500000,00", 500_000),
    ("10.99", None), ("-5", None), ("", None), ("1e6", None),
])  # fmt: skip
def test_amounts_are_whole_or_not_understood(text: str, amount: int | None) -> None:
    assert amount_of(text) == amount


def test_an_id_with_a_wrong_digit_is_no_id() -> None:
    assert found_id(f"TT {ID} T3") == ID
    assert found_id(ID[:-1] + str((int(ID[-1]) + 1) % 10)) == ""
