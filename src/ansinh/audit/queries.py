# SPDX-License-Identifier: MPL-2.0
"""Reading the log."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from ansinh.audit.models import Event, Seal
from ansinh.rules.months import VIETNAM

PAGE = 50


@dataclass(frozen=True, slots=True)
class Filter:
    """What a reader asks for; None means any. `before` is the id to page on from."""

    act: str | None = None
    subject: str | None = None
    subject_id: str | None = None
    by: int | None = None
    first_day: date | None = None
    last_day: date | None = None
    before: int | None = None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=VIETNAM)


def events(
    *, wanted: Filter, own: int | None = None, unit_ids: Iterable[int] | None = None
) -> QuerySet[Event]:
    """A page of events, newest first, with their seals.

    `own` and `unit_ids` bound what the reader may see (None: everything): their own acts and those
    about units of their jurisdiction.
    """
    found = Event.objects.select_related("seal").order_by("-id")
    if unit_ids is not None:
        found = found.filter(Q(by=own) | Q(unit_id__in=list(unit_ids)))
    exact = {"act__startswith": wanted.act, "subject": wanted.subject, "by": wanted.by}
    exact |= {"subject_id": wanted.subject_id, "id__lt": wanted.before}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if wanted.first_day:
        found = found.filter(at__gte=_midnight(wanted.first_day))
    if wanted.last_day:
        found = found.filter(at__lt=_midnight(wanted.last_day + timedelta(days=1)))
    return found[:PAGE]


def head() -> Seal | None:
    """The newest seal: what is printed on paper and kept outside."""
    return Seal.objects.order_by("-seq").first()
