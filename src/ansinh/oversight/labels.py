# SPDX-License-Identifier: MPL-2.0
"""Words for what a visitor found."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

FINDINGS = {
    "right": _("Đúng người, đúng số tiền, đã nhận"),
    "dead": _("Người hưởng đã chết"),
    "nobody_knows": _("Không ai biết người này"),
    "not_entitled": _("Không còn đủ điều kiện"),
    "other_amount": _("Nhận số tiền khác"),
    "not_received": _("Chưa nhận được tiền"),
    "other_got_it": _("Người khác lấy tiền"),
}
STATES = {"drawn": _("chưa đi"), "missed": _("chưa gặp"), "visited": _("đã gặp")}
