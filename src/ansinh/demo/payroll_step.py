# SPDX-License-Identifier: MPL-2.0
"""The payroll of the month: the year's estimate, calculated for both streams, handed in by one officer,
approved by two others, locked."""

from __future__ import annotations

from datetime import date

from ansinh.demo.scene import MONTH, Scene, Step
from ansinh.ledger.actions import record_budget
from ansinh.ledger.models import Budget
from ansinh.payroll.actions.calculate import calculate
from ansinh.payroll.actions.prepare import prepare
from ansinh.payroll.actions.submit import lock, submit
from ansinh.payroll.models import STREAMS, Payroll
from ansinh.rules.money import format_vnd
from ansinh.rules.months import Month

CALCULATED = date(2024, 2, 23)  # before the 25th of the month before (NĐ 20/2021 Điều 34.4)
ESTIMATE_VND = {"merit": 2_000_000, "assistance": 700_000}  # a person and month, generous


def give_estimates(scene: Scene) -> str:
    """The province's estimate of the year for both streams."""
    province = scene.province()
    by = scene.officer("lanh-dao-so")
    with scene.everywhere():
        for stream in STREAMS:
            if not Budget.objects.filter(source=stream, commune=province, year=MONTH.year).exists():
                record_budget(
                    source=stream, commune_id=province.pk, year=MONTH.year, decision="4121/QĐ-UBND",
                    amount_vnd=ESTIMATE_VND[stream] * scene.people * 12, decided_on=date(2023, 12, 28), by=by,
                    at=scene.at,
                )  # fmt: skip
        total = sum(Budget.objects.filter(year=MONTH.year).values_list("amount_vnd", flat=True))
    return f"{format_vnd(total)} cho năm {MONTH.year}"


def pay_month(scene: Scene, month: Month, on: date = CALCULATED) -> list[Payroll]:
    """Both streams of a month, from preparing to locked."""
    found = []
    for stream in STREAMS:
        with scene.everywhere():
            known = Payroll.objects.filter(
                unit=scene.province(), stream=stream, period=month.first_day
            ).first()
        found.append(known or _payroll(scene, stream, month, on))
    return found


def _payroll(scene: Scene, stream: str, month: Month, on: date) -> Payroll:
    maker = scene.officer("chuyen-vien-so")
    with scene.everywhere():
        made = prepare(unit=scene.province(), stream=stream, period=month, by=maker, at=scene.at)
        calculate(payroll_id=made.pk, by=maker, at=scene.at, on=on)
        handed_in = submit(payroll_id=made.pk, by=maker, at=scene.at)
    scene.approve_by_two(handed_in.pk)
    with scene.everywhere():
        lock(payroll_id=made.pk, by=scene.officer("ke-toan-so"), at=scene.at)
        made.refresh_from_db()
    return made


def pay_first_month(scene: Scene) -> str:
    """The payroll of 03/2024."""
    made = pay_month(scene, MONTH, CALCULATED)
    total = sum(each.total_vnd for each in made)
    held = sum(each.held for each in made)
    scene.figures["approved_vnd"] = total
    scene.figures["payroll"] = {
        each.stream: {
            "people": each.people,
            "lines": each.lines,
            "held": each.held,
            "total_vnd": each.total_vnd,
        }
        for each in made
    }
    people = sum(each.people for each in made)
    return f"{people} lượt người, {format_vnd(total)} đã duyệt bởi hai người, {held} dòng giữ lại có lý do"


STEPS = (
    Step("Dự toán năm", give_estimates),
    Step("Bảng chi tháng 3/2024, hai người duyệt, khoá", pay_first_month),
)
