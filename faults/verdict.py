# SPDX-License-Identifier: MPL-2.0
"""What a run ended in: every invariant, and the bank's own count beside what the house believes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import connection, transaction

from ansinh.config.invariants import check_all
from ansinh.staff.scope import opened_to_all
from faults.month import FINAL

PEOPLE = """
SELECT part.line_id, instruction.end_to_end_id, instruction.person_id, instruction.amount_vnd, state.state
FROM disbursement_instruction AS instruction
JOIN disbursement_state AS state ON state.instruction_id = instruction.id
JOIN disbursement_part AS part ON part.instruction_id = instruction.id
"""
LINES = """
SELECT line.id, line.person_id, line.amount_vnd FROM payroll_line AS line
JOIN payroll_payroll AS payroll ON payroll.id = line.payroll_id AND payroll.state = 'handed_over'
WHERE line.hold = ''
"""
# what the bank did -> the states in which the house may believe that an instruction is
BELIEVED = {
    "paid": {"paid"},
    "failed": {"failed", "reissued", "carried_forward", "refunded"},
    "returned": {"returned", "reissued", "carried_forward", "refunded"},
    "": {"instructed", "failed", "reissued", "carried_forward", "refunded", "cancelled", "with_agent",
         "collected", "uncollected"},
}  # fmt: skip


@dataclass(slots=True)
class Verdict:
    """The figures of one run."""

    double_payments: int = 0
    lost_lines: int = 0
    stuck_lines: int = 0
    violations: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.double_payments or self.lost_lines or self.stuck_lines or self.violations)


def verdict(count: Mapping[str, Mapping[str, int]]) -> Verdict:
    """Compare the database in use with the bank's own count."""
    found = Verdict()
    found.violations = [f"{each.name}: {each.rows[:2]}" for each in check_all() if each.broken]
    with transaction.atomic(), opened_to_all(), connection.cursor() as cursor:
        cursor.execute(PEOPLE)
        rows = cursor.fetchall()
        cursor.execute(LINES)
        lines = cursor.fetchall()
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'")
        failed_jobs = int(cursor.fetchone()[0])
    if failed_jobs:
        found.violations.append(f"jobs: {failed_jobs} failed")
    known = {row[1]: (row[2], row[3], row[4]) for row in rows}
    found.double_payments = _doubles(count, known, lines)
    linked = {row[0] for row in rows}
    found.lost_lines = sum(1 for line in lines if line[0] not in linked)
    for reference, (_person, _amount, state) in known.items():
        if state not in FINAL:
            found.stuck_lines += 1
            found.violations.append(f"stuck: {reference} is {state}")
        elif state not in BELIEVED[_truth(count.get(reference))]:
            found.lost_lines += 1
            found.violations.append(f"belief: {state}, the bank says {_truth(count.get(reference))!r}")
    return found


def _truth(said: Mapping[str, int] | None) -> str:
    if said is None:
        return ""
    return "failed" if said["out"] == 0 else "returned" if said["back"] >= said["out"] else "paid"


def _doubles(
    count: Mapping[str, Mapping[str, int]], known: Mapping[str, tuple[int, int, str]],
    lines: list[tuple[int, int, int]],
) -> int:  # fmt: skip
    """People who got more than they were due: at the bank by its own count, and in cash; and orders
    that the bank paid more than once or that nobody knows."""
    due: dict[int, int] = {}
    for _line, person, amount in lines:
        due[person] = due.get(person, 0) + amount
    got: dict[int, int] = {}
    for reference, said in count.items():
        if reference not in known:
            continue
        person, net = known[reference][0], (said["out"] - said["back"]) * said["amount"]
        got[person] = got.get(person, 0) + net
    for person, amount, state in known.values():
        if state == "collected":
            got[person] = got.get(person, 0) + amount
    strangers = sum(1 for reference in count if reference not in known)
    return strangers + sum(1 for person, vnd in got.items() if vnd > due.get(person, 0))
