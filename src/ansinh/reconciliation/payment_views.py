# SPDX-License-Identifier: MPL-2.0
"""One payment: what was asked, every step, every line that payers wrote about it, what replaced it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ansinh.disbursement.labels import CHANNELS, RECEIPTS, STATES, STREAMS
from ansinh.disbursement.models import Instruction, Receipt
from ansinh.disbursement.queries import envelopes_of, state_of, timeline
from ansinh.reconciliation.labels import CASES, FACTS, KINDS, OUTCOMES
from ansinh.reconciliation.models import Case
from ansinh.reconciliation.queries import lines_about
from ansinh.rules.return_reasons import reason_of
from ansinh.ui.access import requires


def story(instruction_id: int, language: str) -> list[dict[str, Any]]:
    """The steps of an instruction in words, the earliest first; why it came back in plain words."""
    told = []
    for event in timeline(instruction_id=instruction_id):
        reason = reason_of(event.reason) if event.reason else None
        why = "" if reason is None else reason.en if language == "en" else reason.vi
        told.append({"at": event.at, "words": STATES[event.state_to][0], "why": why})
    return told


def written(instruction_id: int) -> list[dict[str, Any]]:
    """The lines of payers about an instruction, in words."""
    return [
        {**each, "said": FACTS.get(each["fact"], each["fact"]), "became": OUTCOMES[each["outcome"]]}
        for each in lines_about(instruction_id=instruction_id)
    ]


@requires("money.read")
@require_GET
def payment(request: HttpRequest, instruction_id: int) -> HttpResponse:
    """The whole story of one payment."""
    units = request.units_for("money.read")  # type: ignore[attr-defined]
    one = Instruction.objects.filter(pk=instruction_id, commune_id__in=units).first()
    if one is None:
        raise Http404
    label, badge = STATES[state_of(instruction_id=one.pk).value]
    receipt = Receipt.objects.filter(pk=one.pk).first()
    cases = Case.objects.filter(instruction_id=one.pk).order_by("opened_at")
    context = {
        "one": one, "label": label, "badge": badge, "way": CHANNELS[one.channel],
        "source": STREAMS[one.stream],
        "story": story(one.pk, request.LANGUAGE_CODE), "lines": written(one.pk), "receipt": receipt,
        "signed": RECEIPTS[receipt.kind] if receipt else "", "files": envelopes_of(instruction_id=one.pk),
        "cases": [(each, KINDS.get(each.kind, each.kind), *CASES[each.state]) for each in cases],
        "before": Instruction.objects.filter(pk=one.replaces_id or 0).first(),
        "after": Instruction.objects.filter(replaces_id=one.pk).first(),
    }  # fmt: skip
    return render(request, "reconciliation/payment.html", context)
