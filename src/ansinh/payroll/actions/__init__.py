# SPDX-License-Identifier: MPL-2.0
"""Prepare, calculate, hold, explain, submit, approve, lock, hand over."""
