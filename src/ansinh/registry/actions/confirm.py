# SPDX-License-Identifier: MPL-2.0
"""Confirming a list: all of its accepted rows in one transaction, or nothing.

New people and awards are written; what a list says otherwise about known ones becomes changes for a
second person. A person who is missing from the list is not touched.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, connection, transaction

from ansinh.audit.actions import record
from ansinh.background.queue import enqueue
from ansinh.legislation.load import load
from ansinh.registry.actions.keep_rows import meaning_of
from ansinh.registry.actions.receive import Progress, lock_unit, see_only
from ansinh.registry.files.rows import Row
from ansinh.registry.form_writers import whole_writer_of, writer_of
from ansinh.registry.lifecycles import IMPORT, ImportState
from ansinh.registry.matching import Matched
from ansinh.registry.models import ImportFile, ImportRow
from ansinh.registry.records import (
    CHANGE,
    NUMBER,
    OLD_NUMBER,
    PHONE,
    ROW,
    born_columns,
    indexed_or_none,
    month_day,
    name_columns,
    sealed_or_none,
)
from ansinh.rules.money import format_vnd
from ansinh.rules.months import Month
from ansinh.rules.names import name_key
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.statements import statement
from ansinh.vault.sealing import open_many, seal_many

CHUNK = 5_000


class SameBytes(Refusal):
    """The very file was confirmed before; fields: at, who."""

    code = "FILE_SEEN"


class MonthTaken(Refusal):
    """The unit's list of this form and month was confirmed before; fields: form, month, at, who."""

    code = "IMPORT_PERIOD_TAKEN"


class WarningsOpen(Refusal):
    """Groups of warnings that nobody decided; fields: count, codes."""

    code = "IMPORT_WARNINGS_OPEN"


class NothingAccepted(Refusal):
    """No row to import."""

    code = "IMPORT_NOTHING_ACCEPTED"


class CountDiffers(Refusal):
    """The typed number of people is not the file's; fields: found, typed."""

    code = "CONTROL_COUNT_DIFFERS"


class SumDiffers(Refusal):
    """The typed sum is not the file's; fields: found, typed, difference."""

    code = "CONTROL_SUM_DIFFERS"


class Stale(Refusal):
    """The register changed between checking and confirming."""

    code = "IMPORT_STALE"


@dataclass(frozen=True, slots=True)
class Control:
    """What the officer typed from the paper; None: not asked (the command line may leave it out)."""

    count: int | None = None
    sum_vnd: int | None = None


@dataclass(slots=True)
class _Work:
    """What the rows of a file add to the register, gathered before it is written."""

    people: list[dict[str, Any]] = field(default_factory=list)
    awards: list[dict[str, Any]] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)
    links: list[tuple[int, int, int | None]] = field(default_factory=list)  # row, person, award
    known: dict[object, int] = field(default_factory=dict)


def confirm_import(
    *,
    import_id: int,
    decisions: Mapping[str, str],
    control: Control,
    replace: bool,
    by: Officer | None,
    at: datetime,
    progress: Progress | None = None,
    taken_by_caller: bool = False,
) -> ImportFile:
    """Write the accepted rows. `taken_by_caller`: the calling action of a later stage writes what the
    rows mean, in the same transaction. `decisions` says for each warning code `keep` or `leave_out`.

    Raises `NotFromThisState`, `WarningsOpen`, `NothingAccepted`, `CountDiffers`, `SumDiffers`,
    `SameBytes`, `MonthTaken` (unless `replace`), `Stale` or `Busy`.
    """
    with transaction.atomic():
        file = _locked(import_id)
        target = IMPORT.apply(ImportState(file.state), "confirm")
        see_only(unit=file.commune)
        lock_unit(file.commune_id)
        _decided(file, decisions)
        replaced = _replaced(file, replace=replace, by=by, at=at)
        totals = _write(file, decisions, by, at, progress, taken_by_caller=taken_by_caller)
        _check_control(totals, control)
        ImportFile.objects.filter(pk=file.pk).update(
            state=target.value, decided_at=at, decided_by=by, decisions=dict(decisions), replaces=replaced
        )
        record(
            by=by.pk if by else None, at=at, act="registry.confirm_import", subject="import",
            subject_id=file.pk, unit_id=file.commune_id,
            details={"sha256": bytes(file.sha256).hex(), "written": totals, "decisions": dict(decisions)},
        )  # fmt: skip
        file.refresh_from_db()
    return file


def confirm_later(
    *,
    import_id: int,
    decisions: Mapping[str, str],
    control: Control,
    replace: bool,
    by: Officer,
    at: datetime,
) -> ImportFile:
    """Leave writing a long list to a job; what can be refused at once is refused at once.

    Raises `NotFromThisState`, `WarningsOpen`, `NothingAccepted`, `SameBytes` or `MonthTaken`.
    """
    with transaction.atomic():
        file = _locked(import_id)
        target = IMPORT.apply(ImportState(file.state), "confirm_later")
        see_only(unit=file.commune)
        _decided(file, decisions)
        if file.accepted == 0:
            raise NothingAccepted
        _earlier(file, replace=replace)
        asked = {"decisions": dict(decisions), "count": control.count, "sum_vnd": control.sum_vnd,
                 "replace": replace}  # fmt: skip
        ImportFile.objects.filter(pk=file.pk).update(
            state=target.value, decided_by=by, asked=asked, told=[], decided_at=at
        )
        enqueue(name="registry.confirm_list", import_id=file.pk, lock=f"import-{file.commune_id}")
        file.refresh_from_db()
    return file


def confirm_asked(*, import_id: int, at: datetime, progress: Progress | None = None) -> ImportFile:
    """Write a list whose confirmation was left to a job, as it was asked. Raises what
    `confirm_import` raises."""
    with transaction.atomic():
        file = ImportFile.objects.select_related("decided_by").get(pk=import_id)
        asked = file.asked
        return confirm_import(
            import_id=import_id, decisions=asked.get("decisions", {}), replace=bool(asked.get("replace")),
            control=Control(asked.get("count"), asked.get("sum_vnd")), by=file.decided_by, at=at,
            progress=progress,
        )  # fmt: skip


def give_back(*, import_id: int, refused: Refusal, at: datetime) -> None:
    """Put a list whose confirmation was refused before the officer again, with the reason. Raises
    `NotFromThisState`."""
    with transaction.atomic():
        file = _locked(import_id)
        target = IMPORT.apply(ImportState(file.state), "give_back")
        see_only(unit=file.commune)
        ImportFile.objects.filter(pk=file.pk).update(
            state=target.value, told=[refused.code, refused.vi, refused.en], decided_by=None, decided_at=None
        )
        record(by=None, at=at, act="registry.give_back_import", subject="import", subject_id=file.pk,
               unit_id=file.commune_id, details={"code": refused.code})  # fmt: skip


def _locked(import_id: int) -> ImportFile:
    found = ImportFile.objects.select_for_update(of=("self",)).select_related("commune")
    return found.get(pk=import_id)


def discard_import(*, import_id: int, by: Officer, at: datetime) -> None:
    """Put a checked list aside. Raises `NotFromThisState`."""
    with transaction.atomic():
        file = ImportFile.objects.select_for_update().get(pk=import_id)
        target = IMPORT.apply(ImportState(file.state), "discard")
        ImportFile.objects.filter(pk=file.pk).update(state=target.value, decided_at=at, decided_by=by)
        record(by=by.pk, at=at, act="registry.discard_import", subject="import", subject_id=file.pk,
               unit_id=file.commune_id)  # fmt: skip


def _decided(file: ImportFile, decisions: Mapping[str, str]) -> None:
    open_codes = sorted(set(file.must_be_decided) - set(decisions))
    if open_codes:
        raise WarningsOpen(count=len(open_codes), codes=open_codes)


def _replaced(file: ImportFile, *, replace: bool, by: Officer | None, at: datetime) -> ImportFile | None:
    """The confirmed import that this one takes the place of; its awards are voided when they have
    not been touched since (F3)."""
    earlier = _earlier(file, replace=replace)
    if earlier is None:
        return None
    target = IMPORT.apply(ImportState(earlier.state), "replace")
    ImportFile.objects.filter(pk=earlier.pk).update(state=target.value)
    with connection.cursor() as cursor:
        cursor.execute(
            statement("registry", "void_replaced"),
            {"at": at, "by": by.pk if by else None, "earlier": earlier.pk, "file": file.pk},
        )
    return earlier


def _earlier(file: ImportFile, *, replace: bool) -> ImportFile | None:
    """The confirmed list with the same bytes or of the same month. Raises `SameBytes` or `MonthTaken`
    unless it is to be replaced."""
    same = ImportFile.objects.filter(commune=file.commune, form=file.form, state=ImportState.CONFIRMED.value)
    earlier = same.filter(sha256=bytes(file.sha256)).first() or same.filter(month=file.month).first()
    if earlier is None:
        return None
    who = earlier.decided_by.full_name if earlier.decided_by else "ansinh import"
    if not replace:
        if bytes(earlier.sha256) == bytes(file.sha256):
            raise SameBytes(at=earlier.decided_at, who=who)
        month = Month.of(file.month).vi
        raise MonthTaken(form=file.form, month=month, at=earlier.decided_at, who=who)
    return earlier


def _write(
    file: ImportFile, decisions: Mapping[str, str], by: Officer | None, at: datetime,
    progress: Progress | None, *, taken_by_caller: bool,
) -> dict[str, int]:  # fmt: skip
    by_stage = not taken_by_caller and file.form != "awards"
    write = writer_of(file.form) if by_stage else None
    whole = whole_writer_of(file.form) if by_stage else None
    work = _Work()
    left_out = {code for code, decision in decisions.items() if decision == "leave_out"}
    counts = {"people": 0, "awards": 0, "changes": 0, "rows": 0, "sum_vnd": 0}
    for chunk in _chunks(file):
        rows, kept = _opened(chunk, left_out)
        matched = meaning_of(file=file, rows=rows)
        if any(row.outcome != "accepted" for row in rows) or _differs(kept, matched, work):
            raise Stale
        for row in rows:
            counts["rows"] += 1
            counts["sum_vnd"] += row.values.get("amount_vnd") or 0
        if file.form == "awards":
            for row in rows:
                _gather(work, row, matched[row.number])
            _flush(work, file, by, at, counts)
        elif write is not None:
            for what, many in write(file=file, rows=rows, matched=matched, by=by, at=at).items():
                counts[what] = counts.get(what, 0) + many
        if progress:
            progress(len(chunk))
    if counts["rows"] == 0:
        raise NothingAccepted
    if whole is not None:
        every = (row for chunk in _chunks(file) for row in _opened(chunk, left_out)[0])
        counts |= whole(file=file, rows=every, by=by, at=at)
    return counts


def _chunks(file: ImportFile) -> Iterator[list[ImportRow]]:
    """The accepted rows in order, at most 5,000 at a time."""
    last = 0
    accepted = ImportRow.objects.filter(file=file, outcome="accepted").order_by("row")
    while chunk := list(accepted.filter(row__gt=last)[:CHUNK]):
        last = chunk[-1].row
        yield chunk


def _differs(kept: Sequence[ImportRow], matched: Mapping[int, Matched], work: _Work) -> bool:
    """Whether a row means something else than when the list was checked. Somebody whom an earlier
    chunk of this list has just added is no difference."""
    ours = set(work.known.values())
    for each in kept:
        now = matched.get(each.row, Matched())
        same_person = now.person_id == each.person_id or now.person_id in ours
        if now.change != each.change or now.award_id != each.award_id or not same_person:
            return True
    return False


def _opened(chunk: Sequence[ImportRow], left_out: set[str]) -> tuple[list[Row], list[ImportRow]]:
    kept = [each for each in chunk if not left_out & set(each.warnings)]
    texts = open_many(column=ROW, sealed=[each.sealed for each in kept])
    rows = [
        Row(each.row, "accepted", values=json.loads(text)["values"])
        for each, text in zip(kept, texts, strict=True)
    ]
    return rows, kept


def _gather(work: _Work, row: Row, meaning: Matched) -> None:
    values = row.values
    who = values["number"] or (name_key(values["name"]), values["born"], values["hamlet"])
    person_id = meaning.person_id or work.known.get(who)
    if person_id is None:
        person_id = -(len(work.known) + 1)  # a stand-in until the sequence gives ids
        work.known[who] = person_id
        work.people.append({"id": person_id, "who": who, **values})
    if meaning.change == "new":
        work.awards.append({"person": person_id, "row": row.number, **values})
        if meaning.person_set:
            work.changes.append(_change(person_id, None, "person", meaning.person_set))
    elif meaning.change == "changed" and meaning.person_id is not None:
        if meaning.person_set:
            work.changes.append(_change(meaning.person_id, None, "person", meaning.person_set))
        if meaning.award_set:
            work.changes.append(_change(meaning.person_id, meaning.award_id, "award", meaning.award_set))
        work.links.append((row.number, meaning.person_id, meaning.award_id))
    else:
        work.links.append((row.number, person_id, meaning.award_id))


def _change(person_id: int, award_id: int | None, kind: str, content: dict[str, Any]) -> dict[str, Any]:
    return {"person": person_id, "award": award_id, "kind": kind, "set": content}


def _flush(work: _Work, file: ImportFile, by: Officer | None, at: datetime, counts: dict[str, int]) -> None:
    ids = _next_ids("registry_person", len(work.people))
    real = {person["id"]: new for person, new in zip(work.people, ids, strict=True)}
    for who, known in work.known.items():
        work.known[who] = real.get(known, known)
    _insert_people(work.people, ids, file, by, at)
    award_ids = _next_ids("registry_award", len(work.awards))
    for award in work.awards:
        award["person"] = real.get(award["person"], award["person"])
    _insert_awards(work.awards, award_ids, file, by, at)
    links = [(award["row"], award["person"], new) for award, new in zip(work.awards, award_ids, strict=True)]
    _link_rows(file, [*links, *((row, real.get(p, p), award) for row, p, award in work.links)])
    counts["people"] += len(work.people)
    counts["awards"] += len(work.awards)
    counts["changes"] += _insert_changes(work.changes, file, by, at)
    work.people, work.awards, work.changes, work.links = [], [], [], []


def _next_ids(table: str, many: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, many]
        )
        return [int(row[0]) for row in cursor.fetchall()]


def _insert_people(
    people: Sequence[dict[str, Any]], ids: Sequence[int], file: ImportFile, by: Officer | None, at: datetime
) -> None:
    if not people:
        return
    numbers = [person["number"] for person in people]
    phones = [person["phone"] for person in people]
    names = [name_columns(person["name"]) for person in people]
    births = [born_columns(person["born"]) for person in people]
    columns: dict[str, Any] = {
        "ids": list(ids), "commune": file.commune_id, "file": file.pk, "at": at, "by": by.pk if by else None,
        "number_enc": sealed_or_none(NUMBER, numbers), "number_bidx": indexed_or_none(NUMBER, numbers),
        "number_last4": [(number or "")[-4:] for number in numbers],
        "names": [each["name"] for each in names], "folded": [each["name_folded"] for each in names],
        "sort_keys": [each["sort_key"] for each in names],
        "born_on": [each["born_on"] for each in births],
        "born_precision": [each["born_precision"] for each in births],
        "sex": [person["sex"] or "" for person in people],
        "ethnicity": [person["ethnicity"][:40] for person in people],
        "hamlet": [person["hamlet"][:120] for person in people],
        "phone_enc": sealed_or_none(PHONE, phones), "phone_bidx": indexed_or_none(PHONE, phones),
        "phone_last4": [(phone or "")[-4:] for phone in phones],
        "household": [person.get("household") or _implied_household(person) for person in people],
        "area": [_implied_area(person) for person in people], "since": file.month,
    }  # fmt: skip
    with connection.cursor() as cursor:
        try:
            cursor.execute(statement("registry", "insert_people"), columns)
        except IntegrityError as taken:
            raise Stale from taken
        cursor.execute(statement("registry", "insert_residences"), columns)
    _insert_old_numbers(people, ids, file)


def _implied_household(person: Mapping[str, Any]) -> str:
    """A decision on a category for poor households says that the household is poor."""
    category = load().categories.get(person.get("code") or "")
    return category.household[0] if category and category.household else "other"


def _implied_area(person: Mapping[str, Any]) -> bool:
    category = load().categories.get(person.get("code") or "")
    return bool(category and category.disadvantaged_area)


def _insert_old_numbers(people: Sequence[dict[str, Any]], ids: Sequence[int], file: ImportFile) -> None:
    old = [
        (new, person["old_number"]) for person, new in zip(people, ids, strict=True) if person["old_number"]
    ]
    numbers = [number for _id, number in old]
    if not old:
        return
    columns: dict[str, Any] = {
        "ids": [new for new, _number in old], "commune": file.commune_id,
        "enc": sealed_or_none(OLD_NUMBER, numbers), "bidx": indexed_or_none(OLD_NUMBER, numbers),
        "last4": [number[-4:] for number in numbers],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement("registry", "insert_old_numbers"), columns)


def _whole_day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso and len(iso) == 10 else None


def _insert_awards(
    awards: Sequence[dict[str, Any]], ids: Sequence[int], file: ImportFile, by: Officer | None, at: datetime
) -> None:
    if not awards:
        return
    law = load()
    columns: dict[str, Any] = {
        "ids": list(ids), "commune": file.commune_id, "file": file.pk, "at": at, "by": by.pk if by else None,
        "people": [award["person"] for award in awards],
        "families": [law.categories[award["code"]].family for award in awards],
        "codes": [award["code"] for award in awards],
        "facts": [json.dumps(award["facts"]) for award in awards],
        "numbers": [award["decision_number"][:60] for award in awards],
        "decided": [_whole_day(award["decided_on"]) for award in awards],
        "signers": [award["signer"][:120] for award in awards],
        "first_months": [month_day(award["first_month"]) or file.month for award in awards],
        "end_months": [month_day(award["end_month"]) for award in awards],
        "file_refs": [award["file_ref"][:60] for award in awards],
        "merit_people": [award["merit_person"][:200] for award in awards],
        "relations": [award["relation"][:60] for award in awards],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement("registry", "insert_awards"), columns)


def _link_rows(file: ImportFile, links: Sequence[tuple[int, int, int | None]]) -> None:
    columns: dict[str, Any] = {
        "file": file.pk, "rows": [row for row, _person, _award in links],
        "people": [person for _row, person, _award in links],
        "awards": [award for _row, _person, award in links],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement("registry", "link_rows"), columns)


def _insert_changes(
    changes: Sequence[dict[str, Any]], file: ImportFile, by: Officer | None, at: datetime
) -> int:
    if not changes:
        return 0
    texts = [json.dumps(change["set"], ensure_ascii=False) for change in changes]
    columns: dict[str, Any] = {
        "commune": file.commune_id, "file": file.pk, "at": at, "by": by.pk if by else None,
        "reason": f"Danh sách {Month.of(file.month).vi}: {file.name}"[:300],
        "people": [change["person"] for change in changes],
        "awards": [change["award"] for change in changes],
        "kinds": [change["kind"] for change in changes],
        "labels": [", ".join(sorted(change["set"]))[:200] for change in changes],
        "contents": seal_many(column=CHANGE, texts=texts),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement("registry", "insert_changes"), columns)
        return int(cursor.rowcount)


def _check_control(totals: Mapping[str, int], control: Control) -> None:
    if control.count is not None and control.count != totals["rows"]:
        raise CountDiffers(found=totals["rows"], typed=control.count)
    if control.sum_vnd is not None and control.sum_vnd != totals["sum_vnd"]:
        off = abs(control.sum_vnd - totals["sum_vnd"])
        raise SumDiffers(
            found=format_vnd(totals["sum_vnd"]), typed=format_vnd(control.sum_vnd), difference=format_vnd(off)
        )
