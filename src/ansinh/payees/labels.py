# SPDX-License-Identifier: MPL-2.0
"""What symbols are called on pages and papers, and the colour of their badge."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
Words = dict[str, tuple[Text, str]]  # symbol -> (label, badge)

ACCOUNT_STATES: Words = {
    "declared": (_("mới khai"), "wait"),
    "format_checked": (_("chờ xác nhận nhân thân"), "wait"),
    "format_failed": (_("sai số tài khoản"), "stop"),
    "identity_checked": (_("chờ hỏi tên chủ tài khoản"), "wait"),
    "identity_failed": (_("nhân thân không khớp"), "stop"),
    "holder_checked": (_("chờ duyệt"), "wait"),
    "holder_failed": (_("tên chủ tài khoản không khớp"), "stop"),
    "approved": (_("đã duyệt, chờ kỳ đầu"), "ok"),
    "active": (_("đang dùng"), "ok"),
    "suspended": (_("tạm dừng"), "stop"),
    "closed": (_("đã đóng"), "note"),
    "replaced": (_("đã thay bằng tài khoản khác"), "note"),
    "refused": (_("không duyệt"), "stop"),
    "withdrawn": (_("đã rút"), "note"),
}
MANDATE_STATES: Words = {
    "declared": (_("chờ duyệt"), "wait"),
    "active": (_("đang hiệu lực"), "ok"),
    "refused": (_("không duyệt"), "stop"),
    "withdrawn": (_("đã rút"), "note"),
    "revoked": (_("đã huỷ"), "stop"),
    "ended": (_("đã hết hạn"), "note"),
}
PLACE_STATES: Words = {
    "listed": (_("chờ đối chiếu dân cư"), "wait"),
    "differs": (_("sai lệch dân cư"), "stop"),
    "compared": (_("chờ đến nhà"), "wait"),
    "not_met": (_("đến không gặp"), "wait"),
    "visited": (_("đã gặp, chưa có tài khoản"), "wait"),
    "collected": (_("đã có tài khoản, chờ kiểm tra"), "note"),
    "refused": (_("từ chối, có phiếu"), "note"),
    "checked": (_("đã kiểm tra, chờ bàn giao"), "ok"),
    "handed_over": (_("đã bàn giao"), "ok"),
    "paid": (_("đã chi qua tài khoản"), "ok"),
    "cash": (_("nhận tiền mặt"), "note"),
    "gone": (_("đã mất hoặc chuyển đi"), "note"),
}
KINDS: Words = {
    "self": (_("chính chủ"), "note"),
    "proxy": (_("người được uỷ quyền"), "note"),
    "guardian": (_("người giám hộ"), "note"),
    "household": (_("người đại diện hộ"), "note"),
    "carer": (_("người chăm sóc"), "note"),
    "institution": (_("cơ sở nuôi dưỡng"), "note"),
    "deposit_book": (_("sổ lưu ký trại giam"), "note"),
}
SOURCES: Words = {
    "vneid": (_("VNeID"), "note"),
    "police": (_("Công an xã"), "note"),
    "commune": (_("UBND xã"), "note"),
    "bank": (_("ngân hàng"), "note"),
}
MATCHES: Words = {
    "": (_("chưa hỏi"), "note"),
    "equal": (_("khớp"), "ok"),
    "equal_folded": (_("khớp, khác dấu hoặc chữ hoa"), "ok"),
    "truncated": (_("khớp, ngân hàng cắt bớt"), "ok"),
    "close": (_("gần giống, cần người xem"), "wait"),
    "different": (_("khác tên"), "stop"),
}
GROUPS: Words = {
    "A": (_("Đang nhận qua tài khoản"), "ok"),
    "B": (_("Có tài khoản, chưa đăng ký xong"), "wait"),
    "C": (_("Chưa có tài khoản, mở được"), "wait"),
    "D": (_("Không mở được, có người nhận thay"), "note"),
    "E": (_("Không mở được, không có ai: chi tiền mặt"), "stop"),
    "F": (_("Từ chối, có phiếu"), "note"),
}
WHYS: Words = {
    "paid_into_account": (_("được chi vào tài khoản"), "ok"),
    "refusal_on_file": (_("có phiếu từ chối"), "note"),
    "account_suspended": (_("tài khoản đang tạm dừng"), "stop"),
    "account_failed": (_("kiểm tra tài khoản không đạt"), "stop"),
    "account_waits": (_("tài khoản đang kiểm tra"), "wait"),
    "account_next_month": (_("tài khoản dùng từ kỳ sau"), "wait"),
    "can_open": (_("đủ điều kiện mở tài khoản"), "wait"),
    "payee_without_account": (_("người nhận thay chưa có tài khoản"), "note"),
    "nobody_receives": (_("chưa có ai nhận thay"), "stop"),
}
OBSTACLES: Words = {
    "no_smartphone": (_("không có điện thoại thông minh"), "note"),
    "frail": (_("già yếu, khuyết tật, không đi lại được"), "stop"),
    "no_id": (_("chưa có căn cước hoặc VNeID mức 2"), "stop"),
    "far": (_("xa nơi rút tiền"), "note"),
    "unwilling": (_("chưa muốn dùng tài khoản"), "note"),
    "bank_refused": (_("ngân hàng từ chối mở"), "stop"),
    "other": (_("lý do khác"), "note"),
    "minor": (_("dưới 15 tuổi"), "stop"),
    "incapable": (_("không đủ năng lực hành vi"), "stop"),
    "no_number": (_("chưa có số định danh trong hồ sơ"), "stop"),
}
FAULTS: Words = {
    "format_wrong": (_("số tài khoản sai dạng"), "stop"),
    "identity_number_differs": (_("số định danh ngân hàng giữ khác hồ sơ"), "stop"),
    "identity_unknown": (_("không xác nhận được nhân thân"), "stop"),
    "holder_different": (_("ngân hàng in tên người khác"), "stop"),
    "account_not_found": (_("ngân hàng không có số này"), "stop"),
    "account_closed": (_("tài khoản đã đóng"), "stop"),
    "account_blocked": (_("tài khoản bị khoá"), "stop"),
    "holder_reports_loss": (_("chủ tài khoản báo mất"), "stop"),
    "payment_returned": (_("tiền bị trả lại"), "stop"),
    "case_of_doubt": (_("đang có nghi vấn"), "stop"),
}
NEXT: Words = {
    "correct_number": (_("hỏi lại và khai lại số tài khoản"), "note"),
    "confirm_identity": (_("công an xã gặp, xác nhận nhân thân"), "note"),
    "ask_for_another": (_("xin tài khoản khác của người nhận"), "note"),
    "visit_bank": (_("cùng người nhận đến ngân hàng mở khoá"), "note"),
    "decide_case": (_("kết luận nghi vấn"), "note"),
}
RULES: Words = {
    "D1": (_("Chi cho người đã chết; 100 tuổi chưa đối chiếu"), "stop"),
    "D3": (_("Số định danh không có hoặc sai"), "stop"),
    "D4": (_("Một người hai hồ sơ"), "stop"),
    "D10": (_("Lâu không nhận, rồi có tài khoản mới"), "wait"),
    "D15": (_("Phiếu chi tiền mặt quá đều"), "wait"),
    "D16": (_("Tiền mặt ở người chi quá 30 ngày"), "stop"),
    "D17": (_("Đã chi nhưng người hưởng chưa được báo"), "wait"),
    "D18": (_("Truy lĩnh lùi ngày, dồn cuối năm"), "wait"),
    "D20": (_("Một người duyệt mọi việc của một người lập"), "stop"),
    "D21": (_("Duyệt ngoài giờ"), "wait"),
    "D23": (_("Số người tăng bất thường"), "wait"),
    "D25": (_("Giao rồi thu vai trò trong ngày"), "stop"),
    "D6": (_("Một tài khoản nhiều người hưởng"), "stop"),
    "D7": (_("Tài khoản, điện thoại của cán bộ"), "stop"),
    "D8": (_("Đổi tài khoản sát ngày chốt hoặc hàng loạt"), "wait"),
    "D9": (_("Đổi tài khoản rồi đổi lại"), "wait"),
    "D11": (_("Tên chủ tài khoản không đúng"), "stop"),
    "D14": (_("Một người nhận thay nhiều người"), "wait"),
}
FACTS: Words = {
    "died_on": (_("ngày chết"), "note"),
    "months": (_("số tháng"), "note"),
    "age": (_("tuổi"), "note"),
    "uncollected": (_("số kỳ không nhận"), "note"),
    "returned": (_("số lần bị trả lại"), "note"),
    "last4": (_("bốn số cuối tài khoản"), "note"),
    "officer": (_("cán bộ"), "note"),
    "on": (_("ngày"), "note"),
    "receipts": (_("số phiếu chi"), "note"),
    "month": (_("tháng"), "note"),
    "people": (_("số người"), "note"),
    "before": (_("tháng trước"), "note"),
    "amount_vnd": (_("số tiền (đồng)"), "note"),
    "first": (_("từ tháng"), "note"),
    "paid_in": (_("chi trong kỳ"), "note"),
    "maker": (_("người lập"), "note"),
    "checker": (_("người duyệt"), "note"),
    "approved": (_("số lần duyệt nhanh"), "note"),
    "approvals": (_("số lần duyệt"), "note"),
    "role": (_("vai trò"), "note"),
}
PAPERS: Words = {
    "review_list": (_("danh sách rà soát"), "note"),
    "minutes": (_("biên bản rà soát"), "note"),
    "refusal": (_("phiếu từ chối"), "note"),
    "mandate": (_("giấy uỷ quyền"), "note"),
    "other": (_("giấy khác"), "note"),
}
INSIDERS: Words = {
    "village_head": (_("trưởng thôn, tổ trưởng"), "note"),
    "cashier": (_("người chi tiền"), "note"),
    "relative": (_("người thân của cán bộ"), "note"),
}
OUTCOMES: Words = {
    "": (_("chờ kết luận"), "wait"),
    "legitimate": (_("đúng quy định"), "ok"),
    "client_error": (_("người dân nhầm"), "note"),
    "official_error": (_("cán bộ nhầm"), "stop"),
    "fraud": (_("gian lận"), "stop"),
}
EVENTS: Words = {
    "declare": (_("khai tài khoản"), "note"),
    "pass_format": (_("đúng dạng số của ngân hàng"), "ok"),
    "fail_format": (_("sai dạng số"), "stop"),
    "pass_identity": (_("xác nhận đúng nhân thân"), "ok"),
    "fail_identity": (_("nhân thân không khớp"), "stop"),
    "pass_holder": (_("tên chủ tài khoản khớp"), "ok"),
    "fail_holder": (_("tên chủ tài khoản không khớp"), "stop"),
    "move_in": (_("theo hồ sơ được nhập vào"), "note"),
    "move_back": (_("trở về hồ sơ được tách"), "note"),
    "doubt_holder": (_("tên gần giống, chờ người xem"), "wait"),
    "approve": (_("duyệt"), "ok"),
    "refuse": (_("không duyệt"), "stop"),
    "withdraw": (_("rút"), "note"),
    "activate": (_("bắt đầu dùng"), "ok"),
    "suspend": (_("tạm dừng"), "stop"),
    "resume": (_("dùng lại"), "ok"),
    "close": (_("đóng"), "note"),
    "replace": (_("thay bằng tài khoản khác"), "note"),
}
PLACE_EVENTS: Words = {
    "match": (_("khớp dân cư"), "ok"),
    "differ": (_("sai lệch dân cư"), "stop"),
    "keep": (_("đang nhận qua tài khoản"), "ok"),
    "visit": (_("đã gặp"), "ok"),
    "miss": (_("đến không gặp"), "wait"),
    "collect": (_("ghi tài khoản hoặc người nhận thay"), "note"),
    "refuse": (_("ký phiếu từ chối"), "note"),
    "check": (_("đã kiểm tra"), "ok"),
    "hand_over": (_("bàn giao cho đơn vị chi"), "ok"),
    "pay": (_("đã chi"), "ok"),
    "fail": (_("không đạt, gặp lại"), "stop"),
    "to_cash": (_("chuyển nhận tiền mặt"), "note"),
    "reconsider": (_("muốn đăng ký lại"), "note"),
    "leave": (_("đã mất hoặc chuyển đi"), "note"),
}
OWNERS: Words = {
    "preparer": (_("cán bộ lập danh sách"), "note"),
    "police": (_("công an xã"), "note"),
    "commune_leader": (_("lãnh đạo UBND xã"), "note"),
    "department_approver": (_("lãnh đạo sở"), "note"),
}
VOCABULARIES: dict[str, Words] = {
    "account": ACCOUNT_STATES, "mandate": MANDATE_STATES, "place": PLACE_STATES, "kind": KINDS,
    "source": SOURCES, "match": MATCHES, "group": GROUPS, "why": WHYS, "obstacle": OBSTACLES, "fault": FAULTS,
    "next": NEXT, "rule": RULES, "fact": FACTS, "outcome": OUTCOMES, "event": EVENTS,
    "place_event": PLACE_EVENTS, "owner": OWNERS, "insider": INSIDERS, "paper": PAPERS,
}  # fmt: skip


def options(words: Words, *, empty: Text | None = None) -> list[tuple[str, Text]]:
    """A vocabulary as the choices of a form."""
    found = [(symbol, label) for symbol, (label, _badge) in words.items() if symbol]
    return found if empty is None else [("", empty), *found]
