# SPDX-License-Identifier: MPL-2.0
"""How fast and how well records of one person are found among everybody.

One person in a hundred has a planted twin of one of four kinds; recall and precision are of the pairs
called certain or likely. The limit beside the seconds, in the same run: read the table once and sort
it by name and birth.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime

from bench.people import ONE_TWIN_IN, invented_register

KINDS = ("the same again", "a letter of the name lost", "only the year known", "elsewhere, same old number")
FLOOR = """
SELECT count(*) FROM (
    SELECT row_number() OVER (PARTITION BY name_folded, born_on ORDER BY id) FROM registry_person) AS sorted
"""
FOUND = """
SELECT t.kind, count(*), count(p.id) FILTER (WHERE p.likeness <> 'possible'), count(p.id)
FROM bench_truth AS t LEFT JOIN registry_duplicatepair AS p USING (first_id, second_id) GROUP BY 1 ORDER BY 1
"""
CALLED = """
SELECT count(*), count(t.kind)
FROM registry_duplicatepair AS p LEFT JOIN bench_truth AS t USING (first_id, second_id)
WHERE p.likeness <> 'possible'
"""


def run(*, people: int) -> dict[str, object]:
    """Seconds, ratio to the floor, recall by kind, precision."""
    with invented_register("duplicates", people=people) as owner:
        from django.db import transaction

        from ansinh.registry.actions.duplicates import find_duplicates
        from ansinh.staff.scope import open_to_all

        started = time.perf_counter()
        owner.execute(FLOOR)
        floor = time.perf_counter() - started
        started = time.perf_counter()
        with transaction.atomic():
            open_to_all()
            counts = find_duplicates(by=None, at=datetime.now(UTC))
        seconds = time.perf_counter() - started
        by_kind = owner.execute(FOUND).fetchall()
        called, right = owner.execute(CALLED).fetchone()  # type: ignore[misc]
        planted = sum(row[1] for row in by_kind)
        return {
            "people": people,
            "seconds": round(seconds, 1),
            "people_per_second": round(people / seconds),
            "floor_seconds": round(floor, 2),
            "ratio_to_floor": round(seconds / floor, 1),
            "pairs_weighed": counts["weighed"],
            "pairs_kept": counts["kept"],
            "planted_twins": planted,
            "one_twin_in": ONE_TWIN_IN,
            "recall": round(sum(row[2] for row in by_kind) / planted, 3),
            "recall_with_possible": round(sum(row[3] for row in by_kind) / planted, 3),
            "precision": round(right / max(called, 1), 3),
            **{f"recall: {KINDS[row[0]]}": round(row[2] / row[1], 3) for row in by_kind},
        }
