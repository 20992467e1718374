# SPDX-License-Identifier: MPL-2.0
"""Sealing the audit log as the role that may."""

from __future__ import annotations

from datetime import datetime

from ansinh.audit import sealing
from ansinh.audit.chain import Report
from ansinh.config import database


def seal_now(*, at: datetime) -> Report:
    """Seal every waiting event, then verify the whole chain."""
    with database.connect("seal") as connection:
        sealing.seal(connection, at=at)
        connection.commit()
        report, _waiting = sealing.verify_database(connection, anchor=None)
    return report
