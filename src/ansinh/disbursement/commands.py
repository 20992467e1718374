# SPDX-License-Identifier: MPL-2.0
"""`ansinh simulate …`: the other side of a payment, to try against."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from ansinh.disbursement.simulated_bank import KNOBS, SimulatedBank


@click.group()
def simulate() -> None:
    """Run the other side of a payment on this machine, to try against."""


def _knobs(_context: click.Context, _option: click.Parameter, said: tuple[str, ...]) -> dict[str, int]:
    found = {}
    for each in said:
        name, _equals, chance = each.partition("=")
        if name not in KNOBS or not chance.isdigit() or int(chance) > 100:
            raise click.BadParameter(f"{each}: NAME=0..100; names: {', '.join(KNOBS)}")
        found[name] = int(chance)
    return found


@simulate.command(epilog="Knobs: " + "; ".join(f"{name}: {says}" for name, says in KNOBS.items()))
@click.option("--port", default=8100, show_default=True, type=click.IntRange(1, 65535))
@click.option("--file", "file", default="simulated-bank.sqlite3", show_default=True, type=click.Path(),
              help="The bank's own books; kept, so that it can be ended and started again.")  # fmt: skip
@click.option("--seed", default=1, show_default=True, help="The same seed makes the same faults.")
@click.option(
    "--knob", "knobs", multiple=True, callback=_knobs, help="NAME=CHANCE in a hundred; again for more."
)
@click.option(
    "--silence", default=30_000, show_default=True, help="Milliseconds before a silent bank hangs up."
)
def bank(*, port: int, file: str, seed: int, knobs: dict[str, int], silence: int) -> None:
    """A bank that takes payment files over HTTP, moves invented money and counts by itself what it moved.

    Set ANSINH_BANK_URL=http://127.0.0.1:PORT/bank and send an approved file from its page.
    """
    path = str(Path(file).absolute())
    SimulatedBank(path=path).set(seed=seed, knobs=knobs)
    os.environ["SIMULATED_BANK_FILE"] = path
    os.environ["SIMULATED_BANK_SILENCE_MS"] = str(silence)
    click.echo(f"http://127.0.0.1:{port}/bank", err=True)
    sys.stderr.flush()
    os.execv(
        sys.executable,
        [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port",
            str(port), "--workers", "1", "--blocking-threads", "32", "--log-level", "warning", "--no-ws",
            "ansinh.disbursement.simulated_bank.server:application",
        ],
    )  # fmt: skip
