# SPDX-License-Identifier: MPL-2.0
"""Accounts that come in a list (form `accounts`): each becomes a declared account with checks and an
approval of its own. A list never changes an account that is in use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from ansinh.audit.actions import record
from ansinh.payees.actions.many import Stated, declare_many
from ansinh.registry.files.rows import Row
from ansinh.registry.matching import Matched
from ansinh.registry.models import ImportFile
from ansinh.rules.months import VIETNAM
from ansinh.staff.models import Officer


def take_accounts(
    *, file: ImportFile, rows: Sequence[Row], matched: dict[int, Matched], by: Officer | None, at: datetime
) -> dict[str, int]:
    """Declare the accounts of a chunk of a confirmed list, in the transaction that confirms it.

    Answers how many were declared (`accounts`), are the ones in use (`unchanged`), and were left out
    because somebody else has to receive (`represented`), another account waits (`waiting`), or the
    person is not in the register (`unknown`).
    """
    stated = [
        Stated(
            matched.get(row.number, Matched()).person_id, row.values["bank"], row.values["account"],
            row.values.get("holder") or "", f"Danh sách {file.name}", at.astimezone(VIETNAM).date(),
        )
        for row in rows
    ]  # fmt: skip
    counts = Counter(dict.fromkeys(("accounts", "unchanged", "represented", "waiting", "unknown"), 0))
    counts.update(
        declare_many(
            stated=stated, source="commune", details={"file": file.pk}, by=by, at=at,
            on=at.astimezone(VIETNAM).date(),
        )
    )  # fmt: skip
    record(
        by=by.pk if by else None, at=at, act="payees.take_accounts", subject="import", subject_id=file.pk,
        unit_id=file.commune_id, details=dict(counts),
    )  # fmt: skip
    return dict(counts)
