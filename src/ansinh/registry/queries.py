# SPDX-License-Identifier: MPL-2.0
"""Questions about the register. Row-level security bounds every answer to the transaction's scope."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from ansinh.registry.extensions import people_by_digits
from ansinh.registry.lifecycles import ImportState
from ansinh.registry.models import LIFE, Award, Change, ImportFile, ImportRow, Person
from ansinh.registry.records import NUMBER, OLD_NUMBER, PHONE, ROW
from ansinh.rules.names import fold_name
from ansinh.rules.refusals import Refusal
from ansinh.vault.sealing import blind_index, open_many, open_sealed

LONGEST_REPORT = 100_000
PAGE = 50
MOST_FOUND = 1_000  # people that a search by name looks at; more means: type another word
COMMON = 20_000  # names with a word: from here on a few communes' own lists are the shorter way
LACKS = ("number", "phone", "award")


class SearchTooShort(Refusal):
    """Less than two letters or four digits."""

    code = "SEARCH_TOO_SHORT"


class FilterUnknown(Refusal):
    """A filter with a value that is none of its list: guessing values is no way to learn; fields:
    name."""

    code = "FILTER_UNKNOWN"


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """What the list of people is narrowed to; empty means any."""

    text: str = ""
    commune: int | None = None
    code: str = ""
    family: str = ""
    life: str = ""
    lacks: str = ""  # one of LACKS

    def checked(self, *, codes: Collection[str], families: Collection[str]) -> PeopleFilter:
        """The same. Raises `FilterUnknown` when a value is not among those that this officer may ask
        for: a confidential ground is not found by filtering for it."""
        allowed: tuple[tuple[str, str, Collection[str]], ...] = (
            ("che-do", self.code, codes), ("nhom", self.family, families), ("song", self.life, LIFE),
            ("thieu", self.lacks, LACKS),
        )  # fmt: skip
        for name, value, values in allowed:
            if value and value not in values:
                raise FilterUnknown(name=name)
        return self


_DIGITS = re.compile(r"\+?[0-9 .\-]{4,20}")
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
    awards = Award.objects.filter(person=OuterRef("pk"), voided=False, end_month__isnull=True)
    if wanted.lacks == "award":
        found = found.filter(~Exists(awards))
    if wanted.code or wanted.family:
        awards = awards.filter(code=wanted.code) if wanted.code else awards
        awards = awards.filter(family=wanted.family) if wanted.family else awards
        found = found.filter(Exists(awards))
    return found


@dataclass(frozen=True, slots=True)
class Totals:
    """What the whole filtered list adds up to."""

    people: int
    with_award: int
    awards: int


def totals(*, found: QuerySet[Person]) -> Totals:
    """People, people with an open award, and open awards of a filtered list."""
    open_awards = Award.objects.filter(voided=False, end_month__isnull=True, person__in=found.order_by())
    counts = open_awards.aggregate(awards=Count("pk"), people=Count("person_id", distinct=True))
    return Totals(found.order_by().count(), counts["people"], counts["awards"])


@dataclass(frozen=True, slots=True)
class PageOfPeople:
    """A page by key: rows, and the ids to go on from. Page 20,000 costs what page 1 costs."""

    rows: list[Person]
    before: int | None
    after: int | None


def page_of(*, found: QuerySet[Person], after: int | None, before: int | None) -> PageOfPeople:
    """The `PAGE` people after (or before) the person with an id, in the list's own order."""
    edge = Person.objects.filter(pk=after or before or 0).values_list("sort_key", "pk").first()
    backwards = before is not None and after is None and edge is not None
    if edge is not None:
        key, pk = edge
        beyond = Q(sort_key__lt=key) | Q(sort_key=key, pk__lt=pk) if backwards else (
            Q(sort_key__gt=key) | Q(sort_key=key, pk__gt=pk)
        )  # fmt: skip
        found = found.filter(beyond)
    if backwards:
        found = found.order_by("-sort_key", "-id")
    rows = list(found.select_related("commune").prefetch_related("awards")[: PAGE + 1])
    more = len(rows) > PAGE
    rows = rows[:PAGE]
    if backwards:
        rows.reverse()
    has_before = more if backwards else edge is not None
    has_after = True if backwards else more
    return PageOfPeople(
        rows, rows[0].pk if rows and has_before else None, rows[-1].pk if rows and has_after else None
    )


def _searched(found: QuerySet[Person], wanted: PeopleFilter) -> QuerySet[Person]:
    text = wanted.text.strip()
    if re.fullmatch(r"[0-9 .\-]*", text) and len(re.sub("[^0-9]", "", text)) < 4:
        raise SearchTooShort
    if _DIGITS.fullmatch(text):
        return _among(found, _by_digits(re.sub("[^0-9]", "", text)))
    year = _YEAR.search(text)
    words = fold_name(_YEAR.sub(" ", text)).split()
    if len("".join(words)) < 2:
        raise SearchTooShort
    born = int(year[0]) if year else None
    ids = find_by_name(words=words, commune=wanted.commune, born=born, many=MOST_FOUND)
    return _among(found, ids)


def _among(found: QuerySet[Person], ids: Iterable[int]) -> QuerySet[Person]:
    """Those of a list with these ids, as one array: a thousand placeholders cost more than the search."""
    return found.filter(pk__in=RawSQL("SELECT unnest(%s::bigint[])", [sorted(ids)]))


def _by_digits(digits: str) -> set[int]:
    """Ids of people by a whole number (12, 9), a phone, or the end of a number, a phone or an account.

    One statement for each index: an OR of them under row-level security reads the whole table.
    """
    if len(digits) < 4:
        raise SearchTooShort
    national = f"0{digits[2:]}" if digits.startswith("84") and len(digits) == 11 else digits
    living = Person.objects.filter(merged_into__isnull=True)
    ways: list[QuerySet[Any]] = []
    if len(digits) == 4:
        ways += [living.filter(number_last4=digits), living.filter(phone_last4=digits, phone_last4__gt="")]
    if len(digits) == 12:
        ways.append(living.filter(number_bidx=blind_index(column=NUMBER, text=digits)))
    if len(digits) == 9:
        index = blind_index(column=OLD_NUMBER, text=digits)
        ways.append(living.filter(old_numbers__number_bidx=index))
    if len(national) in {10, 11}:
        ways.append(living.filter(phone_bidx=blind_index(column=PHONE, text=national)))
    found = people_by_digits(digits=digits)
    for way in ways:
        found.update(way.values_list("pk", flat=True)[:MOST_FOUND])
    return found


def find_by_name(
    *, words: Sequence[str], commune: int | None, many: int, born: int | None = None
) -> list[int]:
    """Ids of people in whose name each of the folded words is a word or the beginning of one, born in
    a year if one is given, in Vietnamese order."""
    span = (date(born, 1, 1), date(born + 1, 1, 1)) if born else (None, None)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT found_id FROM registry_find(%s, %s, %s, %s, %s, %s)",
            [list(words), [commune] if commune else None, *span, many, COMMON],
        )
        return [int(row[0]) for row in cursor.fetchall()]


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
    rows = list(told[:LONGEST_REPORT])
    for row, text in zip(rows, open_many(column=ROW, sealed=[row.sealed for row in rows]), strict=True):
        content = json.loads(text)
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
