# SPDX-License-Identifier: MPL-2.0
"""Many runs, on all cores, and their figures."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection

from ansinh.config import database, embedded, setup
from faults import children, world
from faults.bank import Bank, running_bank
from faults.points import POINTS
from faults.run import MUTATIONS, Plan, Run, plan_of
from faults.verdict import Verdict

SERVER_KILLS_IN = 50  # one run in so many kills the database server; those run alone
SHOWN = 20


@dataclass(slots=True)
class Figures:
    """What `ansinh faults --json` prints."""

    runs: int = 0
    double_payments: int = 0
    lost_lines: int = 0
    stuck_lines: int = 0
    violations: int = 0
    failpoints: int = 0
    failpoints_hit: list[str] = field(default_factory=list)
    failpoints_missed: list[str] = field(default_factory=list)
    seed: int = 0
    seconds: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    broken_seeds: list[dict[str, Any]] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Whether no run found anything."""
        return not (self.double_payments or self.lost_lines or self.stuck_lines or self.violations)


def run_many(
    *, runs: int, seed: int, kind: str = "", mutation: str = "", processes: int = 2,
    told: Callable[[str], None] = lambda _line: None,
) -> Figures:  # fmt: skip
    """Play `runs` seeds from `seed` on. The server and the bank are the rig's own."""
    started = time.monotonic()
    plans = [_plan(seed + number, number, kind, mutation) for number in range(runs)]
    folder = Path(tempfile.mkdtemp(prefix="ansinh-faults-"))
    with _server() as template, running_bank(folder, silence_ms=260) as bank:
        alone = [plan for plan in plans if plan.kind == "postgres"]
        beside = [plan for plan in plans if plan.kind != "postgres"]
        found = _play(alone, bank, template, folder, mutation, 1, told)
        found += _play(beside, bank, template, folder, mutation, processes, told)
        hit = {name for path in folder.glob("hits-*") for name in path.read_text().split()}
    shutil.rmtree(folder, ignore_errors=True)
    figures = Figures(runs=len(found), seed=seed, failpoints=len(POINTS))
    figures.failpoints_hit = sorted(hit & set(POINTS))
    figures.failpoints_missed = sorted(set(POINTS) - hit)
    figures.kinds = dict(sorted(Counter(plan.kind for plan in plans).items()))
    for plan, said in found:
        figures.double_payments += said.double_payments
        figures.lost_lines += said.lost_lines
        figures.stuck_lines += said.stuck_lines
        figures.violations += len(said.violations)
        if not said.clean and len(figures.broken_seeds) < SHOWN:
            figures.broken_seeds.append({"seed": plan.seed, "kind": plan.kind, **asdict(said)})
    figures.seconds = round(time.monotonic() - started)
    return figures


def _plan(seed: int, number: int, kind: str, mutation: str) -> Plan:
    wanted = kind or ("postgres" if number % SERVER_KILLS_IN == SERVER_KILLS_IN - 1 else "")
    plan = plan_of(seed, kind=wanted)
    if mutation == "silence_is_failure":
        plan.knobs.update(silent=60, forgetful=100)
    return plan


@contextlib.contextmanager
def _server() -> Iterator[str]:
    database.ensure_server()
    setup.start_django()
    try:
        yield world.make_template()
    finally:
        connection.close()
        embedded.stop()


def _play(
    plans: list[Plan], bank: Bank, template: str, folder: Path, mutation: str, processes: int,
    told: Callable[[str], None],
) -> list[tuple[Plan, Verdict]]:  # fmt: skip
    """Share the plans out to processes; their verdicts come back as lines of JSON."""
    if not plans:
        return []
    pids, outs = [], []
    for share in range(min(processes, len(plans))):
        read_end, write_end = os.pipe()
        sys.stdout.flush()
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                os.close(read_end)
                _play_share(plans[share::processes], bank, template, folder, mutation, write_end)
                code = 0
            except BaseException:
                traceback.print_exc()
                raise
            finally:
                sys.stderr.flush()
                os._exit(code)
        os.close(write_end)
        pids.append(pid)
        outs.append(os.fdopen(read_end))
    known = {plan.seed: plan for plan in plans}
    found = []
    for out in outs:
        for line in out:
            said = json.loads(line)
            plan = known[said.pop("seed")]
            found.append((plan, Verdict(**said)))
            if not found[-1][1].clean:
                told(f"seed {plan.seed} ({plan.kind}): {said}")
    for pid in pids:
        if children.ended(pid) != 0:
            raise RuntimeError("a process of the rig ended with an error; see above")
    return found


def _play_share(
    plans: list[Plan], bank: Bank, template: str, folder: Path, mutation: str, out: int
) -> None:  # fmt: skip
    hits = os.open(folder / f"hits-{os.getpid()}", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    children.failpoints.tell(hits)
    children.failpoints.watch()
    name = f"ansinh_fault_run_{os.getpid()}"
    for plan in plans:
        with world.a_copy(template, name):
            if mutation:
                with database.connect("admin", name=name, autocommit=True) as admin:
                    admin.execute(MUTATIONS[mutation])
            said = Run(plan, bank, name, hits).play()
        os.write(out, (json.dumps({"seed": plan.seed, **asdict(said)}) + "\n").encode())
