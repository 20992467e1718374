# SPDX-License-Identifier: MPL-2.0
"""Standing in for somebody, between two dates, for everybody to see."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from ansinh.approvals.models import Delegation
from ansinh.audit.actions import record
from ansinh.rules.refusals import Refusal
from ansinh.staff.duties import clashing
from ansinh.staff.models import Officer
from ansinh.staff.queries import permissions


class CannotStandIn(Refusal):
    """The substitute prepares lists, or is the same person; fields: officer."""

    code = "DELEGATION_NOT_POSSIBLE"


def delegate(
    *, substitute: Officer, valid_from: date, valid_to: date, reason: str, by: Officer, at: datetime
) -> Delegation:
    """Let `substitute` approve for `by` from a day up to, not including, `valid_to`.

    Cannot go to somebody whose own duties clash with approving (a maker). Raises `CannotStandIn`.
    """
    held = permissions(officer_id=substitute.pk, on=valid_from)
    if substitute.pk == by.pk or clashing(held, frozenset({"approvals.approve"})):
        raise CannotStandIn(officer=substitute.full_name)
    with transaction.atomic():
        made = Delegation.objects.create(
            principal=by, substitute=substitute, validity=(valid_from, valid_to), reason=reason,
            made_at=at,
        )  # fmt: skip
        record(by=by.pk, at=at, act="approvals.delegate", subject="delegation", subject_id=made.pk,
               details={"to": substitute.pk, "from": str(valid_from), "until": str(valid_to)})  # fmt: skip
    return made


def end_delegation(*, delegation_id: int, by: Officer, at: datetime) -> bool:
    """End one's own delegation now; False when it had ended before."""
    with transaction.atomic():
        ended = Delegation.objects.filter(pk=delegation_id, principal=by, ended_at__isnull=True).update(
            ended_at=at
        )
        if ended:
            record(by=by.pk, at=at, act="approvals.end_delegation", subject="delegation",
                   subject_id=delegation_id)  # fmt: skip
    return bool(ended)
