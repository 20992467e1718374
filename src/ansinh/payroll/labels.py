# SPDX-License-Identifier: MPL-2.0
"""What officers read for the symbols that payroll stores."""

from __future__ import annotations

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from ansinh.legislation.load import load

STREAMS = {"merit": _("Người có công"), "assistance": _("Bảo trợ xã hội, hưu trí xã hội")}
STATES = {
    "preparing": (_("đang lập"), "note"), "calculated": (_("đã tính"), "note"),
    "submitted": (_("chờ duyệt"), "wait"), "returned": (_("trả lại"), "stop"),
    "approved": (_("đã duyệt"), "ok"), "locked": (_("đã khóa"), "ok"),
    "handed_over": (_("đang chi"), "ok"), "cancelled": (_("đã hủy"), "note"),
}  # fmt: skip
KINDS = {
    "current": _("tháng này"), "arrears": _("truy lĩnh"), "carried_forward": _("chuyển từ kỳ trước"),
    "one_off": _("một lần"), "correction": _("điều chỉnh"), "recovery": _("thu hồi"),
}  # fmt: skip
CHANNELS = {
    "account": _("Tài khoản ngân hàng"), "wallet": _("Ví điện tử"), "mobile_money": _("Tiền di động"),
    "pay_point": _("Điểm chi trả"), "home": _("Tại nhà"), "institution": _("Cơ sở nuôi dưỡng"),
    "": _("Chưa có"),
}  # fmt: skip
# hold -> (why, how it is released)
HOLDS = {
    "held_by_officer": (_("Cán bộ tạm giữ"), _("Gỡ tạm giữ, ghi lý do.")),
    "population": (_("Chưa khớp dữ liệu dân cư"), _("Giải quyết ở Đối chiếu dân cư.")),
    "change_open": (_("Có đề nghị dừng, tạm dừng hoặc báo chết chờ kiểm tra"),
                    _("Người thứ hai kiểm tra ở Đề nghị thay đổi.")),
    "review_open": (_("Có việc xem lại chế độ chờ quyết định"), _("Quyết định ở Đề nghị thay đổi.")),
    "life_missing": (_("Mất tích"), _("Ghi người này đã về, hoặc có quyết định.")),
    "life_detained": (_("Bị tạm giam, thi hành án"), _("Ghi đã chấp hành xong, hoặc có quyết định.")),
    "life_abroad": (_("Ở nước ngoài"), _("Ghi đã về nước, hoặc có quyết định.")),
    "duplicate_open": (_("Hai hồ sơ chắc chắn là một người"),
                       _("Nhập làm một hoặc giữ riêng ở Hồ sơ trùng.")),
    "uncollected": (_("Ba tháng liên tục không nhận"), _("Có quyết định tạm dừng hoặc chi tiếp.")),
    "payee_dead": (_("Người hưởng đã chết trong tháng"), _("Lập người nhận thay (thân nhân).")),
    "no_payee": (_("Chưa có người nhận"), _("Lập người nhận hoặc tài khoản.")),
    "no_account": (_("Chưa có tài khoản dùng được"), _("Kiểm tra xong tài khoản.")),
    "account_new": (_("Tài khoản mới đổi, chưa dùng trong kỳ này"), _("Chi từ kỳ sau; không cần làm gì.")),
    "account_suspended": (_("Tài khoản đang tạm ngừng"), _("Kiểm tra lại tài khoản.")),
    "needs_representative": (_("Cần người đại diện hoặc giám hộ"), _("Lập người đại diện.")),
    "over_limit": (_("Trên 50 triệu đồng một dòng"), _("Thêm dòng theo quyết định.")),
    "to_recover": (_("Khoản phải thu hồi"), _("Theo dõi thu hồi; không chi.")),
}  # fmt: skip
RELEASED_AT = {
    "held_by_officer": "payroll:placed", "change_open": "registry:changes",
    "duplicate_open": "registry:duplicates", "over_limit": "payroll:entries",
}  # fmt: skip
# The steps of a calculation, as its page says what goes on.
STEPS = {
    "waiting": _("Chờ một bảng chi khác tính xong."), "people": _("Lập danh sách người theo tháng."),
    "cases": _("Tính từng trường hợp theo luật."), "lines": _("Ghi các dòng chi."),
    "totals": _("Cộng tổng và lấy mã băm."), "recheck": _("Tính lại ngẫu nhiên một nghìn dòng."),
    "compare": _("So với tháng trước."),
}  # fmt: skip
DIFFERENCES = {
    "joined": _("Tăng người"), "left": _("Giảm người"), "amount": _("Đổi mức"),
    "account": _("Đổi nơi nhận"), "unit": _("Đổi đơn vị"),
}  # fmt: skip
# What an approver opens before approving.
GROUPS = DIFFERENCES | {"holds": _("Dòng đang giữ"), "entries": _("Dòng thêm theo quyết định")}
ENTRY_KINDS = {kind: KINDS[kind] for kind in ("one_off", "correction", "recovery")}
ENTRY_STATES = {
    "proposed": (_("chờ kiểm tra"), "wait"), "waiting": (_("chờ vào bảng chi"), "note"),
    "used": (_("đã vào bảng chi"), "ok"), "refused": (_("không đồng ý"), "stop"),
    "withdrawn": (_("đã rút"), "note"),
}  # fmt: skip
REASONS = {
    "": _("chưa có lý do"), "explained": _("giải trình"), "paid_together": _("đã chi cùng tháng trước"),
    "death": _("chết"), "held": _("đang giữ"), "released": _("hết giữ"), "ended": _("thôi hưởng"),
    "suspended": _("tạm dừng"), "resumed": _("hưởng lại"), "decision": _("quyết định"),
    "change": _("thay đổi đã kiểm tra"), "kind": _("có khoản khác"), "account_change": _("đổi tài khoản"),
    "moved": _("chuyển nơi ở"), "law": _("theo quy định"), "rate": _("đổi mức theo quy định"),
    "age": _("đổi tuổi"),
}  # fmt: skip


LONGEST_LABEL = 70  # the law's own names of merit categories run to whole sentences


def benefit_of(code: str) -> str:
    """What an amount is paid for, on screens and papers that many see. A confidential ground must not
    show, not even by being the only one with a neutral name: the whole of social assistance goes by
    its public names."""
    category = load().categories.get(code)
    if category is None:
        return code
    said = (
        category.label if category.family == "merit" and not category.confidential else category.public_label
    )
    return Truncator(said).chars(LONGEST_LABEL)


def said_evidence(reason: str, evidence: str) -> object:
    """What stands behind a difference, in words: a hold's code becomes its reason."""
    return hold_of(evidence)[0] if reason in {"held", "released"} else evidence


def release_address(code: str, person_id: int) -> str:
    """The page where what holds a line is settled: the desk of its kind, else the person's page."""
    name = RELEASED_AT.get(code)
    return reverse(name) if name else reverse("registry:person", args=[person_id])


def hold_of(code: str) -> tuple[object, object]:
    """Why a line is held and how it is released; codes of payees that have no words here stand as
    they are."""
    return HOLDS.get(code, (code, _("Xem hồ sơ người nhận.")))
