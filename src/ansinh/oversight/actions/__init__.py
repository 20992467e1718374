# SPDX-License-Identifier: MPL-2.0
"""Legal acts of looking from outside: one function, one transaction."""
