# SPDX-License-Identifier: MPL-2.0
"""Every test here works in a scope of its own: the whole province unless it narrows it."""

from __future__ import annotations

import pytest

from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all


@pytest.fixture
def officers(cast: dict[str, Officer]) -> dict[str, Officer]:
    """The invented officers, with every row in sight."""
    open_to_all()
    return cast
