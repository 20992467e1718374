# SPDX-License-Identifier: MPL-2.0
"""Tables of the stage, by what they are about."""

from ansinh.payees.models.accounts import Account, AccountEvent, Notice, PayRule
from ansinh.payees.models.cases import Case, CasePerson, Enquiry, EnquiryLine, Insider
from ansinh.payees.models.mandates import Incapacity, Mandate, MandateAward
from ansinh.payees.models.rounds import Obstacle, Paper, Place, PlaceEvent, Refusal, Round

__all__ = [
    "Account", "AccountEvent", "Case", "CasePerson", "Enquiry", "EnquiryLine", "Incapacity", "Insider",
    "Mandate", "MandateAward", "Notice", "Obstacle", "Paper", "PayRule", "Place", "PlaceEvent", "Refusal",
    "Round",
]  # fmt: skip
