# SPDX-License-Identifier: MPL-2.0
"""Officers: added with their citizen number, disabled, never deleted."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from ansinh.audit.actions import record
from ansinh.rules.citizen_numbers import parse_citizen_number
from ansinh.rules.name_order import sort_key
from ansinh.rules.names import normalise_name
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.vault.sealing import blind_index, seal

COLUMN = "staff_officer.citizen_number"


class OfficerExists(Refusal):
    """The user name or the person is there already; fields: what."""

    code = "OFFICER_EXISTS"


class OfficerNotActive(Refusal):
    """The officer is disabled already."""

    code = "OFFICER_NOT_ACTIVE"


def add_officer(
    *,
    username: str,
    full_name: str,
    citizen_number: str,
    password: str | None,
    by: Officer | None,
    at: datetime,
    phone: str = "",
    allow_invented: bool = False,
) -> Officer:
    """Add an officer; they hold no role yet. Without a password they cannot sign in until one is
    set. Raises `OfficerExists`, or the refusal of the name or number."""
    number = parse_citizen_number(citizen_number, allow_invented=allow_invented)
    name = normalise_name(full_name)
    index = blind_index(column=COLUMN, text=number.digits)
    with transaction.atomic():
        if Officer.objects.filter(username=username).exists():
            raise OfficerExists(what=username)
        if Officer.objects.filter(citizen_number_bidx=index).exists():
            raise OfficerExists(what=number.masked)
        officer = Officer.objects.create(
            username=username,
            full_name=name,
            sort_key=sort_key(name),
            citizen_number_enc=seal(column=COLUMN, text=number.digits),
            citizen_number_bidx=index,
            citizen_number_last4=number.digits[-4:],
            phone=phone,
            password=make_password(password),
            created_at=at,
            created_by=by,
        )
        record(
            by=by.pk if by else None, at=at, act="staff.add_officer", subject="officer",
            subject_id=officer.pk, details={"username": username},
        )  # fmt: skip
    return officer


def disable_officer(*, officer_id: int, reason: str, by: Officer, at: datetime) -> None:
    """Take away sign-in at once; roles and history stay. Raises `OfficerNotActive`."""
    with transaction.atomic():
        changed = Officer.objects.filter(pk=officer_id, is_active=True).update(
            is_active=False, credentials_changed_at=at
        )
        if not changed:
            raise OfficerNotActive
        record(by=by.pk, at=at, act="staff.disable_officer", subject="officer",
               subject_id=officer_id, details={"reason": reason})  # fmt: skip
