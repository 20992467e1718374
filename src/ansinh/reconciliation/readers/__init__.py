# SPDX-License-Identifier: MPL-2.0
"""Readers of result files, one a form, none with a database. A line that cannot be read has a fault;
it never stops the file."""

from __future__ import annotations

from ansinh.reconciliation.lines import Reader
from ansinh.reconciliation.readers import bank_csv, iso20022, mt940, organisation

READERS: dict[str, tuple[str, Reader]] = {
    "bank_csv": ("Kết quả chi hộ của ngân hàng (.csv)", bank_csv.read),
    "pain002": ("ISO 20022 pain.002 (.xml)", iso20022.read_pain002),
    "camt053": ("Sao kê ISO 20022 camt.053 (.xml)", iso20022.read_camt053),
    "mt940": ("Sao kê SWIFT MT940", mt940.read),
    "organisation": ("Báo cáo của tổ chức chi trả (.xlsx)", organisation.read),
}
