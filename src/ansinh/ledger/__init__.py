# SPDX-License-Identifier: MPL-2.0
"""Balanced postings: where every approved đồng is, per source of money, commune and period.

Later stages post what they did in the same transaction; nobody edits. A mistake is reversed once,
with its reason. Accountants record budgets and close periods; everybody who may see money reads.
"""
