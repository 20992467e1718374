# SPDX-License-Identifier: MPL-2.0
"""What the State Treasury takes: the list of recipients and the withdrawal, on the forms of the day."""

from ansinh.disbursement.channels.treasury.write import LAYOUTS, write_withdrawal
from ansinh.disbursement.channels.treasury.write import write as write_list

__all__ = ["LAYOUTS", "write_list", "write_withdrawal"]
