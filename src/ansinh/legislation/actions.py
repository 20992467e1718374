# SPDX-License-Identifier: MPL-2.0
"""Putting a version of the law into force: handed in by one, approved by two."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from ansinh.approvals.actions import submit
from ansinh.approvals.models import Submission
from ansinh.approvals.subjects import Subject
from ansinh.audit.actions import record
from ansinh.legislation.load import load, version_of
from ansinh.staff.models import Officer

SUBJECT = "law_version"
SHORT = 12


def submit_law(*, unit_id: int, by: Officer, at: datetime) -> Submission:
    """Hand in the version of the law that is loaded now. Raises `SubmittedAlready`."""
    law = load()
    unverified = sum(
        not value.verified for each in law.categories.values() for band in each.bands for value in band.values
    )
    return submit(
        subject=SUBJECT,
        subject_id=law.version,
        title=f"Phiên bản dữ liệu pháp luật {law.version[:SHORT]}",
        unit_id=unit_id,
        summary={"Mã chế độ": len(law.categories), "Giá trị chưa kiểm chứng": unverified},
        last_editor=by,
        by=by,
        at=at,
    )


def _content_hash(_version: str) -> bytes:
    """The hash of the files as they are now: a file changed after submission stops the approval."""
    return bytes.fromhex(version_of())


def _published(version: str, officer_id: int, at: datetime) -> None:
    record(by=officer_id, at=at, act="legislation.publish", subject=SUBJECT, subject_id=version)


def _page(_version: str) -> str:
    return reverse("legislation:browse")


LAW_VERSION = Subject(content_hash=_content_hash, on_approved=_published, url=_page)
