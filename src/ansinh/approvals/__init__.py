# SPDX-License-Identifier: MPL-2.0
"""Maker and checkers for any submitted thing: two persons, bound to what they saw."""
