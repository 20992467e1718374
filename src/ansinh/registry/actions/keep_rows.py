# SPDX-License-Identifier: MPL-2.0
"""Keeping the rows of a list with their outcomes, sealed, chunk by chunk."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db import connection

from ansinh.legislation.load import load
from ansinh.registry.files.rows import Finding, Row
from ansinh.registry.form_writers import comparer_of
from ansinh.registry.matching import COMPARED, Matched, match
from ansinh.registry.models import ImportFile
from ansinh.registry.records import ROW
from ansinh.statements import statement
from ansinh.vault.sealing import seal_many


def meaning_of(*, file: ImportFile, rows: Sequence[Row]) -> dict[int, Matched]:
    """Row number -> what it means for the register and for the stage that takes the form."""
    matched: dict[int, Matched] = {}
    if file.form in COMPARED:
        matched = match(rows, form=file.form)
    compare = comparer_of(file.form)
    if compare is not None:
        matched = compare(file=file, rows=rows, matched=matched)
    return matched


class RowKeeper:
    """Compares each chunk of rows with the register and keeps it; counts what it meant."""

    def __init__(self, file: ImportFile) -> None:
        self.file = file
        self.changes: Counter[str] = Counter()
        self.families: set[str] = set()

    def keep(self, rows: list[Row]) -> None:
        """One chunk: at most a handful of statements."""
        matched = meaning_of(file=self.file, rows=rows)
        self.changes.update(meaning.change for meaning in matched.values() if meaning.change)
        law = load()
        codes = {row.values["code"] for row in rows if row.outcome == "accepted" and row.values.get("code")}
        self.families |= {law.categories[code].family for code in codes}
        _insert_rows(self.file, rows, matched)


def sentences(findings: Sequence[Finding]) -> list[list[str]]:
    """Findings as they are kept: column, code, Vietnamese, English."""
    return [[each.column, each.code, each.message("vi"), each.message("en")] for each in findings]


def _content(row: Row, meaning: Matched) -> str:
    return json.dumps(
        {
            "raw": row.raw, "values": row.values, "why": row.why, "errors": sentences(row.errors),
            "warnings": sentences(row.warnings), "set": [meaning.person_set, meaning.award_set],
        },
        ensure_ascii=False, separators=(",", ":"),
    )  # fmt: skip


def _insert_rows(file: ImportFile, rows: Sequence[Row], matched: dict[int, Matched]) -> None:
    none = Matched()
    meanings = [matched.get(row.number, none) for row in rows]
    columns: dict[str, Any] = {
        "file": file.pk, "commune": file.commune_id,
        "sealed": seal_many(column=ROW, texts=list(map(_content, rows, meanings))),
        "rows": [row.number for row in rows], "outcomes": [row.outcome for row in rows],
        "codes": ["|".join(dict.fromkeys(each.code for each in row.errors)) for row in rows],
        "warnings": ["|".join(dict.fromkeys(each.code for each in row.warnings)) for row in rows],
        "changes": [meaning.change for meaning in meanings],
        "people": [meaning.person_id for meaning in meanings],
        "awards": [meaning.award_id for meaning in meanings],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement("registry", "insert_rows"), columns)
