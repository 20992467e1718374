# SPDX-License-Identifier: MPL-2.0
"""Questions about the register. Row-level security bounds every answer to the transaction's scope."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from ansinh.registry.extensions import Viewer, timeline_entries
from ansinh.registry.lifecycles import ImportState
from ansinh.registry.models import Award, Change, History, ImportFile, ImportRow, OldNumber, Person
from ansinh.registry.records import NUMBER, OLD_NUMBER, PHONE, ROW
from ansinh.rules.names import fold_name, trigrams
from ansinh.rules.refusals import Refusal
from ansinh.vault.sealing import blind_index, open_sealed

LONGEST_REPORT = 100_000
PAGE = 50
MOST_ENTRIES = 100  # of each kind on a timeline; older ones are in the log
MOST_FOUND = 500  # people that a search by name shows; then words are added


class SearchTooShort(Refusal):
    """Less than two letters or four digits."""

    code = "SEARCH_TOO_SHORT"


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """What the list of people is narrowed to; empty means any."""

    text: str = ""
    commune: int | None = None
    code: str = ""
    family: str = ""
    life: str = ""
    lacks: str = ""  # number, phone


_DIGITS = re.compile(r"[0-9 .\-]{4,20}")
_YEAR = re.compile(r"\b(1[89][0-9]{2}|20[0-9]{2})\b")


def people(*, wanted: PeopleFilter) -> QuerySet[Person]:
    """Living records in Vietnamese order (tên, đệm, họ). Raises `SearchTooShort`."""
    found = Person.objects.filter(merged_into__isnull=True).order_by("sort_key", "id")
    if wanted.text:
        found = _searched(found, wanted)
    if wanted.commune:
        found = found.filter(commune_id=wanted.commune)
    if wanted.life:
        found = found.filter(life=wanted.life)
    if wanted.lacks == "number":
        found = found.filter(number_bidx__isnull=True)
    if wanted.lacks == "phone":
        found = found.filter(phone_bidx__isnull=True)
    if wanted.code or wanted.family:
        awards = Award.objects.filter(person=OuterRef("pk"), voided=False, end_month__isnull=True)
        if wanted.code:
            awards = awards.filter(code=wanted.code)
        if wanted.family:
            awards = awards.filter(family=wanted.family)
        found = found.filter(Exists(awards))
    return found


def _searched(found: QuerySet[Person], wanted: PeopleFilter) -> QuerySet[Person]:
    text = wanted.text.strip()
    if _DIGITS.fullmatch(text):
        return _by_digits(found, re.sub("[^0-9]", "", text))
    year = _YEAR.search(text)
    words = fold_name(_YEAR.sub(" ", text)).split()
    if len("".join(words)) < 2:
        raise SearchTooShort
    ids = find_by_name(words=words, commune=wanted.commune, many=MOST_FOUND)
    found = found.filter(pk__in=ids)
    return found.filter(born_on__year=int(year[0])) if year else found


def _by_digits(found: QuerySet[Person], digits: str) -> QuerySet[Person]:
    if len(digits) == 12:
        return found.filter(number_bidx=blind_index(column=NUMBER, text=digits))
    if len(digits) in {10, 11}:
        return found.filter(phone_bidx=blind_index(column=PHONE, text=digits))
    if len(digits) == 9:
        old = OldNumber.objects.filter(number_bidx=blind_index(column=OLD_NUMBER, text=digits))
        return found.filter(pk__in=old.values("person_id"))
    if len(digits) == 4:
        return found.filter(number_last4=digits)
    raise SearchTooShort


def find_by_name(*, words: Sequence[str], commune: int | None, many: int) -> list[int]:
    """Ids of people whose name holds every word (or its beginning), in Vietnamese order."""
    wanted: list[str] = []
    for word in words:
        wanted += trigrams(word)[:-1] or trigrams(word)  # the last piece ends the word: a beginning is enough
    patterns = [f"%{word}%" for word in words]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person_id FROM registry_find(%s, %s, %s, %s)",
            [sorted(set(wanted)), patterns, [commune] if commune else None, many],
        )
        return [int(row[0]) for row in cursor.fetchall()]


def timeline(*, person: Person, viewer: Viewer) -> list[dict[str, Any]]:
    """Everything that happened to a person's record, newest first."""
    found: list[dict[str, Any]] = []
    awards = {award.pk: award for award in person.awards.all()}
    rows = History.objects.filter(table_name="registry_person", row_id=person.pk) | History.objects.filter(
        table_name="registry_award", row_id__in=list(awards)
    )
    for each in rows.order_by("-until")[:100]:
        what = awards[each.row_id].code if each.table_name == "registry_award" else ""
        found.append({"at": each.until, "kind": "history", "what": what, "version": each.version})
    found += [{"at": c.made_at, "kind": "change", "change": c} for c in person.changes.all()]
    found += [{"at": e.recorded_at, "kind": "event", "event": e} for e in person.events.all()]
    found += [
        {"at": entry.at, "kind": "entry", "entry": entry}
        for entry in timeline_entries(person=person, viewer=viewer, many=MOST_ENTRIES)
    ]
    return sorted(found, key=lambda each: each["at"], reverse=True)


def waiting_changes(*, officer_id: int, unit_ids: set[int]) -> QuerySet[Change]:
    """Changes that an officer may check: of their units, not their own, oldest first."""
    return (
        Change.objects.filter(state="proposed", commune_id__in=unit_ids)
        .exclude(made_by_id=officer_id)
        .select_related("person", "award", "commune", "made_by")
        .order_by("made_at", "pk")
    )


def opened_row(*, row: ImportRow) -> dict[str, Any]:
    """What a row of a list holds, in clear: raw, values, errors, warnings."""
    found: dict[str, Any] = json.loads(open_sealed(column=ROW, sealed=bytes(row.sealed)))
    return found


def findings(*, file: ImportFile, lang: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """(errors, warnings) of a list: sheet, row, column, code, message."""
    errors: list[dict[str, Any]] = []
    warnings: list[dict[str, Any]] = []
    sheet = file.mapping.get("sheet", "")
    at = 3 if lang == "en" else 2
    told = ImportRow.objects.filter(file=file).exclude(codes=[], warnings=[]).order_by("row")
    for row in told[:LONGEST_REPORT]:
        content = opened_row(row=row)
        for kind, found in (("errors", errors), ("warnings", warnings)):
            if kind == "warnings" and row.outcome != "accepted":
                continue
            for each in content[kind]:
                message = {"column": each[0], "code": each[1], "message": each[at]}
                found.append({"sheet": sheet, "row": row.row, **message})
    return errors, warnings


def earlier_import(*, file: ImportFile) -> ImportFile | None:
    """The confirmed list with the same bytes, or of the same month, that this one would replace."""
    if file.state != ImportState.CHECKED.value:
        return None
    same = ImportFile.objects.select_related("decided_by").filter(
        commune_id=file.commune_id, form=file.form, state=ImportState.CONFIRMED.value
    )
    return same.filter(sha256=bytes(file.sha256)).first() or same.filter(month=file.month).first()


def missing_awards(*, file: ImportFile, families: Sequence[str]) -> QuerySet[Award]:
    """Open awards of the list's families in the commune that no row of it means ("giảm – chưa có lý
    do"): shown, never stopped by that alone."""
    meant = ImportRow.objects.filter(file=file, award=OuterRef("pk"))
    return (
        Award.objects.filter(
            ~Exists(meant),
            commune_id=file.commune_id,
            family__in=families,
            end_month__isnull=True,
            voided=False,
        )
        .select_related("person")
        .order_by("person__sort_key", "pk")
    )
