# SPDX-License-Identifier: MPL-2.0
"""Why money came back, in plain words: what to do, and which office does it.

Codes are those of ISO 20022 (external status reason codes) and what Vietnamese banks write instead.
An unknown code stays as it was written and is put before a person.
"""

from __future__ import annotations

from dataclasses import dataclass

from ansinh.rules.names import fold_name


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: the words, what to do next, whose move it is, and what payees is told."""

    code: str
    vi: str
    en: str
    action_vi: str
    action_en: str
    office: str  # preparer | commune_leader | police | accountant | bank_user
    fault: str = ""  # a fault of payees.records.FAULTS, when the account is to be checked again
    words: tuple[str, ...] = ()

    @property
    def recheck(self) -> str:
        """The fault for which the account is checked again, '' when the account is not to blame. Words
        that nobody knows may be about the account: it is looked at."""
        return self.fault or ("payment_returned" if self.code == "OTHER" else "")


REASONS: dict[str, Reason] = {
    reason.code: reason
    for reason in (
        Reason("AC01", "Số tài khoản không tồn tại", "The account does not exist",
               "Hỏi lại số tài khoản rồi xác minh", "Ask for the number again, then verify it", "preparer",
               "account_not_found", ("khong ton tai", "sai so tai khoan", "invalid account", "account not found")),
        Reason("AC04", "Tài khoản đã đóng", "The account is closed", "Đăng ký tài khoản khác hoặc nhận tiền mặt",
               "Register another account, or pay in cash", "preparer", "account_closed",
               ("da dong", "dong tai khoan", "closed")),
        Reason("AC06", "Tài khoản bị phong toả, tạm khoá", "The account is blocked",
               "Mời chủ tài khoản ra ngân hàng mở khoá", "The holder goes to the bank to unblock it", "preparer",
               "account_blocked", ("phong toa", "tam khoa", "blocked")),
        Reason("BE01", "Tên người nhận không khớp", "The holder's name differs",
               "Đối chiếu họ tên với ngân hàng và công an xã", "Compare the name with bank and police", "police",
               "holder_different", ("sai ten", "khong khop", "name mismatch")),
        Reason("MD07", "Người hưởng đã chết", "The beneficiary has died", "Xác minh rồi dừng chi, giải quyết mai táng",
               "Verify, then stop paying; settle the funeral grant", "police", "", ("da chet", "deceased")),
        Reason("RC01", "Sai mã ngân hàng", "The bank's code is wrong", "Sửa mã ngân hàng trong hồ sơ tài khoản",
               "Correct the bank in the account's record", "preparer", "format_wrong", ("sai ngan hang",)),
        Reason("AM04", "Không đủ số dư để chi", "Insufficient funds", "Nộp đủ tiền vào tài khoản chi trả rồi chi lại",
               "Fund the paying account, then pay again", "accountant", "", ("khong du so du", "insufficient")),
        Reason("DUPL", "Ngân hàng coi là trùng", "The bank calls it a duplicate", "Hỏi ngân hàng lệnh nào đã chi",
               "Ask the bank which one was paid", "accountant", "", ("trung lenh", "duplicate")),
        Reason("ABSENT", "Người hưởng vắng mặt, chưa nhận", "The beneficiary did not come",
               "Báo người hưởng, chuyển sang kỳ sau", "Tell them; carried to the next month", "preparer", "",
               ("vang mat", "chua nhan", "absent")),
        Reason("OTHER", "Lý do khác, xem nguyên văn", "Another reason, see the original text",
               "Đọc nguyên văn của ngân hàng và quyết định", "Read the bank's words and decide", "accountant"),
    )
}  # fmt: skip


def reason_of(text: str) -> Reason:
    """The reason that a code or words name; OTHER when none does."""
    if found := REASONS.get(text.strip().upper()):
        return found
    said = fold_name(text)
    for reason in REASONS.values():
        if any(word in said for word in reason.words):
            return reason
    return REASONS["OTHER"]
