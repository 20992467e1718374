# SPDX-License-Identifier: MPL-2.0
"""The life of a submission, as one table of edges."""

from __future__ import annotations

from enum import StrEnum

from ansinh.rules.lifecycle import Lifecycle


class Submission(StrEnum):
    """States of a submission."""

    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    VOIDED = "voided"


SUBMISSION = Lifecycle(
    "submission",
    states=Submission,
    initial=Submission.SUBMITTED,
    edges=(
        (Submission.SUBMITTED, "approve", Submission.APPROVED),
        (Submission.SUBMITTED, "return", Submission.RETURNED),
        (Submission.SUBMITTED, "withdraw", Submission.WITHDRAWN),
        (Submission.SUBMITTED, "void", Submission.VOIDED),
        (Submission.APPROVED, "void", Submission.VOIDED),
    ),
    final=(Submission.RETURNED, Submission.WITHDRAWN, Submission.VOIDED),
)
