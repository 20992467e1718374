# SPDX-License-Identifier: MPL-2.0
"""What a unit's plan begins with: the sections of a plan, filled from the orders that the unit has."""

from __future__ import annotations

from collections.abc import Iterable

from ansinh.directives.models import Directive, Order
from ansinh.rules.dates import format_date


def first_draft(directive: Directive, orders: Iterable[Order]) -> list[tuple[str, str]]:
    """The sections with their proposed words; everything may be changed."""
    document = directive.document
    listed = [
        f"{at}. {order.words} Hoàn thành trước ngày {format_date(order.due_on)}."
        + (f" Chỉ tiêu: {order.target_percent}%." if order.target_percent else "")
        for at, order in enumerate(orders, 1)
    ]
    return [
        (
            "I. MỤC ĐÍCH, YÊU CẦU",
            f"Thực hiện {document.kind} số {document.number} ngày {format_date(document.issued_on)} của"
            f" {document.issuer}. Chi trả kịp thời, nhanh chóng, đúng đối tượng, đúng quy định;"
            " người hưởng được chọn hình thức nhận tiền và không chịu chi phí.",
        ),
        ("II. NỘI DUNG THỰC HIỆN", "\n".join(listed)),
        (
            "III. TỔ CHỨC THỰC HIỆN",
            "1. Công chức phụ trách chủ trì, phối hợp Công an rà soát, cập nhật tài khoản của người hưởng.\n"
            "2. Báo cáo tiến độ trên phần mềm; khó khăn, vướng mắc báo cáo ngay để được hướng dẫn.",
        ),
        ("IV. KINH PHÍ", "Từ nguồn kinh phí chi thường xuyên được giao."),
    ]
