# SPDX-License-Identifier: MPL-2.0
"""Questions about places, each as of a date. The number of statements never depends on the data."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from ansinh.places.models import Agency, SigningTitle, Unit, UnitSuccessor
from ansinh.rules.names import fold_name
from ansinh.rules.refusals import Refusal

MOST_FOUND = 50


class UnitUnknown(Refusal):
    """No unit has this code or name on that day; fields: text, on."""

    code = "UNIT_UNKNOWN"


class UnitAmbiguous(Refusal):
    """Several units are called this; fields: text, candidates."""

    code = "UNIT_AMBIGUOUS"


_LEVEL_LENGTH = {2: "province", 3: "district", 5: "commune"}


def unit_on(*, code: str, on: date, level: str | None = None) -> Unit:
    """The unit with an official code on a day. The code's length tells the level (2, 3, 5 digits)
    unless `level` says it. Raises `UnitUnknown`."""
    wanted = level or _LEVEL_LENGTH.get(len(code), "commune")
    found = Unit.objects.filter(code=code, level=wanted, validity__contains=on).first()
    if found is None:
        raise UnitUnknown(text=code, on=on)
    return found


def unit_named(*, name: str, within: Unit, on: date) -> Unit:
    """The one unit below `within` that is called `name` on a day; kind and marks may be missing
    (`xã Cẩm Thanh`, `cam thanh`). Raises `UnitUnknown` or `UnitAmbiguous`."""
    wanted = fold_name(name)
    below = Unit.objects.filter(pk__in=descendants(unit_ids=[within.pk], on=on))
    found = [
        unit
        for unit in below.filter(name_key__endswith=wanted.split(" ")[-1])
        if wanted in {unit.name_key, unit.name_key.removeprefix(fold_name(unit.kind)).strip()}
    ]
    if not found:
        raise UnitUnknown(text=name, on=on)
    if len(found) > 1:
        raise UnitAmbiguous(text=name, candidates=sorted(unit.name for unit in found))
    return found[0]


def search(*, text: str, on: date, level: str | None = None) -> QuerySet[Unit]:
    """Units whose name holds every word of `text`, without marks, or whose code begins with it."""
    found = Unit.objects.filter(validity__contains=on).order_by("level", "sort_key", "pk")
    if level:
        found = found.filter(level=level)
    if text.strip().isdigit():
        return found.filter(code__startswith=text.strip())[:MOST_FOUND]
    for word in fold_name(text).split():
        found = found.filter(name_key__contains=word)
    return found[:MOST_FOUND]


_DESCENDANTS = """
WITH RECURSIVE below AS (
    SELECT id FROM places_unit WHERE id = ANY(%(ids)s)
    UNION
    SELECT p.unit_id FROM places_unitparent p JOIN below ON p.parent_id = below.id
    WHERE p.validity @> %(on)s::date
)
SELECT id FROM below
"""

_ANCESTORS = """
WITH RECURSIVE above (id, height) AS (
    SELECT %(id)s::bigint, 0
    UNION
    SELECT p.parent_id, above.height + 1 FROM places_unitparent p
    JOIN above ON p.unit_id = above.id WHERE p.validity @> %(on)s::date
)
SELECT id FROM above WHERE height > 0 ORDER BY height
"""

# An abolished unit is followed to what it became; districts lead through their communes.
_COVERED = """
WITH RECURSIVE start AS (
    SELECT u.id, least(%(on)s::date, coalesce(upper(u.validity) - 1, %(on)s::date)) AS day
    FROM places_unit u WHERE u.id = ANY(%(ids)s)
), below (id, day) AS (
    SELECT id, day FROM start
    UNION
    SELECT p.unit_id, below.day FROM places_unitparent p JOIN below ON p.parent_id = below.id
    WHERE p.validity @> below.day
), became (id) AS (
    SELECT id FROM below
    UNION
    SELECT s.new_id FROM places_unitsuccessor s JOIN became ON s.old_id = became.id
    WHERE s.on <= %(on)s::date AND (
        s.share <> 'whole' OR NOT EXISTS (
            SELECT 1 FROM places_unit u WHERE u.id = s.new_id AND u.level = 'province')
        OR s.old_id = ANY(%(ids)s))
), living AS (
    SELECT u.id FROM places_unit u JOIN became USING (id) WHERE u.validity @> %(on)s::date
), all_below AS (
    SELECT id FROM living
    UNION
    SELECT p.unit_id FROM places_unitparent p JOIN all_below ON p.parent_id = all_below.id
    WHERE p.validity @> %(on)s::date
)
SELECT id FROM all_below
"""


# What the covered units were made of, and everything that was ever below those: an officer of
# today's commune answers for the papers of the communes it was merged from.
_WITH_HISTORY = """
WITH RECURSIVE known AS (
    SELECT unnest(%(ids)s::bigint[]) AS id
    UNION
    SELECT found.id FROM known CROSS JOIN LATERAL (
        SELECT s.old_id AS id FROM places_unitsuccessor s WHERE s.new_id = known.id
        UNION ALL
        SELECT p.unit_id FROM places_unitparent p WHERE p.parent_id = known.id
    ) AS found
)
SELECT id FROM known
"""


def descendants(*, unit_ids: Iterable[int], on: date) -> set[int]:
    """Ids of the units and of everything below them on a day."""
    return _ids(_DESCENDANTS, {"ids": list(unit_ids), "on": on})


def ancestors(*, unit_id: int, on: date) -> list[Unit]:
    """The units above, nearest first."""
    with connection.cursor() as cursor:
        cursor.execute(_ANCESTORS, {"id": unit_id, "on": on})
        order = [row[0] for row in cursor.fetchall()]
    units = Unit.objects.in_bulk(order)
    return [units[pk] for pk in order]


def units_covered(*, unit_ids: Iterable[int], on: date) -> set[int]:
    """Ids of every unit that a jurisdiction over `unit_ids` covers on a day: themselves and what
    is below them; an abolished unit covers what it became (of a district: what its communes
    became, in part or whole)."""
    return _ids(_COVERED, {"ids": list(unit_ids), "on": on})


def with_history(*, unit_ids: Iterable[int]) -> set[int]:
    """Ids of the units, of what they were made of, and of everything ever below those."""
    return _ids(_WITH_HISTORY, {"ids": list(unit_ids)})


def _ids(sql: str, values: dict[str, Any]) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return {row[0] for row in cursor.fetchall()}


def children(*, unit_id: int | None, on: date) -> QuerySet[Unit]:
    """The units directly below on a day, in Vietnamese order; of None: the provinces."""
    living = Unit.objects.filter(validity__contains=on)
    if unit_id is None:
        return living.filter(level="province").order_by("sort_key", "pk")
    return living.filter(parents__parent_id=unit_id, parents__validity__contains=on).order_by(
        "sort_key", "pk"
    )


def successors(*, unit_id: int) -> list[tuple[Unit, str, date]]:
    """(new unit, share, day) for everything that a unit became."""
    links = Unit.objects.get(pk=unit_id).became.select_related("new").order_by("new__sort_key")
    return [(link.new, link.share, link.on) for link in links]


def homes(*, unit_ids: Iterable[int], on: date) -> dict[int, int]:
    """Where what belonged to each unit belongs on a day: the unit itself while it exists, else what it
    became, wholly or for its main part. Each unit has one home, so sums over homes count nothing twice;
    units that exist nowhere on the day are left out."""
    at = {unit: unit for unit in unit_ids}
    found: dict[int, int] = {}
    while at:
        living = set(
            Unit.objects.filter(pk__in=at.values(), validity__contains=on).values_list("pk", flat=True)
        )
        found |= {unit: now for unit, now in at.items() if now in living}
        links = UnitSuccessor.objects.filter(old_id__in=set(at.values()) - living, on__lte=on)
        became = dict(links.exclude(share="part").values_list("old_id", "new_id"))
        at = {unit: became[now] for unit, now in at.items() if now in became}
    return found


def predecessors(*, unit_id: int) -> list[tuple[Unit, str, date]]:
    """(old unit, share, day) for everything that a unit was made of."""
    links = Unit.objects.get(pk=unit_id).came_from.select_related("old").order_by("old__sort_key")
    return [(link.old, link.share, link.on) for link in links]


def agency_on(*, function: str, level: str, on: date) -> str | None:
    """The name of the agency responsible on a day, or None when the configuration has none."""
    found = Agency.objects.filter(function=function, level=level, validity__contains=on).first()
    return found.name if found else None


def signing_title_on(*, act: str, level: str, on: date) -> str | None:
    """The title that signs an act on a day, or None when the configuration has none."""
    found = SigningTitle.objects.filter(act=act, level=level, validity__contains=on).first()
    return found.title if found else None
