# SPDX-License-Identifier: MPL-2.0
"""Questions about payrolls: the board, what blocks each, lines, differences, budgets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from ansinh.payroll.models import Case, Difference, Line, Payroll, Run, Unowed
from ansinh.places.models import Unit
from ansinh.registry.models import Award, Person
from ansinh.rules.months import Month


@dataclass(frozen=True, slots=True)
class LineFilter:
    """What a payroll's list is narrowed to; empty means any."""

    commune: int | None = None
    hamlet: str = ""
    channel: str = ""
    kind: str = ""
    hold: str = ""  # a code, "none" (payable) or "any" (held)


def board(*, unit_ids: Iterable[int], month: Month | None = None) -> QuerySet[Payroll]:
    """Payrolls of these units, newest month first; of one month when it is named."""
    found = Payroll.objects.filter(unit_id__in=list(unit_ids)).exclude(state="cancelled")
    if month is not None:
        found = found.filter(period=month.first_day)
    return found.select_related("unit").order_by("-period", "unit__sort_key", "stream", "number")


def lines(*, payroll: Payroll, wanted: LineFilter) -> QuerySet[Line]:
    """Lines of a payroll in the order of the paper: commune, hamlet, name."""
    found = Line.objects.filter(payroll_id=payroll.pk).order_by("commune_id", "id")
    if wanted.commune:
        found = found.filter(commune_id=wanted.commune)
    for name in ("hamlet", "channel", "kind"):
        if value := getattr(wanted, name):
            found = found.filter(**{name: value})
    if wanted.hold == "none":
        found = found.filter(hold="")
    elif wanted.hold == "any":
        found = found.exclude(hold="")
    elif wanted.hold:
        found = found.filter(hold=wanted.hold)
    return found


def held_groups(*, payroll: Payroll) -> list[tuple[str, int, int]]:
    """(hold, lines, đồng) of what a payroll keeps back, most lines first."""
    rows = (
        Line.objects.filter(payroll_id=payroll.pk).exclude(hold="").values_list("hold")
        .annotate(many=Count("id"), vnd=Sum("amount_vnd")).order_by("-many", "hold")
    )  # fmt: skip
    return [(str(hold), int(many), int(vnd)) for hold, many, vnd in rows]


def difference_groups(*, payroll: Payroll) -> list[dict[str, Any]]:
    """Per kind of difference: how many, from and to in đồng, how many without a reason."""
    rows = payroll.differences.values("kind").annotate(
        many=Count("id"), before=Sum("before_vnd"), after=Sum("after_vnd"),
        unexplained=Count("id", filter=Q(reason="")),
    )  # fmt: skip
    order = {"joined": 0, "left": 1, "amount": 2, "account": 3, "unit": 4}
    return sorted((dict(row) for row in rows), key=lambda row: order[row["kind"]])


def differences(*, payroll: Payroll, kind: str, most: int) -> list[dict[str, Any]]:
    """Differences of a kind ('' any), those without a reason first, with the person's name."""
    found = payroll.differences.all()
    if kind:
        found = found.filter(kind=kind)
    rows = list(found.order_by("reason", "-after_vnd", "person_id")[:most])
    names = dict(Person.objects.filter(pk__in={row.person_id for row in rows}).values_list("pk", "name"))
    return [{"row": row, "name": names.get(row.person_id, "–")} for row in rows]


def unexplained(*, payroll: Payroll) -> int:
    """How many differences have no reason."""
    return Difference.objects.filter(payroll=payroll, reason="").count()


def why(*, line: Line) -> dict[str, Any]:
    """The steps and citations behind a line, and the award's decision."""
    case = Case.objects.filter(pk=line.case_id).first() if line.case_id else None
    base = line.component.split("+")[0].split("-")[0]
    answer: dict[str, Any] = case.answer if case else {"lines": [], "not_owed": []}
    said = next((each for each in answer["lines"] if each["component"] == base), None)
    award = Award.objects.filter(pk=line.award_id).first()
    return {"said": said, "not_owed": answer["not_owed"], "award": award, "facts": case.facts if case else {}}


def unowed(*, payroll: Payroll, most: int) -> list[dict[str, Any]]:
    """People with awards that owe nothing, or less, this month, and why."""
    rows = list(Unowed.objects.filter(payroll=payroll).order_by("person_id")[:most])
    names = dict(Person.objects.filter(pk__in={row.person_id for row in rows}).values_list("pk", "name"))
    cases = Case.objects.in_bulk({row.case_id for row in rows if row.case_id})
    return [
        {
            "person_id": row.person_id, "name": names.get(row.person_id, "–"), "why": row.why,
            "not_owed": cases[row.case_id].answer["not_owed"] if row.case_id in cases else [],
        }
        for row in rows
    ]  # fmt: skip


def commune_names(*, payroll: Payroll) -> dict[int, str]:
    """The communes that a payroll pays, by name."""
    ids = payroll.communes_paid.values_list("commune_id", flat=True)
    return dict(Unit.objects.filter(pk__in=ids).order_by("sort_key").values_list("pk", "name"))


def last_run(*, payroll: Payroll) -> Run | None:
    """The latest calculation of a payroll that was left to the background."""
    return Run.objects.filter(payroll=payroll).order_by("-pk").first()
