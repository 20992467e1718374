# SPDX-License-Identifier: MPL-2.0
"""The letter of 29 February 2024 as it is issued in the province of 2024."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ansinh.directives.actions.issue import Ordered, draft_directive, issue_directive, record_document
from ansinh.directives.models import Directive, Document
from ansinh.staff.models import Officer
from tests.conftest import units

AT, ON = datetime(2024, 3, 1, 3, 0, tzinfo=UTC), date(2024, 3, 1)
DUE = date(2024, 12, 31)
ORDERS = (
    Ordered("Thực hiện Kế hoạch 5352/KH-UBND", "agency", DUE, "L2", ("Sở Y tế", "Sở Tài chính")),
    Ordered("Ban hành kế hoạch, chỉ đạo chi trả đồng bộ", "below", date(2024, 3, 31), "L4",
            measure="plan_issued"),
    Ordered("Giao công chức phụ trách, phối hợp công an rà soát tài khoản", "communes", DUE, "L5",
            measure="accounts_registered", target_percent=30),
)  # fmt: skip


def letter(by: Officer, *, number: str = "1234/UBND-KGVX") -> Document:
    plan = Document.objects.filter(number="5352/KH-UBND").first() or record_document(
        number="5352/KH-UBND", issued_on=date(2023, 8, 11), issuer="UBND tỉnh", kind="Kế hoạch",
        abstract="Chi trả an sinh xã hội không dùng tiền mặt", by=by, at=AT,
    )  # fmt: skip
    return record_document(
        number=number, issued_on=date(2024, 2, 29), issuer="UBND tỉnh", kind="Công văn",
        abstract="Đẩy mạnh chi trả an sinh xã hội không dùng tiền mặt", refers_to=[plan.pk], by=by, at=AT,
    )  # fmt: skip


@pytest.fixture
def issued(cast: dict[str, Officer]) -> Directive:
    """The letter, issued to the province of 2024."""
    by = cast["chuyen-vien-so"]
    _commune, province = units()
    made = draft_directive(document_id=letter(by).pk, unit_id=province.pk, orders=ORDERS, by=by, at=AT)
    issue_directive(directive_id=made.pk, by=by, at=AT, on=ON)
    made.refresh_from_db()
    return made
