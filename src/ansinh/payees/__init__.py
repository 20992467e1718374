# SPDX-License-Identifier: MPL-2.0
"""Who receives for whom and into which account: accounts and their checks, mandates, review rounds,
groups A to F, cases of doubt.

Preparers declare; the police confirm identity; a bank names the holder; a leader approves. The later
stages read the view `payees_payable`, as of the period set with `periods.for_period`.
"""
