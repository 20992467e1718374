# SPDX-License-Identifier: MPL-2.0
"""`{% run_progress payroll %}`: how far a calculation in the background is, or why it was refused."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import get_language

from ansinh.payroll.labels import STEPS
from ansinh.payroll.models import Payroll
from ansinh.payroll.queries import last_run

register = template.Library()


@register.inclusion_tag("payroll/run.html")
def run_progress(payroll: Payroll) -> dict[str, Any]:
    """The latest calculation that was left to the background, when it says something today."""
    run = last_run(payroll=payroll)
    if run is None or run.state == "done":
        return {"run": None}
    refused = run.refusal_en if get_language() == "en" else run.refusal_vi
    return {"run": run, "step": STEPS.get(run.step, ""), "refused": refused}
