# SPDX-License-Identifier: MPL-2.0
"""The money of one person, on their page: due, paid, on the way, returned, and each instruction."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ansinh.disbursement.labels import CHANNELS, STATES
from ansinh.disbursement.queries import history
from ansinh.ledger.queries import person_money
from ansinh.registry.extensions import Panel, Viewer
from ansinh.registry.models import Person

SHOWN = 24  # two years of months


def money(*, person: Person, viewer: Viewer) -> Panel | None:
    """The panel, for those who may see money; None when the person was never paid."""
    if "money.read" not in viewer.permissions:
        return None
    found = history(person_id=person.pk)[:SHOWN]
    if not found:
        return None
    rows = [
        {**each, "label": STATES[each["state"]][0], "badge": STATES[each["state"]][1],
         "way": CHANNELS.get(each["channel"], each["channel"])}
        for each in found
    ]  # fmt: skip
    sums = person_money(person_id=person.pk)
    names = ("due", "paid", "on_the_way", "returned", "refunded", "recoverable", "recovered")
    total = {name: sum(int(each[name]) for each in sums) for name in names}
    return Panel(_("Tiền đã chi"), "disbursement/person_panel.html", {"rows": rows, "total": total})
