# SPDX-License-Identifier: MPL-2.0
"""Who is close to the money without being an officer: village heads, cashiers, declared relatives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from ansinh.audit.actions import record
from ansinh.payees.models import Insider
from ansinh.payees.records import INSIDER_NUMBER, INSIDER_PHONE
from ansinh.registry.records import NUMBER, PHONE
from ansinh.rules.citizen_numbers import parse_citizen_number
from ansinh.rules.names import normalise_name
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.vault.sealing import blind_index, seal


class InsiderKnown(Refusal):
    """The commune has this person in the list already; fields: name."""

    code = "INSIDER_KNOWN"


class RelativeOfWhom(Refusal):
    """A relative is somebody's."""

    code = "INSIDER_RELATIVE_OF_WHOM"


@dataclass(frozen=True, slots=True)
class Close:
    """Who it is: `kind` is village_head, cashier or relative (`of_whom`: which officer's, and how)."""

    name: str
    kind: str
    number: str
    phone: str = ""
    of_whom: str = ""


def declare_insider(*, commune_id: int, who: Close, since: date, by: Officer, at: datetime) -> Insider:
    """Put somebody on the list. Raises `RelativeOfWhom`, `InsiderKnown`, a `CitizenNumberNotAccepted` or
    `NameNotAccepted`."""
    if who.kind == "relative" and not who.of_whom.strip():
        raise RelativeOfWhom
    number = parse_citizen_number(who.number, allow_invented=settings.MODE != "production").digits
    phone = "".join(filter(str.isdigit, who.phone))
    try:
        with transaction.atomic():
            made = Insider.objects.create(
                commune_id=commune_id, name=normalise_name(who.name), kind=who.kind, since=since,
                of_whom=who.of_whom[:140], number_enc=seal(column=INSIDER_NUMBER, text=number),
                number_bidx=blind_index(column=NUMBER, text=number), number_last4=number[-4:],
                phone_enc=seal(column=INSIDER_PHONE, text=phone) if phone else None,
                phone_bidx=blind_index(column=PHONE, text=phone) if phone else None,
                phone_last4=phone[-4:], declared_at=at, declared_by=by,
            )  # fmt: skip
            record(by=by.pk, at=at, act="payees.declare_insider", subject="insider", subject_id=made.pk,
                   unit_id=commune_id, details={"kind": who.kind})  # fmt: skip
    except IntegrityError as known:
        raise InsiderKnown(name=who.name) from known
    return made


def end_insider(*, insider_id: int, until: date, by: Officer, at: datetime) -> None:
    """Somebody is no longer close to the money."""
    with transaction.atomic():
        found = Insider.objects.select_for_update().get(pk=insider_id)
        Insider.objects.filter(pk=found.pk, until__isnull=True).update(until=until)
        record(by=by.pk, at=at, act="payees.end_insider", subject="insider", subject_id=found.pk,
               unit_id=found.commune_id)  # fmt: skip
