# SPDX-License-Identifier: MPL-2.0
"""What the population register says, on the page of a person."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.population import queries
from ansinh.population.labels import RESULTS, SOURCES
from ansinh.registry.extensions import Entry, Panel, Viewer
from ansinh.registry.models import Person
from ansinh.rules.population import BLOCKING


def card(*, person: Person, viewer: Viewer) -> Panel | None:
    """The result that counts, whether it stops payment, and every earlier answer."""
    if "population.read" not in viewer.permissions:
        return None
    answers = list(queries.answers_of_person(person_id=person.pk)[:20])
    standing = queries.standing_of(person_id=person.pk)
    if not answers:
        return None
    shown = [(each, RESULTS[each.result], SOURCES[each.source]) for each in answers]
    return Panel(
        _("Đối chiếu dân cư"), "population/person_card.html",
        {"standing": standing, "result": RESULTS[standing["result"]] if standing else "", "answers": shown},
        reverse("population:desk") if standing and standing["blocks"] else "", _("Người bị tạm giữ chi trả"),
    )  # fmt: skip


def timeline(*, person: Person, viewer: Viewer, many: int) -> Iterable[Entry]:
    """Each answer, and each decision about it."""
    if "population.read" not in viewer.permissions:
        return
    for each in queries.answers_of_person(person_id=person.pk)[:many]:
        yield Entry(
            each.at, _("Đối chiếu dân cư: %(result)s") % {"result": RESULTS[each.result]},
            detail=str(SOURCES[each.source]), by=each.officer.full_name if each.officer else "",
            url=reverse("population:round", args=[each.round_id]),
            badge="stop" if each.result in BLOCKING else "ok" if each.result == "matched" else "wait",
            badge_label=RESULTS[each.result],
        )  # fmt: skip
        for decision in each.decisions.all():
            what = _("Cho chi trả") if decision.pays else _("Không chi trả")
            yield Entry(decision.at, what, detail=decision.reason, by=decision.by.full_name)
