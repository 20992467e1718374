# SPDX-License-Identifier: MPL-2.0
"""Legal acts of the reconciliation: one function, one transaction."""
