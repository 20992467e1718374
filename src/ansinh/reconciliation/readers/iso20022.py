# SPDX-License-Identifier: MPL-2.0
"""pain.002 (status reports) and camt.053 (statements), read as a stream; entities are never followed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date

from lxml import etree

from ansinh.reconciliation.lines import Day, NotThisForm, ReadFile, ReadLine, amount_of, found_id, understand

STATUS = {"ACSC": "paid", "ACCC": "paid", "RJCT": "failed"}
WAITING = ("PDNG", "ACCP", "ACSP", "ACTC", "RCVD")  # not an answer yet


def _elements(content: bytes, form: str, wanted: tuple[str, ...]) -> Iterator[tuple[str, etree._Element]]:
    """(local name, element) of the wanted elements as they end. Raises `NotThisForm` at once when
    the root is another message, and lets a cut file end as `broken`."""
    events = etree.iterparse(
        io.BytesIO(content), events=("start", "end"), resolve_entities=False, no_network=True,
        load_dtd=False, huge_tree=False,
    )  # fmt: skip
    depth = 0
    for event, element in events:
        local = etree.QName(element).localname
        if event == "start":
            depth += 1
            if (depth == 1 and local != "Document") or (depth == 2 and local != form):
                raise NotThisForm(form=form)
            continue
        depth -= 1
        if local in wanted:
            yield local, element
            element.clear()


def _text(element: etree._Element, *path: str) -> str:
    found = element.xpath("." + "".join(f"/*[local-name()='{name}']" for name in path))
    return (found[0].text or "").strip() if found else ""


def _deep(element: etree._Element, name: str) -> str:
    found = element.xpath(f".//*[local-name()='{name}']")
    return next((each.text.strip() for each in found if each.text and each.text.strip()), "")


def _creditor(element: etree._Element) -> str:
    """The name of who got the money, '' where the bank prints none."""
    found = element.xpath(".//*[local-name()='Cdtr']/*[local-name()='Nm' or local-name()='Pty']")
    return _deep(found[0].getparent(), "Nm") if found else ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def read_pain002(content: bytes) -> ReadFile:
    """A customer payment status report. Transactions that are only pending say nothing."""
    found, number = ReadFile(broken="no_trailer"), 0
    try:
        for local, element in _elements(
            content, "CstmrPmtStsRpt", ("TxInfAndSts", "OrgnlGrpInfAndSts", "CstmrPmtStsRpt")
        ):
            if local == "CstmrPmtStsRpt":
                found.broken = ""
            elif local == "OrgnlGrpInfAndSts":
                count, total = _text(element, "OrgnlNbOfTxs"), _text(element, "OrgnlCtrlSum")
                found.declared_count = int(count) if count.isdigit() else None
                found.declared_vnd = amount_of(total) if total else None
            else:
                number += 1
                found.lines.append(_status(number, element))
    except etree.XMLSyntaxError:
        if not found.lines and found.declared_count is None:
            raise NotThisForm(form="pain002") from None
        found.broken = "cut"
    return found


def _status(number: int, element: etree._Element) -> ReadLine:
    status = _text(element, "TxSts")
    line = ReadLine(
        number, found_id(_text(element, "OrgnlEndToEndId")), amount_of(_deep(element, "InstdAmt")),
        STATUS.get(status, ""), (_deep(element, "Cd") or _deep(element, "AddtlInf"))[:60],
        (_text(element, "AcctSvcrRef") or _text(element, "StsId"))[:60],
        _day(_text(element, "AccptncDtTm")), raw=etree.tostring(element, encoding="unicode"),
        holder=_creditor(element),
    )  # fmt: skip
    currencies = element.xpath(".//*[local-name()='InstdAmt']/@Ccy")
    if currencies and currencies[0] != "VND":
        line.fault = "currency"
    if status in WAITING:
        line.fault = "pending"
    return understand(line)


def read_camt053(content: bytes) -> ReadFile:
    """A bank-to-customer statement: debits are paid, credits with return information are returned."""
    found, number, days = ReadFile(broken="no_trailer"), 0, _Statement()
    try:
        for local, element in _elements(content, "BkToCstmrStmt", ("Ntry", "Bal", "Stmt", "BkToCstmrStmt")):
            if local == "BkToCstmrStmt":
                found.broken = ""
            elif local == "Bal":
                days.balance(_deep(element, "Cd"), _text(element, "Amt"), _deep(element, "Dt"))
            elif local == "Ntry":
                number += 1
                line, into = _entry(number, element)
                days.add(line.amount_vnd or 0, into=into)
                found.lines.append(line)
            elif local == "Stmt":
                found.days += days.close(_text(element, "Acct", "Id", "Othr", "Id"))
    except etree.XMLSyntaxError:
        if not found.lines:
            raise NotThisForm(form="camt053") from None
        found.broken = "cut"
    found.declared_count = None if found.broken else len(found.lines)
    if days.wrong and not found.broken:
        found.broken = "balance"
    return found


class _Statement:
    """Balances of the statement being read; `wrong` when one does not add up."""

    def __init__(self) -> None:
        self.opening, self.closing, self.day = 0, 0, ""
        self.into, self.out = 0, 0
        self.wrong = False

    def balance(self, code: str, said: str, day: str) -> None:
        """A balance is larger than any amount of a line may be; one that cannot be read is wrong."""
        found = re.fullmatch(r"([0-9]{1,18})(?:[.]0{1,5})?", said)
        if found is None:
            self.wrong = True
            return
        amount = int(found[1])
        if code in {"OPBD", "PRCD"}:
            self.opening = amount
        elif code == "CLBD":
            self.closing, self.day = amount, day

    def add(self, amount: int, *, into: bool) -> None:
        self.into += amount if into else 0
        self.out += 0 if into else amount

    def close(self, account: str) -> list[Day]:
        day = _day(self.day)
        if self.opening + self.into - self.out != self.closing or day is None:
            self.wrong = True
            return []
        made = Day(account[:34], day, self.opening, self.into, self.out, self.closing)
        self.into = self.out = 0
        return [made]


def _entry(number: int, element: etree._Element) -> tuple[ReadLine, bool]:
    into = _text(element, "CdtDbtInd") == "CRDT"
    amount = amount_of(_text(element, "Amt"))
    returned = bool(element.xpath(".//*[local-name()='RtrInf']")) or _text(element, "RvslInd") == "true"
    fact = "returned" if into and returned else "" if into else "paid"
    line = ReadLine(
        number, found_id(_deep(element, "EndToEndId") or _deep(element, "Ustrd")), amount, fact,
        (_deep(element, "Rsn") or _deep(element, "AddtlInf"))[:60], _text(element, "AcctSvcrRef")[:60],
        _day(_deep(element, "Dt")), raw=etree.tostring(element, encoding="unicode"),
        holder="" if into else _creditor(element),
    )  # fmt: skip
    cause = element.xpath(".//*[local-name()='RtrInf']/*[local-name()='Rsn']/*[local-name()='Cd']")
    if cause:
        line.reason = (cause[0].text or "")[:60]
    if element.xpath("./*[local-name()='Amt']/@Ccy") not in ([], ["VND"]):
        line.fault = "currency"
    if into and not returned:
        line.fault = "credit"
    return understand(line), into
