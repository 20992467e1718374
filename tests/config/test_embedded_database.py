# SPDX-License-Identifier: MPL-2.0
"""The embedded server: shared, survives kill -9, stopped by its own command only."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from ansinh.config import database, embedded

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not database.is_embedded(), reason="DATABASE_URL is set: no embedded server here"),
]


@pytest.fixture
def own_home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder of its own whose server is stopped afterwards."""
    with tempfile.TemporaryDirectory(prefix="ansinh-") as folder:
        monkeypatch.setenv("ANSINH_HOME", folder)
        monkeypatch.delenv("ANSINH_DATABASE", raising=False)
        yield Path(folder)
        embedded.stop()


def run_python(code: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=dict(os.environ)
    )


def wait_until_gone(pid: int) -> None:
    deadline = time.monotonic() + 10
    while embedded.started_at(pid) and time.monotonic() < deadline:
        time.sleep(0.01)


START = "from ansinh.config import embedded; embedded.ensure_running(); print(embedded.running_pid())"


def test_commands_started_together_share_one_server(own_home: Path) -> None:
    both = [run_python(START) for _ in range(3)]
    pids = {process.communicate(timeout=60)[0].strip() for process in both}
    assert len(pids) == 1
    assert pids == {str(embedded.running_pid())}


def test_the_server_outlives_the_command_that_started_it(own_home: Path) -> None:
    starter = run_python(START + "\nimport os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    starter.communicate(timeout=60)
    assert starter.returncode == -signal.SIGKILL
    with database.connect("admin", name="postgres") as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_killed_server_comes_back_with_what_was_committed(own_home: Path) -> None:
    embedded.ensure_running()
    with database.connect("admin", name="postgres", autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (amount bigint)")
        connection.execute("INSERT INTO kept VALUES (500000)")
    pid = embedded.running_pid()
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    wait_until_gone(pid)
    embedded.ensure_running()
    with database.connect("admin", name="postgres") as connection:
        assert connection.execute("SELECT amount FROM kept").fetchone() == (500_000,)


def test_stop_ends_only_the_server_it_started(own_home: Path) -> None:
    embedded.ensure_running()
    bystander = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        pid = embedded.running_pid()
        assert pid is not None
        note = embedded.cluster_folder(embedded.owner()) / "server.json"
        kept = note.read_text()
        # A recycled pid: the note names a living process that is not the one we started.
        note.write_text(json.dumps({"pid": bystander.pid, "started": "1"}))
        assert embedded.stop() is False
        assert bystander.poll() is None
        note.write_text(kept)
        assert embedded.stop() is True
        assert embedded.started_at(pid) is None
        assert embedded.stop() is False
    finally:
        bystander.kill()
        bystander.wait()


def test_a_server_whose_starter_died_before_noting_it_is_found_again(own_home: Path) -> None:
    embedded.ensure_running()
    pid = embedded.running_pid()
    (embedded.cluster_folder(embedded.owner()) / "server.json").unlink()
    embedded.ensure_running()
    assert embedded.running_pid() == pid


def test_the_server_listens_on_no_port_and_wants_a_password(own_home: Path) -> None:
    folder = embedded.ensure_running()
    with database.connect("admin", name="postgres") as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert connection.execute("SHOW fsync").fetchone() == ("on",)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(host=str(folder), user=embedded.SUPERUSER, password="", dbname="postgres")
    assert folder.stat().st_mode & 0o077 == 0


def test_an_initdb_that_was_cut_short_is_made_again(own_home: Path) -> None:
    who = embedded.owner()
    cluster = embedded.cluster_folder(who)
    (cluster / "data").mkdir(parents=True)
    (cluster / "data" / "half-written").write_text("x")
    embedded.ensure_running()
    assert embedded.running_pid() is not None


def test_a_long_data_folder_still_gets_a_socket(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = own_home / ("x" * 100)
    monkeypatch.setenv("ANSINH_HOME", str(deep))
    folder = embedded.ensure_running()
    try:
        assert len(str(folder)) <= embedded.LONGEST_SOCKET_FOLDER
    finally:
        embedded.stop()
