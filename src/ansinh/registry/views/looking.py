# SPDX-License-Identifier: MPL-2.0
"""What the register's pages share: who looks, at which communes, at which record."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.utils import timezone

from ansinh.places.models import Unit
from ansinh.registry.extensions import Viewer
from ansinh.registry.models import Award, Person
from ansinh.staff.queries import permissions_at
from ansinh.staff.sign_in import officer_of

GROUNDS = "register.confidential"


def number_asked(text: str) -> int | None:
    """A number in an address, or None: an id is digits, nothing else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def communes_of(request: HttpRequest, permission: str) -> list[Unit]:
    """The communes of an officer's jurisdiction that exist today, or existed when they ended."""
    units = request.units_for(permission)  # type: ignore[attr-defined]
    return list(Unit.objects.filter(pk__in=units, level="commune").order_by("sort_key", "-validity"))


def viewer_of(request: HttpRequest, commune_id: int) -> Viewer:
    """What the officer may do at the commune of a record, today."""
    officer, on = officer_of(request), timezone.localdate()
    return Viewer(officer.pk, permissions_at(officer_id=officer.pk, unit_id=commune_id, on=on), on)


def person_or_404(person_id: int) -> Person:
    """A person in scope; of another unit or of none is the same answer."""
    found = Person.objects.select_related("commune", "merged_into").filter(pk=person_id).first()
    if found is None:
        raise Http404
    return found


def award_or_404(award_id: int) -> Award:
    """An award in scope that counts."""
    found = Award.objects.select_related("person", "commune", "derives_from").filter(pk=award_id).first()
    if found is None:
        raise Http404
    return found
