# SPDX-License-Identifier: MPL-2.0
"""The bank's own reading of what it is sent, and the files that it answers with, good and bad."""

from __future__ import annotations

import csv
import hashlib
import io
import random
from collections.abc import Callable
from dataclasses import dataclass
from xml.sax.saxutils import escape

from lxml import etree

Strikes = Callable[[str, object], bool]
STRANGER = "AS999999999999999999"
DAY = "04/03/2024"
ISO_DAY = "2024-03-04"
PAIN002 = "urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"
CAMT053 = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"
STATUS = {"PAID": "ACSC", "FAILED": "RJCT"}


@dataclass(slots=True)
class Order:
    """One line that the bank was asked to pay."""

    reference: str
    account: str
    holder: str
    amount: int
    remark: str
    status: str = "PAID"
    reason: str = ""
    bank_reference: str = ""


def orders_of(content: bytes, form: str) -> list[Order]:
    """The orders of a file. Raises `ValueError` when it cannot be read or does not add up."""
    orders, count, total = _of_xml(content) if form == "pain001" else _of_csv(content)
    if (len(orders), sum(order.amount for order in orders)) != (count, total):
        raise ValueError("count or sum do not agree with the orders")
    return orders


def _of_csv(content: bytes) -> tuple[list[Order], int, int]:
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8"))))
    if not rows or not rows[-1]["REF"].startswith("TOTAL"):
        raise ValueError("no trailer")
    orders = [
        Order(row["REF"], f"{row['BIN']}:{row['ACCOUNT']}", row["NAME"], int(row["AMOUNT"]), row["REMARK"])
        for row in rows[:-1]
    ]
    return orders, int(rows[-1]["REF"].split()[1]), int(rows[-1]["AMOUNT"])


def _of_xml(content: bytes) -> tuple[list[Order], int, int]:
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as cut:
        raise ValueError("not XML") from cut

    def text(node: etree._Element, path: str) -> str:
        return str(node.findtext("/".join(f"{{*}}{name}" for name in path.split("/"))) or "")

    orders = [
        Order(
            text(each, "PmtId/EndToEndId"),
            f"{text(each, 'CdtrAgt/FinInstnId/ClrSysMmbId/MmbId')}:{text(each, 'CdtrAcct/Id/Othr/Id')}",
            text(each, "Cdtr/Nm"), int(text(each, "Amt/InstdAmt")), text(each, "RmtInf/Ustrd"),
        )
        for each in root.iter("{*}CdtTrfTxInf")
    ]  # fmt: skip
    head = root.find(".//{*}GrpHdr")
    if head is None:
        raise ValueError("no group header")
    return orders, int(text(head, "NbOfTxs")), int(text(head, "CtrlSum"))


@dataclass(frozen=True, slots=True)
class Said:
    """One line of an answer."""

    reference: str
    amount: int
    status: str
    reason: str
    bank_reference: str


def _say(order: Order, status: str, *, amount: int | None = None) -> Said:
    reason = (order.reason or "AC01") if status in {"FAILED", "RETURNED"} else ""
    return Said(order.reference, order.amount if amount is None else amount, status, reason,
                order.bank_reference)  # fmt: skip


def answer_files(
    orders: list[Order], *, form: str, envelope: str, turn: int, strikes: Strikes
) -> list[bytes]:
    """The answer to an envelope. The first time it may be incomplete, cut, doubled, mixed and wrong;
    afterwards it says everything, once and in order."""
    write = pain002 if form == "pain001" else _csv
    if turn:
        return [write([said for order in orders for said in _truth(order)], envelope)]
    said = [each for order in orders for each in _lies(order, strikes)]
    drawn = random.Random(int(hashlib.sha256(envelope.encode()).hexdigest()[:8], 16))  # noqa: S311
    if strikes("reorder", envelope):
        drawn.shuffle(said)
    files = [write(said, envelope)]
    if said and strikes("duplicate", envelope):
        files += [files[0], write(said[::-1], envelope)]
    if said and strikes("truncate", envelope):
        files.insert(0, files[0][: drawn.randrange(1, len(files[0]) - 2)])
    return files


def _truth(order: Order) -> list[Said]:
    paid_first = [_say(order, "PAID")] if order.status == "RETURNED" else []
    return [*paid_first, _say(order, order.status)]


def _lies(order: Order, strikes: Strikes) -> list[Said]:
    """What is said about an order the first time."""
    ref = order.reference
    if strikes("pending", ref):
        return []
    said = _truth(order)
    if strikes("contradict", ref):
        said.append(_say(order, "FAILED" if order.status == "PAID" else "PAID"))
    if strikes("wrong_amount", ref):
        said.append(_say(order, order.status, amount=order.amount + 1))
    if strikes("unknown_id", ref):
        said.append(Said(STRANGER, order.amount, "PAID", "", "FTX"))
    if strikes("duplicate", ref):
        said.append(said[-1])
    return said


def _csv(said: list[Said], _envelope: str) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["REF", "AMOUNT", "STATUS", "REASON", "BANKREF", "DATE"])
    writer.writerows(
        [one.reference, one.amount, one.status, one.reason, one.bank_reference, DAY] for one in said
    )
    writer.writerow([f"TOTAL {len(said)}", sum(one.amount for one in said), "", "", "", ""])
    return out.getvalue().encode()


def pain002(said: list[Said], envelope: str) -> bytes:
    """A status report, pain.002.001.10. Returned money is no status of a transfer: the statement
    (camt.053) tells it, so it is left out here."""
    lines = [one for one in said if one.status in STATUS]
    head = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="{PAIN002}"><CstmrPmtStsRpt><GrpHdr>'
        f"<MsgId>RPT{_mark(said, envelope)}</MsgId><CreDtTm>{ISO_DAY}T09:00:00</CreDtTm></GrpHdr>"
        f"<OrgnlGrpInfAndSts><OrgnlMsgId>{escape(envelope[:35])}</OrgnlMsgId>"
        f"<OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId><OrgnlNbOfTxs>{len(lines)}</OrgnlNbOfTxs>"
        f"<OrgnlCtrlSum>{sum(one.amount for one in lines)}</OrgnlCtrlSum></OrgnlGrpInfAndSts>"
        f"<OrgnlPmtInfAndSts><OrgnlPmtInfId>{escape(envelope[:35])}</OrgnlPmtInfId>\n"
    )
    body = "".join(
        f"<TxInfAndSts><StsId>{number}</StsId><OrgnlEndToEndId>{one.reference}</OrgnlEndToEndId>"
        f"<TxSts>{STATUS[one.status]}</TxSts>"
        + (f"<StsRsnInf><Rsn><Cd>{one.reason}</Cd></Rsn></StsRsnInf>" if one.reason else "")
        + f"<AccptncDtTm>{ISO_DAY}T08:30:00</AccptncDtTm><AcctSvcrRef>{one.bank_reference}</AcctSvcrRef>"
        f'<OrgnlTxRef><Amt><InstdAmt Ccy="VND">{one.amount}</InstdAmt></Amt></OrgnlTxRef></TxInfAndSts>\n'
        for number, one in enumerate(lines, 1)
    )
    return f"{head}{body}</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>\n".encode()


def _mark(said: list[Said], envelope: str) -> str:
    return hashlib.sha256(f"{envelope}{said}".encode()).hexdigest()[:16].upper()


def statement_of(orders: list[Order], *, account: str, day: str, opening: int) -> bytes:
    """The day's statement of the paying account, camt.053.001.08: a debit for all that went out, a
    credit with its reason for all that came back."""
    entries, balance = [], opening
    for number, one in enumerate((order for order in orders if order.status != "FAILED"), 1):
        sides = ("DBIT", "CRDT") if one.status == "RETURNED" else ("DBIT",)
        for side in sides:
            balance += one.amount if side == "CRDT" else -one.amount
            entries.append(_entry(one, side, day, f"{number}{side[0]}"))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="{CAMT053}"><BkToCstmrStmt><GrpHdr>'
        f"<MsgId>STM{day.replace('-', '')}</MsgId><CreDtTm>{day}T17:00:00</CreDtTm></GrpHdr><Stmt>"
        f"<Id>{escape(account[:20])}-{day}</Id><CreDtTm>{day}T17:00:00</CreDtTm>"
        f"<Acct><Id><Othr><Id>{escape(account[:34])}</Id></Othr></Id><Ccy>VND</Ccy></Acct>"
        f"{_balance('OPBD', opening, day)}{_balance('CLBD', balance, day)}\n{''.join(entries)}"
        "</Stmt></BkToCstmrStmt></Document>\n"
    ).encode()


def _balance(code: str, amount: int, day: str) -> str:
    return (
        f'<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="VND">{abs(amount)}</Amt>'
        f"<CdtDbtInd>{'CRDT' if amount >= 0 else 'DBIT'}</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>"
    )


def _entry(one: Order, side: str, day: str, number: str) -> str:
    back = f"<RtrInf><Rsn><Cd>{one.reason or 'AC01'}</Cd></Rsn></RtrInf>" if side == "CRDT" else ""
    return (
        f'<Ntry><NtryRef>{number}</NtryRef><Amt Ccy="VND">{one.amount}</Amt><CdtDbtInd>{side}</CdtDbtInd>'
        f"<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>{day}</Dt></ValDt>"
        f"<AcctSvcrRef>{one.bank_reference}{side[0]}</AcctSvcrRef><BkTxCd><Prtry><Cd>TRF</Cd></Prtry></BkTxCd>"
        f"<NtryDtls><TxDtls><Refs><EndToEndId>{one.reference}</EndToEndId></Refs>"
        f"<RmtInf><Ustrd>{escape(one.remark[:140])}</Ustrd></RmtInf>{back}</TxDtls></NtryDtls></Ntry>\n"
    )
