# SPDX-License-Identifier: MPL-2.0
"""Sentences about sending over the wire, and about a backup that was put back."""

SENTENCES: dict[str, tuple[str, str]] = {
    "BANK_ADDRESS_UNSAFE": (
        "Địa chỉ ngân hàng “{text}” không dùng https. Sửa ANSINH_BANK_URL; chưa gửi gì.",
        "The bank's address “{text}” is not https. Mend ANSINH_BANK_URL; nothing was sent.",
    ),
    "NO_ONLINE_PAYER": (
        "Chưa nối với ngân hàng, hoặc ngân hàng không nhận mẫu tệp “{layout}” qua đường này. Tải tệp và chuyển tay.",
        "No bank is connected, or it does not take the layout “{layout}” this way. Fetch the file and hand it over.",
    ),
    "DATABASE_OLDER_THAN_SENT": (
        "Cơ sở dữ liệu này là bản sao lưu cũ: các tệp {envelopes} đã gửi mà ở đây chưa ghi nhận. Dừng lập và gửi để "
        "không chi hai lần. Duyệt lại đúng các tệp đó rồi bấm “Nhận lại tệp đã gửi” ở Bảng chi trả.",
        "This database is an old backup: the files {envelopes} were sent and are not known here. Nothing is made or "
        "sent, so that nobody is paid twice. Approve those very files again, then take them in on the board.",
    ),
    "NOTHING_TO_TAKE_IN": (
        "Mọi tệp đã gửi đều có trong cơ sở dữ liệu. Không có gì phải nhận lại.",
        "Every file that was sent is known to the database. There is nothing to take in.",
    ),
}
