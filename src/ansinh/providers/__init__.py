# SPDX-License-Identifier: MPL-2.0
"""Banks and payment organisations: what each can do where and when, how a unit chooses among them by
criteria, the contract that follows, and who is in force for a commune on a day.

Maker: `providers.write` at the unit; two others approve a decision, a contract and an annex.
"""
