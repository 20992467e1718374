# SPDX-License-Identifier: MPL-2.0
"""The treasury's papers of an envelope: the withdrawal of the budget and the list of recipients, on the
forms of the day the envelope was made, from the same rows as its file."""

from __future__ import annotations

import io

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from ansinh.audit.actions import record
from ansinh.disbursement.channels.treasury import write_list, write_withdrawal
from ansinh.disbursement.models import Envelope
from ansinh.disbursement.queries import envelopes, head_of, items_of
from ansinh.providers.queries import providers_in_force
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of
from ansinh.ui.access import requires
from ansinh.ui.fields import shown

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAY_PRINT = {"batch.prepare", "money.release"}  # the list shows whole account numbers


def _envelope(request: HttpRequest, envelope_id: int) -> Envelope:
    """An approved envelope of the officer's units, for who prepares or releases."""
    units = request.units_for("money.read")  # type: ignore[attr-defined]
    found = envelopes(unit_ids=units).filter(pk=envelope_id).first()
    held = request.permissions  # type: ignore[attr-defined]
    if found is None or not MAY_PRINT & held or found.state in {"built", "cancelled"}:
        raise Http404
    return found


def _answer(request: HttpRequest, envelope: Envelope, what: str, content: bytes) -> HttpResponse:
    record(by=officer_of(request).pk, at=timezone.now(), act=f"disbursement.print_{what}", subject="envelope",
           subject_id=envelope.pk, unit_id=envelope.unit_id)  # fmt: skip
    answer = HttpResponse(content, content_type=WORKBOOK)
    answer["Content-Disposition"] = f'attachment; filename="{envelope.reference}-{what}.xlsx"'
    answer["Cache-Control"] = "no-store"
    return answer


@requires("money.read")
@require_GET
def withdrawal(request: HttpRequest, envelope_id: int) -> HttpResponse:
    """The withdrawal that goes with an envelope: an advance when it is paid in cash."""
    envelope = _envelope(request, envelope_id)
    cash = envelope.layout == "organisation"
    found = providers_in_force(
        unit_id=envelope.unit_id, on=timezone.localdate(envelope.built_at), stream=envelope.stream
    )
    out = io.BytesIO()
    write_withdrawal(
        head_of(envelope=envelope), cash=cash, payee=found[0].provider if found else "",
        contract=str(found[0].contract_id) if found else "", out=out,
    )  # fmt: skip
    return _answer(request, envelope, "giay-rut-du-toan", out.getvalue())


@requires("money.read")
@require_GET
def recipients(request: HttpRequest, envelope_id: int) -> HttpResponse:
    """The list of recipients of an envelope that goes to accounts."""
    envelope = _envelope(request, envelope_id)
    if envelope.layout == "organisation":
        raise Http404
    out = io.BytesIO()
    try:
        with transaction.atomic():
            write_list(head_of(envelope=envelope), items_of(envelope=envelope), out)
    except Refusal as refused:
        messages.error(request, shown(refused))
        return redirect("disbursement:envelope", envelope.pk)
    return _answer(request, envelope, "danh-sach-thanh-toan", out.getvalue())
