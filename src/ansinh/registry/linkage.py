# SPDX-License-Identifier: MPL-2.0
"""Probabilistic linkage of a region's records by Splink (Fellegi and Sunter, with the weight of a common
name told from that of a rare one). An extra: `pip install --require-hashes -r requirements-linkage.txt`.

What agreement says by chance (u) is learnt from the records at hand; what it says of one person (m) is
given: without records known to be one person the estimation ran into nonsense (docs/adr/0011).
"""

from __future__ import annotations

import importlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from ansinh.rules.refusals import Refusal

LEAST_WEIGHT = 0  # bits: even odds that two records are one person
ONE_TWIN_IN = 200  # records: how many are expected to have a second one, before anything is compared
SAMPLED_PAIRS = 2_000_000
MEMORY = "1GB"
THREADS = 2


class LinkageMissing(Refusal):
    """The extra is not installed."""

    code = "LINKAGE_MISSING"


@dataclass(frozen=True, slots=True)
class Row:
    """A record as it is compared; `phone` is the blind index in hexadecimal, equal or not."""

    id: int
    name: str
    born_on: date
    precision: str
    sex: str
    commune: int
    hamlet: str
    phone: str | None


class Link(NamedTuple):
    """Two records (the smaller id first) and the weight in thousandths of a bit, the prior included."""

    first: int
    second: int
    weight: int


def probability(weight: int) -> int:
    """Parts in a thousand of a weight of a link: odds of 2 to its bits."""
    bits = max(min(weight, 40_000), -40_000)
    odds = 2 ** (bits / 1000)
    return round(1000 * odds / (1 + odds))


def links(rows: Iterable[Row]) -> list[Link]:
    """Pairs that are more likely one person than two, the likeliest first. Raises `LinkageMissing`."""
    try:
        splink, duckdb = importlib.import_module("splink"), importlib.import_module("duckdb")
    except ImportError as missing:
        raise LinkageMissing from missing
    columns = _columns(rows)
    with duckdb.connect(config={"memory_limit": MEMORY, "threads": THREADS}) as connection:
        api = splink.DuckDBAPI(connection=connection)
        linker = splink.Linker(api.register(columns), _settings(splink, columns))
        logging.getLogger("splink").setLevel(logging.ERROR)  # the linker has just set its own
        linker.training.estimate_u_using_random_sampling(max_pairs=SAMPLED_PAIRS, seed=1)
        found = linker.inference.predict(threshold_match_weight=LEAST_WEIGHT)
        pairs = connection.execute(
            "SELECT least(id_l, id_r), greatest(id_l, id_r), round(1000 * match_weight)::INT"  # noqa: S608
            f" FROM {found.physical_name} ORDER BY match_weight DESC, 1, 2"
        ).fetchall()
    return [Link(*pair) for pair in pairs]


def _columns(rows: Iterable[Row]) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = {
        name: [] for name in ("id", "name", "given", "surname", "born_on", "year", "precision", "sex",
                              "commune", "hamlet", "phone")
    }  # fmt: skip
    for row in rows:
        words = row.name.split() or [""]
        values = (row.id, row.name, words[-1], words[0], row.born_on, row.born_on.year, row.precision,
                  row.sex or None, row.commune, row.hamlet or None, row.phone)  # fmt: skip
        for column, value in zip(columns.values(), values, strict=True):
            column.append(value)
    return columns


def _settings(splink: Any, columns: dict[str, list[Any]]) -> Any:
    """Blocks small enough to compare within; levels of agreement with what each says of one person. A
    column in which all are equal, or that nobody filled, says nothing and cannot be learnt from."""
    cl = importlib.import_module("splink.comparison_library")
    levels = importlib.import_module("splink.comparison_level_library")

    def level(sql: str, label: str, percent: int) -> Any:
        return levels.CustomLevel(sql, label).configure(m_probability=percent / 100)

    born = cl.CustomComparison(
        output_column_name="born_on",
        comparison_levels=[
            levels.NullLevel("born_on"),
            level("born_on_l = born_on_r AND precision_l = 'day' AND precision_r = 'day'", "day", 70),
            level("year_l = year_r AND 'year' IN (precision_l, precision_r)", "only the year known", 20),
            level("year_l = year_r", "year", 5),
            level("abs(year_l - year_r) = 1", "a year apart", 4),
            levels.ElseLevel().configure(m_probability=0.01),
        ],
    )
    name = cl.JaroWinklerAtThresholds("name", [0.94, 0.88]).configure(
        term_frequency_adjustments=True, m_probabilities=[0.80, 0.10, 0.05, 0.05]
    )
    exact = {
        each: m
        for each, m in {"commune": 0.95, "sex": 0.99, "hamlet": 0.85, "phone": 0.50}.items()
        if len({value for value in columns[each] if value is not None}) > 1
    }
    pairs_of_a_record = max(len(columns["id"]) - 1, 1)
    return splink.SettingsCreator(
        link_type="dedupe_only",
        probability_two_random_records_match=2 / (ONE_TWIN_IN * pairs_of_a_record),
        unique_id_column_name="id",
        blocking_rules_to_generate_predictions=[
            splink.block_on("commune", "given", "sex"),
            splink.block_on("commune", "year", "surname"),
            splink.block_on("phone"),
        ],
        comparisons=[
            name,
            born,
            *(cl.ExactMatch(each).configure(m_probabilities=[m, 1 - m]) for each, m in exact.items()),
        ],
        retain_intermediate_calculation_columns=False,
        retain_matching_columns=False,
    )
