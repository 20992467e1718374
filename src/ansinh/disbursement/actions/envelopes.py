# SPDX-License-Identifier: MPL-2.0
"""Building envelopes: count and sum declared, bytes written once, hashed; cancelling them."""

from __future__ import annotations

import tempfile
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction

from ansinh.approvals.actions import void_on_change
from ansinh.audit.actions import record
from ansinh.disbursement.actions.moves import move
from ansinh.disbursement.actions.sent_notes import require_newest
from ansinh.disbursement.layouts import layout
from ansinh.disbursement.lifecycles import ENVELOPE, EnvelopeState
from ansinh.disbursement.models import Enclosed, Envelope, Instruction
from ansinh.disbursement.queries import head_of, items_of, rows
from ansinh.rules.failpoints import failpoint
from ansinh.rules.months import VIETNAM, Month
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.staff.scope import opened_to_all
from ansinh.statements import statement
from ansinh.vault import store

IN_MEMORY = 16 * 1024 * 1024  # above this a file is written on disk before it is kept


class NothingToEnclose(Refusal):
    """No instruction of the payroll may go into such an envelope now; fields: layout."""

    code = "NOTHING_TO_ENCLOSE"


class NoContractInForce(Refusal):
    """Everybody left lives where no payer has a contract in force for the channel; fields: layout."""

    code = "NO_CONTRACT_IN_FORCE"


class EnclosedElsewhere(Refusal):
    """Somebody else put the same instructions into an envelope at the same moment."""

    code = "ENCLOSED_ELSEWHERE"


def build(*, payroll_id: int, layout_code: str, by: Officer, at: datetime) -> list[Envelope]:
    """Put everything that may go into envelopes of one layout, as many as its row limit needs.

    Held and cancelled instructions and those of the dead stay out, and for a payment organisation those
    where none has a contract in force: that day, or at the end of the period when it is paid later.
    Raises `LayoutUnknown`, `NothingToEnclose`, `NoContractInForce`, `EnclosedElsewhere`, `TextTooLong` or
    `OlderThanSent`; then nothing is built.
    """
    chosen = layout(layout_code)
    made: list[Envelope] = []
    with transaction.atomic(), opened_to_all():
        require_newest()
        first = Instruction.objects.filter(payroll_id=payroll_id).order_by("pk").first()
        unit = rows(
            sql="SELECT unit_id, period FROM payroll_payroll WHERE id = %(id)s", values={"id": payroll_id}
        )
        if first is None or not unit:
            raise NothingToEnclose(layout=chosen.label)
        values = {
            "payroll": payroll_id, "channels": sorted(chosen.channels), "most": chosen.most_rows,
            "by_contract": chosen.by_contract,
            "on": min(at.astimezone(VIETNAM).date(), Month.of(unit[0]["period"]).last_day),
        }  # fmt: skip
        fillable = statement("disbursement", "fillable")
        counted = f"SELECT count(*) AS many, sum(amount_vnd)::bigint AS vnd FROM ({fillable}) AS found"  # noqa: S608
        while (totals := rows(sql=counted, values=values)[0])["many"]:
            number = Envelope.objects.filter(payroll_id=payroll_id).count() + 1
            envelope = Envelope(
                unit_id=unit[0]["unit_id"], payroll_id=payroll_id, stream=first.stream, period=first.period,
                reference=f"ENV{settings.PROVINCE}{payroll_id:07d}{number:04d}", layout=chosen.code,
                count=totals["many"], sum_vnd=totals["vnd"], sha256=b"", file_name="", built_at=at,
                built_by=by,
            )  # fmt: skip
            envelope.file_name = f"{envelope.reference}.{chosen.suffix}"
            made.append(_fill(envelope, fillable, values))
        if not made:
            anywhere = values | {"by_contract": False}
            if chosen.by_contract and rows(sql=counted, values=anywhere)[0]["many"]:
                raise NoContractInForce(layout=chosen.label)
            raise NothingToEnclose(layout=chosen.label)
        for envelope in made:
            record(
                by=by.pk, at=at, act="disbursement.build", subject="envelope", subject_id=envelope.pk,
                unit_id=envelope.unit_id,
                details={"count": envelope.count, "sum_vnd": envelope.sum_vnd, "layout": envelope.layout,
                         "sha256": bytes(envelope.sha256).hex()},
            )  # fmt: skip
        failpoint("build.before_commit")
    return made


def _fill(envelope: Envelope, fillable: str, values: dict[str, Any]) -> Envelope:
    """Insert the envelope, enclose, write the bytes, keep them, note their hash. The row is written
    first with an empty hash, which the trigger lets be set once."""
    try:
        with transaction.atomic():
            envelope.save(force_insert=True)
            with connection.cursor() as cursor:
                sql = statement("disbursement", "enclose").replace("{fillable}", fillable)
                cursor.execute(sql, {**values, "envelope": envelope.pk})
                cursor.execute(statement("disbursement", "enclosed_sum"), {"envelope": envelope.pk})
                # Somebody else may have committed a file between our counting and our filling.
                if tuple(cursor.fetchone()) != (envelope.count, envelope.sum_vnd):
                    raise EnclosedElsewhere
    except IntegrityError as taken:
        raise EnclosedElsewhere from taken
    failpoint("build.before_file")
    sha256 = store.put(written(envelope=envelope))
    failpoint("build.after_file")
    Envelope.objects.filter(pk=envelope.pk, sha256=b"").update(sha256=sha256)
    envelope.sha256 = sha256
    return envelope


def written(*, envelope: Envelope) -> bytes:
    """The bytes of an envelope, generated again: the same every time (F6)."""
    chosen = layout(envelope.layout)
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as out:
        chosen.write(head_of(envelope=envelope), items_of(envelope=envelope), out)  # type: ignore[arg-type]
        out.seek(0)
        return out.read()


def cancel(*, envelope_id: int, reason: str, by: Officer, at: datetime) -> None:
    """Take an envelope back; its instructions may go into another, approvals are void.

    One that was dispatched and of which the payer said that it took nothing is taken back as well:
    its instructions failed, and the token grows, so that a late sender finds its own outdated.
    Raises `NotFromThisState`, or `MovedMeanwhile` when an answer about one of them came after all.
    """
    with transaction.atomic():
        envelope = Envelope.objects.select_for_update().get(pk=envelope_id)
        target = ENVELOPE.apply(EnvelopeState(envelope.state), "cancel")
        token = envelope.fence + 1 if envelope.fence else 0
        if token:
            _fail_all(envelope, by, at)
        failpoint("cancel.before_state")
        Envelope.objects.filter(pk=envelope_id).update(state=target.value, note=reason[:300], fence=token)
        void_on_change(subject="envelope", subject_id=str(envelope_id), by=by, at=at)
        record(by=by.pk, at=at, act="disbursement.cancel_envelope", subject="envelope",
               subject_id=envelope_id, unit_id=envelope.unit_id,
               details={"reason": reason, **({"token": token} if token else {})})  # fmt: skip


def _fail_all(envelope: Envelope, by: Officer, at: datetime) -> None:
    with opened_to_all():
        inside = Enclosed.objects.filter(envelope_id=envelope.pk)
        move(
            chosen="SELECT instruction_id FROM disbursement_enclosed WHERE envelope_id = %(envelope)s",
            values={"envelope": envelope.pk}, event="reject", cause="enquiry", source=envelope.stream,
            commune_ids=sorted(set(inside.values_list("commune_id", flat=True))), by=by.pk, at=at,
        )  # fmt: skip
