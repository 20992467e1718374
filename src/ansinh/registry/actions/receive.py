# SPDX-License-Identifier: MPL-2.0
"""Taking in a list: read, judged, compared with the register, kept with its outcome."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from ansinh.audit.actions import record
from ansinh.legislation.load import load
from ansinh.places.models import Unit
from ansinh.places.queries import ancestors, predecessors, with_history
from ansinh.registry.files.check import Checked, check, survey
from ansinh.registry.files.forms import FORMS
from ansinh.registry.files.headers import Mapping
from ansinh.registry.files.rows import Context, Finding, Row
from ansinh.registry.matching import COMPARED, Matched, match
from ansinh.registry.models import ImportFile, RememberedMapping
from ansinh.registry.records import ROW
from ansinh.rules.months import Month
from ansinh.rules.names import fold_name
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.staff.scope import limit_to
from ansinh.statements import statement
from ansinh.vault import store
from ansinh.vault.sealing import seal_many


class NotACommune(Refusal):
    """Lists are imported commune by commune; fields: name."""

    code = "IMPORT_UNIT_NOT_COMMUNE"


class Busy(Refusal):
    """Another file of the unit is being imported."""

    code = "IMPORT_BUSY"


def context_of(*, unit: Unit, month: Month, on: date) -> Context:
    """What a list of a commune is judged by. Raises `NotACommune`."""
    if unit.level != "commune":
        raise NotACommune(name=unit.name)
    above = ancestors(unit_id=unit.pk, on=_day_of_its_life(unit, on))
    province = next((each.code for each in above if each.level == "province"), None)
    kind = fold_name(unit.kind)
    old = {
        fold_name(each.name).removeprefix(fold_name(each.kind)).strip()
        for each, _share, _on in predecessors(unit_id=unit.pk)
    }
    return Context(
        unit_name=unit.name,
        unit_key=unit.name_key.removeprefix(kind).strip(),
        province=province,
        month=month,
        on=on,
        law=load(),
        allow_invented=settings.MODE != "production",
        old_communes=frozenset(old),
    )


def _day_of_its_life(unit: Unit, on: date) -> date:
    """`on`, or the nearest day on which the unit existed."""
    first, after = unit.validity.lower, unit.validity.upper
    if first is not None and on < first:
        return first  # type: ignore[no-any-return]
    return on if after is None or on < after else date.fromordinal(after.toordinal() - 1)


def see_only(*, unit: Unit) -> None:
    """Bound the transaction to the rows of a commune and of those it was made of."""
    limit_to(unit_ids=with_history(unit_ids=[unit.pk]))


def lock_unit(unit_id: int) -> None:
    """One import at a time for each commune. Raises `Busy` at once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended('registry.import', %s))", [unit_id])
        row = cursor.fetchone()
    if not row or not row[0]:
        raise Busy


def receive_list(
    *,
    path: Path,
    name: str,
    unit: Unit,
    form: str,
    month: Month,
    by: Officer | None,
    at: datetime,
    on: date,
    mapping: Mapping | None = None,
    progress: Callable[[int], None] | None = None,
) -> ImportFile:
    """Read, judge and compare a list and keep its outcome; the register is not touched.

    Raises a `FileRefused`, `NotACommune` or `Busy`.
    """
    context = context_of(unit=unit, month=month, on=on)
    with transaction.atomic():
        see_only(unit=unit)
        lock_unit(unit.pk)
        made = ImportFile.objects.create(
            commune=unit, form=form, month=month.first_day, name=name[:200], sha256=b"", mapping={},
            rows=0, accepted=0, rejected=0, skipped=0, sent_at=at, sent_by=by,
        )  # fmt: skip
        keeper = _Keeper(made, form)
        done = check(
            path, name=name, form=form, context=context, sink=keeper.keep, progress=progress,
            mapping=mapping or remembered(unit_id=unit.pk, form=form, path=path, name=name),
        )  # fmt: skip
        store.put(path.read_bytes())
        _finish(made, done, keeper)
        record(
            by=by.pk if by else None, at=at, act="registry.receive_list", subject="import",
            subject_id=made.pk, unit_id=unit.pk,
            details={"sha256": done.sha256, "form": form, "rows": done.rows, "accepted": done.accepted},
        )  # fmt: skip
    return made


class _Keeper:
    """Compares each chunk of rows with the register and keeps it, sealed."""

    def __init__(self, file: ImportFile, form: str) -> None:
        self.file, self.form = file, form
        self.changes: Counter[str] = Counter()
        self.families: set[str] = set()
        self.awards: set[int] = set()

    def keep(self, rows: list[Row]) -> None:
        """One chunk: at most a handful of statements."""
        matched: dict[int, Matched] = {}
        if self.form in COMPARED:
            matched = match(rows, form=self.form)
        for meaning in matched.values():
            if meaning.change:
                self.changes[meaning.change] += 1
            if meaning.award_id is not None:
                self.awards.add(meaning.award_id)
        law = load()
        self.families |= {
            law.categories[row.values["code"]].family
            for row in rows
            if row.outcome == "accepted" and row.values.get("code")
        }
        _insert_rows(self.file, rows, matched)


def _messages(findings: Sequence[Finding]) -> list[list[str]]:
    return [[each.column, each.code, each.message("vi"), each.message("en")] for each in findings]


def _insert_rows(file: ImportFile, rows: Sequence[Row], matched: dict[int, Matched]) -> None:
    none = Matched()
    sealed = seal_many(
        column=ROW,
        texts=[
            json.dumps(
                {
                    "raw": row.raw,
                    "values": row.values,
                    "why": row.why,
                    "errors": _messages(row.errors),
                    "warnings": _messages(row.warnings),
                    "set": [
                        matched.get(row.number, none).person_set,
                        matched.get(row.number, none).award_set,
                    ],
                },
                ensure_ascii=False,
            )
            for row in rows
        ],
    )
    columns: dict[str, Any] = {
        "file": file.pk, "commune": file.commune_id, "sealed": sealed,
        "rows": [row.number for row in rows], "outcomes": [row.outcome for row in rows],
        "codes": ["|".join(dict.fromkeys(each.code for each in row.errors)) for row in rows],
        "warnings": ["|".join(dict.fromkeys(each.code for each in row.warnings)) for row in rows],
        "changes": [matched.get(row.number, none).change for row in rows],
        "people": [matched.get(row.number, none).person_id for row in rows],
        "awards": [matched.get(row.number, none).award_id for row in rows],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement("registry", "insert_rows"), columns)


def _finish(file: ImportFile, done: Checked, keeper: _Keeper) -> None:
    file.sha256 = bytes.fromhex(done.sha256)
    file.mapping = done.mapping.payload() | {
        "headers": {str(at): text for at, text in done.mapping.headers.items()}
    }
    file.encoding = done.encoding
    file.rows, file.accepted, file.rejected = done.rows, done.accepted, done.rejected
    file.skipped, file.sum_vnd = done.skipped, done.sum_vnd
    file.codes, file.warnings = dict(done.codes), dict(done.warnings)
    file.notices = _messages(done.notices)
    file.changes = {
        "new": keeper.changes["new"],
        "changed": keeper.changes["changed"],
        "unchanged": keeper.changes["unchanged"],
        "missing": _missing_count(file, keeper.families) if file.form == "awards" else 0,
    }
    file.save()


def _missing_count(file: ImportFile, families: set[str]) -> int:
    """Open awards of the commune, of the families that the list holds, that no row of it means."""
    with connection.cursor() as cursor:
        cursor.execute(
            statement("registry", "count_missing"),
            {"commune": file.commune_id, "families": list(families), "file": file.pk},
        )
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def header_hash(headers: dict[int, str]) -> bytes:
    """What a remembered mapping is found by: the header's words, folded, in their columns."""
    words = "|".join(f"{at}:{fold_name(text)}" for at, text in sorted(headers.items()))
    return hashlib.sha256(words.encode()).digest()


def remembered(*, unit_id: int, form: str, path: Path, name: str) -> Mapping | None:
    """The mapping that an officer of the unit confirmed for a file with this header, or None."""
    if not RememberedMapping.objects.filter(commune_id=unit_id, form=form).exists():
        return None
    sheets, proposal = survey(path, name=name, form=form)
    if proposal is None:
        return None
    found = RememberedMapping.objects.filter(
        commune_id=unit_id, form=form, header_sha256=header_hash(proposal.mapping.headers)
    ).first()
    if found is None:
        return None
    known = Mapping.from_payload(found.mapping, known=[each.name for each in FORMS[form].fields], name=name)
    names = [sheet.name for sheet in sheets if not sheet.hidden]
    sheet = known.sheet if known.sheet in names else proposal.mapping.sheet
    return Mapping(sheet, proposal.mapping.header_row, known.columns, proposal.mapping.headers)


def remember_mapping(
    *, unit_id: int, form: str, mapping: Mapping, headers: dict[int, str], at: datetime
) -> None:
    """Keep an officer's mapping for the unit's next file with the same header."""
    with transaction.atomic():
        RememberedMapping.objects.update_or_create(
            commune_id=unit_id, form=form, header_sha256=header_hash(headers),
            defaults={"mapping": mapping.payload(), "at": at},
        )  # fmt: skip
