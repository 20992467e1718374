# SPDX-License-Identifier: MPL-2.0
"""What must be public: who is paid what, without numbers, accounts, phones or illnesses.

Amounts stand beside the family of the benefit only: beside a benefit's own name an amount would tell a
ground that is kept in confidence (NĐ 20/2021/NĐ-CP Điều 8).
"""

from __future__ import annotations

from typing import Any

from django.db import connection

from ansinh.dashboards import money
from ansinh.dashboards.reports.asked import Asked
from ansinh.directives.official import Cell, Report, ReportTooLong
from ansinh.legislation.load import load
from ansinh.rules.money import in_words_vi
from ansinh.statements import statement

MOST_PEOPLE = 10_000
FAMILIES = {
    "merit": "Ưu đãi người có công", "social_assistance": "Bảo trợ xã hội",
    "social_pension": "Trợ cấp hưu trí xã hội", "funeral": "Mai táng phí", "gifts": "Quà tặng",
}  # fmt: skip
FORM = "Theo Mẫu biểu số 81, TT 26/2026/TT-BTC"
SIGNERS = ("NGƯỜI LẬP", "TM. ỦY BAN NHÂN DÂN")


def report(asked: Asked) -> Report:
    """A commune's list of people; for a unit above it, sums by unit. Raises `ReportTooLong`."""
    return _people(asked) if asked.unit.level == "commune" else _units(asked)


def listed(asked: Asked) -> list[tuple[str, str, str, int, int]]:
    """(name, hamlet, families, đồng approved, đồng arrived), one a person."""
    values: dict[str, Any] = {
        "unit": asked.unit.pk, "month": asked.month.first_day, "on": asked.on, "hamlet": asked.hamlet,
        "most": MOST_PEOPLE * 4,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement("dashboards", "disclosure"), values)
        rows = cursor.fetchall()
    categories = load().categories
    people: dict[int, tuple[str, str, list[str], int, int]] = {}
    for person, name, hamlet, code, sum_vnd, paid_vnd in rows:
        family = FAMILIES.get(categories[code].family, "Trợ cấp")
        before = people.get(person, (name, hamlet, [], 0, 0))
        families = before[2] if family in before[2] else [*before[2], family]
        people[person] = (name, hamlet, families, before[3] + sum_vnd, before[4] + paid_vnd)
    if len(people) > MOST_PEOPLE:
        raise ReportTooLong(rows=len(people), most=MOST_PEOPLE)
    return [(name, hamlet, ", ".join(sorted(families)), whole, paid)
            for name, hamlet, families, whole, paid in people.values()]  # fmt: skip


def _arrived(whole: int, paid: int) -> str:
    if paid == whole:
        return "đã chi"
    return "chi một phần" if paid else "chưa chi"


def _people(asked: Asked) -> Report:
    rows = [
        (at, name, hamlet, families, whole, _arrived(whole, paid))
        for at, (name, hamlet, families, whole, paid) in enumerate(listed(asked), 1)
    ]
    total = sum(row[4] for row in rows)
    where = f", {asked.hamlet}" if asked.hamlet else ""
    return Report(
        head=asked.head("Công khai kết quả xét duyệt và chi trả cho các đối tượng hưởng chính sách",
                        f"({asked.month.vi}{where}, số liệu đến ngày {asked.on:%d/%m/%Y})"),
        form=FORM, heads=("STT", "Họ và tên", "Thôn, tổ dân phố", "Nhóm chính sách", "Số tiền (đồng)",
                          "Kết quả"),
        rows=rows, widths=(1, 6, 4, 6, 3, 3), total=("", "Cộng", "", "", total, ""),
        outro=(f"Bằng chữ: {in_words_vi(total)}.",
               "Ý kiến về danh sách gửi Ủy ban nhân dân xã trong thời gian niêm yết."),
        signers=SIGNERS, receivers=("Niêm yết tại trụ sở;", "Cổng thông tin điện tử;", "Lưu: VT."),
        code=asked.code("M81"),
    )  # fmt: skip


def _units(asked: Asked) -> Report:
    below = asked.below()
    ids = [each.pk for each in below]
    found = money.settled(unit_ids=ids, month=asked.month, on=asked.on)
    granted = money.approved(unit_ids=ids, month=asked.month, on=asked.on)
    rows: list[tuple[Cell, ...]] = [
        (
            at, unit.name, sum(each.people for each in granted if each.unit_id == unit.pk),
            sum(each.sum_vnd for each in granted if each.unit_id == unit.pk),
            sum(each.sum_vnd for each in found if each.unit_id == unit.pk and each.bucket == "arrived"),
        )
        for at, unit in enumerate(below, 1)
    ]  # fmt: skip
    sums = [sum(int(row[at]) for row in rows) for at in (2, 3, 4)]
    return Report(
        head=asked.head("Công khai kết quả xét duyệt và chi trả cho các đối tượng hưởng chính sách",
                        f"({asked.month.vi}, số liệu đến ngày {asked.on:%d/%m/%Y})"),
        form=FORM, heads=("STT", "Đơn vị", "Lượt người được duyệt", "Số tiền duyệt (đồng)",
                          "Số tiền đã chi (đồng)"),
        rows=rows, widths=(1, 6, 3, 4, 4), total=("", "Cộng", *sums),
        outro=(f"Số tiền đã chi bằng chữ: {in_words_vi(sums[2])}.",), signers=SIGNERS,
        receivers=("Cổng thông tin điện tử;", "Lưu: VT."), code=asked.code("M81"),
    )  # fmt: skip
