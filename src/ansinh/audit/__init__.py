# SPDX-License-Identifier: MPL-2.0
"""Append-only events in the same transaction as the change, sealed in order, verified off-line."""
