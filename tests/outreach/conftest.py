# SPDX-License-Identifier: MPL-2.0
"""The invented officers in the scope of the whole province, and a commune with people of every kind."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.registry.models import Person
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all
from tests.payees.people import person


@pytest.fixture
def officers(cast: dict[str, Officer]) -> dict[str, Officer]:
    """The invented officers, with every row in sight."""
    open_to_all()
    return cast


@pytest.fixture
def commune(officers: dict[str, Officer]) -> list[Person]:
    """Six people in two hamlets who could open an account and have none (group C)."""
    names = ("Nguyễn Thị Hoà", "Trần Văn Ánh", "Lê Thị Đào", "Phạm Văn Bình", "Võ Thị Cúc", "Đinh Văn Ất")
    return [
        person(officers, name, born=date(1950 + at, 5, 2), hamlet="Thôn 1" if at < 4 else "Thôn 2")
        for at, name in enumerate(names)
    ]
