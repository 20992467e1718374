# SPDX-License-Identifier: MPL-2.0
"""Invented officers, one a role, with known passwords and second factors: for trying out only.

Their citizen numbers begin with 000, which belongs to nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction

from ansinh.places.models import Unit
from ansinh.rules.refusals import Refusal
from ansinh.staff.actions import add_officer, first_roles
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
        for number, (username, name, role, born, where) in enumerate(CAST, 1):
            officer = add_officer(
                username=username, full_name=name, citizen_number=f"000{born}{number:06d}",
                password=PASSWORD, by=None, at=at, allow_invented=True,
            )  # fmt: skip
            secret = OfficerMfaAdapter().encrypt(TOTP_SECRET)
            Authenticator.objects.create(user=officer, type=Authenticator.Type.TOTP, data={"secret": secret})
            roles.append((officer, role, (commune if where == "commune" else province).pk))
        first_roles(roles=roles, valid_from=valid_from, at=at)
    return cast
