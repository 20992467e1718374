# SPDX-License-Identifier: MPL-2.0
"""`ansinh check …`: is this installation fit to hold people's money?"""

from __future__ import annotations

from dataclasses import asdict

import click

from ansinh.config import invariants, production, setup
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


@check.command("invariants")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def check_invariants(*, as_json: bool) -> None:
    """Check what must always be true of the data: money conserved, nothing paid twice, nothing lost.

    Exit code 1 when one is broken; the rows that break it are shown.
    """
    setup.ready()
    found = invariants.check_all()
    broken = [each for each in found if each.broken]
    lines = []
    for each in found:
        lines.append(f"{'✗' if each.broken else '✓'} {each.name} {each.says}")
        lines += [f"    {row}" for row in each.rows]
        if each.broken > len(each.rows):
            lines.append(f"    … {each.broken} in all")
    payload = {"checked": len(found), "broken": len(broken), "invariants": [asdict(each) for each in found]}
    emit(payload, "\n".join(lines), as_json=as_json)
    if broken:
        raise click.exceptions.Exit(1)
