# SPDX-License-Identifier: MPL-2.0
"""What the system counts by itself, so that nobody types it: a name, words, and one function for any
number of units.

A stage whose figures steer adds a function here. `compute(unit_ids=, on=, directive_id=)` answers
for all units in a fixed number of statements: unit id -> (done, of).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ansinh.directives.measures import counted

Text = str | Promise


class Compute(Protocol):
    """Counts for units: unit id -> (done, of)."""

    def __call__(
        self, *, unit_ids: Collection[int], on: date, directive_id: int
    ) -> Mapping[int, tuple[int, int]]: ...


@dataclass(frozen=True, slots=True)
class Measure:
    """Something counted."""

    code: str
    label: Text
    compute: Compute


@dataclass(frozen=True, slots=True)
class Measured:
    """How far a unit is: `done` of `of`; `percent` is None while there is nothing to do."""

    done: int
    of: int

    @property
    def percent(self) -> int | None:
        """Whole percent, rounded down: 99,9 is not done."""
        return None if self.of == 0 else self.done * 100 // self.of


MEASURES: dict[str, Measure] = {
    each.code: each
    for each in (
        Measure("providers_chosen", _("Xã có tổ chức chi trả theo hợp đồng đang hiệu lực"),
                counted.providers_chosen),
        Measure("numbers_known", _("Người hưởng đã có số định danh"), counted.numbers_known),
        Measure("accounts_registered", _("Người hưởng đã đăng ký nhận qua tài khoản"),
                counted.accounts_registered),
        Measure("population_clean", _("Người hưởng đã đối chiếu dân cư, không còn sai lệch"),
                counted.population_clean),
        Measure("review_settled", _("Người trong đợt rà soát tài khoản đã có kết quả"),
                counted.review_settled),
        Measure("plan_issued", _("Đã ban hành kế hoạch của đơn vị"), counted.plan_issued),
        Measure("units_acknowledged", _("Đơn vị cấp dưới đã nhận việc"), counted.units_acknowledged),
    )
}  # fmt: skip


def is_known(code: str) -> bool:
    """Whether something counts under this name."""
    return code in MEASURES


def measure(*, code: str, unit_ids: Collection[int], on: date, directive_id: int) -> dict[int, Measured]:
    """The figures of units, one call whatever their number."""
    found = MEASURES[code].compute(unit_ids=unit_ids, on=on, directive_id=directive_id)
    return {unit: Measured(*found.get(unit, (0, 0))) for unit in unit_ids}
