# SPDX-License-Identifier: MPL-2.0
"""Persons, awards (decisions to pay), the lists communes send, changes by two persons, duplicates.

Preparers write for their communes; another person checks each change of a record; nothing is ever
overwritten without its history. `files/` reads what officers send, without a database.
"""
