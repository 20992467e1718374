# SPDX-License-Identifier: MPL-2.0
"""Taking in a list: kept sealed, read, judged, compared with the register. The register is not touched.

A small list is read at once (`receive_list`), a large one by a job (`take_in_list`, then
`check_received` or `refuse_received`).
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from ansinh.audit.actions import record
from ansinh.background.queue import enqueue
from ansinh.legislation.load import load
from ansinh.places.models import Unit
from ansinh.places.queries import ancestors, predecessors, with_history
from ansinh.registry.actions.keep_rows import RowKeeper, sentences
from ansinh.registry.files.check import Checked, check, survey
from ansinh.registry.files.forms import FORMS
from ansinh.registry.files.headers import Mapping, headers_at
from ansinh.registry.files.kinds import FileRefused, HasVirus, inspect, shown_name
from ansinh.registry.files.reader import Sheet
from ansinh.registry.files.rows import Context
from ansinh.registry.lifecycles import IMPORT, ImportState
from ansinh.registry.models import ImportFile, RememberedMapping
from ansinh.rules.months import VIETNAM, Month
from ansinh.rules.names import fold_name
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.staff.scope import limit_to
from ansinh.statements import statement
from ansinh.vault import store

# About 5,000 rows of .xlsx: an officer waits some seconds for them, not more.
READ_AT_ONCE_BYTES = 300_000
CONFIRM_AT_ONCE_ROWS = 5_000

Progress = Callable[[int], None]


class NotACommune(Refusal):
    """Lists are imported commune by commune; fields: name."""

    code = "IMPORT_UNIT_NOT_COMMUNE"


class Busy(Refusal):
    """Another file of the unit is being imported."""

    code = "IMPORT_BUSY"


class WorkFailed(Refusal):
    """A fault of ours ended the work in the background; nothing was written."""

    code = "IMPORT_WORK_FAILED"


def context_of(*, unit: Unit, month: Month, on: date) -> Context:
    """What a list of a commune is judged by. Raises `NotACommune`."""
    if unit.level != "commune":
        raise NotACommune(name=unit.name)
    day = _day_of_its_life(unit, on)
    above = ancestors(unit_id=unit.pk, on=day)
    province = next((each.code for each in above if each.level == "province"), None)
    before = [each for each, _share, _on in predecessors(unit_id=unit.pk)]
    districts = {_bare(each) for each in above if each.level == "district"}
    for each in before:
        its_day = _day_of_its_life(each, on)
        its_districts = ancestors(unit_id=each.pk, on=its_day)
        districts |= {_bare(above) for above in its_districts if above.level == "district"}
    return Context(
        unit_name=unit.name,
        unit_key=_bare(unit),
        province=province,
        month=month,
        on=on,
        law=load(),
        allow_invented=settings.MODE != "production",
        old_communes=frozenset(_bare(each) for each in before),
        districts=frozenset(districts),
    )


def _bare(unit: Unit) -> str:
    """A unit's folded name without its kind: `cam thanh`."""
    return fold_name(unit.name).removeprefix(fold_name(unit.kind)).strip()


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
    progress: Progress | None = None,
    total: Progress | None = None,
) -> ImportFile:
    """Read, judge and compare a list at once and keep its outcome.

    Raises a `FileRefused`, `NotACommune` or `Busy`.
    """
    context_of(unit=unit, month=month, on=on)
    with transaction.atomic():
        see_only(unit=unit)
        lock_unit(unit.pk)
        file = _made(path=path, name=name, unit=unit, form=form, month=month, by=by, at=at, mapping=mapping)
        _check(file, path, at=at, on=on, progress=progress, total=total)
        store.put(path.read_bytes())
    return file


def take_in_list(
    *, path: Path, name: str, unit: Unit, form: str, month: Month, by: Officer, at: datetime,
    mapping: Mapping | None = None,
) -> ImportFile:  # fmt: skip
    """Keep a large list and leave reading it to a job. Raises a `FileRefused` for what its bytes
    already say, or `NotACommune`."""
    context_of(unit=unit, month=month, on=month.last_day)
    inspect(path, name=shown_name(name))
    with transaction.atomic():
        see_only(unit=unit)
        file = _made(path=path, name=name, unit=unit, form=form, month=month, by=by, at=at, mapping=mapping)
        file.sha256 = store.put(path.read_bytes())
        file.save()
        record(
            by=by.pk, at=at, act="registry.take_in_list", subject="import", subject_id=file.pk,
            unit_id=unit.pk, details={"sha256": file.sha256.hex(), "form": form, "size": file.size},
        )  # fmt: skip
        enqueue(name="registry.check_list", import_id=file.pk, lock=f"import-{unit.pk}")
    return file


def keep_unmapped(
    *, path: Path, name: str, unit: Unit, form: str, month: Month, by: Officer, at: datetime,
    refused: FileRefused,
) -> ImportFile:  # fmt: skip
    """Keep a list whose columns were not found, as refused, so that the officer can point them out."""
    with transaction.atomic():
        see_only(unit=unit)
        file = _made(path=path, name=name, unit=unit, form=form, month=month, by=by, at=at, mapping=None)
        file.sha256 = store.put(path.read_bytes())
        file.save()
        refuse_received(import_id=file.pk, refused=refused, at=at)
        file.refresh_from_db()
    return file


def check_received(
    *, import_id: int, at: datetime, progress: Progress | None = None, total: Progress | None = None
) -> ImportFile:
    """Read a list that was taken in. Raises `NotFromThisState` when that was done before, a
    `FileRefused` or `Busy`; then nothing is kept of the attempt."""
    with transaction.atomic():
        file = _locked(import_id)
        IMPORT.apply(ImportState(file.state), "check")
        see_only(unit=file.commune)
        lock_unit(file.commune_id)
        on = min(file.sent_at.astimezone(VIETNAM).date(), Month.of(file.month).last_day)
        with opened(file=file) as path:
            _check(file, path, at=at, on=on, progress=progress, total=total)
    return file


def refuse_received(*, import_id: int, refused: Refusal, at: datetime) -> None:
    """Note why a list that was taken in cannot be read. Raises `NotFromThisState`."""
    with transaction.atomic():
        file = _locked(import_id)
        target = IMPORT.apply(ImportState(file.state), "refuse")
        see_only(unit=file.commune)
        ImportFile.objects.filter(pk=file.pk).update(
            state=target.value, told=[refused.code, refused.vi, refused.en], decided_at=at
        )
        _record_refused(file.name, bytes(file.sha256).hex(), refused, file.commune_id, None, at)


def note_refused_file(
    *, path: Path, name: str, unit: Unit, refused: FileRefused, by: Officer | None, at: datetime
) -> None:
    """Keep in the log that a file was refused as a whole, with its hash; its bytes are not kept. Call
    it after the transaction that refused."""
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    with transaction.atomic():
        _record_refused(shown_name(name), sha256, refused, unit.pk, by, at)


def _record_refused(
    name: str, sha256: str, refused: Refusal, unit_id: int, by: Officer | None, at: datetime
) -> None:
    act = "registry.quarantine_file" if isinstance(refused, HasVirus) else "registry.refuse_file"
    record(by=by.pk if by else None, at=at, act=act, subject="file", subject_id=sha256[:16], unit_id=unit_id,
           details={"sha256": sha256, "name": name, "code": refused.code})  # fmt: skip


@contextmanager
def opened(*, file: ImportFile) -> Iterator[Path]:
    """A list's bytes as a private file of a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="ansinh-") as folder:
        path = Path(folder) / "list"
        path.write_bytes(store.get(bytes(file.sha256)))
        yield path


def _locked(import_id: int) -> ImportFile:
    found = ImportFile.objects.select_for_update(of=("self",)).select_related("commune")
    return found.get(pk=import_id)


def _made(
    *, path: Path, name: str, unit: Unit, form: str, month: Month, by: Officer | None, at: datetime,
    mapping: Mapping | None,
) -> ImportFile:  # fmt: skip
    return ImportFile.objects.create(
        commune=unit, form=form, month=month.first_day, name=shown_name(name), sha256=b"",
        size=path.stat().st_size, sent_at=at, sent_by=by,
        asked={"mapping": mapping.payload()} if mapping else {},
    )  # fmt: skip


def _check(
    file: ImportFile, path: Path, *, at: datetime, on: date, progress: Progress | None, total: Progress | None
) -> None:
    """Read the file and fill in its outcome: from `received` to `checked`."""
    unit = file.commune
    keeper = RowKeeper(file)
    asked = file.asked.get("mapping")
    mapping = asked and Mapping.from_payload(asked, known=field_names(file.form), name=file.name)
    done = check(
        path, name=file.name, form=file.form, sink=keeper.keep, progress=progress, total=total,
        context=context_of(unit=unit, month=Month.of(file.month), on=on),
        mapping=mapping or remembered(unit_id=unit.pk, form=file.form, path=path, name=file.name),
    )  # fmt: skip
    _finish(file, done, keeper)
    record(
        by=file.sent_by_id, at=at, act="registry.receive_list", subject="import", subject_id=file.pk,
        unit_id=unit.pk,
        details={"sha256": done.sha256, "form": file.form, "rows": done.rows, "accepted": done.accepted},
    )  # fmt: skip


def _finish(file: ImportFile, done: Checked, keeper: RowKeeper) -> None:
    file.state = IMPORT.apply(ImportState(file.state), "check").value
    file.sha256 = bytes.fromhex(done.sha256)
    file.mapping = done.mapping.payload() | {
        "headers": {str(at): text for at, text in done.mapping.headers.items()}
    }
    file.encoding = done.encoding
    file.rows, file.accepted, file.rejected = done.rows, done.accepted, done.rejected
    file.skipped, file.sum_vnd = done.skipped, done.sum_vnd
    file.codes, file.warnings = dict(done.codes), dict(done.warnings)
    file.notices = sentences(done.notices)
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


def field_names(form: str) -> list[str]:
    """The names of a form's fields."""
    return [each.name for each in FORMS[form].fields]


def header_hash(headers: dict[int, str]) -> bytes:
    """What a remembered mapping is found by: the header's words, folded, in their columns."""
    words = "|".join(f"{at}:{fold_name(text)}" for at, text in sorted(headers.items()))
    return hashlib.sha256(words.encode()).digest()


def remembered(*, unit_id: int, form: str, path: Path, name: str) -> Mapping | None:
    """The mapping that an officer of the unit confirmed for a file with this header, or None."""
    if not RememberedMapping.objects.filter(commune_id=unit_id, form=form).exists():
        return None
    sheets, proposal = survey(path, name=name, form=form)
    if proposal is not None:
        found = RememberedMapping.objects.filter(
            commune_id=unit_id, form=form, header_sha256=header_hash(proposal.mapping.headers)
        ).first()
        if found is not None:
            return _again(found, sheets, proposal.mapping.sheet, proposal.mapping.header_row, name)
    for each in RememberedMapping.objects.filter(commune_id=unit_id, form=form).order_by("-at")[:20]:
        row = int(each.mapping["header_row"])
        for sheet in sheets:
            if not sheet.hidden and header_hash(headers_at(sheet, row)) == bytes(each.header_sha256):
                return _again(each, sheets, sheet.name, row, name)
    return None


def _again(known: RememberedMapping, sheets: list[Sheet], sheet: str, row: int, name: str) -> Mapping:
    """A remembered mapping on another file: its columns, this file's sheet and header row."""
    found = Mapping.from_payload(known.mapping, known=field_names(known.form), name=name)
    visible = [each.name for each in sheets if not each.hidden]
    return Mapping(found.sheet if found.sheet in visible else sheet, row, found.columns)


def remember_mapping(
    *, unit_id: int, form: str, mapping: Mapping, headers: dict[int, str], at: datetime
) -> None:
    """Keep an officer's mapping for the unit's next file with the same header."""
    with transaction.atomic():
        RememberedMapping.objects.update_or_create(
            commune_id=unit_id, form=form, header_sha256=header_hash(headers),
            defaults={"mapping": mapping.payload(), "at": at},
        )  # fmt: skip
