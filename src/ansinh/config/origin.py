# SPDX-License-Identifier: MPL-2.0
"""Where a database comes from: one that held real people once is opened in production mode only.

A copy on a trial machine (row 119 of the bad inputs) would show them to whoever tries things out.
"""

from __future__ import annotations

import os

from django.db import transaction
from django.utils import timezone

from ansinh.audit.actions import record
from ansinh.audit.models import Event
from ansinh.config.production import RefusedToStartError

SUBJECT, STARTED = "installation", "config.started_production"


def require() -> None:
    """Note in the log that a production started on this database; raise `RefusedToStartError` when a
    trial starts on one that a production started on, or on its copy. Call it after
    `production.require`."""
    if os.environ.get("ANSINH_MODE", "trial") == "production":
        if not _was_production():
            with transaction.atomic():
                record(by=None, at=timezone.now(), act=STARTED, subject=SUBJECT, subject_id="production")
    elif _was_production():
        raise RefusedToStartError(
            "Cơ sở dữ liệu này là của một nơi chi trả thật (hoặc sao chép từ đó) nên không mở ở chế độ thử."
            " Chạy `ansinh demo` để có người giả định (mã tỉnh 000), hoặc đặt ANSINH_MODE=production.\n"
            "This database is, or was copied from, a production; trial mode does not open it."
            " Run `ansinh demo` for invented people (province code 000), or set ANSINH_MODE=production."
        )


def _was_production() -> bool:
    return Event.objects.filter(subject=SUBJECT, subject_id="production", act=STARTED).exists()
