# SPDX-License-Identifier: MPL-2.0
"""Complaints in scope, their figures, and the status that a code shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import QuerySet

from ansinh.directives.models import Complaint, LookUp
from ansinh.directives.records import CODE
from ansinh.disbursement.models import Instruction, Slip
from ansinh.disbursement.queries import slip_state
from ansinh.disbursement.slips import code_bidx
from ansinh.rules.lookup_codes import CodeUnreadable, read_code
from ansinh.rules.refusals import Refusal
from ansinh.statements import statement
from ansinh.vault.sealing import blind_index

OPEN = ("received", "looked_into")
MOST_LOOK_UPS, SPAN = 20, timedelta(minutes=10)


class TooManyLookUps(Refusal):
    """One address asked too often; fields: minutes."""

    code = "LOOKUP_TOO_MANY"


class CodeUnknown(Refusal):
    """No complaint and no slip has this code."""

    code = "LOOKUP_CODE_UNKNOWN"


def complaints(*, state: str = "", late_on: date | None = None) -> QuerySet[Complaint]:
    """Complaints of the transaction's scope, the earliest due first."""
    found = Complaint.objects.select_related("commune", "person", "owner").order_by("due_on", "pk")
    if late_on is not None:
        return found.filter(state__in=OPEN, due_on__lt=late_on)
    if state == "open":
        return found.filter(state__in=OPEN)
    return found.filter(state=state) if state else found


@dataclass(frozen=True, slots=True)
class Figures:
    """How complaints are answered: counts, and the days that the middle and the slowest tenth took."""

    taken: int
    open: int
    late: int
    answered: int
    in_time: int
    middle_days: int | None
    slow_days: int | None


def figures(*, on: date) -> Figures:
    """The figures of the transaction's scope."""
    with connection.cursor() as cursor:
        cursor.execute(statement("directives", "complaint_figures"), {"on": on})
        return Figures(*cursor.fetchone())


@dataclass(frozen=True, slots=True)
class Status:
    """All that a code shows: no name, no amount, no words. The slip of a payment has a state only."""

    number: str
    state: str
    due_on: date | None


def may_look_up(*, address: str, at: datetime) -> None:
    """Whether an address may look up again. Raises `TooManyLookUps`."""
    mark = blind_index(column="directives_lookup.address", text=address)
    if LookUp.objects.filter(address_bidx=mark, at__gt=at - SPAN).count() >= MOST_LOOK_UPS:
        raise TooManyLookUps(minutes=int(SPAN.total_seconds()) // 60)


def payment_named(*, text: str) -> int | None:
    """The instruction whose id, or whose slip's code, somebody wrote; 0 when it has the form of one and
    there is none, None when the words are no code at all."""
    said = text.strip().upper()
    if re.fullmatch(r"AS[0-9]{18}", said):
        return Instruction.objects.filter(end_to_end_id=said).values_list("pk", flat=True).first() or 0
    try:
        mark = code_bidx(code=text)
    except CodeUnreadable:
        return None
    return Slip.objects.filter(code_bidx=mark).values_list("instruction_id", flat=True).first() or 0


def status_of(*, code: str) -> Status:
    """The status behind a code as somebody typed it. Raises `CodeUnreadable` or `CodeUnknown`."""
    mark = blind_index(column=CODE, text=read_code(code))
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, state, due_on FROM directives_complaint_status(%s)", [mark])
        row = cursor.fetchone()
    if row is not None:
        return Status(*row)
    state = slip_state(code_bidx=code_bidx(code=code))
    if not state:
        raise CodeUnknown
    return Status("", state, None)
