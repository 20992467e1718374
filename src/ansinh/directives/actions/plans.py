# SPDX-License-Identifier: MPL-2.0
"""A unit's own plan to carry a directive out: written from a template, issued with its number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from ansinh.audit.actions import record
from ansinh.directives.lifecycles import PLAN, PlanState
from ansinh.directives.models import Plan
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer

Section = tuple[str, str]  # heading, words


class PlanIssuedAlready(Refusal):
    """An issued plan is not changed; another document replaces it."""

    code = "PLAN_ISSUED"


class PlanChangedMeanwhile(Refusal):
    """Somebody else saved the plan in the meantime."""

    code = "PLAN_CHANGED_MEANWHILE"


class PlanIncomplete(Refusal):
    """No number, no signer, or a section without words; fields: lacks."""

    code = "PLAN_INCOMPLETE"


def write_plan(
    *,
    directive_id: int,
    unit_id: int,
    dated_on: date,
    sections: Sequence[Section],
    version: int,
    by: Officer,
    at: datetime,
) -> Plan:
    """Save the words of a draft (`version` 0: the first time). Raises `PlanIssuedAlready` or
    `PlanChangedMeanwhile`."""
    words = [[heading.strip(), text.strip()] for heading, text in sections]
    with transaction.atomic():
        found = Plan.objects.select_for_update().filter(directive_id=directive_id, unit_id=unit_id).first()
        if found is not None and found.state == PlanState.ISSUED.value:
            raise PlanIssuedAlready
        if (found.version if found else 0) != version:
            raise PlanChangedMeanwhile
        if found is None:
            found = Plan.objects.create(
                directive_id=directive_id,
                unit_id=unit_id,
                dated_on=dated_on,
                words=words,
                made_by=by,
                made_at=at,
            )
        else:
            Plan.objects.filter(pk=found.pk).update(
                dated_on=dated_on, words=words, version=version + 1, made_by=by, made_at=at
            )
            found.refresh_from_db()
        record(by=by.pk, at=at, act="directives.write_plan", subject="plan", subject_id=found.pk,
               unit_id=unit_id)  # fmt: skip
    return found


def issue_plan(
    *, plan_id: int, number: str, dated_on: date, signer: str, signer_title: str, by: Officer, at: datetime
) -> None:
    """Say that the plan was signed and sent, with its number and day. Raises `PlanIncomplete` or
    `NotFromThisState`."""
    with transaction.atomic():
        found = Plan.objects.select_for_update().get(pk=plan_id)
        target = PLAN.apply(PlanState(found.state), "issue")
        said = {"số": number.strip(), "người ký": signer.strip(), "chức vụ": signer_title.strip()}
        lacks = [name for name, value in said.items() if not value]
        lacks += [heading for heading, text in found.words if not text]
        if lacks:
            raise PlanIncomplete(lacks=lacks)
        Plan.objects.filter(pk=found.pk).update(
            state=target.value, number=number.strip(), dated_on=dated_on, signer=signer.strip(),
            signer_title=signer_title.strip(),
        )  # fmt: skip
        record(by=by.pk, at=at, act="directives.issue_plan", subject="plan", subject_id=found.pk,
               unit_id=found.unit_id, details={"number": number.strip()})  # fmt: skip
