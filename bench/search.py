# SPDX-License-Identifier: MPL-2.0
"""How long an officer waits for a search: the page and its totals, as the application's role.

Half of the searches run in the scope of one commune, half in that of the whole province. The limit
beside them, in the same run: fifty rows by the list's own index, as the owner of the tables.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from bench.people import COMMUNES, invented_names, invented_register

SEARCHES = 200  # of each kind and scope


def percentiles(milliseconds: list[float]) -> dict[str, float]:
    """Median and the 95th of a hundred."""
    ordered = sorted(milliseconds)
    return {
        "p50_ms": round(ordered[len(ordered) // 2], 1),
        "p95_ms": round(ordered[int(len(ordered) * 0.95)], 1),
    }


def timed(acts: list[Callable[[], object]]) -> list[float]:
    """Milliseconds of each act."""
    found = []
    for act in acts:
        started = time.perf_counter()
        act()
        found.append((time.perf_counter() - started) * 1000)
    return found


def texts(seed: int) -> dict[str, list[str]]:
    """What officers type, by kind."""
    pick = random.Random(seed)
    names = invented_names(SEARCHES, seed=seed)
    words = [name.split() for name in names]
    return {
        "whole name": [" ".join(each) for each in words],
        "two words, other order, no marks": [f"{each[-1]} {each[0]}" for each in words],
        "one word": [each[-1] for each in words],
        "a name and a year": [f"{each[-2]} {each[-1]} {pick.randint(1930, 2014)}" for each in words],
        "last four digits": [f"{pick.randrange(10_000):04d}" for _ in words],
        "citizen number": [f"000150{pick.randrange(10**6):06d}" for _ in words],
        "phone": [f"09{pick.randrange(10**8):08d}" for _ in words],
    }


def run(*, people: int) -> dict[str, object]:
    """Percentiles by kind and scope, and the ratio of their worst 95th to the bare index."""
    with invented_register("search", people=people) as owner:
        from django.db import transaction

        from ansinh.registry import queries
        from ansinh.staff.scope import limit_to, open_to_all

        first = int(owner.execute("SELECT min(id) FROM places_unit").fetchone()[0])  # type: ignore[index]

        def search(text: str) -> None:
            found = queries.people(wanted=queries.PeopleFilter(text=text))
            queries.page_of(found=found, after=None, before=None)
            queries.totals(found=found)

        def probe(unit: int) -> None:
            owner.execute(
                "SELECT id, name FROM registry_person WHERE commune_id = %s ORDER BY sort_key, id LIMIT 50",
                [unit],
            ).fetchall()

        figures: dict[str, object] = {"people": people, "searches_of_each_kind": SEARCHES}
        worst = 0.0
        pick = random.Random(3)
        for scope in ("commune", "province"):
            everything: list[float] = []
            for kind, wanted in texts(11).items():
                with transaction.atomic():
                    if scope == "province":
                        open_to_all()
                    else:
                        limit_to(unit_ids=[first + pick.randrange(COMMUNES)])
                    took = timed([lambda text=text: search(text) for text in wanted])  # type: ignore[misc]
                everything += took
                figures[f"{scope}: {kind}"] = percentiles(took)
            figures[scope] = percentiles(everything)
            worst = max(worst, percentiles(everything)["p95_ms"])
        bare = percentiles(timed([lambda unit=first + at % COMMUNES: probe(unit) for at in range(SEARCHES)]))  # type: ignore[misc]
        figures["bare_index"] = bare
        figures["ratio_of_p95_to_bare_index"] = round(worst / max(bare["p50_ms"], 0.1), 1)
        return figures
