# SPDX-License-Identifier: MPL-2.0
"""Legal acts about providers: one function, one transaction."""
