# SPDX-License-Identifier: MPL-2.0
"""The half-yearly results of social assistance in the shape of Mẫu 10a to 10d.

The printed forms were not at hand: rows follow the clauses of NĐ 20/2021/NĐ-CP Điều 5, 6, 11–14, 18–24,
columns are what the law asks units to report (docs/reference/dashboards.md). Clauses 3 and 8 of Điều 5
stand in one row: a list must not show who has which disease.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from ansinh.dashboards import money, queries
from ansinh.dashboards.reports.asked import Asked, percent
from ansinh.directives.official import Cell, Report
from ansinh.legislation.load import load
from ansinh.statements import statement

Rows = Sequence[tuple[str, tuple[str, ...]]]  # label, beginnings of benefit codes
LAW = "TT 02/2021/TT-BLĐTBXH, NĐ 20/2021/NĐ-CP"
MONTHLY: Rows = (
    ("Trẻ em không có nguồn nuôi dưỡng (khoản 1 Điều 5)", ("K1",)),
    ("Người từ đủ 16 tuổi còn đi học (khoản 2)", ("K2",)),
    ("Người đơn thân nghèo đang nuôi con (khoản 4)", ("K4",)),
    ("Người cao tuổi hộ nghèo không có người phụng dưỡng (điểm a khoản 5)", ("K5A",)),
    ("Người cao tuổi vùng khó khăn (điểm b khoản 5)", ("K5B",)),
    ("Người từ đủ 80 tuổi (điểm c khoản 5)", ("K5C",)),
    ("Người cao tuổi được nhận nuôi dưỡng (điểm d khoản 5)", ("K5D",)),
    ("Người khuyết tật đặc biệt nặng (khoản 6)", ("K6_DBN",)),
    ("Người khuyết tật nặng (khoản 6)", ("K6_N",)),
    ("Trẻ em dưới 3 tuổi vùng khó khăn (khoản 7)", ("K7",)),
    ("Đối tượng khoản 3 và khoản 8", ("K3", "K8")),
    ("Trợ cấp hưu trí xã hội (NĐ 176/2025/NĐ-CP)", ("HTXH",)),
)
ONCE: Rows = (
    ("Mai táng phí đối tượng bảo trợ xã hội (Điều 11)", ("MT_BTXH", "MT_HTXH")),
    ("Mai táng phí người sống tại cơ sở (Điều 25)", ("MT_COSO",)),
    ("Mai táng phí do thiên tai, tai nạn (Điều 14)", ("MT_KHAN_CAP",)),
    ("Hỗ trợ người bị thương nặng (Điều 13)", ("TT_KHAN_CAP",)),
    ("Quà tặng một lần", ("QUA",)),
)
CARE: Rows = (
    ("Nhận chăm sóc trẻ em không có nguồn nuôi dưỡng (Điều 18)", ("CS_K1",)),
    ("Nhận chăm sóc người cao tuổi (Điều 19)", ("CS_K5D",)),
    ("Hộ gia đình chăm sóc người khuyết tật đặc biệt nặng (Điều 19)", ("CS_HO_DBN",)),
    ("Cá nhân, hộ nhận chăm sóc người khuyết tật đặc biệt nặng (Điều 20)", ("CS_NHAN_DBN",)),
    ("Người khuyết tật mang thai, nuôi con nhỏ (Điều 20)", ("CS_NKT_TS",)),
    ("Nuôi dưỡng tại cơ sở trợ giúp xã hội (Điều 24, 25)", ("COSO",)),
)


def _codes(rows: Rows) -> tuple[list[str], list[int]]:
    """Every benefit code with the row that it counts in; the longest beginning wins."""
    beginnings = sorted(
        ((begin, at) for at, (_label, begins) in enumerate(rows) for begin in begins),
        key=lambda pair: -len(pair[0]),
    )
    known = sorted({*load().categories, *(category.group for category in load().categories.values())})
    found = [(code, next((at for begin, at in beginnings if _is(code, begin)), None)) for code in known]
    kept = [(code, at) for code, at in found if at is not None]
    return [code for code, _at in kept], [at for _code, at in kept]


def _is(code: str, begin: str) -> bool:
    rest = code.removeprefix(begin)
    return code.startswith(begin) and (rest == "" or not rest[0].isdigit())


def _fetched(name: str, values: dict[str, Any]) -> dict[int, tuple[int, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement("dashboards", name), values)
        return {row[0]: tuple(int(each) for each in row[1:]) for row in cursor.fetchall()}


def _values(asked: Asked, rows: Rows) -> dict[str, Any]:
    codes, places = _codes(rows)
    first, last = asked.half
    return {
        "codes": codes, "places": places, "unit": asked.unit.pk, "on": asked.on, "first": first.first_day,
        "last": last.first_day, "before": first.previous.first_day,
    }  # fmt: skip


def _span(asked: Asked) -> str:
    first, last = asked.half
    return f"(Từ {first.vi} đến hết {last.vi}, số liệu đến ngày {asked.on:%d/%m/%Y})"


def _sums(rows: Iterable[Sequence[Cell]], many: int) -> list[int]:
    kept = [row[-many:] for row in rows]
    return [sum(int(row[at]) for row in kept) for at in range(many)]


def _signed(asked: Asked, form: str, title: str, *, heads: Sequence[str], rows: Sequence[Sequence[Cell]],
            widths: Sequence[int], total: Sequence[Cell], outro: Sequence[str] = ()) -> Report:  # fmt: skip
    return Report(
        head=asked.head(title, _span(asked)), heads=heads, rows=rows, widths=widths, total=total,
        outro=outro, form=f"Theo Mẫu số {form}, {LAW}", signers=("NGƯỜI LẬP BIỂU", "TM. ỦY BAN NHÂN DÂN"),
        receivers=("Cơ quan cấp trên;", "Lưu: VT."), code=asked.code(f"M{form}"), landscape=True,
    )  # fmt: skip


def _people(asked: Asked, form: str, title: str, rows: Rows) -> Report:
    values = _values(asked, rows)
    people, paid = _fetched("aid_by_code", values), _fetched("paid_by_code", values)
    made: list[tuple[Cell, ...]] = [
        (at + 1, label, *people.get(at, (0, 0, 0, 0, 0)), paid.get(at, (0, 0))[1])
        for at, (label, _begins) in enumerate(rows)
    ]
    return _signed(
        asked, form, title,
        heads=("STT", "Đối tượng", "Đầu kỳ (người)", "Tăng", "Giảm", "Cuối kỳ (người)", "Trong đó nữ",
               "Kinh phí trong kỳ (đồng)"),
        rows=made, widths=(1, 8, 2, 2, 2, 2, 2, 4), total=("", "Cộng", *_sums(made, 6)),
        outro=("Một người hưởng nhiều chế độ được tính ở mỗi dòng.",),
    )  # fmt: skip


def monthly(asked: Asked) -> Report:
    """10a: monthly assistance in the community: people, changes, money."""
    return _people(asked, "10a", "Kết quả thực hiện trợ giúp xã hội hằng tháng tại cộng đồng", MONTHLY)


def care(asked: Asked) -> Report:
    """10c: carers, households that take somebody in, institutions."""
    return _people(asked, "10c", "Kết quả thực hiện chăm sóc, nuôi dưỡng", CARE)


def once(asked: Asked) -> Report:
    """10b: what is paid once: funerals, emergencies, gifts."""
    paid = _fetched("paid_by_code", _values(asked, ONCE))
    made: list[tuple[Cell, ...]] = [
        (at + 1, label, *paid.get(at, (0, 0))) for at, (label, _begins) in enumerate(ONCE)
    ]
    return _signed(
        asked, "10b", "Kết quả thực hiện trợ giúp một lần, khẩn cấp, mai táng",
        heads=("STT", "Nội dung", "Số người", "Kinh phí trong kỳ (đồng)"), rows=made, widths=(1, 8, 2, 4),
        total=("", "Cộng", *_sums(made, 2)),
    )  # fmt: skip


def by_unit(asked: Asked) -> Report:
    """10d: people, share by account, money approved and arrived, unit by unit."""
    below = asked.below()
    ids = [each.pk for each in below]
    figures = {row.unit_id: row.figures for row in queries.ranking(unit_ids=ids, month=asked.month,
                                                                   on=asked.on)}  # fmt: skip
    settled = money.settled(unit_ids=ids, month=asked.month, on=asked.on)
    approved = money.approved(unit_ids=ids, month=asked.month, on=asked.on)
    made: list[tuple[Cell, ...]] = []
    for at, unit in enumerate(below, 1):
        found = figures.get(unit.pk, queries.Figures())
        made.append((
            at, unit.name, found.people, found.a, percent(found.of_all),
            sum(each.sum_vnd for each in approved if each.unit_id == unit.pk),
            sum(each.sum_vnd for each in settled if each.unit_id == unit.pk and each.bucket == "arrived"),
        ))  # fmt: skip
    whole = queries.of_unit(unit_id=asked.unit.pk, month=asked.month, on=asked.on)
    return _signed(
        asked, "10d", "Tổng hợp kết quả trợ giúp xã hội và chi trả theo đơn vị",
        heads=("STT", "Đơn vị", "Người hưởng", "Nhận qua tài khoản", "%", f"Được duyệt {asked.month} (đồng)",
               f"Đã chi {asked.month} (đồng)"),
        rows=made, widths=(1, 6, 2, 2, 2, 4, 4),
        total=("", "Cộng", whole.people, whole.a, percent(whole.of_all), *_sums(made, 2)),
    )  # fmt: skip
