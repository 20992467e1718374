# SPDX-License-Identifier: MPL-2.0
"""The demo, one step per stage, in the order of the payment cycle. A stage that lands adds its step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(slots=True)
class Scene:
    """What the steps share: the seed, the day it plays on, and the figures found so far."""

    seed: int
    on: date
    at: datetime
    figures: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what it does in plain words, and the act, which returns its figure in words."""

    label: str
    act: Callable[[Scene], str]


STEPS: list[Step] = []
