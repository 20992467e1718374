# SPDX-License-Identifier: MPL-2.0
"""How fast results are stored raw, matched and booked: files of 50,000 lines, as they come.

The limit is COPY of the very rows that stand afterwards (raw lines, events, postings) into fresh
tables of the same shape, then their keys, in the same run on the same server.
"""

from __future__ import annotations

import csv
import io
import resource
import time

from ansinh.config import database
from bench.disburse import AT, instruct_all, limit, locked_payroll, own_database

IN_A_FILE = 50_000
STAND = {
    "reconciliation_line": "true",
    "disbursement_event": "cause = 'result'",
    "ledger_posting": "cause IN ('confirm', 'reject', 'bounce')",
}
SENT = """
INSERT INTO disbursement_event (instruction_id, seq, commune_id, state_from, event, state_to, cause, reason,
    at)
SELECT id, 1, commune_id, 'instructed', 'send', 'sent', 'envelope', '', now() FROM disbursement_instruction;
INSERT INTO ledger_posting (source, commune_id, period, booked, cause, debit, credit, amount_vnd, person_id,
    origin, origin_id, origin_seq, reason, at)
SELECT stream, commune_id, period, period, 'send', 'at_bank', 'waiting', amount_vnd, person_id, 'instruction',
    id, 1, '', now() FROM disbursement_instruction;
"""


def _answers(name: str) -> list[bytes]:
    """Result files: of a hundred lines two failed, one came back."""
    files = []
    with database.connect("admin", name=name) as admin:
        rows = admin.execute("SELECT end_to_end_id, amount_vnd, id FROM disbursement_instruction ORDER BY id")
        while chunk := rows.fetchmany(IN_A_FILE):
            out = io.StringIO()
            writer = csv.writer(out)
            writer.writerow(["REF", "AMOUNT", "STATUS", "REASON", "BANKREF", "DATE"])
            for reference, amount, number in chunk:
                status = "FAILED" if number % 50 == 0 else "RETURNED" if number % 100 == 1 else "PAID"
                writer.writerow([reference, amount, status, "" if status == "PAID" else "AC04", f"FT{number}",
                                 "04/03/2024"])  # fmt: skip
            total = sum(amount for _reference, amount, _number in chunk)
            writer.writerow([f"TOTAL {len(chunk)}", total, "", "", "", ""])
            files.append(out.getvalue().encode())
    return files


def run(*, lines: int) -> dict[str, object]:
    """Figures for `lines` result lines."""
    with own_database("reconcile") as name:
        from django.db import connection

        from ansinh.reconciliation.actions.receive import Control, receive

        payroll = locked_payroll(name, lines)
        instruct_all(payroll)
        connection.close()
        with database.connect("admin", name=name, autocommit=True) as admin:
            admin.execute(SENT)
            admin.execute("VACUUM ANALYZE")
        files = _answers(name)
        seconds = 0.0
        for number, content in enumerate(files):
            started = time.perf_counter()
            receive(
                content=content, name=f"{number}.csv", form="bank_csv", unit_id=payroll.unit_id,
                stream=payroll.stream, control=Control(), by=None, at=AT,
            )  # fmt: skip
            seconds += time.perf_counter() - started
        connection.close()
        with database.connect("admin", name=name, autocommit=True) as admin:
            copying = limit(admin, STAND)
            said = "SELECT outcome, count(*) FROM reconciliation_outcome GROUP BY outcome"
            counts = {str(outcome): int(many) for outcome, many in admin.execute(said).fetchall()}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {
        "lines": lines, "files": len(files), "seconds": round(seconds, 2), "copy_seconds": round(copying, 2),
        "lines_per_second": round(lines / seconds), "ratio_to_copy": round(seconds / copying, 2), "limit": 3,
        "peak_mb": peak, **counts,
    }  # fmt: skip
