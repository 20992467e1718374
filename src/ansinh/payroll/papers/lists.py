# SPDX-License-Identifier: MPL-2.0
"""Lists of people: who is paid what where, who joined or left and why, what is posted for everybody,
and the sums of each commune."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Count, Sum

from ansinh.legislation.load import load
from ansinh.payroll.actions.compare import previous_of, sums
from ansinh.payroll.labels import CHANNELS, DIFFERENCES, KINDS, REASONS, STREAMS, benefit_of, said_evidence
from ansinh.payroll.models import Line, Payroll
from ansinh.payroll.papers.rows import (
    HEAD,
    MOST_ROWS,
    PREPARER,
    Column,
    Sheet,
    TooLong,
    narrowed,
    payable,
    period_of,
)
from ansinh.payroll.queries import DIFFERENCE_ORDER, LineFilter, commune_names, differences, names_of
from ansinh.providers.directory import bank_name
from ansinh.rules.money import format_vnd
from ansinh.rules.months import Month

INTO_ACCOUNTS = ("account", "wallet", "mobile_money")


def _subtitle(payroll: Payroll, wanted: LineFilter) -> str:
    extra = narrowed(wanted)
    return f"{period_of(payroll)} - {STREAMS[payroll.stream]}{f' ({extra})' if extra else ''}"


def _where(line: Line) -> str:
    masked = f" ••••{line.account_last4}" if line.account_last4 else ""
    bank = f", {bank_name(line.bank)}" if line.bank else ""
    return f"{CHANNELS.get(line.channel, line.channel)}{bank}{masked}"


def pay_list(payroll: Payroll, wanted: LineFilter) -> Sheet:
    """Danh sách chi trả: by hamlet, with room to sign where the money is handed out."""
    by_hand = wanted.channel not in INTO_ACCOUNTS
    made = Sheet(
        "Danh sách chi trả", _subtitle(payroll, wanted),
        [
            Column("STT", 3, "c"), Column("Họ và tên", 10), Column("Số định danh", 5, "c"),
            Column("Chế độ", 13), Column("Của tháng", 5, "c"), Column("Số tiền", 6, "r", money=True),
            Column("Người nhận thay", 8), Column("Nơi nhận", 13),
            Column("Ký nhận" if by_hand else "Ghi chú", 7),
        ],
        money=5,
    )  # fmt: skip
    place_of = commune_names(payroll=payroll)
    where = None
    found = payable(payroll, wanted)
    for line in found:
        if where != (line.commune_id, line.hamlet):
            where = (line.commune_id, line.hamlet)
            parts = (
                line.hamlet or "Chưa ghi thôn",
                "" if wanted.commune else place_of.get(line.commune_id, ""),
            )
            made.groups.append((len(made.rows), ", ".join(part for part in parts if part)))
        kind = "" if line.kind == "current" else f" ({KINDS[line.kind]})"
        month = Month.of(line.benefit_month)
        made.rows.append([
            len(made.rows) + 1, line.person_name, f"••••{line.number_last4}" if line.number_last4 else "",
            f"{benefit_of(line.code)}{kind}", f"{month.month}/{month.year}", line.amount_vnd,
            line.payee_name if line.payee_kind != "self" else "", _where(line), "",
        ])  # fmt: skip
    made.outro = _by_channel(found)
    return made


def _by_channel(found: list[Line]) -> list[str]:
    """How many are paid how much in which way, from the lines of the list."""
    people: dict[str, set[int]] = defaultdict(set)
    vnd: dict[str, int] = defaultdict(int)
    for line in found:
        people[line.channel].add(line.person_id)
        vnd[line.channel] += line.amount_vnd
    said = [
        f"{str(CHANNELS.get(channel, channel)).lower()} {len(people[channel])} người, {format_vnd(sum_vnd)}"
        for channel, sum_vnd in sorted(vnd.items())
    ]
    return [f"Trong đó: {'; '.join(said)}."] if len(said) > 1 else []


def posting(payroll: Payroll, wanted: LineFilter) -> Sheet:
    """Public: neutral labels, no number, no account, no amount (security.md, Luật 91/2025/QH15)."""
    law = load()
    made = Sheet(
        "Danh sách người được chi trả", f"{period_of(payroll)} (niêm yết công khai)",
        [
            Column("STT", 2, "c"), Column("Họ và tên", 9), Column("Thôn, tổ dân phố", 7),
            Column("Nhóm chính sách", 9),
        ],
        signers=(PREPARER, HEAD), unit_of_money=False,
        outro=[
            "Ai thấy danh sách thiếu, thừa hoặc sai thì báo Ủy ban nhân dân cấp xã trong thời gian niêm yết."
            " Từ ngày …… đến ngày …… tại ………………………………"
        ],
    )  # fmt: skip
    people: dict[int, tuple[Line, list[str]]] = {}
    for line in payable(payroll, wanted):
        _first, labels = people.setdefault(line.person_id, (line, []))
        label = law.categories[line.code].public_label
        if label not in labels:
            labels.append(label)
    for first, labels in people.values():
        made.rows.append([len(made.rows) + 1, first.person_name, first.hamlet, "; ".join(labels)])
    return made


def changes(payroll: Payroll, wanted: LineFilter) -> Sheet:
    """Danh sách tăng, giảm, thay đổi: each with what explains it; last month's figures lead to this
    month's at the foot."""
    made = Sheet(
        "Danh sách tăng, giảm, thay đổi",
        f"{period_of(payroll)} so với tháng trước - {STREAMS[payroll.stream]}",
        [
            Column("STT", 3, "c"), Column("Họ và tên", 10), Column("Tháng trước", 6, "r", money=True),
            Column("Tháng này", 6, "r", money=True), Column("Từ", 9), Column("Sang", 9),
            Column("Lý do, căn cứ", 14),
        ],
    )  # fmt: skip
    found = list(differences(payroll=payroll, commune=wanted.commune)[: MOST_ROWS + 1])
    if len(found) > MOST_ROWS:
        raise TooLong(rows=payroll.differences.count(), most=MOST_ROWS)
    names = names_of(person_ids=(row.person_id for row in found))
    for kind in DIFFERENCE_ORDER:
        rows = [row for row in found if row.kind == kind]
        if rows:
            made.groups.append((len(made.rows), f"{DIFFERENCES[kind]}: {len(rows)} người"))
        for row in rows:
            why = f"{REASONS.get(row.reason, row.reason)} {said_evidence(row.reason, row.evidence)}".strip()
            made.rows.append([
                len(made.rows) + 1, names.get(row.person_id, "–"), row.before_vnd, row.after_vnd,
                row.before_text, row.after_text, why,
            ])  # fmt: skip
    made.outro = [] if wanted.commune else _identity(payroll)
    return made


def _identity(payroll: Payroll) -> list[str]:
    """Last month + increases − decreases = this month (E8)."""
    previous = previous_of(payroll=payroll) if payroll.previous_id else []
    if not previous:
        return ["Bảng chi đầu tiên của đơn vị và nguồn này: không có tháng trước để so."]
    its = sums(payroll=payroll, previous=previous)
    return [
        f"Số người: tháng trước {its.people_before} + tăng {its.joined} - giảm {its.left}"
        f" = tháng này {its.people_now}.",
        f"Số tiền: tháng trước {format_vnd(its.vnd_before)} + tăng {format_vnd(its.increase_vnd)}"
        f" - giảm {format_vnd(its.decrease_vnd)} = tháng này {format_vnd(its.vnd_now)}.",
    ]


def by_commune(payroll: Payroll, wanted: LineFilter) -> Sheet:
    """Tổng hợp: how many are paid how much in each commune, into accounts and by hand."""
    found = Line.objects.filter(payroll_id=payroll.pk, hold="")
    if wanted.commune:
        found = found.filter(commune_id=wanted.commune)
    cells: dict[int, list[int]] = {}
    rows = found.values_list("commune_id", "channel").annotate(
        people=Count("person_id", distinct=True), vnd=Sum("amount_vnd")
    )
    for commune, channel, people, vnd in rows:
        mine = cells.setdefault(commune, [0, 0, 0, 0])
        at = 0 if channel in INTO_ACCOUNTS else 2
        mine[at] += people
        mine[at + 1] += vnd
    made = Sheet(
        "Tổng hợp chi trả theo xã, phường", f"{period_of(payroll)} - {STREAMS[payroll.stream]}",
        [
            Column("STT", 2, "c"), Column("Xã, phường", 9), Column("Vào tài khoản: người", 4, "r"),
            Column("Vào tài khoản: số tiền", 6, "r", money=True), Column("Tiền mặt: người", 4, "r"),
            Column("Tiền mặt: số tiền", 6, "r", money=True), Column("Tổng số tiền", 6, "r", money=True),
        ],
        money=6,
    )  # fmt: skip
    for commune, name in commune_names(payroll=payroll).items():
        if commune in cells:
            bank, bank_vnd, cash, cash_vnd = cells[commune]
            made.rows.append([len(made.rows) + 1, name, bank, bank_vnd, cash, cash_vnd, bank_vnd + cash_vnd])
    return made
