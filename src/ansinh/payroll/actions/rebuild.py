# SPDX-License-Identifier: MPL-2.0
"""The rebuild proof: a settled payroll computed again from its snapshot and the law it was made with
gives the same bytes."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction

from ansinh.legislation.load import load
from ansinh.payroll.actions.content import content, whole_hash
from ansinh.payroll.facts import answer_of, component_lines
from ansinh.payroll.models import LawCopy, Payroll
from ansinh.rules.known_law import law_known
from ansinh.rules.law import Law
from ansinh.rules.months import Month
from ansinh.staff.scope import opened_to_all

# A line by law is what its case owes now, less what was paid before; others are what was decided.
AMOUNT = (
    "CASE WHEN l.case_id IS NULL OR l.kind = 'carried_forward' THEN l.amount_vnd"
    " WHEN l.kind = 'recovery' THEN l.deducted_vnd - coalesce(r.amount_vnd, 0)"
    " ELSE coalesce(r.amount_vnd, 0) - l.deducted_vnd END"
)
REBUILT = (
    "LEFT JOIN payroll_stage_line r ON r.run = -l.payroll_id AND r.case_id = l.case_id"
    " AND r.component = split_part(split_part(l.component, '+', 1), '-', 1)"
)


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A payroll and the two hashes."""

    payroll_id: int
    stored: str
    again: str
    cases: int

    @property
    def same(self) -> bool:
        """Whether the bytes are the same."""
        return self.stored == self.again


@contextmanager
def law_of(*, version: str) -> Iterator[Law]:
    """The law of a version: today's files when they are the ones, else the kept copy."""
    now = load()
    if now.version == version:
        yield now
        return
    with tempfile.TemporaryDirectory() as room:
        for name, text in LawCopy.objects.get(version=version).files.items():
            path = Path(room) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        yield load(Path(room))


def rebuild(*, payroll: Payroll) -> Rebuilt:
    """Assess the stored cases of a payroll again and hash the lines that follow; writes nothing that
    stays."""
    with law_of(version=payroll.law_version) as law, transaction.atomic(), opened_to_all():
        assert payroll.known_on is not None
        known = law_known(law, on=payroll.known_on, paid_from=Month.of(payroll.period).first_day)
        codes = frozenset(known.categories)
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, month, facts FROM payroll_case WHERE payroll_id = %s", [payroll.pk])
            cases = cursor.fetchall()
            with cursor.copy(
                "COPY payroll_stage_line (run, case_id, month, fact_key, component, code, place, kind,"
                " amount_vnd) FROM STDIN"
            ) as copy:
                for key, month, facts in cases:
                    for component, line in component_lines(answer_of(known, json.loads(facts)), codes=codes):
                        copy.write_row((-payroll.pk, key, month, "", component, line.code, 0, line.kind,
                                        line.amount_vnd))  # fmt: skip
            again = whole_hash(content(payroll_id=payroll.pk, amount=AMOUNT, rebuilt=REBUILT))
            cursor.execute("DELETE FROM payroll_stage_line WHERE run = %s", [-payroll.pk])
    return Rebuilt(payroll.pk, bytes(payroll.content_sha256 or b"").hex(), again.hex(), len(cases))
