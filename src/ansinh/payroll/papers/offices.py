# SPDX-License-Identifier: MPL-2.0
"""Whose paper it is: the agencies and signing titles of the paper's day."""

from __future__ import annotations

import re
from datetime import date

from ansinh.payroll.models import Payroll
from ansinh.payroll.papers.rows import HEAD
from ansinh.places.models import Unit
from ansinh.places.queries import agency_on, signing_title_on
from ansinh.rules.months import VIETNAM

_KIND = re.compile(r"^(Xã|Phường|Thị trấn|Đặc khu|Tỉnh|Thành phố) ")
_AGENCY = {"merit": "merit", "assistance": "social_assistance"}


def day_of(payroll: Payroll) -> date:
    """The day whose agencies and signing titles a paper names: that of the lock, else of the law that
    the payroll was calculated with."""
    if payroll.locked_at:
        return payroll.locked_at.astimezone(VIETNAM).date()
    return payroll.known_on or payroll.period


def agencies(*, payroll: Payroll, unit: Unit) -> tuple[str, str]:
    """(above, own): the department of a province's payroll, else the committee."""
    on = day_of(payroll)
    committee = f"Ủy ban nhân dân\n{unit.name}"
    if unit.level == "province":
        department = agency_on(function=_AGENCY[payroll.stream], level="province", on=on)
        if department:
            return committee.replace("\n", " "), department
    return "", committee


def title_of_head(*, payroll: Payroll, unit: Unit) -> str:
    """Who signs for the unit on the paper's day."""
    on = day_of(payroll)
    acts = (
        ("merit_decision",) if payroll.stream == "merit" else ("treasury_first", "social_assistance_decision")
    )
    found = next((t for act in acts if (t := signing_title_on(act=act, level=unit.level, on=on))), "")
    if found.startswith("Giám đốc") or unit.level == "province":
        return "Giám đốc"
    return "TM. Ủy ban nhân dân\nChủ tịch" if unit.level == "commune" else found or HEAD


def place_of(unit: Unit) -> str:
    """The place beside the day: the unit's name without its kind (NĐ 30/2020/NĐ-CP, Phụ lục I)."""
    return _KIND.sub("", unit.name)


def drawing_unit(payroll: Payroll) -> str:
    """The unit that draws on the estimate, on one line."""
    return agencies(payroll=payroll, unit=payroll.unit)[1].replace("\n", " ")
