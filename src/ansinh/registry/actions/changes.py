# SPDX-License-Identifier: MPL-2.0
"""A change of a record: one officer proposes, another checks; only then does the record change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from ansinh.audit.actions import record
from ansinh.registry.actions.apply import EFFECTS
from ansinh.registry.actions.pairs import settle_pair
from ansinh.registry.lifecycles import CHANGE, ChangeState
from ansinh.registry.models import Award, Change, LifeEvent, Person
from ansinh.registry.records import CHANGE as CONTENT
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.vault.sealing import open_sealed, seal

ONE_OPEN = "registry_change_one_open"


class ChangeOpen(Refusal):
    """A change of the same kind waits for this record."""

    code = "CHANGE_OPEN"


class OwnChange(Refusal):
    """The maker does not check."""

    code = "CHANGE_OWN"


class NotYourChange(Refusal):
    """Only its maker takes a change back."""

    code = "CHANGE_NOT_YOURS"


class NeedsReason(Refusal):
    """Refusing without saying why."""

    code = "CHANGE_NEEDS_REASON"


class PersonMerged(Refusal):
    """The record is an alias of another: changes go to the main record."""

    code = "PERSON_MERGED"


class PersonChangedMeanwhile(Refusal):
    """Somebody changed the record after the officer opened the form; fields: at."""

    code = "PERSON_CHANGED_MEANWHILE"


class NothingChanged(Refusal):
    """A change that changes nothing."""

    code = "NOTHING_CHANGED"


def content_of(*, change: Change) -> dict[str, Any]:
    """What a change says, in clear."""
    found: dict[str, Any] = json.loads(open_sealed(column=CONTENT, sealed=bytes(change.content_enc)))
    return found


def _sealed(content: Mapping[str, Any]) -> bytes:
    return seal(column=CONTENT, text=json.dumps(dict(content), ensure_ascii=False))


def propose_change(
    *, person: Person, kind: str, content: Mapping[str, Any], reason: str, by: Officer | None, at: datetime,
    source: str = "officer", award: Award | None = None, label: str = "", citation: str = "",
    effective_month: date | None = None, event: LifeEvent | None = None, seen_version: int | None = None,
    document: str = "",
) -> Change:  # fmt: skip
    """Propose a change. `kind` is one of `apply.EFFECTS`; `seen_version` is the version of the record
    that the officer's form showed. Raises `ChangeOpen`, `NothingChanged`, `PersonMerged` or
    `PersonChangedMeanwhile`."""
    holder = award if award is not None else person
    if person.merged_into_id is not None and kind != "split":
        raise PersonMerged
    if seen_version is not None and seen_version != holder.version:
        raise PersonChangedMeanwhile(at=holder.changed_at)
    if not content:
        raise NothingChanged
    try:
        with transaction.atomic():
            made = Change.objects.create(
                person=person, award=award, commune_id=person.commune_id, kind=kind, source=source,
                label=(label or ", ".join(sorted(content)))[:200], reason=reason[:300],
                citation=citation[:200],
                document=document[:200], content_enc=_sealed(content),
                effective_month=effective_month, event=event, made_by=by, made_at=at,
                base_version=holder.version,
            )  # fmt: skip
            record(
                by=by.pk if by else None, at=at, act="registry.propose_change", subject="person",
                subject_id=person.pk, unit_id=person.commune_id,
                details={"change": made.pk, "kind": kind, "source": source},
            )  # fmt: skip
    except IntegrityError as refused:
        if ONE_OPEN not in str(refused):
            raise
        raise ChangeOpen from refused
    return made


def _decidable(change_id: int, event: str) -> tuple[Change, ChangeState]:
    change = (
        Change.objects.select_for_update(of=("self",)).select_related("person", "award", "made_by")
    ).get(pk=change_id)
    return change, CHANGE.apply(ChangeState(change.state), event)


def _decide(change: Change, target: ChangeState, *, by: Officer, at: datetime, answer: str, act: str) -> None:
    Change.objects.filter(pk=change.pk).update(
        state=target.value, decided_by=by, decided_at=at, answer=answer[:300]
    )
    record(
        by=by.pk, at=at, act=act, subject="person", subject_id=change.person_id, unit_id=change.commune_id,
        details={"change": change.pk, "kind": change.kind},
    )  # fmt: skip


def _is_maker(change: Change, by: Officer) -> bool:
    """By citizen number: two user names of one person are one person (A1)."""
    maker = change.made_by
    return maker is not None and bytes(maker.citizen_number_bidx) == bytes(by.citizen_number_bidx)


def _settle_pair(change: Change, event: str, *, by: Officer, at: datetime) -> None:
    """What became of the pair that a merge or a split began with, if it began with one."""
    if change.kind in {"merge", "split"} and (pair := content_of(change=change).get("pair")):
        settle_pair(pair_id=pair, event=event, reason=change.reason, by=by, at=at)


def apply_change(*, change_id: int, by: Officer, at: datetime) -> None:
    """Check a change and let it take effect. Raises `OwnChange`, `ChangeStale`, `NotFromThisState` or
    what the effect refuses."""
    with transaction.atomic():
        change, target = _decidable(change_id, "apply")
        if _is_maker(change, by):
            raise OwnChange
        content = content_of(change=change)
        # Before the effect: after a move the change is out of this officer's sight.
        _decide(change, target, by=by, at=at, answer="", act="registry.apply_change")
        remembered = EFFECTS[change.kind](change, content, by, at)
        if remembered is not None:
            Change.objects.filter(pk=change.pk).update(content_enc=_sealed({**content, **remembered}))
        _settle_pair(change, "merge" if change.kind == "merge" else "split", by=by, at=at)


def refuse_change(*, change_id: int, answer: str, by: Officer, at: datetime) -> None:
    """Return a change with the reason. Raises `NeedsReason`, `OwnChange` or `NotFromThisState`."""
    if not answer.strip():
        raise NeedsReason
    with transaction.atomic():
        change, target = _decidable(change_id, "refuse")
        if _is_maker(change, by):
            raise OwnChange
        _decide(change, target, by=by, at=at, answer=answer, act="registry.refuse_change")
        if change.kind == "merge":
            _settle_pair(change, "return", by=by, at=at)


def withdraw_change(*, change_id: int, by: Officer, at: datetime) -> None:
    """The maker takes a change back. Raises `NotYourChange` or `NotFromThisState`."""
    with transaction.atomic():
        change, target = _decidable(change_id, "withdraw")
        if not _is_maker(change, by):
            raise NotYourChange
        _decide(change, target, by=by, at=at, answer="", act="registry.withdraw_change")
        if change.kind == "merge":
            _settle_pair(change, "return", by=by, at=at)
