# SPDX-License-Identifier: MPL-2.0
"""One run: a month, a kind of trouble, a verdict. Everything is drawn from the seed."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import OperationalError, connections

from ansinh.config import database
from ansinh.disbursement.actions import online
from ansinh.disbursement.actions.restored import NothingToTakeIn, take_in
from ansinh.disbursement.actions.sent_notes import OlderThanSent, unknown_dispatches
from ansinh.disbursement.models import Envelope
from ansinh.rules import failpoints
from ansinh.rules.failpoints import Struck
from ansinh.rules.refusals import Refusal
from faults import children, pages, world
from faults.bank import Bank
from faults.month import Month
from faults.points import POINTS
from faults.verdict import Verdict, verdict

MONDAY = datetime(2024, 3, 4, 1, tzinfo=UTC)
MOST_ACTS = 80
KNOBS = ("drop", "silent", "html", "forgetful", "account_closed", "wrong_holder", "return_later", "duplicate",
         "reorder", "truncate", "contradict", "wrong_amount", "unknown_id", "pending")  # fmt: skip
# kind of trouble -> how many of a hundred runs
SHARES = {"raise": 46, "kill": 30, "worker": 5, "twice": 5, "pause": 4, "pages": 3, "crowd": 2, "restore": 5}
MUTATIONS = {
    # a time-out means failed: what the bank took without a word is sent again
    "silence_is_failure": """
        CREATE FUNCTION rig_mutation() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN IF NEW.state = 'uncertain' THEN NEW.state := 'approved'; END IF; RETURN NEW; END $$;
        CREATE TRIGGER aaa_rig BEFORE UPDATE ON disbursement_envelope
            FOR EACH ROW EXECUTE FUNCTION rig_mutation()""",
    # nothing decides who may put an instruction into a file
    "no_key_of_enclosures": """
        ALTER TABLE disbursement_enclosed DROP CONSTRAINT disbursement_enclosed_pkey""",
    # a line may move an instruction more than once, and two may take the same step
    "no_key_of_events": """
        ALTER TABLE disbursement_event DROP CONSTRAINT disbursement_event_pkey;
        ALTER TABLE disbursement_event DROP CONSTRAINT disbursement_line_once;
        ALTER TABLE reconciliation_outcome DROP CONSTRAINT reconciliation_fact_once""",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What a seed says: the kind of trouble, the bank's knobs."""

    seed: int
    kind: str
    knobs: dict[str, int]


def plan_of(seed: int, *, kind: str = "") -> Plan:
    """The plan of a seed."""
    drawn = random.Random(seed)
    chosen = drawn.choices(list(SHARES), weights=list(SHARES.values()))[0]
    knobs = {knob: drawn.choice((0, 0, 10, 30, 60)) for knob in KNOBS}
    knobs["silent"], knobs["drop"] = min(knobs["silent"], 30), min(knobs["drop"], 30)
    return Plan(seed, kind or chosen, knobs)


class Run:
    """One run in a database of its own."""

    def __init__(self, plan: Plan, bank: Bank, name: str, hits: int) -> None:
        self.plan, self.bank, self.name, self.hits = plan, bank, name, hits
        self.drawn = random.Random(plan.seed + 1)
        self.book = f"{name}-{plan.seed}"
        settings.BANK_URL, settings.BANK_WAIT_MS = bank.url(self.book), 200
        bank.set(self.book, seed=plan.seed, knobs=plan.knobs)
        self.uncaught: list[str] = []
        self.points = POINTS
        # what goes through the queue or the pages takes the time from the real clock
        self.clock = datetime.now(UTC) if plan.kind in {"worker", "pages"} else MONDAY

    def play(self) -> Verdict:
        """Make the trouble, let the house finish, judge."""
        ways: dict[str, Callable[[], None]] = {
            "raise": self._raises, "kill": self._kills, "worker": self._worker, "twice": self._twice,
            "pause": self._pauses, "pages": self._pages, "crowd": self._crowd, "restore": self._restore,
            "postgres": self._postgres,
        }  # fmt: skip
        ways[self.plan.kind]()
        failpoints.disarm()
        self._finish()
        found = verdict(self.bank.count(self.book))
        found.violations += self.uncaught
        return found

    def month(self, *, salt: int = 0, through_queue: bool = False) -> Month:
        """The month as one more process sees it."""
        drawn = random.Random(self.plan.seed * 1000 + salt)
        at = self.clock + timedelta(hours=salt)
        return Month(world.cast_now(), self.bank, self.book, drawn, at, through_queue)

    def _finish(self) -> None:
        """The house without trouble, until nothing is left to do."""
        month = self.month(salt=77)
        for _act in range(MOST_ACTS):
            if not month.advance():
                break
        else:
            self.uncaught.append("there is still something to do")
        self.uncaught += month.uncaught

    def _acts(self, many: int, *, salt: int, through_queue: bool = False) -> Callable[[], None]:
        def act() -> None:
            month = self.month(salt=salt, through_queue=through_queue)
            for _act in range(many):
                if not month.advance():
                    return
            assert not month.uncaught, month.uncaught

        return act

    def _struck(self) -> tuple[str, int]:
        """A point and the turn at which it strikes; points of rare acts strike at once."""
        return self.drawn.choice(POINTS), self.drawn.choice((1, 1, 1, 2, 3))

    def _raises(self) -> None:
        """In one process: an error at one point after another, the act is simply tried again."""
        month = self.month()
        for _strike in range(3):
            name, turn = self._struck()
            failpoints.disarm()
            failpoints.watch()
            failpoints.arm(name, "raise", turn=turn)
            for _act in range(9):
                try:
                    if not month.advance():
                        return
                except Struck:
                    break
        self.uncaught += month.uncaught

    def _kills(self) -> None:
        """A process is killed at a point, another goes on, three times."""
        for strike in range(3):
            armed = {name: ("kill", turn) for name, turn in (self._struck() for _each in range(3))}
            pid = children.fork(self._acts(10, salt=strike), hits=self.hits, armed=armed)
            self.expect(children.ended(pid), {0, -signal.SIGKILL})

    def _worker(self) -> None:
        """The worker is killed while it sends, and another takes its jobs up."""
        points = [
            name for name in POINTS if name.split(".")[0] in {"send", "claim", "settle", "move", "note"}
        ]
        for strike in range(2):
            operator = children.fork(self._acts(7, salt=strike, through_queue=True), hits=self.hits)
            self.expect(children.ended(operator), {0})
            armed = {self.drawn.choice(points): ("kill", 1)}
            pid = children.fork(children.work, hits=self.hits, armed=armed)
            self.expect(children.ended(pid), {0, -signal.SIGKILL})
            children.age_workers(self.name)
        pid = children.fork(children.work, hits=self.hits)
        self.expect(children.ended(pid), {0})

    def _twice(self) -> None:
        """Everything is done by two at once: the same job delivered to two workers."""
        pids = [children.fork(self._acts(16, salt=5), hits=self.hits) for _each in range(2)]
        for pid in pids:
            self.expect(children.ended(pid), {0})

    def _crowd(self) -> None:
        """Twenty operators at once."""
        pids = [children.fork(self._acts(3, salt=each), hits=self.hits) for each in range(20)]
        for pid in pids:
            self.expect(children.ended(pid, within=90), {0})

    def _pauses(self) -> None:
        """A sender is paused past its lease; another asks, sends and goes on; then it wakes up."""
        envelope = self._until_approved()
        if envelope is None:
            return
        point = self.drawn.choice(("claim.after_commit", "send.after_note", "send.before_handing_over",
                                   "send.after_handing_over", "settle.before_state"))  # fmt: skip
        by = world.cast_now()["kho-bac"]
        pid = children.fork(
            lambda: online.send(envelope_id=envelope, by=by, at=MONDAY),
            hits=self.hits,
            armed={point: ("pause", 1)},
        )
        if not children.stopped(pid):
            return
        taken_over = children.fork(self._acts(10, salt=9), hits=self.hits)
        # while the sleeper holds a lock nobody goes on: then it is woken first
        code = children.ended(taken_over, within=4 if point.startswith("settle") else children.WAITS)
        os.kill(pid, signal.SIGCONT)
        self.expect(children.ended(pid), {0})
        self.expect(code, {0, -signal.SIGKILL} if point.startswith("settle") else {0})

    def _until_approved(self) -> int | None:
        """Move the month on until a file for the bank may leave."""
        month = self.month()
        for _act in range(60):
            found = Envelope.objects.filter(state="approved", layout__in=online.FORMS, fence=0).first()
            if found:
                return found.pk
            if not month.advance():
                break
        return None

    def _pages(self) -> None:
        """The web process is killed in the middle of a request; the officer presses the button again."""
        failures = pages.press_through(self)
        self.uncaught += failures

    def _restore(self) -> None:
        """A backup of some moments ago is put back: nothing may leave before it is known what did."""
        if not self._all_in_files():
            return
        backup = f"{self.name}_backup"
        world.copy(self.name, backup)
        try:
            month = self.month(salt=3)
            month.builds = False  # a file that the backup never built keeps the house stopped, rightly
            for _act in range(self.drawn.randrange(1, 9)):
                month.advance()
            world.copy(backup, self.name)
        finally:
            connections.close_all()
            database.drop_database(backup)
        month = self.month(salt=4)
        if unknown_dispatches():
            try:
                envelope = Envelope.objects.filter(state="approved", layout__in=online.FORMS).first()
                if envelope is not None:
                    online.send(envelope_id=envelope.pk, by=month.cast["kho-bac"], at=month.at)
                    self.uncaught.append("an old backup sent a file")
            except OlderThanSent:
                pass
        self._take_in(month)

    def _all_in_files(self) -> bool:
        """Move the month on until every instruction is in a file that is built or approved."""
        month = self.month()
        for _act in range(60):
            if (
                Envelope.objects.filter(state="approved", layout__in=online.FORMS).exists()
                and not month.loose()
            ):
                return True
            if not month.advance():
                break
        return False

    def _take_in(self, month: Month) -> None:
        """Approve the very files again where the backup had not, then take them in."""
        for _try in range(40):
            try:
                take_in(by=month.cast["kho-bac"], at=month.at)
                return
            except NothingToTakeIn:
                return
            except Refusal:
                if not month.advance():
                    return

    def _postgres(self) -> None:
        """The database server and all its processes are killed while somebody works."""
        for strike in range(2):
            pid = children.fork(self._tolerant(strike), hits=self.hits)
            time.sleep(self.drawn.randrange(50, 700) / 1000)
            world.kill_server()
            self.expect(children.ended(pid), {0})

    def _tolerant(self, salt: int) -> Callable[[], None]:
        def act() -> None:
            month = self.month(salt=salt)
            for _act in range(12):
                try:
                    if not month.advance():
                        return
                except OperationalError:
                    connections.close_all()
                    time.sleep(0.1)

        return act

    def expect(self, code: int, allowed: set[int]) -> None:
        """Note a process that ended in another way."""
        if code not in allowed:
            self.uncaught.append(f"a process ended with {code}")
