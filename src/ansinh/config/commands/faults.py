# SPDX-License-Identifier: MPL-2.0
"""`ansinh faults`: whole months paid while processes are killed, paused and lied to."""

from __future__ import annotations

import importlib
import json
import os
import secrets
import sys
from dataclasses import asdict
from pathlib import Path

import click

from ansinh.config import setup

ROOT = Path(__file__).resolve().parents[4]
KINDS = ("raise", "kill", "worker", "twice", "pause", "pages", "crowd", "restore", "postgres")
MUTATIONS = ("silence_is_failure", "no_key_of_enclosures", "no_key_of_events")


@click.command()
@click.option("--runs", type=click.IntRange(min=1), default=200, show_default=True)
@click.option("--seed", type=int, help="Of the first run. Default: drawn, and printed.")
@click.option("--kind", type=click.Choice(KINDS), help="Only one kind of trouble.")
@click.option("--processes", type=click.IntRange(1, 16), default=2, show_default=True)
@click.option("--break", "mutation", type=click.Choice(MUTATIONS),
              help="Take a safeguard out of the rig's databases, to see that it sees it.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def faults(
    *, runs: int, seed: int | None, kind: str | None, processes: int, mutation: str | None, as_json: bool
) -> None:
    """Pay invented months under faults and compare with what the bank counted by itself.

    Each run has a database of its own on a server of the rig's own. The same seed makes the same
    trouble: `ansinh faults --runs 1 --seed N` plays one run again. Exit code 1 when money was paid
    twice, a line was lost or is stuck, or an invariant is broken.
    """
    sys.path.insert(0, str(ROOT))
    world_home = importlib.import_module("faults.home").own_home()
    os.environ["ANSINH_HOME"] = str(world_home)
    os.environ.pop("ANSINH_DATABASE", None)
    setup.start_django()
    rig = importlib.import_module("faults.rig")
    first = secrets.randbelow(10**6) if seed is None else seed
    click.echo(f"seed {first}", err=True)
    found = rig.run_many(
        runs=runs, seed=first, kind=kind or "", mutation=mutation or "", processes=processes,
        told=lambda line: click.echo(line, err=True),
    )  # fmt: skip
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False))
    else:
        for name, value in asdict(found).items():
            click.echo(f"{name:<20} {value}")
    if not found.clean:
        raise click.exceptions.Exit(1)
