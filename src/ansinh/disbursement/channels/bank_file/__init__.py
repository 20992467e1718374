# SPDX-License-Identifier: MPL-2.0
"""Bulk files by the template of a bank: columns, order, marks, lengths, text cells."""

from ansinh.disbursement.channels.bank_file.write import LAYOUTS

__all__ = ["LAYOUTS"]
