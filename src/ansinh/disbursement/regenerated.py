# SPDX-License-Identifier: MPL-2.0
"""F6: a file that has not left yet is generated again to the very bytes that were kept."""

from __future__ import annotations

import hashlib

from ansinh.disbursement.actions.envelopes import written
from ansinh.disbursement.models import Envelope
from ansinh.vault import store

MOST, LONGEST = 20, 5_000  # files, and lines of one: the newest are looked at, quickly
NOT_LEFT = ("built", "approved", "dispatching", "uncertain")


def differing_files() -> list[dict[str, str]]:
    """The newest small files that are not the same when they are written again, or cannot be read."""
    found = []
    newest = Envelope.objects.filter(state__in=NOT_LEFT, count__lte=LONGEST).select_related("unit")
    for envelope in newest.order_by("-pk")[:MOST]:
        kept = bytes(envelope.sha256)
        try:
            same = store.get(kept) and hashlib.sha256(written(envelope=envelope)).digest() == kept
        except (store.FileMissingError, store.FileChangedError):
            same = False
        if not same:
            found.append({"envelope": str(envelope.pk), "reference": envelope.reference})
    return found
