# SPDX-License-Identifier: MPL-2.0
"""The reconciliation's part of "Việc hôm nay"."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.population import queries
from ansinh.population.actions.answers import unanswered
from ansinh.population.models import Round, Signature
from ansinh.rules.months import VIETNAM
from ansinh.staff.queries import jurisdiction, permissions
from ansinh.ui.navigation import Task


def waiting(officer_id: int, now: datetime) -> Iterable[Task]:
    """What waits for the police, the preparer, whoever signs and whoever decides."""
    on = now.astimezone(VIETNAM).date()
    held = permissions(officer_id=officer_id, on=on)

    def units(permission: str) -> set[int]:
        return jurisdiction(officer_id=officer_id, permission=permission, on=on)

    if "population.answer" in held:
        yield from _rounds(units("population.answer"), "handed_over", on, to_answer=True)
    if "population.prepare" in held:
        yield from _rounds(units("population.prepare"), "answered", on, to_answer=False)
    if "population.sign" in held:
        yield from _to_sign(officer_id, units("population.sign"))
    if "population.decide" in held:
        yield from _to_decide(units("population.decide"))


def _rounds(units: set[int], state: str, on: date, *, to_answer: bool) -> Iterable[Task]:
    for each in Round.objects.filter(state=state, commune_id__in=units).select_related("commune"):
        left = unanswered(round_id=each.pk) if to_answer else queries.counts(round_id=each.pk).open
        if left == 0:
            continue
        overdue = left if each.due_on < on else 0
        if to_answer:
            label = _("Người chờ công an trả lời: %(unit)s") % {"unit": each.commune.name}
            yield Task(label, left, reverse("population:queue", args=[each.pk]), overdue)
        else:
            label = _("Sai lệch dân cư chờ xử lý: %(unit)s") % {"unit": each.commune.name}
            yield Task(label, left, reverse("population:differences", args=[each.pk]), overdue)


def _to_sign(officer_id: int, units: set[int]) -> Iterable[Task]:
    resolved = Round.objects.filter(state="resolved", commune_id__in=units)
    signed = Signature.objects.filter(round__in=resolved, officer_id=officer_id).values("round_id")
    waiting_for = list(resolved.exclude(pk__in=signed))
    if len(waiting_for) == 1:
        link = reverse("population:minutes", args=[waiting_for[0].pk])
    else:
        link = reverse("population:rounds")
    if waiting_for:
        yield Task(_("Biên bản đối chiếu dân cư chờ ký"), len(waiting_for), link)


def _to_decide(units: set[int]) -> Iterable[Task]:
    held = [each for each in queries.held(unit_ids=units) if not each["decided"]]
    second = queries.waiting_for_second(unit_ids=units).count()
    if held:
        yield Task(_("Người bị tạm giữ chi trả chờ quyết định"), len(held), reverse("population:desk"))
    if second:
        yield Task(_("“Đã chết, nay còn sống” chờ người thứ hai"), second, reverse("population:desk"))
