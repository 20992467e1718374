# SPDX-License-Identifier: MPL-2.0
"""The lives of accounts, mandates and notices, each one table of edges."""

from __future__ import annotations

from enum import StrEnum

from ansinh.rules.lifecycle import Lifecycle


class AccountState(StrEnum):
    """An account of a payee. The failed states carry a reason, an owner and the next action."""

    DECLARED = "declared"
    FORMAT_CHECKED = "format_checked"
    FORMAT_FAILED = "format_failed"
    IDENTITY_CHECKED = "identity_checked"
    IDENTITY_FAILED = "identity_failed"
    HOLDER_CHECKED = "holder_checked"
    HOLDER_FAILED = "holder_failed"
    APPROVED = "approved"
    REFUSED = "refused"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"

    @property
    def is_waiting(self) -> bool:
        """Declared and not yet approved: one of these a person and mandate at a time."""
        return self in WAITING

    @property
    def is_failed(self) -> bool:
        """A check said no; somebody has to do something."""
        return self in FAILED


class MandateState(StrEnum):
    """Somebody's right to receive for somebody else."""

    DECLARED = "declared"
    ACTIVE = "active"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"
    ENDED = "ended"


class NoticeState(StrEnum):
    """A message for a beneficiary that the notice adapter will send."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


WAITING = (
    AccountState.DECLARED, AccountState.FORMAT_CHECKED, AccountState.IDENTITY_CHECKED,
    AccountState.HOLDER_CHECKED, AccountState.FORMAT_FAILED, AccountState.IDENTITY_FAILED,
    AccountState.HOLDER_FAILED,
)  # fmt: skip
FAILED = (AccountState.FORMAT_FAILED, AccountState.IDENTITY_FAILED, AccountState.HOLDER_FAILED)
DATED = (AccountState.APPROVED, AccountState.ACTIVE, AccountState.SUSPENDED, AccountState.REPLACED,
         AccountState.CLOSED)  # fmt: skip

_A = AccountState
ACCOUNT: Lifecycle[AccountState] = Lifecycle(
    "account",
    states=AccountState,
    initial=_A.DECLARED,
    edges=(
        (_A.DECLARED, "pass_format", _A.FORMAT_CHECKED),
        (_A.DECLARED, "fail_format", _A.FORMAT_FAILED),
        (_A.FORMAT_FAILED, "withdraw", _A.WITHDRAWN),
        (_A.FORMAT_CHECKED, "pass_identity", _A.IDENTITY_CHECKED),
        (_A.FORMAT_CHECKED, "fail_identity", _A.IDENTITY_FAILED),
        (_A.FORMAT_CHECKED, "withdraw", _A.WITHDRAWN),
        (_A.IDENTITY_FAILED, "pass_identity", _A.IDENTITY_CHECKED),
        (_A.IDENTITY_FAILED, "withdraw", _A.WITHDRAWN),
        (_A.IDENTITY_CHECKED, "pass_holder", _A.HOLDER_CHECKED),
        (_A.IDENTITY_CHECKED, "fail_holder", _A.HOLDER_FAILED),
        (_A.IDENTITY_CHECKED, "withdraw", _A.WITHDRAWN),
        (_A.HOLDER_FAILED, "pass_holder", _A.HOLDER_CHECKED),
        (_A.HOLDER_FAILED, "withdraw", _A.WITHDRAWN),
        (_A.HOLDER_CHECKED, "approve", _A.APPROVED),
        (_A.HOLDER_CHECKED, "refuse", _A.REFUSED),
        (_A.HOLDER_CHECKED, "withdraw", _A.WITHDRAWN),
        (_A.APPROVED, "activate", _A.ACTIVE),
        (_A.APPROVED, "suspend", _A.SUSPENDED),
        (_A.APPROVED, "replace", _A.REPLACED),
        (_A.APPROVED, "close", _A.CLOSED),
        (_A.ACTIVE, "suspend", _A.SUSPENDED),
        (_A.ACTIVE, "replace", _A.REPLACED),
        (_A.ACTIVE, "close", _A.CLOSED),
        (_A.SUSPENDED, "resume", _A.ACTIVE),
        (_A.SUSPENDED, "replace", _A.REPLACED),
        (_A.SUSPENDED, "close", _A.CLOSED),
    ),
    final=(_A.REFUSED, _A.CLOSED, _A.REPLACED, _A.WITHDRAWN),
)

MANDATE: Lifecycle[MandateState] = Lifecycle(
    "mandate",
    states=MandateState,
    initial=MandateState.DECLARED,
    edges=(
        (MandateState.DECLARED, "approve", MandateState.ACTIVE),
        (MandateState.DECLARED, "refuse", MandateState.REFUSED),
        (MandateState.DECLARED, "withdraw", MandateState.WITHDRAWN),
        (MandateState.ACTIVE, "revoke", MandateState.REVOKED),
        (MandateState.ACTIVE, "end", MandateState.ENDED),
    ),
    final=(MandateState.REFUSED, MandateState.WITHDRAWN, MandateState.REVOKED, MandateState.ENDED),
)

NOTICE: Lifecycle[NoticeState] = Lifecycle(
    "notice",
    states=NoticeState,
    initial=NoticeState.WAITING,
    edges=(
        (NoticeState.WAITING, "send", NoticeState.SENT),
        (NoticeState.WAITING, "fail", NoticeState.FAILED),
        (NoticeState.FAILED, "send", NoticeState.SENT),
    ),
    final=(NoticeState.SENT,),
)


class RoundState(StrEnum):
    """A review of a commune's beneficiaries."""

    OPEN = "open"
    CLOSED = "closed"


class PlaceState(StrEnum):
    """Where one beneficiary stands in a round (the steps of the review procedure)."""

    LISTED = "listed"
    DIFFERS = "differs"
    COMPARED = "compared"
    NOT_MET = "not_met"
    VISITED = "visited"
    COLLECTED = "collected"
    REFUSED = "refused"
    CHECKED = "checked"
    HANDED_OVER = "handed_over"
    PAID = "paid"
    CASH = "cash"
    GONE = "gone"

    @property
    def is_settled(self) -> bool:
        """Nothing is left to do in the round: a round closes when everybody is settled."""
        return self in {PlaceState.REFUSED, PlaceState.HANDED_OVER, PlaceState.PAID, PlaceState.CASH,
                        PlaceState.GONE}  # fmt: skip


ROUND: Lifecycle[RoundState] = Lifecycle(
    "round",
    states=RoundState,
    initial=RoundState.OPEN,
    edges=((RoundState.OPEN, "close", RoundState.CLOSED),),
    final=(RoundState.CLOSED,),
)

_P = PlaceState
PLACE: Lifecycle[PlaceState] = Lifecycle(
    "place",
    states=PlaceState,
    initial=_P.LISTED,
    edges=(
        (_P.LISTED, "match", _P.COMPARED),
        (_P.LISTED, "differ", _P.DIFFERS),
        (_P.LISTED, "leave", _P.GONE),
        (_P.DIFFERS, "match", _P.COMPARED),
        (_P.DIFFERS, "leave", _P.GONE),
        (_P.COMPARED, "keep", _P.PAID),
        (_P.COMPARED, "visit", _P.VISITED),
        (_P.COMPARED, "miss", _P.NOT_MET),
        (_P.COMPARED, "leave", _P.GONE),
        (_P.NOT_MET, "visit", _P.VISITED),
        (_P.NOT_MET, "miss", _P.NOT_MET),
        (_P.NOT_MET, "to_cash", _P.CASH),
        (_P.NOT_MET, "leave", _P.GONE),
        (_P.VISITED, "visit", _P.VISITED),
        (_P.VISITED, "collect", _P.COLLECTED),
        (_P.VISITED, "refuse", _P.REFUSED),
        (_P.VISITED, "to_cash", _P.CASH),
        (_P.VISITED, "leave", _P.GONE),
        (_P.COLLECTED, "check", _P.CHECKED),
        (_P.COLLECTED, "fail", _P.VISITED),
        (_P.COLLECTED, "leave", _P.GONE),
        (_P.CHECKED, "hand_over", _P.HANDED_OVER),
        (_P.CHECKED, "fail", _P.VISITED),
        (_P.CHECKED, "leave", _P.GONE),
        (_P.HANDED_OVER, "pay", _P.PAID),
        (_P.HANDED_OVER, "fail", _P.VISITED),
        (_P.HANDED_OVER, "leave", _P.GONE),
        (_P.PAID, "fail", _P.VISITED),
        (_P.REFUSED, "reconsider", _P.VISITED),
        (_P.CASH, "reconsider", _P.VISITED),
    ),
    final=(_P.GONE,),
)


class CaseState(StrEnum):
    """A doubt that a rule raised: a question, not an accusation."""

    OPEN = "open"
    CLOSED = "closed"


class EnquiryState(StrEnum):
    """A list of accounts whose holders an institution is asked to name."""

    SENT = "sent"
    ANSWERED = "answered"
    CANCELLED = "cancelled"


CASE: Lifecycle[CaseState] = Lifecycle(
    "case",
    states=CaseState,
    initial=CaseState.OPEN,
    edges=((CaseState.OPEN, "decide", CaseState.CLOSED), (CaseState.CLOSED, "reopen", CaseState.OPEN)),
)

ENQUIRY: Lifecycle[EnquiryState] = Lifecycle(
    "enquiry",
    states=EnquiryState,
    initial=EnquiryState.SENT,
    edges=(
        (EnquiryState.SENT, "answer", EnquiryState.ANSWERED),
        (EnquiryState.SENT, "cancel", EnquiryState.CANCELLED),
    ),
    final=(EnquiryState.ANSWERED, EnquiryState.CANCELLED),
)
