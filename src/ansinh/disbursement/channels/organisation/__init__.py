# SPDX-License-Identifier: MPL-2.0
"""What the payment organisation takes: lists by hamlet with a column to sign, for points and homes."""

from ansinh.disbursement.channels.organisation.write import LAYOUTS

__all__ = ["LAYOUTS"]
