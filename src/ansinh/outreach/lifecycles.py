# SPDX-License-Identifier: MPL-2.0
"""The lives of campaigns and of account-opening days."""

from __future__ import annotations

from enum import StrEnum

from ansinh.rules.lifecycle import Lifecycle


class CampaignState(StrEnum):
    """A drive to win the people of some groups."""

    PLANNED = "planned"
    RUNNING = "running"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class DayState(StrEnum):
    """A day on which a bank opens accounts in the commune."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


CAMPAIGN: Lifecycle[CampaignState] = Lifecycle(
    "campaign",
    states=CampaignState,
    initial=CampaignState.PLANNED,
    edges=(
        (CampaignState.PLANNED, "start", CampaignState.RUNNING),
        (CampaignState.PLANNED, "cancel", CampaignState.CANCELLED),
        (CampaignState.RUNNING, "close", CampaignState.CLOSED),
    ),
    final=(CampaignState.CLOSED, CampaignState.CANCELLED),
)

OPENING_DAY: Lifecycle[DayState] = Lifecycle(
    "opening_day",
    states=DayState,
    initial=DayState.PLANNED,
    edges=(
        (DayState.PLANNED, "hold", DayState.HELD),
        (DayState.PLANNED, "cancel", DayState.CANCELLED),
    ),
    final=(DayState.HELD, DayState.CANCELLED),
)
