# SPDX-License-Identifier: MPL-2.0
"""What officers read: states, channels and reasons in words, with the colour of a badge."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STATES: dict[str, tuple[Promise, str]] = {
    "instructed": (_("Chờ gửi"), "wait"),
    "sent": (_("Đã gửi, chờ ngân hàng"), "note"),
    "paid": (_("Đã vào tài khoản"), "ok"),
    "failed": (_("Ngân hàng từ chối"), "stop"),
    "returned": (_("Bị trả về"), "stop"),
    "unknown": (_("Chưa rõ kết quả"), "wait"),
    "disputed": (_("Kết quả mâu thuẫn"), "stop"),
    "reissued": (_("Đã chi lại bằng lệnh khác"), "note"),
    "with_agent": (_("Tiền ở điểm chi"), "note"),
    "collected": (_("Đã nhận tiền mặt"), "ok"),
    "uncollected": (_("Chưa đến nhận"), "wait"),
    "carried_forward": (_("Chuyển sang kỳ sau"), "note"),
    "refunded": (_("Đã nộp trả ngân sách"), "note"),
    "cancelled": (_("Đã huỷ"), "note"),
}
CHANNELS: dict[str, Promise] = {
    "account": _("Tài khoản ngân hàng"),
    "wallet": _("Ví điện tử"),
    "mobile_money": _("Tiền di động"),
    "pay_point": _("Tiền mặt tại điểm chi"),
    "home": _("Tiền mặt tại nhà"),
    "institution": _("Qua cơ sở nuôi dưỡng"),
}
STREAMS: dict[str, Promise] = {"merit": _("Người có công"), "assistance": _("Bảo trợ xã hội")}
ENVELOPES: dict[str, tuple[Promise, str]] = {
    "built": (_("Mới lập, chờ trình"), "wait"),
    "approved": (_("Đã duyệt, chờ gửi"), "wait"),
    "dispatching": (_("Đang gửi"), "note"),
    "sent": (_("Đã gửi"), "ok"),
    "uncertain": (_("Chưa rõ đã tới chưa"), "stop"),
    "settled": (_("Đã có đủ kết quả"), "ok"),
    "cancelled": (_("Đã huỷ"), "note"),
}
HOLDS: dict[str, Promise] = {
    "account_new": _("Tài khoản mới, chờ kỳ sau"),
    "no_payee": _("Chưa có người nhận"),
    "no_account": _("Chưa có tài khoản"),
    "payee_dead": _("Người nhận đã chết"),
    "to_recover": _("Phải thu hồi"),
    "over_limit": _("Vượt mức một khoản"),
}
PAPERS: dict[str, Promise] = {
    "signed_list": _("Danh sách đã ký"),
    "voucher": _("Chứng từ, giấy rút dự toán"),
    "minutes": _("Biên bản ngày chi"),
    "other": _("Giấy tờ khác"),
}
RECEIPTS: dict[str, Promise] = {
    "signature": _("Chữ ký"),
    "thumbprint": _("Điểm chỉ"),
    "photo": _("Ảnh"),
}
