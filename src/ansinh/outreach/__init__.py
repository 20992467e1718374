# SPDX-License-Identifier: MPL-2.0
"""Winning people for payment without cash: campaigns, visits, opening days, letters, and the targets.

Preparers plan for their communes and write down each visit; helpers of the hamlet and bank desks work
from printed sheets that are read back. Targets are data; what counts as reached is counted from the
groups of `payees`, frozen at each month's end.
"""
