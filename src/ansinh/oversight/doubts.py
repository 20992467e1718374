# SPDX-License-Identifier: MPL-2.0
"""The fraud rules over payments, approvals and roles. Those over accounts and mandates stand in
`payees.actions.cases`; thresholds are starting points, and precision says which to retire."""

from __future__ import annotations

from ansinh.payees.actions.cases import Rule

HERE = "oversight"
DEPARTMENT = "department_approver"
RULES = (
    Rule("D1", "d1_dead_on_the_list", holds=False, owner="commune_leader", package=HERE,
         figures=(("old_years", 100),)),
    Rule("D10", "d10_dormant", holds=False, owner="commune_leader", package=HERE,
         figures=(("dormant_periods", 3), ("returned_times", 2))),
    Rule("D15", "d15_regular_receipts", holds=False, owner=DEPARTMENT, elsewhere=True, package=HERE,
         figures=(("receipts", 10), ("same_percent", 80))),
    Rule("D16", "d16_never_returned", holds=False, owner=DEPARTMENT, elsewhere=True, package=HERE,
         figures=(("agent_days", 30),)),
    Rule("D17", "d17_never_told", holds=False, owner=DEPARTMENT, elsewhere=True, package=HERE,
         figures=(("untold", 1),)),
    Rule("D18", "d18_back_dated", holds=False, owner=DEPARTMENT, elsewhere=True, package=HERE,
         figures=(("arrears_months", 6),)),
    Rule("D20", "d20_collusive_pair", holds=False, owner=DEPARTMENT, elsewhere=True, package=HERE,
         figures=(("seconds", 60), ("least_batches", 5), ("pair_percent", 90))),
    Rule("D21", "d21_out_of_hours", holds=False, owner=DEPARTMENT, elsewhere=True, package=HERE,
         figures=(("late_hour", 22), ("early_hour", 5))),
    Rule("D23", "d23_too_many_people", holds=False, owner=DEPARTMENT, elsewhere=True, package=HERE,
         figures=(("least_people", 20), ("growth_percent", 130))),
    Rule("D25", "d25_silent_role", holds=False, owner=DEPARTMENT, elsewhere=True, package=HERE),
)  # fmt: skip
