# SPDX-License-Identifier: MPL-2.0
"""Named points in the code where a test may strike: raise, end the process at once, or pause it.

In production nothing is armed and a point costs one look into an empty dictionary; only tests and the
fault rig arm them, in their own process or in one that they forked.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

_ARMED: dict[str, Callable[[], None]] = {}
_HIT: set[str] = set()
_TOLD: list[int] = []


class Struck(Exception):  # noqa: N818 - what happened, not what is wrong
    """A failpoint was armed to raise."""


def failpoint(name: str) -> None:
    """Do what is armed for `name`; nothing otherwise."""
    if _ARMED:
        _pass(name)
        if strike := _ARMED.get(name):
            strike()


def _pass(name: str) -> None:
    if name not in _HIT:
        _HIT.add(name)
        for descriptor in _TOLD:
            os.write(descriptor, f"{name}\n".encode())


def arm(name: str, act: str | Callable[[], None], *, turn: int = 1) -> None:
    """Strike at `name` when it is passed for the `turn`-th time: `raise`, `kill` (no clean-up, as -9),
    `pause` (SIGSTOP, until somebody sends SIGCONT), or call something."""
    ways: dict[str, Callable[[], None]] = {"raise": lambda: _raise(name), "kill": _kill, "pause": _pause}
    strike, left = (ways[act] if isinstance(act, str) else act), [turn]

    def count() -> None:
        left[0] -= 1
        if left[0] == 0:
            strike()

    _ARMED[name] = count


def watch() -> None:
    """Count the points that are passed without striking at any."""
    _ARMED.setdefault("", lambda: None)


def disarm() -> None:
    """Back to production."""
    _ARMED.clear()


def hit() -> frozenset[str]:
    """The points that were passed while something was armed."""
    return frozenset(_HIT)


def tell(descriptor: int) -> None:
    """Write each point to a file as it is passed first, so that a killed process has said it."""
    _TOLD.append(descriptor)


def _raise(name: str) -> None:
    raise Struck(name)


def _kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _pause() -> None:
    os.kill(os.getpid(), signal.SIGSTOP)
