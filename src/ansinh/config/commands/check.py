# SPDX-License-Identifier: MPL-2.0
"""`ansinh check …`: is this installation fit to hold people's money?"""

from __future__ import annotations

from dataclasses import asdict

import click

from ansinh.config import production, setup
from ansinh.ui.console import emit


@click.group()
def check() -> None:
    """Check this installation."""


@check.command("production")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def check_production(*, as_json: bool) -> None:
    """Check what production needs: durable writes, least privilege, keys, clock, DEBUG off.

    `ansinh serve` runs the same checks and refuses to start in production when one fails.
    Exit code 1 when a check fails; each failure says what to do.
    """
    setup.start_django()
    findings = production.findings()
    failed = [finding for finding in findings if not finding.passed]
    lines = [
        f"{'✓' if finding.passed else '✗'} {finding.name}"
        + ("" if finding.passed else f"\n    {finding.vi}\n    {finding.en}")
        for finding in findings
    ]
    payload = {"passed": not failed, "checks": [asdict(finding) for finding in findings]}
    emit(payload, "\n".join(lines), as_json=as_json)
    if failed:
        raise click.exceptions.Exit(1)
