# SPDX-License-Identifier: MPL-2.0
"""What follows from a visit, how a share is told, and what a message to a beneficiary may hold.

The next step and its day are proposed by rule and may be changed by whoever goes; refusing is a right
and is asked again only after half a year.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ansinh.rules.readiness import Obstacle
from ansinh.rules.refusals import Refusal


class Outcome(StrEnum):
    """How a visit ended."""

    MET = "met"
    ABSENT = "absent"
    AGREED = "agreed"
    REFUSED = "refused"
    NEEDS_HELP = "needs_help"
    ACCOUNT_OPENED = "account_opened"


class Step(StrEnum):
    """What is to be done next for somebody."""

    VISIT = "visit"
    ASK_HAMLET = "ask_hamlet"
    GO_TO_BANK = "go_to_bank"
    BANK_AT_HOME = "bank_at_home"
    COLLECT_ACCOUNT = "collect_account"
    ARRANGE_REPRESENTATIVE = "arrange_representative"
    HELP_WITH_PAPERS = "help_with_papers"
    SIGN_REFUSAL = "sign_refusal"
    ASK_AGAIN = "ask_again"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Next:
    """A step and the day by which it is due; no day when nothing is left to do."""

    step: Step
    on: date | None


ABSENCES_BEFORE_ASKING = 3
ASK_AGAIN_DAYS = 180
_HELP: tuple[tuple[frozenset[Obstacle], Step, int], ...] = (
    (frozenset({Obstacle.NO_ID}), Step.HELP_WITH_PAPERS, 14),
    (frozenset({Obstacle.FRAIL, Obstacle.FAR, Obstacle.BANK_REFUSED}), Step.BANK_AT_HOME, 14),
)


def next_step(
    outcome: Outcome, reasons: Collection[Obstacle], *, on: date, absences: int = 0, signed: bool = False,
    declared: bool = False, needs_representative: bool = False,
) -> Next:  # fmt: skip
    """What follows from a visit on a day.

    `absences` counts those in a row, this one included; `signed`: the refusal slip is signed;
    `declared`: the account that was opened is written down already; `needs_representative`: a minor,
    or somebody whom a court found incapable, and nobody receives for them yet.
    """
    if outcome is Outcome.ABSENT:
        asked = absences >= ABSENCES_BEFORE_ASKING
        return Next(Step.ASK_HAMLET, on + timedelta(3)) if asked else Next(Step.VISIT, on + timedelta(7))
    if outcome is Outcome.REFUSED:
        if signed:
            return Next(Step.ASK_AGAIN, on + timedelta(ASK_AGAIN_DAYS))
        return Next(Step.SIGN_REFUSAL, on + timedelta(7))
    if outcome is Outcome.ACCOUNT_OPENED:
        return Next(Step.DONE, None) if declared else Next(Step.COLLECT_ACCOUNT, on + timedelta(3))
    if needs_representative:
        return Next(Step.ARRANGE_REPRESENTATIVE, on + timedelta(30))
    for wanted, step, days in _HELP:
        if wanted & set(reasons):
            return Next(step, on + timedelta(days))
    if outcome is Outcome.AGREED:
        return Next(Step.GO_TO_BANK, on + timedelta(14))
    return Next(Step.VISIT, on + timedelta(14))


def permille(part: int, whole: int) -> int:
    """Tenths of a per cent, rounded half up; nobody counted over nobody is 0."""
    return (2000 * part + whole) // (2 * whole) if whole else 0


class MessageHoldsLink(Refusal):
    """A message that holds an address; fields: text."""

    code = "MESSAGE_HOLDS_LINK"


class MessageHoldsCode(Refusal):
    """A message that holds a code, or a long number; fields: text."""

    code = "MESSAGE_HOLDS_CODE"


class MessageTooLong(Refusal):
    """Longer than a message may be; fields: length, limit."""

    code = "MESSAGE_TOO_LONG"


LONGEST_MESSAGE = 480  # what three short messages with Vietnamese marks hold is 201; letters hold more
_LINK = re.compile(r"(?i)https?:|www\.|[a-z0-9-]+\.(?:vn|com|net|org|info|me|ly|link|top|xyz)\b|\bzalo\.me\b")
_CODE = re.compile(r"[0-9]{6,}")


def check_message(text: str) -> str:
    """The text, if it may be sent to a beneficiary: never a link, never a code, never a whole number
    of an account or a person (security.md B11: scammers imitate whoever sends links).

    Raises `MessageHoldsLink`, `MessageHoldsCode` or `MessageTooLong`.
    """
    if found := _LINK.search(text):
        raise MessageHoldsLink(text=found[0])
    if found := _CODE.search(re.sub(r"(?<=[0-9])[ .](?=[0-9])", "", text)):
        raise MessageHoldsCode(text=f"{found[0][:2]}…")
    if len(text) > LONGEST_MESSAGE:
        raise MessageTooLong(length=len(text), limit=LONGEST_MESSAGE)
    return text
