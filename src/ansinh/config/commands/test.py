# SPDX-License-Identifier: MPL-2.0
"""`ansinh test`: every check, in the order in which a mistake is cheapest to find."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from ansinh.config import database, embedded

ROOT = Path(__file__).resolve().parents[4]
BIN = Path(sys.executable).parent
WORKERS = "2"  # the machines that run this have two cores
NO_TESTS_COLLECTED = 5


@dataclass(frozen=True, slots=True)
class Step:
    """One check: what it is called, the command, and whether `--fast` runs it."""

    name: str
    command: tuple[str, ...]
    fast: bool = True


STEPS: tuple[Step, ...] = (
    Step("style", ("ruff", "check", ".")),
    Step("format", ("ruff", "format", "--check", "--quiet", ".")),
    Step("import contracts", ("lint-imports", "--no-logo")),
    Step("types", ("mypy", "--no-error-summary"), fast=False),
    Step("templates", ("djlint", "src", "--lint", "--quiet"), fast=False),
    Step("migrations", ("python", "-m", "ansinh.config.cli", "makemigrations", "--check")),
    Step("messages", ("python", "-m", "ansinh.config.cli", "messages", "--check"), fast=False),
    Step("law", ("python", "-m", "ansinh.config.cli", "law", "check")),
)


def test_home() -> str:
    """A data folder for tests only, kept between runs so that the template database is reused."""
    mark = hashlib.sha256(f"{ROOT}{os.getuid()}".encode()).hexdigest()[:12]
    return str(Path(tempfile.gettempdir()) / f"ansinh-test-{mark}")


def chromium() -> str | None:
    """The browser on this machine: Debian's Chromium."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def install_chromium() -> str | None:
    """Install Debian's Chromium when we are root and it is missing; None when there is none."""
    if chromium() or os.geteuid() != 0 or not shutil.which("apt-get"):
        return chromium()
    click.echo("· installing Debian's chromium for the browser tests")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
    ):
        subprocess.run(command, check=False, env=environment, **quiet)  # type: ignore[call-overload]
    return chromium()


def run(command: tuple[str, ...], environment: Mapping[str, str]) -> int:
    """Run one check with the environment's own tools; returns its exit code."""
    found = BIN / command[0]
    return subprocess.run([str(found), *command[1:]], cwd=ROOT, check=False, env=dict(environment)).returncode


def pytest_command(*, fast: bool, browser: bool, arguments: tuple[str, ...]) -> tuple[str, ...]:
    """The pytest call: everything but the browser on all cores, or the browser tests alone."""
    if browser:
        return ("pytest", "-m", "browser", "tests", *arguments)
    chosen = "not browser and not slow" if fast else "not browser"
    return ("pytest", "-n", WORKERS, "--dist", "loadfile", "-m", chosen, *arguments)


@click.command(context_settings={"ignore_unknown_options": True})
@click.option("--fast", is_flag=True, help="Only what takes under a minute: no types, no browser.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object at the end.")
@click.argument("pytest_arguments", nargs=-1, type=click.UNPROCESSED)
def test(*, fast: bool, as_json: bool, pytest_arguments: tuple[str, ...]) -> None:
    """Run every check: style, import contracts, types, migrations, law, tests, real Chromium.

    Uses a data folder of its own (ANSINH_HOME, when set, is used instead) and stops the
    database that it started. Further words go to pytest: `ansinh test --fast -k approvals`.
    """
    environment = dict(os.environ)
    own_home = "ANSINH_HOME" not in environment and database.is_embedded()
    if own_home:
        environment["ANSINH_HOME"] = os.environ["ANSINH_HOME"] = test_home()
    environment["PATH"] = f"{BIN}{os.pathsep}{environment.get('PATH', '')}"
    environment["MYPYPATH"] = str(ROOT / "src")
    results: list[tuple[str, int, float]] = []

    def check(name: str, command: tuple[str, ...]) -> None:
        started = time.monotonic()
        click.echo(f"── {name}")
        code = run(command, environment)
        results.append((name, code, time.monotonic() - started))

    try:
        for step in STEPS:
            if step.fast or not fast:
                check(step.name, step.command)
        arguments = pytest_arguments
        check("tests", pytest_command(fast=fast, browser=False, arguments=arguments))
        if not fast:
            _browser(check, results, arguments)
    finally:
        if own_home:
            embedded.stop()
    _report(results, as_json=as_json)


def _browser(check: object, results: list[tuple[str, int, float]], arguments: tuple[str, ...]) -> None:
    if install_chromium():
        check("browser tests", pytest_command(fast=False, browser=True, arguments=arguments))  # type: ignore[operator]
        return
    click.echo("Browser tests DID NOT RUN: Chromium is missing (apt-get install chromium).")
    if os.environ.get("CI"):
        results.append(("browser tests", 1, 0.0))


def _report(results: list[tuple[str, int, float]], *, as_json: bool) -> None:
    failed = [name for name, code, _seconds in results if code not in {0, NO_TESTS_COLLECTED}]
    if as_json:
        steps = [{"name": n, "passed": c == 0, "seconds": round(s, 1)} for n, c, s in results]
        click.echo(json.dumps({"steps": steps, "failed": failed}))
    else:
        for name, code, seconds in results:
            click.echo(f"{'✓' if code == 0 else '✗'} {name:<20} {seconds:6.1f} s")
        click.echo("Every check passed." if not failed else f"Failed: {', '.join(failed)}.")
    if failed:
        raise click.exceptions.Exit(1)
