# SPDX-License-Identifier: MPL-2.0
"""The functions behind the measures: one statement each."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import connection

from ansinh.statements import statement

Counts = dict[int, tuple[int, int]]


def _counts(name: str, unit_ids: Collection[int], on: date, directive_id: int) -> Counts:
    with connection.cursor() as cursor:
        cursor.execute(
            statement("directives", name), {"units": list(unit_ids), "on": on, "directive": directive_id}
        )
        return {row[0]: (int(row[1]), int(row[2])) for row in cursor.fetchall()}


def providers_chosen(*, unit_ids: Collection[int], on: date, directive_id: int) -> Counts:
    """Communes with a provider in force, of all communes of the unit."""
    return _counts("measure_providers", unit_ids, on, directive_id)


def numbers_known(*, unit_ids: Collection[int], on: date, directive_id: int) -> Counts:
    """Living people with an open award who have a citizen number, of all of them."""
    return _counts("measure_numbers", unit_ids, on, directive_id)


def accounts_registered(*, unit_ids: Collection[int], on: date, directive_id: int) -> Counts:
    """Living people with an open award who are paid through an account of theirs or of somebody
    authorised, of all of them (the first denominator of the letter)."""
    return _counts("measure_accounts", unit_ids, on, directive_id)


def population_clean(*, unit_ids: Collection[int], on: date, directive_id: int) -> Counts:
    """Living people with an open award whom the population register knows and nothing stops, of all."""
    return _counts("measure_population", unit_ids, on, directive_id)


def review_settled(*, unit_ids: Collection[int], on: date, directive_id: int) -> Counts:
    """People whose place in their commune's latest account round is settled, of all in those rounds."""
    return _counts("measure_rounds", unit_ids, on, directive_id)


def plan_issued(*, unit_ids: Collection[int], on: date, directive_id: int) -> Counts:
    """1 of 1 once the unit has issued its plan for the directive."""
    return _counts("measure_plans", unit_ids, on, directive_id)


def units_acknowledged(*, unit_ids: Collection[int], on: date, directive_id: int) -> Counts:
    """Tasks of the units below that are acknowledged or further, of all of them."""
    return _counts("measure_acknowledged", unit_ids, on, directive_id)
