# SPDX-License-Identifier: MPL-2.0
"""Officers, what they may do where and when, sign-in, jurisdiction."""
