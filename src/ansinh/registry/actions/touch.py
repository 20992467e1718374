# SPDX-License-Identifier: MPL-2.0
"""The one way in which a change writes to a record: on the version that it was proposed on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import F

from ansinh.registry.models import Award, Change, Person
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer

Remembered = Mapping[str, Any] | None  # what a change keeps in its content once it has taken effect


class ChangeStale(Refusal):
    """The record is no longer what it was when the change was proposed."""

    code = "CHANGE_STALE"


def touch_person(change: Change, by: Officer, at: datetime, /, **columns: Any) -> None:
    """Write columns of the change's person. Raises `ChangeStale`."""
    done = Person.objects.filter(pk=change.person_id, version=change.base_version).update(
        version=F("version") + 1, changed_at=at, changed_by=by, **columns
    )
    if done == 0:
        raise ChangeStale


def touch_award(change: Change, by: Officer, at: datetime, /, **columns: Any) -> None:
    """Write columns of the change's award. Raises `ChangeStale`."""
    assert change.award_id is not None, "this kind of change names its award"
    done = Award.objects.filter(pk=change.award_id, version=change.base_version, voided=False).update(
        version=F("version") + 1, changed_at=at, changed_by=by, **columns
    )
    if done == 0:
        raise ChangeStale
