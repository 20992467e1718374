# SPDX-License-Identifier: MPL-2.0
"""The State Treasury's forms by budget year: NĐ 347/2025/NĐ-CP from 2026, NĐ 11/2020/NĐ-CP before
(docs/reference/payroll.md names each form and its source).

Accounts: the unit transfers to each person (real spending; the list of recipients goes with it). By
hand: an advance goes to the provider's account, and turns into spending by what was handed out.
"""

from __future__ import annotations

from ansinh.legislation.load import load
from ansinh.payroll.labels import STREAMS
from ansinh.payroll.models import Line, Payroll
from ansinh.payroll.papers.lists import INTO_ACCOUNTS
from ansinh.payroll.papers.offices import drawing_unit
from ansinh.payroll.papers.rows import (
    ACCOUNTANT,
    HEAD,
    PREPARER,
    Cell,
    Column,
    Sheet,
    Voucher,
    payable,
    period_of,
)
from ansinh.payroll.queries import LineFilter, unpaid_lines
from ansinh.providers.directory import bank_name
from ansinh.providers.models import Contract
from ansinh.providers.queries import providers_in_force
from ansinh.rules.money import format_vnd
from ansinh.rules.months import Month
from ansinh.vault.sealing import open_sealed

NEW_FORMS_FROM = 2026  # budget year
ACCOUNT = "payees_account.number"
BLANK = "………………"
CODES = [
    Column("Nội dung chi", 12), Column("Hóa đơn, chứng từ", 7), Column("Mã nội dung kinh tế", 4, "c"),
    Column("Mã chương", 3, "c"), Column("Mã ngành kinh tế", 4, "c"), Column("Mã nguồn NSNN", 4, "c"),
]  # fmt: skip
KBNN_OLD, KBNN_NEW = "NĐ 11/2020/NĐ-CP", "NĐ 347/2025/NĐ-CP"


def by_new_decree(payroll: Payroll) -> bool:
    """Whether the payroll falls into a budget year of NĐ 347/2025/NĐ-CP."""
    return payroll.period.year >= NEW_FORMS_FROM


def recipients(payroll: Payroll, wanted: LineFilter) -> Sheet:
    """Who is paid into which account: the Treasury checks sums, the unit answers for names and numbers."""
    new = by_new_decree(payroll)
    made = Sheet(
        "Danh sách thanh toán cho đối tượng thụ hưởng" if new else "Bảng thanh toán cho đối tượng thụ hưởng",
        f"{period_of(payroll)} - {STREAMS[payroll.stream]}",
        [
            Column("STT\n(1)", 2, "c"), Column("Đối tượng thụ hưởng\n(2)", 8),
            Column("Số tài khoản, tên ngân hàng\n(3)", 10), Column("Số tiền\n(4)", 5, "r", money=True),
        ],
        money=3, form=f"Mẫu số 20, {KBNN_NEW}" if new else f"Mẫu số 09 Phụ lục II, {KBNN_OLD}",
        intro=[
            f"Đơn vị giao dịch: {drawing_unit(payroll)}. Mã số ĐVQHNS: {BLANK}",
            f"Tài khoản dự toán/tiền gửi: {BLANK} tại Kho bạc Nhà nước {BLANK}",
            f"Kèm theo Giấy rút dự toán/Ủy nhiệm chi số {BLANK} ngày …… tháng …… năm ………",
        ],
        groups=[(0, "IV. Đối tượng khác")], opens_accounts=True, treasury=True,
    )  # fmt: skip
    paid: dict[bytes, list[Line]] = {}
    for line in payable(payroll, _narrow(wanted, "account")):
        paid.setdefault(bytes(line.account_bidx or b""), []).append(line)
    for lines in paid.values():  # one transfer an account, whatever it is made of
        first = lines[0]
        number = open_sealed(column=ACCOUNT, sealed=bytes(first.account_enc or b""))
        made.rows.append([
            len(made.rows) + 1, first.holder_name or first.payee_name, f"{number}, {bank_name(first.bank)}",
            sum(line.amount_vnd for line in lines),
        ])  # fmt: skip
    return made


def _narrow(wanted: LineFilter, channel: str) -> LineFilter:
    return LineFilter(wanted.commune, wanted.hamlet, channel, wanted.kind)


def withdrawal(payroll: Payroll, wanted: LineFilter) -> Sheet:
    """Real spending: what is transferred to the accounts of the list."""
    lines = payable(payroll, _narrow(wanted, "account"))
    return _voucher(payroll, lines, advance=False, said="theo danh sách đính kèm")


def advance(payroll: Payroll, wanted: LineFilter) -> Sheet:
    """An advance into the account of the provider that hands the money out."""
    return _voucher(payroll, _by_hand(payroll, wanted), advance=True, said="qua tổ chức chi trả")


def _by_hand(payroll: Payroll, wanted: LineFilter) -> list[Line]:
    return [line for line in payable(payroll, wanted) if line.channel not in INTO_ACCOUNTS]


def _rows(payroll: Payroll, lines: list[Line], said: str, proof: str) -> list[list[Cell]]:
    """One row a family, with its budget codes of that day."""
    law = load()
    sums: dict[str, int] = {}
    for line in lines:
        family = law.categories[line.code].family
        sums[family] = sums.get(family, 0) + line.amount_vnd
    rows: list[list[Cell]] = []
    for family, vnd in sorted(sums.items()):
        budget = law.families[family]["budget"]
        assert isinstance(budget, dict)
        days = [day for day in budget if day <= payroll.period]
        codes = budget[max(days)] if days else {}
        label = f"Chi {str(law.families[family]['label']).lower()} {Month.of(payroll.period).vi} {said}"
        rows.append([label, proof, "", codes.get("chapter") or "", codes.get("khoan") or "", "", vnd])
    return rows


def _voucher(payroll: Payroll, lines: list[Line], *, advance: bool, said: str) -> Sheet:
    new = by_new_decree(payroll)
    made = Sheet(
        "Giấy rút dự toán ngân sách nhà nước", "",
        [*CODES, Column("Số tiền", 6, "r", money=True)], money=6,
        rows=_rows(payroll, lines, said, "Danh sách kèm theo"),
        form=f"Mẫu số 13 (C2-02a/NS), {KBNN_NEW}" if new else f"C2-02a/NS, {KBNN_OLD}",
        signers=(ACCOUNTANT, HEAD), treasury=True,
    )  # fmt: skip
    contract, provider = _contract(payroll) if advance else ("", "")
    made.voucher = Voucher(
        "Mẫu số 13" if new else "", "C2-02a/NS",
        [
            [("Tạm cấp", False), ("Ứng trước", False), ("Chính thức", True)],
            [("Thực chi", not advance), ("Tạm ứng", advance), ("Chuyển khoản", True),
             ("Tiền mặt tại KBNN", False), ("Tiền mặt tại ngân hàng", False)],
        ],
        [
            ("Đơn vị rút dự toán", drawing_unit(payroll)), ("Mã số ĐVQHNS", BLANK),
            ("Tài khoản", BLANK), ("Tại Kho bạc Nhà nước", BLANK),
            ("Năm ngân sách", str(payroll.period.year)),
            ("Hợp đồng", contract if advance else "không có"),
            ("Thời hạn thanh toán tạm ứng", _advance_term(payroll) if advance else "không có"),
        ],
        [
            ("Đơn vị nhận tiền", provider if advance else "các tài khoản trong danh sách kèm theo"),
            ("Tài khoản", BLANK), ("Tại ngân hàng (Kho bạc Nhà nước)", BLANK),
        ],
    )  # fmt: skip
    return made


def _contract(payroll: Payroll) -> tuple[str, str]:
    """(number and day, provider) of the contract by which money is handed out in the unit's communes."""
    on = payroll.period
    commune = payroll.communes_paid.values_list("commune_id", flat=True).first()
    for unit in (payroll.unit_id, commune or payroll.unit_id):
        for channel in ("pay_point", "home"):
            found = providers_in_force(unit_id=unit, on=on, stream=payroll.stream, channel=channel)
            if found:
                signed = Contract.objects.get(pk=found[0].contract_id)
                return f"số {signed.number} ngày {signed.signed_on:%d/%m/%Y}", found[0].provider
    return BLANK, BLANK


def _advance_term(payroll: Payroll) -> str:
    """The provider reports before day 20 of the month (NĐ 20/2021 Điều 34.4; TT 44/2022 Điều 8.3)."""
    return f"trước ngày 20/{payroll.period.month:02d}/{payroll.period.year}"


def settlement(payroll: Payroll, wanted: LineFilter) -> Sheet:
    """What is asked to turn from advance into spending: what was advanced less what was not handed out."""
    new = by_new_decree(payroll)
    advanced = _by_hand(payroll, wanted)
    missed = unpaid_lines(payroll=payroll)
    handed_out = [line for line in advanced if line.id not in missed]
    rest = sum(line.amount_vnd for line in advanced if line.id in missed)
    total = sum(line.amount_vnd for line in advanced)
    made = Sheet(
        "Giấy đề nghị thanh toán tạm ứng", "",
        [*CODES, Column("Số tiền đề nghị", 6, "r", money=True)], money=6,
        rows=_rows(payroll, handed_out, "qua tổ chức chi trả", "Danh sách nhận tiền ngày ……"),
        form=f"Mẫu số 10 (C2-03/NS), {KBNN_NEW}" if new else f"C2-03/NS, {KBNN_OLD}",
        signers=(ACCOUNTANT, HEAD), treasury=True,
    )  # fmt: skip
    made.voucher = Voucher(
        "Mẫu số 10" if new else "", "C2-03/NS",
        [[("Tạm ứng thành thực chi", True), ("Ứng trước chưa đủ điều kiện thanh toán", False)]],
        [
            ("Đơn vị", drawing_unit(payroll)), ("Mã số ĐVQHNS", BLANK), ("Tài khoản", BLANK),
            ("Tại Kho bạc Nhà nước", BLANK), ("Năm ngân sách", str(payroll.period.year)),
            ("Căn cứ số dư tạm ứng đến ngày", f"……/……/{payroll.period.year}: {format_vnd(total)}"),
        ],
        [
            ("Đã tạm ứng", format_vnd(total)), ("Chưa nhận, chuyển tháng sau hoặc nộp trả", format_vnd(rest)),
        ],
    )  # fmt: skip
    return made


def spent(payroll: Payroll, wanted: LineFilter) -> Sheet:
    """Bảng kê kinh phí đã chi trả cho đối tượng: with the settlement, until budget year 2025."""
    missed = unpaid_lines(payroll=payroll)
    made = Sheet(
        "Bảng kê kinh phí đã chi trả cho đối tượng", f"{period_of(payroll)} - {STREAMS[payroll.stream]}",
        [
            Column("STT", 2, "c"), Column("Nội dung", 11), Column("Số người phải chi", 4, "r"),
            Column("Số người đã nhận", 4, "r"), Column("Số tiền đã chi", 6, "r", money=True),
        ],
        money=4, form=f"Mẫu số 10 Phụ lục II, {KBNN_OLD}", treasury=True,
        signers=(PREPARER, ACCOUNTANT, HEAD),
    )  # fmt: skip
    law = load()
    found: dict[str, tuple[set[int], set[int], int]] = {}
    for line in _by_hand(payroll, wanted):
        due, got, vnd = found.setdefault(law.categories[line.code].family, (set(), set(), 0))
        due.add(line.person_id)
        if line.id not in missed:
            got.add(line.person_id)
            vnd += line.amount_vnd
        found[law.categories[line.code].family] = (due, got, vnd)
    for family, (due, got, vnd) in sorted(found.items()):
        made.rows.append([len(made.rows) + 1, str(law.families[family]["label"]), len(due), len(got), vnd])
    return made


def table_of_contents(payroll: Payroll, wanted: LineFilter) -> Sheet:
    """Bảng kê nội dung thanh toán, tạm ứng: with the withdrawal, until budget year 2025."""
    made = Sheet(
        "Bảng kê nội dung thanh toán/tạm ứng", f"{period_of(payroll)} - {STREAMS[payroll.stream]}",
        [
            Column("STT", 2, "c"), Column("Chứng từ", 6), Column("Nội dung chi", 13),
            Column("Số tiền", 6, "r", money=True),
        ],
        money=3, form=f"Mẫu số 07 Phụ lục II, {KBNN_OLD}", signers=(ACCOUNTANT, HEAD), treasury=True,
    )  # fmt: skip
    parts = (
        (payable(payroll, _narrow(wanted, "account")), "chuyển khoản từng người"),
        (_by_hand(payroll, wanted), "tạm ứng qua tổ chức chi trả"),
    )
    for lines, said in parts:
        for row in _rows(payroll, lines, said, "Danh sách chi trả"):
            made.rows.append([len(made.rows) + 1, row[1], row[0], row[-1]])
    return made
