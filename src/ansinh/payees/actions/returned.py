# SPDX-License-Identifier: MPL-2.0
"""Accounts that sent money back: nothing more is paid into them before somebody has looked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ansinh.audit.actions import Entry, record_many
from ansinh.payees.actions.many import move_accounts
from ansinh.payees.lifecycles import ACCOUNT
from ansinh.payees.models import Account
from ansinh.staff.models import Officer


def send_back(
    *, accounts: Sequence[tuple[int, str]], source: str, by: Officer | None, at: datetime
) -> int:  # fmt: skip
    """Suspend accounts, each (id, fault of `records.FAULTS`): the fault says whose move it is and what
    they do next. Those that are not in use any more stay. In the caller's transaction; returns how many.
    """
    if not accounts:
        return 0
    faults = dict(accounts)
    states = [state.value for state in ACCOUNT.sources("suspend")]
    found = Account.objects.select_for_update().filter(pk__in=list(faults), state__in=states).order_by("pk")
    used = dict(found.values_list("pk", "commune_id"))
    moved = move_accounts(
        event="suspend", rows=[(pk, "", "", faults[pk]) for pk in used], source=source, by=by, at=at
    )
    record_many(
        by=by.pk if by else None, at=at,
        entries=[
            Entry("payees.account_suspend", "account", pk, commune, {"fault": faults[pk], "from": source})
            for pk, commune in used.items()
        ],
    )  # fmt: skip
    return moved
