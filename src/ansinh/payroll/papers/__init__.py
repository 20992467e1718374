# SPDX-License-Identifier: MPL-2.0
"""The lists and forms of a payroll: one sheet of rows from one query, printed as PDF or written as
.xlsx, so that the figures agree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from ansinh.payroll.models import Payroll
from ansinh.payroll.papers import lists, treasury
from ansinh.payroll.papers.rows import Sheet
from ansinh.payroll.queries import LineFilter


@dataclass(frozen=True, slots=True)
class Form:
    """A form: what officers choose it by, its rows, and of which budget years it is."""

    label: Promise
    make: Callable[[Payroll, LineFilter], Sheet]
    years: range = range(2000, 10_000)


_BEFORE = range(2000, treasury.NEW_FORMS_FROM)
_SINCE = range(treasury.NEW_FORMS_FROM, 10_000)

FORMS = {
    "chi-tra": Form(_("Danh sách chi trả"), lists.pay_list),
    "tong-hop": Form(_("Tổng hợp theo xã"), lists.by_commune),
    "tang-giam": Form(_("Tăng, giảm, thay đổi"), lists.changes),
    "niem-yet": Form(_("Niêm yết công khai"), lists.posting),
    "mau-20": Form(_("Mẫu 20: danh sách thụ hưởng"), treasury.recipients, _SINCE),
    "mau-13": Form(_("Mẫu 13: rút dự toán, thực chi"), treasury.withdrawal, _SINCE),
    "mau-13-tam-ung": Form(_("Mẫu 13: rút dự toán, tạm ứng"), treasury.advance, _SINCE),
    "mau-10": Form(_("Mẫu 10: thanh toán tạm ứng"), treasury.settlement, _SINCE),
    "mau-09-cu": Form(_("Mẫu 09 (NĐ 11): bảng thanh toán"), treasury.recipients, _BEFORE),
    "mau-07-cu": Form(_("Mẫu 07 (NĐ 11): bảng kê nội dung"), treasury.table_of_contents, _BEFORE),
    "rut-du-toan-cu": Form(_("C2-02a/NS: rút dự toán, thực chi"), treasury.withdrawal, _BEFORE),
    "tam-ung-cu": Form(_("C2-02a/NS: rút dự toán, tạm ứng"), treasury.advance, _BEFORE),
    "thanh-toan-cu": Form(_("C2-03/NS: thanh toán tạm ứng"), treasury.settlement, _BEFORE),
    "mau-10-cu": Form(_("Mẫu 10 (NĐ 11): kinh phí đã chi trả"), treasury.spent, _BEFORE),
}  # fmt: skip


def forms_on(*, payroll: Payroll) -> dict[str, Form]:
    """The forms of a payroll's budget year; none before it is calculated."""
    if not payroll.content_sha256:
        return {}
    return {code: form for code, form in FORMS.items() if payroll.period.year in form.years}


def sheet(*, payroll: Payroll, form: str, wanted: LineFilter) -> Sheet:
    """The rows of a form for a filter, in Vietnamese whatever the language of the officer's pages.
    Raises `TooLong`."""
    with override("vi"):
        return FORMS[form].make(payroll, wanted)
