# SPDX-License-Identifier: MPL-2.0
"""A period's payments: prepare, calculate, compare with last month, submit, approve, lock.

A payroll belongs to a unit, a budget stream (merit: central money; assistance: local money; never
mixed) and a month. Whoever prepares lists (`batch.prepare`) prepares, calculates and submits; two
other persons approve (`approvals.approve`); a locked payroll is what disbursement pays.
"""
