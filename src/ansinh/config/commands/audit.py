# SPDX-License-Identifier: MPL-2.0
"""`ansinh audit …`: seal, verify, export."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from ansinh.audit import sealing
from ansinh.audit.chain import read_export, verify
from ansinh.config import database
from ansinh.ui.console import emit, progress


@click.group()
def audit() -> None:
    """The audit log: seal new events, verify the chain, export it for an auditor."""


@audit.command("seal")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def seal(*, as_json: bool) -> None:
    """Seal every event that has no seal yet. Run it every minute (a timer); one at a time."""
    with database.connect("seal") as connection:
        count = sealing.seal(connection, at=datetime.now(UTC))
    emit({"sealed": count}, f"Đã niêm phong {count} sự kiện. / Sealed {count}.", as_json=as_json)


@audit.command("verify")
@click.option("--export", "export_file", type=click.Path(exists=True, path_type=Path),
              help="Verify an export file instead of the database.")  # fmt: skip
@click.option("--anchor", help="SEQ:HASH kept outside: also finds a truncated tail.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def verify_log(*, export_file: Path | None, anchor: str | None, as_json: bool) -> None:
    """Walk the chain from the first event: finds an edit, a deletion, a gap, a truncated tail.

    Exit code 1 when something is wrong. An export can be verified on a machine without An Sinh
    by the one file src/ansinh/audit/chain.py.
    """
    waiting = 0
    if export_file:
        report = verify(read_export(export_file), anchor=anchor)
    else:
        with database.connect("seal") as connection:
            report, waiting = sealing.verify_database(connection, anchor=anchor)
    payload = {
        "ok": report.ok,
        "sealed": report.sealed,
        "unsealed": waiting,
        "head": report.head,
        "problem": report.problem,
    }
    good = f"Nhật ký nguyên vẹn: {report.sealed} sự kiện, mốc {report.head}. / The log is intact."
    emit(payload, good if report.ok else f"NHẬT KÝ BỊ SỬA / TAMPERED: {report.problem}", as_json=as_json)
    if not report.ok:
        raise click.exceptions.Exit(1)


@audit.command("export")
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def export(*, target: Path, as_json: bool) -> None:
    """Write the sealed chain to TARGET, one JSON object a line."""
    count = 0
    with database.connect("seal") as connection, target.open("w", encoding="utf-8") as file:
        row = connection.execute("SELECT count(*) FROM audit_seal").fetchone()
        with progress("Xuất nhật ký / exporting", total=row[0] if row else 0, quiet=as_json) as advance:
            for link in sealing.links(connection):
                file.write(sealing.export_line(link) + "\n")
                count += 1
                advance()
    emit({"events": count, "file": str(target)}, f"{count} → {target}", as_json=as_json)


@audit.command("head")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def head(*, as_json: bool) -> None:
    """Print the anchor, SEQ:HASH, to keep outside (on paper, at the treasury, at the bank)."""
    with database.connect("seal") as connection:
        report, _waiting = sealing.verify_database(connection, anchor=None)
    emit({"head": report.head, "ok": report.ok}, report.head, as_json=as_json)
