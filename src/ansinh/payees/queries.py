# SPDX-License-Identifier: MPL-2.0
"""Questions about payees. Row-level security bounds every answer to the transaction's scope."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from ansinh.payees.lifecycles import DATED
from ansinh.payees.models import Account, Incapacity


def is_incapable(*, person_id: int, on: date) -> bool:
    """Whether a court's finding holds for somebody on a day."""
    open_on = Q(until__isnull=True) | Q(until__gt=on)
    return Incapacity.objects.filter(open_on, person_id=person_id, since__lte=on).exists()


def current_account(*, person_id: int, mandate_id: int | None) -> Account | None:
    """The approved account that nothing has ended yet, or None."""
    states = [state.value for state in DATED]
    under = Q(mandate_id=mandate_id) if mandate_id is not None else Q(mandate__isnull=True)
    return Account.objects.filter(
        under, person_id=person_id, state__in=states, usable_until__isnull=True
    ).first()
