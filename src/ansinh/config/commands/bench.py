# SPDX-License-Identifier: MPL-2.0
"""`ansinh bench NAME`: speed as a ratio to the limit measured in the same run."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[4]
BENCHMARKS = {
    "law": "bench.law",
    "payees": "bench.payees",
    "population": "bench.population",
    "import": "bench.imports",
    "papers": "bench.papers",
    "payroll": "bench.payroll",
    "search": "bench.search",
    "duplicates": "bench.duplicates",
    "disburse": "bench.disburse",
    "reconcile": "bench.reconcile",
    "dashboard": "bench.dashboard",
}


@click.command()
@click.argument("name", type=click.Choice([*BENCHMARKS, "all"]))
@click.option("--people", type=click.IntRange(min=1), default=1_000_000, show_default=True)
@click.option(
    "--lines", type=click.IntRange(min=1), default=1_000_000, show_default=True, help="Of a payroll."
)
@click.option("--rows", type=click.IntRange(min=1), default=100_000, show_default=True, help="Of a list.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def bench(*, name: str, people: int, lines: int, rows: int, as_json: bool) -> None:
    """Measure one part of the system (or all) and print its figures.

    Each figure stands beside the limit measured in the same run, so that it means the same on a
    slow machine and on a fast one.
    """
    sys.path.insert(0, str(ROOT))
    found = {}
    for each in BENCHMARKS if name == "all" else (name,):
        run = importlib.import_module(BENCHMARKS[each]).run
        sizes = {"import": {"rows": rows}, "disburse": {"lines": lines}, "reconcile": {"lines": lines}}
        found[each] = run(**sizes.get(each, {"people": people}))
    figures = found if name == "all" else found[name]
    if as_json:
        click.echo(json.dumps(figures, ensure_ascii=False))
        return
    for each, values in found.items():
        click.echo(each)
        for key, value in values.items():
            click.echo(f"  {key:<24} {value}")
