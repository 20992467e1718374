# SPDX-License-Identifier: MPL-2.0
"""ISO 20022 credit transfer initiation, pain.001.001.09, one payment information block an envelope."""

from ansinh.disbursement.channels.iso20022.write import LAYOUTS

__all__ = ["LAYOUTS"]
