# SPDX-License-Identifier: MPL-2.0
"""Acts of steering: one function, one transaction."""
