# SPDX-License-Identifier: MPL-2.0
"""One step of an account along its edges: the row, its event, the audit entry. Part of the caller's
transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import F

from ansinh.audit.actions import record
from ansinh.payees.lifecycles import ACCOUNT, AccountState
from ansinh.payees.models import Account, AccountEvent
from ansinh.payees.records import FAULTS
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer


class ChangedMeanwhile(Refusal):
    """Somebody else was first."""

    code = "ACCOUNT_CHANGED_MEANWHILE"


class OwnProposal(Refusal):
    """The one who declared does not decide."""

    code = "PAYEE_OWN_PROPOSAL"


class PayeeNeedsReason(Refusal):
    """Refusing, suspending, closing or revoking without saying why."""

    code = "PAYEE_NEEDS_REASON"


def is_same_person(*, one: Officer | None, other: Officer | None) -> bool:
    """Whether two user names are one natural person (A1)."""
    if one is None or other is None:
        return False
    return bytes(one.citizen_number_bidx) == bytes(other.citizen_number_bidx)


def fault_columns(*, fault: str, note: str = "") -> dict[str, str]:
    """The reason of a failed state, whose move it is and what they do next."""
    owner, action = FAULTS[fault]
    return {"fault": fault, "fault_note": note[:300], "fault_owner": owner, "next_action": action}


NO_FAULT: dict[str, Any] = {"fault": "", "fault_note": "", "fault_owner": "", "next_action": ""}


def locked(*, account_id: int) -> Account:
    """An account, locked until the transaction ends, with whom it is for."""
    rows = Account.objects.select_for_update(of=("self",)).select_related("person", "mandate", "made_by")
    return rows.get(pk=account_id)


def step(
    *, account: Account, event: str, by: Officer | None, at: datetime,
    details: Mapping[str, Any] | None = None, **columns: Any,
) -> AccountState:  # fmt: skip
    """Move an account along one edge. Raises `NotFromThisState` or `ChangedMeanwhile`."""
    before = AccountState(account.state)
    target = ACCOUNT.apply(before, event)
    done = Account.objects.filter(pk=account.pk, state=before.value, version=account.version).update(
        state=target.value, version=F("version") + 1, **columns
    )
    if done == 0:
        raise ChangedMeanwhile
    AccountEvent.objects.create(
        account=account, commune_id=account.commune_id, event=event, from_state=before.value,
        to_state=target.value, details=dict(details or {}), at=at, by=by,
    )  # fmt: skip
    record(
        by=by.pk if by else None, at=at, act=f"payees.account_{event}", subject="account",
        subject_id=account.pk, unit_id=account.commune_id, details=details,
    )  # fmt: skip
    account.refresh_from_db(fields=["state", "version", *columns])
    return target
