# SPDX-License-Identifier: MPL-2.0
"""The law as it could be applied on a day: a decree that was not in force yet changed nothing then.

NĐ 55/2023/NĐ-CP is in force from 5/9/2023 with rates from 1/7/2023: a payroll fixed in August pays
the old rate, the next one pays the new rate and what the months before were short of.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ansinh.rules.law import Category, Law, Parameter, PercentTable, ProvincialValue, Value


def law_known(law: Law, *, on: date, paid_from: date) -> Law:
    """`law` without what was neither in force on the day `on` nor issued by then and in force on
    the first day of the month of payment."""

    def known(value: Value | PercentTable) -> bool:
        if value.in_force <= on:
            return True
        return value.in_force <= paid_from and (value.issued is None or value.issued <= on)

    def values(every: tuple[Value, ...]) -> tuple[Value, ...]:
        return tuple(value for value in every if known(value))

    def category(each: Category) -> Category:
        bands = tuple(replace(band, values=values(band.values)) for band in each.bands)
        tables = tuple(table for table in each.tables if known(table))
        return replace(each, bands=bands, tables=tables or each.tables[:1])  # a first table is its start

    def parameter(each: Parameter) -> Parameter:
        return replace(each, values=values(each.values))

    def provincial(each: ProvincialValue) -> ProvincialValue:
        return replace(each, values=values(each.values))

    return replace(
        law,
        categories={code: category(each) for code, each in law.categories.items()},
        parameters={code: parameter(each) for code, each in law.parameters.items()},
        provinces={
            province: {code: provincial(each) for code, each in own.items()}
            for province, own in law.provinces.items()
        },
        answers={},
    )


def in_force_days(law: Law) -> frozenset[date]:
    """Every day on which something of the law came into force: between two days without one, the
    same payroll gives the same amounts."""
    found = {value.in_force for each in law.parameters.values() for value in each.values}
    for category in law.categories.values():
        found |= {value.in_force for band in category.bands for value in band.values}
        found |= {table.in_force for table in category.tables}
    for own in law.provinces.values():
        found |= {value.in_force for each in own.values() for value in each.values}
    return frozenset(found)
