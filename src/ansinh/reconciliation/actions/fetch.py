# SPDX-License-Identifier: MPL-2.0
"""Result files fetched from the payer's interface; each is taken in as if somebody had brought it."""

from __future__ import annotations

from datetime import datetime

from ansinh.disbursement.actions import online
from ansinh.disbursement.models import Envelope
from ansinh.reconciliation.actions.receive import Control, Received, receive
from ansinh.reconciliation.lines import NotThisForm
from ansinh.rules.failpoints import failpoint


def fetch_results(*, envelope: Envelope, at: datetime) -> list[Received]:
    """Take in what the payer has about one envelope. A file that is none is left to be asked for
    again. Raises `NoOnlinePayer` or `FormUnknown`."""
    found = online.fetch(envelope=envelope)
    failpoint("fetch.after_asking")
    taken: list[Received] = []
    for number, each in enumerate(found, 1):
        try:
            taken.append(
                receive(
                    content=each.content,
                    name=f"{envelope.reference}-{number}",
                    form=each.form,
                    unit_id=envelope.unit_id,
                    stream=envelope.stream,
                    control=Control(),
                    by=None,
                    at=at,
                )
            )
        except NotThisForm:
            continue
        failpoint("fetch.between_files")
    return taken
