# SPDX-License-Identifier: MPL-2.0
"""What this stage shows on a person's page: holds, lines added by decision, the last lines of payrolls."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ansinh.payroll import labels
from ansinh.payroll.models import Entry, Hold, Line
from ansinh.payroll.views.found import READ
from ansinh.registry.extensions import Panel, Viewer
from ansinh.registry.models import Person
from ansinh.rules.months import Month

NEWEST = 6  # lines shown; the whole history is in the payrolls


def payroll(*, person: Person, viewer: Viewer) -> Panel | None:
    """For those who read payrolls: what is held and why, what waits, what was calculated last."""
    if READ not in viewer.permissions:
        return None
    lines = Line.objects.filter(person_id=person.pk).order_by("-benefit_month", "-payroll_id", "id")[:NEWEST]
    rows = [
        {"line": each, "month": Month.of(each.benefit_month), "benefit": labels.benefit_of(each.code),
         "kind": labels.KINDS[each.kind], "hold": labels.hold_of(each.hold)[0] if each.hold else ""}
        for each in lines
    ]  # fmt: skip
    entries = Entry.objects.filter(person=person, state__in=("proposed", "waiting")).order_by("pk")
    waiting = [(each, labels.ENTRY_KINDS[each.kind], labels.ENTRY_STATES[each.state][0]) for each in entries]
    return Panel(
        _("Bảng chi"),
        "payroll/person_panel.html",
        {
            "rows": rows,
            "holds": Hold.objects.filter(person=person, state="placed").select_related("placed_by"),
            "waiting": waiting,
            "may": "batch.prepare" in viewer.permissions,
        },
    )
