# SPDX-License-Identifier: MPL-2.0
"""What the State Treasury takes: the list of recipients, form 20 of Decree 347/2025."""

from ansinh.disbursement.channels.treasury.write import LAYOUTS

__all__ = ["LAYOUTS"]
