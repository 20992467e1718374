# SPDX-License-Identifier: MPL-2.0
"""The directive's targets, and how far the province is on the day the demo plays."""

from __future__ import annotations

from django.db import transaction

from ansinh.demo.scene import PROVINCE, Scene
from ansinh.outreach.actions.targets import load_targets
from ansinh.outreach.queries import standing
from ansinh.places.queries import unit_on
from ansinh.rules.outreach import permille
from ansinh.staff.scope import open_to_all


def count_targets(scene: Scene) -> str:
    """Load the two targets and count who has an account."""
    load_targets(by=None, at=scene.at)
    with transaction.atomic():
        open_to_all()
        found = standing(unit=unit_on(code=PROVINCE, on=scene.on), on=scene.on)
    share = permille(found.with_account, found.beneficiaries)
    scene.figures |= {"with_account": found.with_account, "groups": found.groups}
    return (
        f"{found.with_account} trên {found.beneficiaries} người có tài khoản ({share // 10},{share % 10} %;"
        " chỉ tiêu 30 % trước 31/12/2024)"
    )
