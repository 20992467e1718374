# SPDX-License-Identifier: MPL-2.0
"""What left is noted beside the database, so that an old backup that was put back cannot send again.

A note is written after a claim is committed and before a byte leaves. A note that the database does
not know says that the database is older than what was sent: then nothing is instructed, built or
sent until every noted dispatch is taken back in (`take_in`), and what it holds is unknown until the
payer says what became of it.
"""

from __future__ import annotations

from ansinh.disbursement.models import Envelope, Installation
from ansinh.disbursement.queries import rows
from ansinh.rules.failpoints import failpoint
from ansinh.rules.refusals import Refusal
from ansinh.statements import statement
from ansinh.vault import journal


class OlderThanSent(Refusal):
    """The database is a backup older than what was sent; fields: envelopes."""

    code = "DATABASE_OLDER_THAN_SENT"


def room() -> str:
    """The room of this installation's notes; a backup that is put back has the same."""
    return f"sent-{Installation.objects.get().mark}"


def note_sent(*, envelope_id: int, by_hand: bool) -> None:
    """Note the present dispatch of an envelope, and whether somebody carries it. Call it after the claim
    is committed and before anything leaves; the same dispatch again changes nothing."""
    envelope = Envelope.objects.get(pk=envelope_id)
    failpoint("note.before_writing")
    journal.write(
        room=room(), name=f"{envelope.reference}.{envelope.fence}",
        said={"reference": envelope.reference, "token": envelope.fence, "payroll": envelope.payroll_id,
              "sha256": bytes(envelope.sha256).hex(), "count": envelope.count, "sum_vnd": envelope.sum_vnd,
              "by_hand": by_hand},
    )  # fmt: skip


def unknown_dispatches() -> list[tuple[str, int]]:
    """(reference, token) of what was noted as sent and is not in the database."""
    noted: dict[str, int] = {}
    for name in journal.names(room=room()):
        reference, _dot, token = name.rpartition(".")
        noted[reference] = max(int(token), noted.get(reference, 0))
    if not noted:
        return []
    known = rows(sql=statement("disbursement", "fences"), values={"references": sorted(noted)})
    fences = {each["reference"]: each["fence"] for each in known}
    return [(name, token) for name, token in sorted(noted.items()) if fences.get(name, 0) < token]


def require_newest() -> None:
    """Refuse to go on in a database that is older than what was sent. Raises `OlderThanSent`."""
    if lost := unknown_dispatches():
        raise OlderThanSent(envelopes=[name for name, _token in lost])
