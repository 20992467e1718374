# SPDX-License-Identifier: MPL-2.0
"""The settlement of a month on paper, from the same rows as the pages."""

from __future__ import annotations

from datetime import date

from ansinh.disbursement.cash_papers import head
from ansinh.disbursement.labels import CHANNELS, STATES, STREAMS
from ansinh.disbursement.queries import board
from ansinh.disbursement.treasury_forms import Form
from ansinh.ledger.models import Closing
from ansinh.ledger.queries import conservation
from ansinh.places.models import Unit
from ansinh.rules.money import format_vnd, in_words_vi
from ansinh.rules.months import Month
from ansinh.rules.postings import HOLDING
from ansinh.ui import paper

WORDS = {
    "waiting": "chờ gửi", "at_bank": "ở ngân hàng", "paid_account": "đã vào tài khoản",
    "cash_with_agent": "ở điểm chi", "paid_cash": "đã nhận tiền mặt", "returned": "bị trả về",
    "refunded_budget": "nộp trả ngân sách",
}  # fmt: skip


def settlement(
    *, commune: Unit, source: str, month: Month, form: Form, closed: Closing | None, on: date
) -> bytes:  # fmt: skip
    """Where every đồng of a month is: by channel and state, and the equation of the ledger."""
    found = [
        each for each in board(period=month.first_day, unit_ids=[commune.pk]) if each["stream"] == source
    ]
    rows = [
        [str(number), str(CHANNELS.get(each["channel"], each["channel"])), str(STATES[each["state"]][0]),
         str(each["people"]), format_vnd(each["sum_vnd"], unit=False)]
        for number, each in enumerate(found, 1)
    ]  # fmt: skip
    books = conservation(source=source, commune_ids=[commune.pk], period=month.first_day)
    held = {account.value: sum(int(row[account.value]) for row in books) for account in HOLDING}
    approved = sum(int(row["approved"]) for row in books)
    paid = held["paid_account"] + held["paid_cash"]
    equation = " + ".join(f"{WORDS[name]} {format_vnd(vnd, unit=False)}" for name, vnd in held.items() if vnd)
    state = f"Đã khoá sổ ngày {closed.at:%d/%m/%Y}, {closed.by.full_name}." if closed else "Chưa khoá sổ."
    return paper.pdf(
        template="ui/paper/list.typ",
        data={
            "head": head(agency=commune.name, title="Bảng đối chiếu, quyết toán kỳ chi trả",
                         subtitle=f"{STREAMS[source]}, {month.vi}", on=on),
            "code": f"An Sinh – quyết toán {month} – {commune.code}", "landscape": False, "rows": rows,
            "heads": ["STT", "Cách nhận", "Kết quả", "Số lệnh", "Số tiền"], "widths": [1, 5, 5, 2, 4],
            "money": [3, 4],
            "outro": [
                f"Đã duyệt {format_vnd(approved)} = {equation or '0'}.",
                f"Đề nghị quyết toán số đã chi: {format_vnd(paid)}. Bằng chữ: {in_words_vi(paid)}.",
                f"{state} Kèm {form.title.capitalize()} ({form.name}).",
            ],
            "sides": [{"title": "Người lập"}, {"title": "Kế toán trưởng"}, {"title": "Thủ trưởng đơn vị"}],
        },
    )  # fmt: skip
