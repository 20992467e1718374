# SPDX-License-Identifier: MPL-2.0
"""Everything that happened to a person, newest first: who changed what from what to what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.audit.models import Event
from ansinh.places.models import Unit
from ansinh.registry import labels
from ansinh.registry.extensions import Entry, Viewer, timeline_entries
from ansinh.registry.models import Award, Change, History, LifeEvent, Person
from ansinh.rules.dates import format_date
from ansinh.rules.money import format_vnd
from ansinh.rules.months import Month
from ansinh.staff.models import Officer

MOST = 100  # entries of each kind; older ones are in the log
STATES = {"proposed": "wait", "applied": "ok", "refused": "stop", "withdrawn": "note"}
PERSON = ("name", "born_on", "sex", "ethnicity", "hamlet", "household", "number_last4", "phone_last4",
          "channel", "pension_vnd", "lives_alone", "disadvantaged_area", "life", "life_since", "life_source",
          "commune_id", "merged_into_id")  # fmt: skip
AWARD = ("decision_number", "decided_on", "signer", "signer_title", "first_month", "end_month", "end_reason",
         "suspended_from", "suspended_to", "suspend_reason", "file_ref", "merit_person", "relation", "facts",
         "derives_from_id", "voided", "commune_id", "person_id")  # fmt: skip
LOOKS = ("registry.reveal_number",)


def timeline(*, person: Person, viewer: Viewer) -> list[Entry]:
    """The person's record, awards, changes, events, the aliases' too, and what later stages add."""
    ids = [person.pk, *person.aliases.values_list("pk", flat=True)]
    awards = {award.pk: award for award in Award.objects.filter(person_id__in=ids)}
    names = dict(Officer.objects.values_list("pk", "full_name"))
    found = [
        *_record(ids, names),
        *_awards(awards, names, viewer),
        *_changes(ids, names),
        *_events(ids, names),
        *_looks(ids, names),
        *timeline_entries(person=person, viewer=viewer, many=MOST),
    ]
    return sorted(found, key=lambda entry: entry.at, reverse=True)


def award_history(*, award: Award, viewer: Viewer) -> list[Entry]:
    """What became of one award, newest first."""
    names = dict(Officer.objects.values_list("pk", "full_name"))
    found = [*_awards({award.pk: award}, names, viewer), *_changes_of(award, names)]
    return sorted(found, key=lambda entry: entry.at, reverse=True)


def _plain(row: Person | Award) -> dict[str, Any]:
    """A row as the trigger would have kept it: JSON values under column names."""
    encoder = DjangoJSONEncoder()
    plain = {
        field.column: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.column in PERSON + AWARD
    }
    return {
        name: each if isinstance(each, str | int | bool | dict | list | None) else encoder.default(each)
        for name, each in plain.items()
    }


def _steps(
    table: str, rows: Iterable[Person | Award], columns: tuple[str, ...]
) -> Iterable[tuple[int, dict[str, Any], Mapping[str, Any]]]:
    """(row id, what was with the columns that changed, what came after) of each overwriting."""
    present = {row.pk: row for row in rows}
    kept: dict[int, list[History]] = {}
    for history in History.objects.filter(table_name=table, row_id__in=present).order_by("-pk")[:MOST]:
        kept.setdefault(history.row_id, []).append(history)
    for row_id, versions in kept.items():
        after: Mapping[str, Any] = _plain(present[row_id]) | {
            "changed_by_id": present[row_id].changed_by_id, "changed_at": present[row_id].changed_at,
        }  # fmt: skip
        for history in versions:
            changed = {name for name in columns if _same(history.was.get(name)) != _same(after.get(name))}
            if changed:
                yield row_id, {"columns": changed, "was": history.was, "at": history.until}, after
            after = history.was


def _same(raw: object) -> str:
    return "" if raw in (None, "", {}, []) else str(raw)


def _differences(step: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    units = _units({step["was"].get("commune_id"), after.get("commune_id")})
    found = []
    for name in [each for each in PERSON + AWARD if each in step["columns"]]:
        before, now = step["was"].get(name), after.get(name)
        if name == "commune_id":
            before, now = units.get(before or 0, ""), units.get(now or 0, "")
        if name in {"number_last4", "phone_last4"}:
            before, now = (f"••••{each}" if each else "" for each in (before, now))
        line = (labels.field(name), labels.value(name, before) or "–", labels.value(name, now) or "–")
        if line not in found:
            found.append(line)
    return tuple(found)


def _units(ids: set[Any]) -> dict[int, str]:
    return dict(Unit.objects.filter(pk__in=[each for each in ids if each]).values_list("pk", "name"))


def _record(ids: list[int], names: Mapping[int, str]) -> Iterable[Entry]:
    people = Person.objects.filter(pk__in=ids).select_related("source_import")
    for _row, step, after in _steps("registry_person", people, PERSON):
        yield Entry(step["at"], _("Hồ sơ đã đổi"), by=names.get(after.get("changed_by_id") or 0, ""),
                    changes=_differences(step, after))  # fmt: skip
    acts = Event.objects.filter(act="registry.add_person", subject="person", subject_id__in=map(str, ids))
    for event in acts:
        yield Entry(event.at, _("Lập hồ sơ"), by=names.get(event.by or 0, ""))
    for each in people:
        if each.source_import is not None and each.source_import.decided_at is not None:
            yield Entry(
                each.source_import.decided_at, _("Lập hồ sơ từ danh sách"), each.source_import.name,
                by=names.get(each.source_import.decided_by_id or 0, ""),
            )  # fmt: skip


def _awards(awards: Mapping[int, Award], names: Mapping[int, str], viewer: Viewer) -> Iterable[Entry]:
    open_grounds = "register.confidential" in viewer.permissions
    for row, step, after in _steps("registry_award", awards.values(), AWARD):
        if not labels.may_show_facts(awards[row], open_grounds=open_grounds):
            step["columns"].discard("facts")
        changes = _differences(step, after)
        if changes:
            title = labels.award(awards[row].code, open_grounds=open_grounds)
            yield Entry(step["at"], title, by=names.get(after.get("changed_by_id") or 0, ""), changes=changes,
                        url=reverse("registry:award", args=[row]))  # fmt: skip


def _changes(ids: list[int], names: Mapping[int, str]) -> Iterable[Entry]:
    yield from _told(Change.objects.filter(person_id__in=ids).order_by("-pk")[:MOST], names)


def _changes_of(award: Award, names: Mapping[int, str]) -> Iterable[Entry]:
    yield from _told(Change.objects.filter(award=award).order_by("-pk")[:MOST], names)


def _told(changes: Iterable[Change], names: Mapping[int, str]) -> Iterable[Entry]:
    words = {"proposed": _("chờ kiểm tra"), "applied": _("đã đổi"), "refused": _("trả lại"),
             "withdrawn": _("đã rút")}  # fmt: skip
    for each in changes:
        url = reverse("registry:change", args=[each.pk])
        why = " · ".join(part for part in (each.reason, each.document, each.citation) if part)
        yield Entry(each.made_at, each.label, why, names.get(each.made_by_id or 0, "An Sinh"), url,
                    STATES[each.state], words[each.state])  # fmt: skip
        if each.decided_at is not None:
            decided = {"applied": _("Đã kiểm tra"), "refused": _("Trả lại"), "withdrawn": _("Rút lại")}
            title = f"{decided[each.state]}: {each.label}"
            yield Entry(each.decided_at, title, each.answer, names.get(each.decided_by_id or 0, ""), url)


def _events(ids: list[int], names: Mapping[int, str]) -> Iterable[Entry]:
    for each in LifeEvent.objects.filter(person_id__in=ids).order_by("-pk")[:MOST]:
        detail = f"{format_date(each.happened_on)}, {each.source}"
        title = str(labels.EVENTS.get(each.kind, each.kind))
        overpaid = tuple(
            (Month.parse(month["month"]).vi, _("đã có thể chi"), format_vnd(month["amount_vnd"]))
            for month in each.overpaid
        )
        badge = ("stop", _("cần thu hồi")) if overpaid else ("note", _("sự kiện"))
        yield Entry(each.recorded_at, title, detail, names.get(each.recorded_by_id, ""), "", *badge, overpaid)


def _looks(ids: list[int], names: Mapping[int, str]) -> Iterable[Entry]:
    looks = Event.objects.filter(act__in=LOOKS, subject="person", subject_id__in=map(str, ids))
    for event in looks.order_by("-pk")[:MOST]:
        reason = str(event.details.get("reason", ""))
        yield Entry(event.at, _("Xem đủ số định danh"), reason, names.get(event.by or 0, ""))
