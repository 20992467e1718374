# SPDX-License-Identifier: MPL-2.0
"""An envelope is settled when every instruction in it has its final answer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ansinh.audit.actions import record
from ansinh.disbursement.lifecycles import ENVELOPE, EnvelopeState
from ansinh.disbursement.models import Envelope
from ansinh.disbursement.queries import rows
from ansinh.staff.scope import opened_to_all
from ansinh.statements import statement


def settle_answered(*, at: datetime) -> int:
    """Settle every sent envelope whose answers are all in; returns how many. Nobody does it by hand."""
    target = ENVELOPE.apply(EnvelopeState.SENT, "settle")
    with transaction.atomic(), opened_to_all():
        found = rows(sql=statement("disbursement", "answered"), values={})
        for each in found:
            changed = Envelope.objects.filter(pk=each["id"], state=EnvelopeState.SENT.value).update(
                state=target.value
            )
            if changed:
                record(by=None, at=at, act="disbursement.settle", subject="envelope", subject_id=each["id"],
                       unit_id=each["unit_id"])  # fmt: skip
    return len(found)
