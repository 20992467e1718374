# SPDX-License-Identifier: MPL-2.0
"""Words are published before the payroll is locked, a sample is drawn from them, an auditor goes and looks;
every rule runs over what was paid, and somebody by name leads each case."""

from __future__ import annotations

from datetime import date, timedelta

from ansinh.dashboards.actions import refresh_month
from ansinh.demo.scene import MONTH, Scene, Step
from ansinh.oversight.actions.cases import put_in_charge
from ansinh.oversight.actions.draws import draw_waiting, publish_seed
from ansinh.oversight.actions.visits import record_visit
from ansinh.oversight.models import Charge, Draw, Seed, Visit
from ansinh.oversight.queries.samples import drawn_again, rate
from ansinh.payees.actions import raise_cases
from ansinh.payees.models import Case

WORDS = "Xổ số kiến thiết Quảng Nam ngày 27/02/2024, giải đặc biệt 048213"
LOOKED = date(2024, 3, 18)
WRONG_ONE_IN = 16
SHOWN = 3  # months that the dashboard shows


def publish(scene: Scene) -> str:
    """The words of the month, weeks before its payroll is locked."""
    if not Seed.objects.exists():
        by = scene.officer("lanh-dao-so")
        publish_seed(period=MONTH, text=WORDS, by=by, at=scene.at - timedelta(days=20))
    return WORDS


def visit(scene: Scene) -> str:
    """Draw, prove, visit: one in sixteen has not got the money."""
    draw_waiting(at=scene.at)
    by = scene.officer("kiem-toan")
    with scene.everywhere():
        same = all(drawn_again(draw=each).same for each in Draw.objects.select_related("seed"))
        for at, each in enumerate(Visit.objects.filter(state="drawn").order_by("pk")):
            wrong = at % WRONG_ONE_IN == WRONG_ONE_IN - 1
            record_visit(
                visit_id=each.pk, finding="not_received" if wrong else "right",
                note="gia đình nói chưa nhận" if wrong else "", visited_on=LOOKED, by=by, at=scene.at,
                on=scene.at.date(),
            )  # fmt: skip
        communes = set(Visit.objects.values_list("commune_id", flat=True))
        found = rate(month=MONTH, commune_ids=communes)
    scene.figures["visits"] = {"drawn": found.visited, "wrong": found.wrong, "drawn_again": same}
    return f"{found.visited} lượt, {found.wrong} sai, rút lại {'đúng' if same else 'KHÔNG đúng'}"


def look_for_cases(scene: Scene) -> str:
    """Every rule over payments, approvals and roles; the province names who leads the earliest."""
    lead, by = scene.officer("lanh-dao-so"), scene.officer("lanh-dao-so")
    with scene.everywhere():
        raise_cases(at=scene.at, on=scene.at.date())
        first = Case.objects.filter(state="open").order_by("due_on", "pk").first()
        if first is not None and not Charge.objects.exists():
            put_in_charge(
                case_id=first.pk, officer=lead, due_on=scene.at.date() + timedelta(days=7),
                reason="Việc đến hạn sớm nhất", by=by, at=scene.at, on=scene.at.date(),
            )  # fmt: skip
        cases = Case.objects.count()
    scene.figures["cases"] = cases
    return f"{cases} nghi vấn trên bàn của tỉnh"


def count_months(scene: Scene) -> str:
    """The roll-up of the months that the dashboard shows."""
    months = [MONTH - back for back in reversed(range(SHOWN))]
    communes = [refresh_month(month=month, at=scene.at) for month in months]
    return f"{len(months)} tháng, {communes[-1]} xã"


WORDS_STEP = Step("Công bố câu rút mẫu kiểm tra", publish)
STEPS = (
    Step("Rút mẫu, đến gặp, đo tỷ lệ sai", visit),
    Step("Chạy quy tắc, giao người xử lý nghi vấn", look_for_cases),
    Step("Đếm số liệu các tháng", count_months),
)
