# SPDX-License-Identifier: MPL-2.0
"""`ansinh serve`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
from django.conf import settings
from django.core.management import call_command

from ansinh.config import database, home, origin, production

SWEEP_SECONDS = 300


def collect_static() -> None:
    """Gather the static files once; again when one of their sources is newer."""
    target = Path(settings.STATIC_ROOT)
    stamp = target / ".collected"
    package = Path(__file__).resolve().parents[2]
    newest = max(path.stat().st_mtime for folder in package.glob("*/static") for path in folder.rglob("*"))
    if not stamp.exists() or stamp.stat().st_mtime < newest:
        call_command("collectstatic", interactive=False, verbosity=0, clear=target.exists())
        stamp.touch()


def start_beside(*words: str) -> None:
    """Start another command of ours beside this process. It ends when the write end of its standard
    input is closed, which the kernel does when this process (and what it becomes by exec) ends."""
    read_end, write_end = os.pipe()
    subprocess.Popen(
        [sys.executable, "-m", "ansinh.config.cli", *words, "--while-input-open"],
        stdin=read_end, start_new_session=True,
    )  # fmt: skip
    os.close(read_end)
    os.set_inheritable(write_end, True)  # survives the exec below


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--host", default="127.0.0.1", show_default=True, help="Loopback unless you say so.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
@click.option("--worker/--no-worker", "with_worker", default=True, help="Run a worker beside (default).")
@click.option("--sweep/--no-sweep", "with_sweep", default=True, help="Run the sweep beside (default).")
def serve(*, port: int, host: str, workers: int, with_worker: bool, with_sweep: bool) -> None:
    """Serve the pages, on this machine only unless --host says otherwise.

    In production (ANSINH_MODE=production) the self-check runs first, and a failed check refuses
    to start. Put a proxy that ends TLS in front and set ANSINH_BEHIND_TLS=1. A worker for the jobs in
    the queue runs beside the pages and ends with them; --no-worker leaves it to `ansinh worker`. So does
    the sweep every five minutes; --no-sweep leaves it to `ansinh sweep`.
    """
    try:
        production.require()
        origin.require()
    except production.RefusedToStartError as refused:
        raise click.ClickException(str(refused)) from refused
    collect_static()
    if database.is_embedded():
        os.environ["ANSINH_HOME"] = str(home.home())
    if with_worker:
        start_beside("worker")
    if with_sweep:
        start_beside("sweep", "--every", str(SWEEP_SECONDS))
    click.echo(f"http://{host}:{port}/", err=True)
    sys.stderr.flush()
    os.execv(
        sys.executable,
        [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
            "--workers", str(workers), "--blocking-threads", "4", "--log-level", "warning",
            "--no-ws", "ansinh.config.wsgi:application",
        ],
    )  # fmt: skip
