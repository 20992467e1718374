# SPDX-License-Identifier: MPL-2.0
"""Papers of cash, from the same rows as the pages: the signed list by hamlet, slips with a QR, the blank
forms of a pay day without network, all of it as one pack; and the settlement of an advance."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

import segno

from ansinh.disbursement.labels import CHANNELS, STREAMS
from ansinh.disbursement.models import Envelope
from ansinh.disbursement.queries import CashLine
from ansinh.rules.lookup_codes import grouped
from ansinh.rules.money import format_vnd, in_words_vi
from ansinh.rules.months import Month
from ansinh.ui import paper

PAGEFUL = 800  # lines of one paper: a longer list is several files of the pack
SIGNERS = ("Người lập", "Người chi tiền", "Người giám sát")
HEADS = ["STT", "Họ và tên người hưởng", "Người nhận thay", "Số tiền", "Ký nhận hoặc điểm chỉ", "Mã lệnh chi"]
STAMP = (2024, 1, 1, 0, 0, 0)  # a constant in the file, not a clock


def head(*, agency: str, title: str, subtitle: str, on: date) -> dict[str, str]:
    """The head of a paper of this unit."""
    return {
        "agency": agency, "number": "", "title": title, "subtitle": subtitle,
        "place_day": f"{agency}, ngày {on.day:02d} tháng {on.month:02d} năm {on.year}",
    }  # fmt: skip


def _subtitle(envelope: Envelope) -> str:
    return f"{STREAMS[envelope.stream]}, {Month.of(envelope.period).vi}"


def _parts(lines: Iterable[CashLine], first: int) -> list[dict[str, Any]]:
    parts, number = [], first
    for (channel, hamlet), found in groupby(lines, key=lambda each: (each.channel, each.hamlet)):
        rows, total = [], 0
        for line in found:
            instead = line.payee_name if line.payee_kind != "self" else ""
            amount = format_vnd(line.amount_vnd, unit=False)
            rows.append([str(number), line.person_name, instead, amount, "", line.end_to_end_id])
            number, total = number + 1, total + line.amount_vnd
        parts.append({
            "title": f"{hamlet or 'Chưa ghi thôn'} – {CHANNELS[channel]}", "rows": rows,
            "sum": f"Cộng: {len(rows)} người, {format_vnd(total)}",
        })  # fmt: skip
    return parts


def signed_list(*, envelope: Envelope, lines: list[CashLine], on: date, first: int = 1) -> bytes:
    """The list to sign, in the order of the page."""
    total = sum(each.amount_vnd for each in lines)
    return paper.pdf(
        template="disbursement/paper/cash_list.typ",
        data={
            "head": head(agency=envelope.unit.name, title="Danh sách chi trả bằng tiền mặt",
                         subtitle=_subtitle(envelope), on=on),
            "code": f"An Sinh – {envelope.reference} – {bytes(envelope.sha256).hex()[:16]}",
            "intro": ["Ngày chi: ……/……/………    Điểm chi: ……………………………    Giờ mở: ………  Giờ đóng: ………"],
            "heads": HEADS, "parts": _parts(lines, first),
            "outro": [
                f"Tổng cộng: {len(lines)} người, {format_vnd(total)}. Bằng chữ: {in_words_vi(total)}.",
                "Đã chi: ……… người, số tiền ………………………… Chưa đến nhận: ……… người, số tiền …………………………",
            ],
            "sides": [{"title": each} for each in SIGNERS],
        },
    )  # fmt: skip


def slips(*, envelope: Envelope, lines: list[CashLine], codes: dict[int, str], address: str) -> bytes:
    """A slip for each line. The QR leads to `address`, which shows a status and nothing else."""
    made = []
    for line in lines:
        code = grouped(codes[line.id])
        made.append({
            "name": line.person_name, "instead": line.payee_name if line.payee_kind != "self" else "",
            "amount": format_vnd(line.amount_vnd), "code": code, "id": line.end_to_end_id,
            "place": f"{line.hamlet or '–'}, {str(CHANNELS[line.channel]).lower()}",
            "qr": segno.make(f"{address}?ma={code}", error="m").svg_inline(border=1),
        })  # fmt: skip
    return paper.pdf(
        template="disbursement/paper/slips.typ",
        data={"title": f"Phiếu nhận tiền {Month.of(envelope.period).vi}", "agency": envelope.unit.name,
              "slips": made},
    )  # fmt: skip


def blank_forms(*, envelope: Envelope, on: date) -> bytes:
    """The minutes of the day, and lines for somebody who is not on the list, all empty."""
    return paper.pdf(
        template="ui/paper/list.typ",
        data={
            "head": head(agency=envelope.unit.name, title="Biên bản ngày chi trả",
                         subtitle=_subtitle(envelope), on=on),
            "code": f"An Sinh – biên bản – {envelope.reference}", "landscape": True, "pad": 8,
            "intro": [
                "Điểm chi: …………………………………………  Giờ mở: ………  Giờ đóng: ………",
                f"Tiền nhận đầu ngày: …………………………  Theo danh sách: {envelope.count} người,"
                f" {format_vnd(envelope.sum_vnd)}.",
                "Đã chi: ……… người, …………………………  Còn lại đếm được: …………………………",
                "Lệch: ………………  Lý do: ………………………………………………………………………………",
                "Khi mất mạng: chi theo danh sách ký nhận, xem căn cước, không chi người không có trong danh"
                " sách. Có mạng thì nhập lại vào trang “Nhập danh sách đã ký”.",
            ],
            "heads": ["STT", "Họ và tên", "Thôn, tổ", "Nhận thay: giấy uỷ quyền số",
                      "Việc phát sinh, khiếu nại", "Ký"],
            "widths": [1, 5, 4, 5, 6, 3],
            "rows": [[str(number), "", "", "", "", ""] for number in range(1, 9)],
            "outro": [], "sides": [{"title": each} for each in SIGNERS],
        },
    )  # fmt: skip


def pack(
    *, envelope: Envelope, lines: list[CashLine], codes: dict[int, str], address: str, on: date
) -> bytes:  # fmt: skip
    """Everything for a pay day without network as one zip: lists, slips, blank forms."""
    out, first = io.BytesIO(), 1
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for number, start in enumerate(range(0, len(lines), PAGEFUL), 1):
            some = lines[start : start + PAGEFUL]
            printed = {
                f"1-danh-sach-ky-nhan-{number:02d}.pdf": signed_list(
                    envelope=envelope, lines=some, on=on, first=first
                ),
                f"2-phieu-{number:02d}.pdf": slips(
                    envelope=envelope, lines=some, codes=codes, address=address
                ),
            }
            for name, content in printed.items():
                zipped.writestr(zipfile.ZipInfo(name, STAMP), content)
            first += len(some)
        zipped.writestr(zipfile.ZipInfo("3-bien-ban-trang.pdf", STAMP), blank_forms(envelope=envelope, on=on))
    return out.getvalue()


def advance_settlement(*, unit: str, rows: list[dict[str, Any]], form: str, on: date) -> bytes:
    """The settlement of advances with who pays cash: drawn, paid, not collected, brought back, owed, still
    there. `form` names the treasury's form of the day."""
    names = ("drawn", "paid", "unpaid", "back", "owed", "still")
    table = [
        [str(number), row["commune"], str(row["source_label"]), f"{row['period']:%m/%Y}",
         *(format_vnd(row[name], unit=False) for name in names)]
        for number, row in enumerate(rows, 1)
    ]  # fmt: skip
    totals = [sum(row[name] for row in rows) for name in names]
    table.append(["", "Cộng", "", "", *(format_vnd(each, unit=False) for each in totals)])
    return paper.pdf(
        template="ui/paper/list.typ",
        data={
            "head": head(agency=unit, title="Bảng kê thanh toán tạm ứng chi tiền mặt", subtitle=form, on=on),
            "code": "An Sinh – thanh toán tạm ứng", "landscape": True, "rows": table,
            "money": [4, 5, 6, 7, 8, 9],
            "heads": ["STT", "Đơn vị", "Nguồn", "Kỳ", "Đã giao", "Đã chi", "Chưa có người nhận", "Đã nộp lại",
                      "Còn phải nộp", "Còn ở điểm chi"],
            "widths": [1, 4, 4, 2, 3, 3, 3, 3, 3, 3],
            "outro": [f"Số đề nghị thanh toán tạm ứng: {format_vnd(totals[1])}.",
                      f"Bằng chữ: {in_words_vi(totals[1])}."],
            "sides": [{"title": "Người lập"}, {"title": "Tổ chức chi trả"}, {"title": "Kế toán trưởng"},
                      {"title": "Thủ trưởng đơn vị"}],
        },
    )  # fmt: skip
