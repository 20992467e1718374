# SPDX-License-Identifier: MPL-2.0
"""What a payroll holds, commune by commune: figures and the hash that papers, approvals and locks
compare. Read from what is stored, in one pass."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from ansinh.payroll.models import CommuneTotal
from ansinh.statements import statement


@dataclass(frozen=True, slots=True)
class CommuneContent:
    """One commune's part of a payroll. `by_law_vnd` is what its cases owe, with what was paid before."""

    commune_id: int
    people: int
    payable: int
    held: int
    total_vnd: int
    held_vnd: int
    recover_vnd: int
    by_law_vnd: int
    lines: int
    first_id: int
    last_id: int
    sha256: str


def content(*, payroll_id: int, amount: str = "l.amount_vnd", rebuilt: str = "") -> list[CommuneContent]:
    """Each commune's part, in the order of ids. `amount` and `rebuilt` put other amounts in the place
    of the stored ones (the rebuild proof)."""
    text = statement("payroll", "content").replace("{amount}", amount).replace("{rebuilt}", rebuilt)
    with connection.cursor() as cursor:
        cursor.execute(text, {"payroll": payroll_id})
        return [CommuneContent(*row) for row in cursor.fetchall()]


def whole_hash(parts: Iterable[CommuneContent]) -> bytes:
    """SHA-256 over the communes' hashes, in the order of their ids."""
    return hashlib.sha256("".join(f"{each.commune_id}:{each.sha256}\n" for each in parts).encode()).digest()


def content_hash(*, payroll_id: int) -> bytes:
    """SHA-256 of everything that a payroll pays, from what is stored now."""
    return whole_hash(content(payroll_id=payroll_id))


def keep_commune_totals(*, payroll_id: int, parts: Iterable[CommuneContent]) -> None:
    """What budgets and boards add up."""
    CommuneTotal.objects.bulk_create(
        CommuneTotal(
            payroll_id=payroll_id, commune_id=each.commune_id, people=each.people, lines=each.payable,
            held=each.held, total_vnd=each.total_vnd, held_vnd=each.held_vnd,
        )
        for each in parts
    )  # fmt: skip
