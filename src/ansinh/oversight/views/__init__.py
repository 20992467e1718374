# SPDX-License-Identifier: MPL-2.0
"""The pages of looking from outside."""
