# SPDX-License-Identifier: MPL-2.0
"""The sealed columns of this package by name."""

from __future__ import annotations

from ansinh.directives.models import Complaint
from ansinh.vault.sealing import open_sealed

CODE = "directives_complaint.code"
CONTENT = "directives_complaint.content"
CONTACT = "directives_complaint.contact"
ANSWER = "directives_complaint.answer"


def content_of(complaint: Complaint) -> str:
    """What was complained of, in clear."""
    return open_sealed(column=CONTENT, sealed=bytes(complaint.content_enc))


def contact_of(complaint: Complaint) -> str:
    """Where the person can be reached, in clear; empty when nothing was left."""
    sealed = complaint.contact_enc
    return "" if sealed is None else open_sealed(column=CONTACT, sealed=bytes(sealed))


def answer_of(complaint: Complaint) -> str:
    """The answer, in clear; empty before there is one."""
    sealed = complaint.answer_enc
    return "" if sealed is None else open_sealed(column=ANSWER, sealed=bytes(sealed))
