# SPDX-License-Identifier: MPL-2.0
"""A review round of a commune: listed, compared, followed, handed over, closed. Sets, not persons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import IntegrityError, connection, transaction
from django.db.models import Max

from ansinh.audit.actions import record
from ansinh.payees.lifecycles import PLACE, ROUND, PlaceState, RoundState
from ansinh.payees.models import Place, Round
from ansinh.payees.periods import for_period
from ansinh.places.models import Unit
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.statements import statement


class ReviewOpen(Refusal):
    """The commune has a round that is not closed."""

    code = "REVIEW_OPEN"


class ReviewEmpty(Refusal):
    """Nobody in the commune has an award."""

    code = "REVIEW_EMPTY"


class ReviewUnsettled(Refusal):
    """Some places are not settled; fields: count."""

    code = "REVIEW_UNSETTLED"


class ReviewNothingToHandOver(Refusal):
    """No place is checked."""

    code = "REVIEW_NOTHING_TO_HAND_OVER"


def open_round(
    *,
    unit: Unit,
    communes: Sequence[int],
    title: str,
    switch_month: Month,
    by: Officer,
    at: datetime,
    on: date,
) -> Round:
    """List every beneficiary of a commune (and of those it was made of). Raises `ReviewOpen` or
    `ReviewEmpty`."""
    try:
        with transaction.atomic():
            last = Round.objects.filter(commune=unit).aggregate(last=Max("number"))["last"] or 0
            made = Round.objects.create(
                commune=unit, number=last + 1, title=title[:160] or f"Đợt {last + 1}", opened_on=on,
                switch_month=switch_month.first_day, opened_at=at, opened_by=by,
            )  # fmt: skip
            for_period(month=Month.of(on))
            with connection.cursor() as cursor:
                cursor.execute(
                    statement("payees", "open_round"),
                    {"round": made.pk, "communes": list(communes), "at": at, "by": by.pk},
                )
                listed = cursor.rowcount
            if listed == 0:
                raise ReviewEmpty
            record(by=by.pk, at=at, act="payees.open_round", subject="round", subject_id=made.pk,
                   unit_id=unit.pk, details={"listed": listed})  # fmt: skip
    except IntegrityError as living:
        raise ReviewOpen(unit=unit.name) from living
    return made


def move_places(
    *, place_ids: Sequence[int], event: str, by: Officer | None, at: datetime,
    differences: Mapping[int, str] | None = None, switch_month: Month | None = None,
) -> int:  # fmt: skip
    """Move many places along one kind of edge; returns how many moved. Part of the caller's
    transaction; whoever stands elsewhere meanwhile stays."""
    said, moved = differences or {}, 0
    with connection.cursor() as cursor:
        for source in PLACE.sources(event):
            cursor.execute(
                statement("payees", "move_places"),
                {
                    "ids": list(place_ids), "differences": [said.get(pk, "")[:300] for pk in place_ids],
                    "source": source.value, "target": PLACE.apply(source, event).value, "event": event,
                    "switch_month": switch_month.first_day if switch_month else None, "at": at,
                    "by": by.pk if by else None,
                },
            )  # fmt: skip
            moved += cursor.rowcount
    return moved


def match_hamlet(*, round_id: int, hamlet: str, by: Officer, at: datetime) -> int:
    """Say that everybody still listed in a hamlet agrees with the population register."""
    with transaction.atomic():
        found = Round.objects.get(pk=round_id)
        ids = list(
            Place.objects.filter(round=found, hamlet=hamlet, state=PlaceState.LISTED.value).values_list(
                "pk", flat=True
            )
        )
        moved = move_places(place_ids=ids, event="match", by=by, at=at)
        record(by=by.pk, at=at, act="payees.match_hamlet", subject="round", subject_id=round_id,
               unit_id=found.commune_id, details={"hamlet": hamlet, "matched": moved})  # fmt: skip
    return moved


def compare_round(*, round_id: int, by: Officer | None, at: datetime) -> dict[str, int]:
    """Take over what the population register answered (`population_standing`): matched, or a
    difference that has to be settled before the visit. Whoever has no answer yet stays listed."""
    with transaction.atomic():
        found = Round.objects.get(pk=round_id)
        listed = dict(
            Place.objects.filter(round=found, state=PlaceState.LISTED.value).values_list("person_id", "pk")
        )
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT person_id, result FROM population_standing WHERE person_id = ANY (%s)", [list(listed)]
            )
            answers = dict(cursor.fetchall())
        matched = [listed[person] for person, result in answers.items() if result == "matched"]
        differing = {listed[person]: result for person, result in answers.items() if result != "matched"}
        done = {
            "matched": move_places(place_ids=matched, event="match", by=by, at=at),
            "differs": move_places(
                place_ids=list(differing), event="differ", by=by, at=at, differences=differing
            ),
        }
        record(by=by.pk if by else None, at=at, act="payees.compare_round", subject="round",
               subject_id=round_id, unit_id=found.commune_id, details=done)  # fmt: skip
    return done


def follow_round(*, round_id: int, by: Officer | None, at: datetime) -> dict[str, int]:
    """Bring places up to what happened to their accounts: checked, failed, kept (paid already), gone."""
    with transaction.atomic():
        found = Round.objects.get(pk=round_id)
        places = Place.objects.filter(round=found)
        for_period(month=Month.of(found.switch_month))
        kept = _in_group(places.filter(state="compared"), "A")
        collected = places.filter(state="collected")
        good = collected.filter(account__state__in=["holder_checked", "approved", "active"])
        bad = places.filter(
            state__in=["collected", "checked", "handed_over", "paid"],
            account__state__in=["format_failed", "identity_failed", "holder_failed", "refused", "withdrawn",
                                "suspended", "closed"],
        )  # fmt: skip
        by_payee = collected.filter(account__isnull=True, mandate__state="active")
        gone = places.filter(person__life="dead").exclude(state__in=["refused", "cash", "gone", "paid"])
        steps: list[tuple[str, list[int], Month | None]] = [
            ("leave", list(gone.values_list("pk", flat=True)), None),
            ("keep", kept, Month.of(found.switch_month)),
            ("check", list((good | by_payee).values_list("pk", flat=True)), None),
            ("fail", list(bad.values_list("pk", flat=True)), None),
        ]
        done = {
            event: move_places(place_ids=ids, event=event, by=by, at=at, switch_month=month)
            for event, ids, month in steps
        }
        if any(done.values()):
            record(by=by.pk if by else None, at=at, act="payees.follow_round", subject="round",
                   subject_id=round_id, unit_id=found.commune_id, details=done)  # fmt: skip
    return done


def _in_group(places: object, group: str) -> list[int]:
    ids = dict(places.values_list("person_id", "pk"))  # type: ignore[attr-defined]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person_id FROM payees_grouped WHERE grp = %s AND person_id = ANY (%s)", [group, list(ids)]
        )
        return [ids[row[0]] for row in cursor.fetchall()]


def hand_over(*, round_id: int, by: Officer, at: datetime) -> int:
    """Hand everybody who is checked, with an approved account, to the paying unit for the round's
    switch-over month (or the account's first month, when that is later). Raises
    `ReviewNothingToHandOver`."""
    with transaction.atomic():
        found = Round.objects.get(pk=round_id)
        ready = Place.objects.filter(round=found, state="checked").filter(
            account__state__in=["approved", "active"]
        ) | Place.objects.filter(round=found, state="checked", account__isnull=True)
        by_month: dict[date, list[int]] = {}
        for pk, usable in ready.values_list("pk", "account__usable_from"):
            by_month.setdefault(max(usable or found.switch_month, found.switch_month), []).append(pk)
        moved = sum(
            move_places(place_ids=ids, event="hand_over", by=by, at=at, switch_month=Month.of(month))
            for month, ids in by_month.items()
        )
        if moved == 0:
            raise ReviewNothingToHandOver
        record(by=by.pk, at=at, act="payees.hand_over", subject="round", subject_id=round_id,
               unit_id=found.commune_id, details={"people": moved})  # fmt: skip
    return moved


def take_results(
    *, paid: Sequence[int], failed: Mapping[int, str], by: Officer | None, at: datetime
) -> tuple[int, int]:
    """What the paying side says became of people who were handed over (ids of persons): paid, or
    failed with a reason and back to a visit. Returns (paid, failed). Part of the caller's transaction."""
    open_places = Place.objects.filter(state__in=["handed_over", "paid"])
    good = list(
        open_places.filter(person_id__in=list(paid), state="handed_over").values_list("pk", flat=True)
    )
    bad = dict(open_places.filter(person_id__in=list(failed)).values_list("pk", "person_id"))
    moved = move_places(place_ids=good, event="pay", by=by, at=at)
    back = move_places(
        place_ids=list(bad), event="fail", by=by, at=at,
        differences={pk: failed[person] for pk, person in bad.items()},
    )  # fmt: skip
    return moved, back


def close_round(*, round_id: int, by: Officer, at: datetime) -> None:
    """Close a round in which everybody is settled. Raises `ReviewUnsettled` or `NotFromThisState`."""
    with transaction.atomic():
        found = Round.objects.select_for_update().get(pk=round_id)
        target = ROUND.apply(RoundState(found.state), "close")
        settled = [state.value for state in PlaceState if state.is_settled]
        left = Place.objects.filter(round=found).exclude(state__in=settled).count()
        if left:
            raise ReviewUnsettled(count=left)
        Round.objects.filter(pk=found.pk).update(state=target.value, closed_at=at, closed_by=by)
        record(by=by.pk, at=at, act="payees.close_round", subject="round", subject_id=round_id,
               unit_id=found.commune_id)  # fmt: skip
