# SPDX-License-Identifier: MPL-2.0
"""Every command teaches, and every mistake is one sentence with the right exit code."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ansinh.config.cli import COMMANDS


def ansinh(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ansinh.config.cli", *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_help_lists_every_command_with_its_purpose() -> None:
    shown = ansinh("--help").stdout
    for name, entry in COMMANDS.items():
        assert name in shown
        assert entry.help.split(":")[0].split(".")[0] in " ".join(shown.split())


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_each_command_has_help_that_teaches(name: str) -> None:
    done = ansinh(name, "--help")
    assert done.returncode == 0, done.stderr
    assert "Usage:" in done.stdout
    assert len(done.stdout.splitlines()) > 5


def test_an_unknown_command_is_bad_use() -> None:
    done = ansinh("pay-everyone")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_an_unknown_option_is_bad_use() -> None:
    assert ansinh("stop", "--force").returncode == 2
