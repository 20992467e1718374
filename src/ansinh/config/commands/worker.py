# SPDX-License-Identifier: MPL-2.0
"""`ansinh worker`."""

from __future__ import annotations

import click

from ansinh.background.queue import QUEUES
from ansinh.config import origin, production
from ansinh.config import worker as running


@click.command()
@click.option("--queue", "queues", multiple=True, type=click.Choice(list(QUEUES)), help="Default: all.")
@click.option("--threads", default=running.THREADS, show_default=True, type=click.IntRange(1, 16))
@click.option("--until-idle", is_flag=True, help="End when nothing waits any more.")
@click.option("--while-input-open", is_flag=True, hidden=True, help="End when standard input ends.")
def worker(*, queues: tuple[str, ...], threads: int, until_idle: bool, while_input_open: bool) -> None:
    """Do the work that waits in the queue: large lists, payrolls, what repeats by the clock.

    `ansinh serve` and `ansinh demo` run one beside the pages; in production give it a service of its
    own and start the pages with --no-worker. Stops at SIGTERM or Ctrl-C: running jobs get 10 seconds,
    then they are rolled back and done again by the next worker.
    """
    try:
        production.require()
        origin.require()
    except production.RefusedToStartError as refused:
        raise click.ClickException(str(refused)) from refused
    if while_input_open:
        running.end_with_input()
    running.run(queues=queues or tuple(QUEUES), threads=threads, until_idle=until_idle)
