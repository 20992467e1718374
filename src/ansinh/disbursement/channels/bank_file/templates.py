# SPDX-License-Identifier: MPL-2.0
"""The templates. No national standard exists, so each bank's columns are data.

A column names what it shows, its heading, at most how many characters, and whether the bank wants
capitals without marks. Account numbers are always text, so that leading zeros survive a spreadsheet.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a template."""

    shows: str  # place | holder | account | bank_code | bank_bin | bank_name | amount | text | reference
    heading: str
    most: int = 200
    plain: bool = False  # capitals, no marks


@dataclass(frozen=True, slots=True)
class Template:
    """One bank's file."""

    code: str
    label: str
    columns: tuple[Column, ...]
    suffix: str = "xlsx"
    most_rows: int = 50_000
    totals: bool = False  # a last row with count and sum
    delimiter: str = ","


TEMPLATES: tuple[Template, ...] = (
    Template(
        "bulk_plain", "Bảng chuyển tiền theo lô (không dấu, .xlsx)",
        (
            Column("place", "STT"),
            Column("holder", "Ten nguoi thu huong", 70, plain=True),
            Column("account", "So tai khoan", 30),
            Column("bank_name", "Ngan hang", 80, plain=True),
            Column("amount", "So tien"),
            Column("text", "Noi dung", 140, plain=True),
            Column("reference", "So tham chieu", 35),
        ),
    ),
    Template(
        "bulk_bin", "Tệp chi hộ theo mã BIN (.csv)",
        (
            Column("reference", "REF", 35),
            Column("bank_bin", "BIN", 6),
            Column("account", "ACCOUNT", 19),
            Column("holder", "NAME", 50, plain=True),
            Column("amount", "AMOUNT"),
            Column("text", "REMARK", 210, plain=True),
        ),
        suffix="csv", totals=True,
    ),
    Template(
        "bulk_marked", "Danh sách chi lương, trợ cấp (có dấu, .xlsx)",
        (
            Column("place", "STT"),
            Column("account", "Số tài khoản", 30),
            Column("holder", "Họ và tên", 70),
            Column("amount", "Số tiền (VND)"),
            Column("bank_code", "Mã ngân hàng", 20),
            Column("reference", "Mã lệnh chi", 35),
            Column("text", "Diễn giải", 140, plain=True),
        ),
        most_rows=20_000, totals=True,
    ),
)  # fmt: skip
