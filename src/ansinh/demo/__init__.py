# SPDX-License-Identifier: MPL-2.0
"""The invented province, one step per stage."""
