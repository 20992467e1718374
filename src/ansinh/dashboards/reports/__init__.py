# SPDX-License-Identifier: MPL-2.0
"""Official reports as of a date, in the units of that date. Each is one `Report`: the page shows its
table, and the three files are made from it, so that they say the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ansinh.dashboards.reports import aid, difficulties, disclosure, progress, providers, treasury
from ansinh.dashboards.reports.asked import Asked
from ansinh.directives.official import Report


@dataclass(frozen=True, slots=True)
class Form:
    """A report: what it is called, what it follows, how it is made, and who may see it."""

    label: str | Promise
    follows: str | Promise
    make: Callable[[Asked], Report]
    permission: str = "dashboards.read"


FORMS: dict[str, Form] = {
    "tien-do": Form(_("Báo cáo tiến độ chi trả không dùng tiền mặt"), _("Công văn ngày 29/02/2024"),
                    progress.report),
    "10a": Form(_("Mẫu 10a: trợ giúp xã hội hằng tháng tại cộng đồng"), _("TT 02/2021/TT-BLĐTBXH Điều 6"),
                aid.monthly),
    "10b": Form(_("Mẫu 10b: trợ giúp một lần, khẩn cấp, mai táng"), _("TT 02/2021/TT-BLĐTBXH Điều 6"),
                aid.once),
    "10c": Form(_("Mẫu 10c: chăm sóc, nuôi dưỡng"), _("TT 02/2021/TT-BLĐTBXH Điều 6"), aid.care),
    "10d": Form(_("Mẫu 10d: tổng hợp theo đơn vị"), _("TT 02/2021/TT-BLĐTBXH Điều 6"), aid.by_unit),
    "kho-bac": Form(_("Bảng kê kinh phí đã chi trả (quyết toán với kho bạc)"),
                    _("NĐ 11/2020/NĐ-CP, NĐ 347/2025/NĐ-CP"), treasury.report),
    "mau-81": Form(_("Công khai kết quả xét duyệt và chi trả"), _("Mẫu biểu 81, TT 26/2026/TT-BTC Điều 30"),
                   disclosure.report, "register.read"),
    "to-chuc": Form(_("Quyết toán với tổ chức chi trả"), _("TT 76/2021, TT 44/2022, hợp đồng chi trả"),
                    providers.report),
    "kho-khan": Form(_("Tổng hợp khó khăn, vướng mắc"), _("Công văn ngày 29/02/2024"), difficulties.report,
                     "directives.read"),
}  # fmt: skip
