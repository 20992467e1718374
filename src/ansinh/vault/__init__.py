# SPDX-License-Identifier: MPL-2.0
"""Citizen and account numbers kept encrypted, found by blind index; keys outside the database."""
