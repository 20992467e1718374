# SPDX-License-Identifier: MPL-2.0
"""Invented officers, one a role, with known passwords and second factors: for trying out only.

Their citizen numbers begin with 000, which belongs to nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction

from ansinh.demo.places import FIRST_COMMUNE, Commune
from ansinh.places.models import Unit
from ansinh.rules.refusals import Refusal
from ansinh.staff.actions import add_officer, confirm_role, first_roles, propose_role
from ansinh.staff.duties import Role
from ansinh.staff.models import Officer
from ansinh.staff.sign_in import OfficerMfaAdapter

PASSWORD = "dung-nguoi-dung-tien"  # noqa: S105 - printed by the demo, refused in production
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - the same


class OnlyForTrying(Refusal):
    """Known passwords never enter a production installation."""

    code = "DEMO_NOT_IN_PRODUCTION"


@dataclass(frozen=True, slots=True)
class DemoOfficer:
    """An officer that anybody can sign in as."""

    username: str
    name: str
    role: Role
    unit: str


# username, name, role, sex digit and birth year for the number, which unit ("commune", "province")
CAST: tuple[tuple[str, str, Role, str, str], ...] = (
    ("lap-danh-sach", "Nguyễn Thị Hoà", Role.PREPARER, "190", "commune"),
    ("lanh-dao-xa", "Trần Văn Đức", Role.COMMUNE_LEADER, "071", "commune"),
    ("cong-an-xa", "Lê Quang Ánh", Role.POLICE, "085", "commune"),
    ("ke-toan", "Phạm Thu Thuỷ", Role.ACCOUNTANT, "180", "commune"),
    ("chuyen-vien-so", "Võ Ngọc Ân", Role.DEPARTMENT_OFFICER, "088", "province"),
    ("lanh-dao-so", "Đặng Thị Oanh", Role.DEPARTMENT_APPROVER, "172", "province"),
    ("ke-toan-so", "Phan Thị Quế", Role.ACCOUNTANT, "181", "province"),
    ("kho-bac", "Bùi Văn Lý", Role.TREASURY, "079", "province"),
    ("ngan-hang", "Hồ Thị Uyên", Role.BANK_USER, "191", "province"),
    ("diem-chi", "Y Blôk Êban", Role.CASH_AGENT, "083", "commune"),
    ("kiem-toan", "Ngô Đình Ông", Role.AUDITOR, "068", "province"),
    ("quan-tri", "Alăng Thị Nhớ", Role.ADMINISTRATOR, "189", "province"),
    ("quan-tri-2", "Hoàng Văn Ba", Role.ADMINISTRATOR, "075", "province"),
)


OFFICER_NUMBERS: dict[str, str] = {
    username: f"000{born}{number:06d}"
    for number, (username, _name, _role, born, _where) in enumerate(CAST, 1)
}

# Those of a district's labour office and its police: they act for its communes (until 30/6/2025).
DISTRICT_CAST: tuple[tuple[str, str, Role, str], ...] = (
    ("lap-danh-sach", "Đoàn Thị Yến", Role.PREPARER, "182"),
    ("lanh-dao", "Phan Đình Quý", Role.COMMUNE_LEADER, "070"),
    ("cong-an", "Hồ Văn Bút", Role.POLICE, "086"),
)


def make_officers(*, commune: Unit, province: Unit, valid_from: date, at: datetime) -> list[DemoOfficer]:
    """Add the cast with their roles; adds nobody when they are there already.

    Raises `OnlyForTrying` in a production installation.
    """
    if settings.MODE == "production":
        raise OnlyForTrying
    cast = [
        DemoOfficer(username, name, role, (commune if where == "commune" else province).name)
        for username, name, role, _born, where in CAST
    ]
    if Officer.objects.filter(username=CAST[0][0]).exists():
        return cast
    with transaction.atomic():
        roles = []
        for username, name, role, _born, where in CAST:
            officer = _add(username, name, OFFICER_NUMBERS[username], at)
            roles.append((officer, role, (commune if where == "commune" else province).pk))
        first_roles(roles=roles, valid_from=valid_from, at=at)
    return cast


def _add(username: str, name: str, citizen_number: str, at: datetime) -> Officer:
    officer = add_officer(
        username=username, full_name=name, citizen_number=citizen_number, password=PASSWORD, by=None, at=at,
        allow_invented=True,
    )  # fmt: skip
    secret = OfficerMfaAdapter().encrypt(TOTP_SECRET)
    Authenticator.objects.create(user=officer, type=Authenticator.Type.TOTP, data={"secret": secret})
    return officer


def make_district_officers(*, districts: Iterable[Unit], valid_from: date, at: datetime) -> int:
    """Add a preparer, a leader and a policeman for each district that has none; returns how many
    officers came. Their user names end in the district's code: `lap-danh-sach-503`.

    Raises `OnlyForTrying` in a production installation.
    """
    if settings.MODE == "production":
        raise OnlyForTrying
    known = set(Officer.objects.values_list("username", flat=True))
    made = 0
    for district in districts:
        for number, (username, name, role, born) in enumerate(DISTRICT_CAST, 1):
            theirs = f"{username}-{district.code}"
            if theirs in known:
                continue
            with transaction.atomic():
                officer = _add(theirs, name, f"000{born}{district.code}{number:03d}", at)
                _grant(officer, role, district, valid_from, at)
            made += 1
    return made


def _grant(officer: Officer, role: Role, unit: Unit, valid_from: date, at: datetime) -> None:
    """As on the pages: one administrator proposes, the other confirms."""
    first, second = (Officer.objects.get(username=name) for name in ("quan-tri", "quan-tri-2"))
    proposed = propose_role(
        officer_id=officer.pk, role=role, unit_id=unit.pk, valid_from=valid_from, valid_to=None,
        reason="bản dùng thử", by=first, at=at, on=valid_from,
    )  # fmt: skip
    confirm_role(assignment_id=proposed.pk, by=second, at=at, on=valid_from)


def officer_of(*, commune: Commune, act: str) -> Officer:
    """Who does `act` (lap-danh-sach, lanh-dao, cong-an) for a commune: the first commune has its own
    people, the district's act for the others."""
    own = {"lap-danh-sach": "lap-danh-sach", "lanh-dao": "lanh-dao-xa", "cong-an": "cong-an-xa"}
    username = own[act] if commune.code == FIRST_COMMUNE else f"{act}-{commune.district}"
    return Officer.objects.get(username=username)


def preparer_of(*, commune: Commune) -> Officer:
    """Who prepares a commune's lists."""
    return officer_of(commune=commune, act="lap-danh-sach")
