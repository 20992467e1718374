# SPDX-License-Identifier: MPL-2.0
"""Questions about payrolls: the board, what blocks each, lines, differences, budgets."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum

from ansinh.payroll.models import Case, Difference, Entry, Hold, Line, Payroll, Run, Unowed
from ansinh.places.models import Unit
from ansinh.registry.models import Award, Person
from ansinh.rules.months import Month

DIFFERENCE_ORDER = ("joined", "left", "amount", "account", "unit")


@dataclass(frozen=True, slots=True)
class LineFilter:
    """What a payroll's list is narrowed to; empty means any."""

    commune: int | None = None
    hamlet: str = ""
    channel: str = ""
    kind: str = ""
    hold: str = ""  # a code, "none" (payable) or "any" (held)


def board(*, unit_ids: Iterable[int], month: Month | None = None) -> QuerySet[Payroll]:
    """Payrolls of these units or that pay people of theirs, newest month first; of one month when it
    is named."""
    units = list(unit_ids)
    found = Payroll.objects.filter(Q(unit_id__in=units) | Q(communes__overlap=units)).exclude(
        state="cancelled"
    )
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


@dataclass(frozen=True, slots=True)
class LineTotals:
    """What a filtered list adds up to."""

    people: int
    lines: int
    payable_vnd: int
    held_vnd: int


def line_totals(*, payroll: Payroll, wanted: LineFilter) -> LineTotals:
    """People, lines, what is paid and what is held of a filtered list."""
    sums = lines(payroll=payroll, wanted=wanted).order_by().aggregate(
        people=Count("person_id", distinct=True), lines=Count("id"),
        payable_vnd=Sum("amount_vnd", filter=Q(hold="")), held_vnd=Sum("amount_vnd", filter=~Q(hold="")),
    )  # fmt: skip
    return LineTotals(**{name: value or 0 for name, value in sums.items()})


def hamlets(*, payroll: Payroll, commune: int) -> list[str]:
    """The hamlets of a payroll's lines in a commune."""
    found = Line.objects.filter(payroll_id=payroll.pk, commune_id=commune).order_by("hamlet")
    return [name for name in found.values_list("hamlet", flat=True).distinct() if name]


def unpaid_lines(*, payroll: Payroll) -> set[int]:
    """Ids of the lines of a settled payroll that did not reach their person."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT line_id FROM payroll_unpaid WHERE payroll_id = %s", [payroll.pk])
        return {int(row[0]) for row in cursor.fetchall()}


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
    return sorted((dict(row) for row in rows), key=lambda row: DIFFERENCE_ORDER.index(row["kind"]))


def flagged_groups(*, payroll: Payroll) -> list[str]:
    """What an approver opens before approving: the kinds of differences that there are, "holds" when a
    line is held, "entries" when a line was added by hand."""
    kinds = set(payroll.differences.values_list("kind", flat=True).distinct())
    found = [kind for kind in DIFFERENCE_ORDER if kind in kinds]
    if Line.objects.filter(payroll_id=payroll.pk).exclude(hold="").exists():
        found.append("holds")
    if Entry.objects.filter(payroll=payroll, state="used").exists():
        found.append("entries")
    return found


def rows_of_group(*, payroll: Payroll, group: str) -> list[dict[str, Any]]:
    """A group of `flagged_groups` as records: who, from what to what, why."""
    if group == "holds":
        held = Line.objects.filter(payroll_id=payroll.pk).exclude(hold="").order_by("hold", "id")
        return [dict(row) for row in held.values("person_id", "person_name", "hold", "amount_vnd")]
    if group == "entries":
        used = Entry.objects.filter(payroll=payroll, state="used").order_by("pk")
        return [dict(row) for row in used.values("person_id", "kind", "amount_vnd", "decision", "reason")]
    found = differences(payroll=payroll, kind=group)
    return [dict(row) for row in found.values("person_id", "before_vnd", "after_vnd", "reason", "evidence")]


def differences(*, payroll: Payroll, kind: str = "", commune: int | None = None) -> QuerySet[Difference]:
    """Differences of a kind ('' any), of a commune when one is named, those without a reason first."""
    found = payroll.differences.all()
    if kind:
        found = found.filter(kind=kind)
    if commune is not None:
        found = found.filter(commune_id=commune)
    return found.order_by("reason", "-after_vnd", "person_id", "kind")


def names_of(*, person_ids: Iterable[int]) -> dict[int, str]:
    """Names by id, of those in scope."""
    return dict(Person.objects.filter(pk__in=set(person_ids)).values_list("pk", "name"))


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
    names = names_of(person_ids=(row.person_id for row in rows))
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


def entries(*, unit_ids: Iterable[int], states: Collection[str] = ()) -> QuerySet[Entry]:
    """Lines added by hand of these units, newest first; in some states when they are named."""
    found = Entry.objects.filter(commune_id__in=list(unit_ids))
    if states:
        found = found.filter(state__in=states)
    return found.select_related("person", "award", "commune", "made_by", "checked_by").order_by("-pk")


def holds(*, unit_ids: Iterable[int], placed: bool) -> QuerySet[Hold]:
    """Holds of these units: those that stand, oldest first, or those that were released, newest first."""
    found = Hold.objects.filter(commune_id__in=list(unit_ids)).select_related(
        "person", "commune", "placed_by", "released_by"
    )
    if placed:
        return found.filter(state="placed").order_by("placed_at", "pk")
    return found.filter(state="released").order_by("-released_at", "-pk")
