# SPDX-License-Identifier: MPL-2.0
"""`ansinh staff …`: what has to be done before anybody can sign in."""

from __future__ import annotations

import hashlib
import hmac
import struct
from base64 import b32decode
from datetime import UTC, datetime

import click
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils import timezone

from ansinh.places.queries import unit_on
from ansinh.rules.refusals import Refusal
from ansinh.staff.actions import add_officer, first_roles
from ansinh.staff.duties import Role, label
from ansinh.staff.models import Officer, RoleAssignment
from ansinh.staff.sign_in import OfficerMfaAdapter
from ansinh.ui.console import emit


class OnlyInTrial(Refusal):
    """A command that would undo the second factor is for trial installations."""

    code = "ONLY_IN_TRIAL"


@click.group()
def staff() -> None:
    """Officers and their roles: the first two administrators, lists, codes for trying out."""


@staff.command("first-administrators")
@click.option("--unit", required=True, help="Code of the unit they administer, e.g. 48.")
@click.option(
    "--person", "people", nargs=3, multiple=True, required=True,
    help="USERNAME FULL_NAME CITIZEN_NUMBER, once for each of two persons.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def first_administrators(*, unit: str, people: tuple[tuple[str, str, str], ...], as_json: bool) -> None:
    """Make the first two administrators, who confirm every further role for each other.

    Asks for a password for each. Works once: while no role was ever confirmed.
    """
    if len(people) != 2:
        raise click.UsageError("Cần đúng hai người. / Exactly two persons are needed.")
    now, today = datetime.now(UTC), timezone.localdate()
    place = unit_on(code=unit, on=today)
    roles = []
    for username, name, number in people:
        password = click.prompt(f"{username}", hide_input=True, confirmation_prompt=True)
        officer = add_officer(
            username=username, full_name=name, citizen_number=number, password=password, by=None,
            at=now, allow_invented=settings.MODE != "production",
        )  # fmt: skip
        roles.append((officer, Role.ADMINISTRATOR, place.pk))
    first_roles(roles=roles, valid_from=today, at=now)
    emit({"officers": [person[0] for person in people]}, "Đã tạo. / Done.", as_json=as_json)


@staff.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
def list_officers(*, as_json: bool) -> None:
    """List officers with the roles they hold today."""
    today = timezone.localdate()
    living = RoleAssignment.objects.filter(state="confirmed", validity__contains=today)
    held: dict[int, list[str]] = {}
    for assignment in living.select_related("unit"):
        words = f"{label(assignment.role)} – {assignment.unit.name}"
        held.setdefault(assignment.officer_id, []).append(words)
    rows = [
        {"username": each.username, "name": each.full_name, "roles": held.get(each.pk, [])}
        for each in Officer.objects.order_by("sort_key", "pk")
    ]
    text = "\n".join(f"{r['username']:<24} {r['name']:<30} {'; '.join(r['roles'])}" for r in rows)
    emit(rows, text, as_json=as_json)


def totp(secret: str, at: datetime) -> str:
    """The six digits of a TOTP secret at an instant (RFC 6238, SHA-1, 30 s)."""
    step = struct.pack(">Q", int(at.timestamp()) // 30)
    mac = hmac.new(b32decode(secret), step, hashlib.sha1).digest()
    start = mac[-1] & 0x0F
    number = struct.unpack(">I", mac[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


@staff.command()
@click.argument("username")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def code(*, username: str, as_json: bool) -> None:
    """Print the six digits that USERNAME's authenticator shows now (trial installations only)."""
    if settings.MODE == "production":
        raise OnlyInTrial
    factor = Authenticator.objects.filter(user__username=username, type=Authenticator.Type.TOTP).first()
    if factor is None:
        raise click.UsageError(f"{username}: chưa có ứng dụng xác thực / has no authenticator")
    secret = OfficerMfaAdapter().decrypt(factor.data["secret"])
    digits = totp(secret, datetime.now(UTC))
    emit({"username": username, "code": digits}, digits, as_json=as_json)
