# SPDX-License-Identifier: MPL-2.0
"""Named points in the code where a test may strike: raise, or end the process at once.

In production nothing is armed and a point costs one look into an empty dictionary. Points are armed
by `arm`, or for another process by `ANSINH_FAILPOINTS=name=kill,name=raise`.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

_ARMED: dict[str, Callable[[], None]] = {}
_HIT: set[str] = set()


class Struck(Exception):  # noqa: N818 - what happened, not what is wrong
    """A failpoint was armed to raise."""


def failpoint(name: str) -> None:
    """Do what is armed for `name`; nothing otherwise."""
    if _ARMED:
        _HIT.add(name)
        if strike := _ARMED.get(name):
            strike()


def arm(name: str, act: str | Callable[[], None]) -> None:
    """Strike at `name`: `raise`, `kill` (no clean-up, as -9), or call something."""
    ways: dict[str, Callable[[], None]] = {"raise": lambda: _raise(name), "kill": _kill}
    _ARMED[name] = ways[act] if isinstance(act, str) else act


def watch() -> None:
    """Count the points that are passed without striking at any."""
    _ARMED.setdefault("", lambda: None)


def disarm() -> None:
    """Back to production."""
    _ARMED.clear()


def hit() -> frozenset[str]:
    """The points that were passed while something was armed."""
    return frozenset(_HIT)


def _raise(name: str) -> None:
    raise Struck(name)


def _kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def arm_from_environment() -> None:
    """Arm what `ANSINH_FAILPOINTS` says."""
    for each in filter(None, os.environ.get("ANSINH_FAILPOINTS", "").split(",")):
        name, _equals, act = each.partition("=")
        arm(name, act or "kill")
