# SPDX-License-Identifier: MPL-2.0
"""How fast a locked payroll becomes instructions with their postings, and files.

The limit of the instructions is COPY of the very rows that stand afterwards (instructions, parts,
postings) into fresh tables of the same shape, then the same keys. The limit of a file is the bare
writer of its kind over values that lie ready. Both are measured in the same run on the same server;
the database is made for the run and dropped at the end.
"""

from __future__ import annotations

import csv
import io
import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, BinaryIO

import psycopg
import xlsxwriter

from ansinh.config import database, setup

PROVINCE, COMMUNE = "49", "20431"
BLOCK = 1 << 20
MADE = datetime(2024, 3, 1, tzinfo=UTC)
AT = datetime(2024, 3, 4, 8, tzinfo=UTC)
LAYOUTS = ("bulk_bin", "pain001", "bulk_plain")
STAND = {
    "disbursement_instruction": "payroll_id = {payroll}",
    "disbursement_part": "payroll_id = {payroll}",
    "ledger_posting": "cause = 'approve'",
}
LINES = """
INSERT INTO payroll_line (payroll_id, id, commune_id, person_id, award_id, component, code, benefit_month,
    kind, amount_vnd, deducted_vnd, hold, person_name, number_last4, hamlet, payee_kind, payee_name, channel,
    bank, account_id, account_enc, account_bidx, account_last4, holder_name)
SELECT %(payroll)s, i, %(commune)s, i, i, 'base', 'K6_N', '2024-03-01', 'current', 500000 + i %% 40 * 1000,
    0, '', 'Nguyễn Thị Hoà', '1234', 'Thôn ' || i %% 9, 'self', 'Nguyễn Thị Hoà', 'account', 'VBA', i,
    %(sealed)s, sha256(i::text::bytea), '1234', 'NGUYEN THI HOA'
FROM generate_series(1, %(lines)s) AS i
"""


@contextmanager
def own_database(name: str) -> Iterator[str]:
    """A migrated database of this run with units and officers, served to Django."""
    database.ensure_server()
    named = f"ansinh_bench_{name}_{os.getpid()}"
    made = _from_template(named)
    before = os.environ.get("ANSINH_DATABASE")
    os.environ["ANSINH_DATABASE"] = named
    try:
        setup.start_django()
        if not made:
            setup.migrate(name=named)
        with tempfile.TemporaryDirectory() as folder:
            _serve(named, folder)
            yield named
    finally:
        from django.db import connection

        connection.close()
        database.drop_database(named)
        os.environ.pop("ANSINH_DATABASE")
        if before is not None:
            os.environ["ANSINH_DATABASE"] = before


def _from_template(name: str) -> bool:
    """Make database `name`: a copy of the tests' template of this very schema where there is one, else
    bare. True when the schema is there."""
    template = f"ansinh_template_{setup.schema_mark()}"
    with database.connect("admin", name=database.maintenance_name()) as admin:
        found = admin.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s AND datistemplate", [template]
        ).fetchone()
    if found:
        database.clone_database(template, name)
    else:
        database.ensure_database(name)
    return bool(found)


def _serve(name: str, folder: str) -> None:
    from django.conf import settings
    from django.db import connection

    from ansinh.demo.officers import make_officers
    from ansinh.places.actions import load_units
    from ansinh.places.models import Unit
    from ansinh.places.queries import unit_on

    settings.FILE_STORE_FOLDER = Path(folder)
    connection.close()
    connection.settings_dict.update(database.access("app", name=name).django())
    if not Unit.objects.exists():
        load_units(by=None, at=MADE)
    day = MADE.date()
    make_officers(
        commune=unit_on(code=COMMUNE, on=day),
        province=unit_on(code=PROVINCE, on=day),
        valid_from=day,
        at=MADE,
    )


def locked_payroll(name: str, lines: int) -> Any:
    """A locked payroll of `lines` people, each with an account, written by the database itself."""
    from django.db import connection

    from ansinh.payees.records import NUMBER
    from ansinh.payroll.models import Payroll
    from ansinh.places.queries import unit_on
    from ansinh.vault.sealing import seal_many

    commune = unit_on(code=COMMUNE, on=MADE.date())
    payroll = Payroll.objects.create(
        unit=commune, stream="assistance", period=date(2024, 3, 1), communes=[commune.pk], prepared_at=MADE,
        people=lines, lines=lines,
    )  # fmt: skip
    sealed = seal_many(column=NUMBER, texts=["0012345678"])[0]
    connection.close()
    with database.connect("owner", name=name, autocommit=True) as owner:
        owner.execute(f"CREATE TABLE bench_lines PARTITION OF payroll_line FOR VALUES IN ({payroll.pk})")
        values = {"payroll": payroll.pk, "commune": commune.pk, "lines": lines, "sealed": sealed}
        owner.execute("ALTER TABLE payroll_line DISABLE ROW LEVEL SECURITY")
        owner.execute(LINES, values)
        owner.execute("ALTER TABLE payroll_line ENABLE ROW LEVEL SECURITY")
        owner.execute("ALTER TABLE payroll_payroll DISABLE TRIGGER USER")
        owner.execute("UPDATE payroll_payroll SET state = 'locked', total_vnd = (SELECT sum(amount_vnd) FROM"
                      " bench_lines)")  # fmt: skip
        owner.execute("ALTER TABLE payroll_payroll ENABLE TRIGGER USER")
        owner.execute("VACUUM ANALYZE")
    payroll.refresh_from_db()
    return payroll


def instruct_all(payroll: Any) -> float:
    """Seconds to make the instructions."""
    from django.db import transaction

    from ansinh.disbursement.actions.instruct import instruct, split_of
    from ansinh.disbursement.queries import preview
    from ansinh.staff.models import Officer
    from ansinh.staff.scope import opened_to_all

    with transaction.atomic(), opened_to_all():
        split = split_of(shares=preview(payroll_id=payroll.pk))
    by = Officer.objects.get(username="lap-danh-sach")
    started = time.perf_counter()
    instruct(payroll_id=payroll.pk, confirmed=split, by=by, at=AT)
    return time.perf_counter() - started


def limit(owner: psycopg.Connection, stand: dict[str, str]) -> float:
    """Seconds to COPY the rows that stand into fresh tables without keys, then make the same keys."""
    total = 0.0
    for table, condition in stand.items():
        with tempfile.TemporaryFile() as file:
            out = f"COPY (SELECT * FROM {table} WHERE {condition}) TO STDOUT (FORMAT binary)"
            with owner.cursor().copy(out) as source:
                for block in source:
                    file.write(block)
            file.seek(0)
            started = time.perf_counter()
            with owner.transaction():
                owner.execute(
                    f"CREATE TABLE bench_{table} (LIKE {table} INCLUDING DEFAULTS INCLUDING CONSTRAINTS)"
                )
                with owner.cursor().copy(f"COPY bench_{table} FROM STDIN (FORMAT binary)") as target:
                    while block := file.read(BLOCK):
                        target.write(block)
                for (made,) in owner.execute(
                    "SELECT indexdef FROM pg_indexes WHERE tablename = %s", [table]
                ).fetchall():
                    _unique, _index, rest = made.partition("INDEX ")
                    owner.execute(f"{_unique}INDEX ON bench_{rest.partition(' ON ')[2].partition('.')[2]}")
            total += time.perf_counter() - started
    return total


def _bare_csv(rows: list[tuple[Any, ...]], out: BinaryIO) -> None:
    text = io.TextIOWrapper(out, encoding="utf-8", newline="")
    csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n").writerows(rows)
    text.flush()
    text.detach()


XML = (
    "<CdtTrfTxInf><PmtId><InstrId>{0}</InstrId><EndToEndId>{0}</EndToEndId></PmtId>"
    '<Amt><InstdAmt Ccy="VND">{3}</InstdAmt></Amt><CdtrAgt><FinInstnId><ClrSysMmbId><MmbId>970405</MmbId>'
    "</ClrSysMmbId></FinInstnId></CdtrAgt><Cdtr><Nm>{2}</Nm></Cdtr><CdtrAcct><Id><Othr><Id>{1}</Id></Othr></Id>"
    "</CdtrAcct><RmtInf><Ustrd>{4}</Ustrd></RmtInf></CdtTrfTxInf>\n"
)


def _bare_xml(rows: list[tuple[Any, ...]], out: BinaryIO) -> None:
    out.writelines(XML.format(*row).encode() for row in rows)


def _bare_xlsx(rows: list[tuple[Any, ...]], out: BinaryIO) -> None:
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(number, place, value)
            else:
                sheet.write_string(number, place, value)
    book.close()


def write_files(payroll: Any) -> dict[str, object]:
    """Seconds of each layout over the whole payroll, beside its bare writer; nothing is kept."""
    from django.db import transaction

    from ansinh.disbursement.actions.envelopes import build, cancel
    from ansinh.disbursement.layouts import layout
    from ansinh.disbursement.models import Envelope
    from ansinh.disbursement.queries import head_of, items_of
    from ansinh.staff.models import Officer
    from ansinh.staff.scope import opened_to_all

    by = Officer.objects.get(username="lap-danh-sach")
    figures: dict[str, object] = {}
    bare: dict[str, Callable[[list[tuple[Any, ...]], BinaryIO], None]] = {
        "bulk_bin": _bare_csv, "pain001": _bare_xml, "bulk_plain": _bare_xlsx,
    }  # fmt: skip
    for code in LAYOUTS:
        started = time.perf_counter()
        made = build(payroll_id=payroll.pk, layout_code=code, by=by, at=AT)
        built = time.perf_counter() - started
        ours = theirs = 0.0
        for envelope in Envelope.objects.filter(pk__in=[each.pk for each in made]).select_related("unit"):
            with transaction.atomic(), opened_to_all(), tempfile.TemporaryFile() as out:
                started = time.perf_counter()
                layout(code).write(head_of(envelope=envelope), items_of(envelope=envelope), out)  # type: ignore[arg-type]
                ours += time.perf_counter() - started
                rows = _ready(code, items_of(envelope=envelope), envelope)
            with tempfile.TemporaryFile() as out:
                started = time.perf_counter()
                bare[code](rows, out)
                theirs += time.perf_counter() - started
            del rows
        for each in made:
            cancel(envelope_id=each.pk, reason="Đo tốc độ", by=by, at=AT)
        figures[code] = {
            "files": len(made), "build_seconds": round(built, 2), "write_seconds": round(ours, 2),
            "bare_seconds": round(theirs, 2), "ratio_to_bare": round(ours / theirs, 2),
        }  # fmt: skip
    return figures


def _ready(code: str, items: Any, envelope: Any) -> list[tuple[Any, ...]]:
    period = envelope.period
    if code == "pain001":
        return [(i.end_to_end_id, i.account, i.holder, i.amount_vnd, i.text(period)) for i in items]
    if code == "bulk_bin":
        return [
            (i.end_to_end_id, i.bank_bin, i.account, i.holder, i.amount_vnd, i.text(period)) for i in items
        ]
    return [
        (i.place, i.holder, i.account, i.bank_name, i.amount_vnd, i.text(period), i.end_to_end_id)
        for i in items
    ]


def run(*, lines: int) -> dict[str, object]:
    """Figures for a payroll of `lines` lines."""
    with own_database("disburse") as name:
        from django.db import connection

        payroll = locked_payroll(name, lines)
        seconds = instruct_all(payroll)
        connection.close()
        with database.connect("admin", name=name, autocommit=True) as admin:
            stand = {table: said.format(payroll=payroll.pk) for table, said in STAND.items()}
            copying = limit(admin, stand)
        files = write_files(payroll)
    return {
        "lines": lines, "instruct_seconds": round(seconds, 2), "copy_seconds": round(copying, 2),
        "ratio_to_copy": round(seconds / copying, 2), "limit": 2, "files": files, "files_limit": 2,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }  # fmt: skip
