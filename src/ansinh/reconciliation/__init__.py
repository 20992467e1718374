# SPDX-License-Identifier: MPL-2.0
"""What payers answer: every line kept, matched, booked once; what fits nowhere goes to a desk.

The accountant and the treasury bring results in; differences are decided by a maker and two others.
"""
