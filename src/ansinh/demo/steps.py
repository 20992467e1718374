# SPDX-License-Identifier: MPL-2.0
"""The demo, one step a stage in the order of the payment cycle. A stage that lands adds its own."""

from __future__ import annotations

from ansinh.approvals.models import Submission
from ansinh.audit.models import Event
from ansinh.demo import (
    disbursement_step,
    outreach_step,
    oversight_step,
    payees_step,
    payroll_step,
    population_step,
    register_step,
    steering_step,
)
from ansinh.demo.officers import make_district_officers, make_officers
from ansinh.demo.places import communes
from ansinh.demo.scene import COMMUNE, PLAYS_ON, PROVINCE, Scene, Step
from ansinh.legislation.actions import SUBJECT, submit_law
from ansinh.legislation.check import worked_cases
from ansinh.legislation.load import load
from ansinh.places.actions import load_units
from ansinh.places.models import Unit
from ansinh.places.queries import unit_on
from ansinh.staff.models import Officer

__all__ = ["COMMUNE", "PLAYS_ON", "PROVINCE", "STEPS", "Scene", "Step"]


def read_law(scene: Scene) -> str:
    """Read law/ and count what is in it."""
    law = load()
    cases = sum(1 for _case in worked_cases())
    scene.figures |= {"law_codes": len(law.categories), "law_cases": cases, "law_version": law.version}
    return f"{len(law.categories)} mã chế độ, {cases} ca mẫu"


def load_places(scene: Scene) -> str:
    """Load the country's units, old and new."""
    load_units(by=None, at=scene.at)
    units = Unit.objects.count()
    scene.figures["units"] = units
    return f"{units} đơn vị, {unit_on(code=PROVINCE, on=scene.on).name} của {scene.on:%m/%Y}"


def add_cast(scene: Scene) -> str:
    """Add one officer a role, and the officers of the districts that the demo plays in."""
    commune = unit_on(code=COMMUNE, on=scene.on)
    province = unit_on(code=PROVINCE, on=scene.on)
    scene.cast = make_officers(commune=commune, province=province, valid_from=scene.on, at=scene.at)
    districts = dict.fromkeys(each.district for each in communes()[: scene.communes])
    make_district_officers(
        districts=[unit_on(code=code, on=scene.on) for code in districts], valid_from=scene.on, at=scene.at
    )
    officers = Officer.objects.filter(is_active=True).count()
    scene.figures["officers"] = officers
    return f"{officers} cán bộ, mỗi vai trò có người"


def hand_in_law(scene: Scene) -> str:
    """The department officer hands in the law's version; two others are to approve it."""
    version = load().version
    if not Submission.objects.filter(subject=SUBJECT, subject_id=version).exists():
        officer = Officer.objects.get(username="chuyen-vien-so")
        province = unit_on(code=PROVINCE, on=scene.on)
        submit_law(unit_id=province.pk, by=officer, at=scene.at)
    waiting = Submission.objects.filter(state="submitted").count()
    scene.figures["waiting_for_approval"] = waiting
    return f"{waiting} việc chờ hai người duyệt (lanh-dao-so, ke-toan-so)"


def count_events(scene: Scene) -> str:
    """Show that everything above left its trace."""
    events = Event.objects.count()
    scene.figures["audit_events"] = events
    return f"{events} sự kiện"


STEPS: tuple[Step, ...] = (
    Step("Đọc pháp luật", read_law),
    Step("Nạp đơn vị hành chính cả nước", load_places),
    Step("Giao vai trò cho cán bộ", add_cast),
    Step("Trình phiên bản pháp luật", hand_in_law),
    *register_step.STEPS,
    *population_step.STEPS,
    *payees_step.STEPS,
    *outreach_step.STEPS,
    *payees_step.FRAUDS,
    oversight_step.WORDS_STEP,
    *payroll_step.STEPS,
    *steering_step.STEPS,
    *disbursement_step.STEPS,
    *oversight_step.STEPS,
    Step("Nhật ký kiểm tra", count_events),
)
