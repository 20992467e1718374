# SPDX-License-Identifier: MPL-2.0
"""What a person is owed for a month, and why; and why something is not owed.

case       the person, their awards and the month, as the law reads them
decide     one award: condition by condition, in the order of the clauses
overlap    several awards of one person: the rules O1-O17
assess     the answer; equal facts share one answer; back-pay month by month
birthdays  changes of level that a birthday will bring, as proposals
"""

from ansinh.rules.entitlement.assess import assess, assess_months
from ansinh.rules.entitlement.birthdays import BirthdayChange, birthdays
from ansinh.rules.entitlement.case import Assessment, Award, Case, Line, NotOwed, Person

__all__ = [
    "Assessment",
    "Award",
    "BirthdayChange",
    "Case",
    "Line",
    "NotOwed",
    "Person",
    "assess",
    "assess_months",
    "birthdays",
]
