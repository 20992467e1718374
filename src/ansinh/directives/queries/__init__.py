# SPDX-License-Identifier: MPL-2.0
"""Questions of steering; the number of statements never depends on the number of units."""
