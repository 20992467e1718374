# SPDX-License-Identifier: MPL-2.0
"""Scanned papers: looked at by their first bytes, kept sealed under their hash."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ansinh.audit.actions import record
from ansinh.payees.models import Mandate, Paper, Round
from ansinh.registry.models import Person
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.vault import store

LARGEST = 10 * 1024 * 1024  # a scanned page at 300 dpi is about one; more slows the commune's line
MAGIC = ((b"%PDF-", "application/pdf"), (b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))


class PaperTooLarge(Refusal):
    """More than the limit; fields: limit."""

    code = "PAPER_TOO_LARGE"


class PaperUnknown(Refusal):
    """Neither PDF nor JPEG nor PNG by its first bytes."""

    code = "PAPER_NOT_A_SCAN"


def scan_type(*, name: str, content: bytes) -> str:
    """What a scan is by its first bytes. Raises `PaperTooLarge` or `PaperUnknown`."""
    if len(content) > LARGEST:
        raise PaperTooLarge(limit=f"{LARGEST // 1024 // 1024} MB")
    mime = next((mime for magic, mime in MAGIC if content.startswith(magic)), None)
    if mime is None:
        raise PaperUnknown(name=name[:60])
    return mime


def add_paper(
    *, kind: str, name: str, content: bytes, commune_id: int, by: Officer, at: datetime,
    person: Person | None = None, mandate: Mandate | None = None, round_: Round | None = None,
) -> Paper:  # fmt: skip
    """Keep a scan. Raises `PaperTooLarge` or `PaperUnknown`."""
    mime = scan_type(name=name, content=content)
    with transaction.atomic():
        made = Paper.objects.create(
            kind=kind, name=name[:200], mime=mime, sha256=store.put(content), bytes=len(content),
            commune_id=commune_id, person=person, mandate=mandate, round=round_, added_at=at, added_by=by,
        )  # fmt: skip
        record(by=by.pk, at=at, act="payees.add_paper", subject="paper", subject_id=made.pk,
               unit_id=commune_id, details={"kind": kind, "sha256": bytes(made.sha256).hex()})  # fmt: skip
    return made
