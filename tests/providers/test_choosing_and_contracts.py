# SPDX-License-Identifier: MPL-2.0
"""A unit chooses who pays by criteria and evidence; the beneficiary never bears a cost; only a contract
in force lets anybody be routed to a provider."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from ansinh.approvals.actions import return_with_reason
from ansinh.approvals.actions.decide import ContentChanged
from ansinh.approvals.models import Submission
from ansinh.places.models import Unit
from ansinh.places.queries import unit_on, units_covered
from ansinh.providers import queries
from ansinh.providers.actions import contracts, facts, selection
from ansinh.providers.lifecycles import ANNEX, CONTRACT, SELECTION
from ansinh.providers.models import COSTS, Contract, ContractCost, Provider, ProviderFact, Score, Selection
from ansinh.providers.standards import fee_limit_on, standard_criteria
from ansinh.rules.lifecycle import NotFromThisState
from ansinh.rules.periods import PeriodBackwards
from ansinh.staff.models import Officer
from tests.conftest import units
from tests.providers.conftest import AT, ON, a_selection, decide, sign, terms, two_approve

Cast = dict[str, Officer]


def in_force(unit: Unit, on: date, **asked: str) -> list[str]:
    return [each.provider for each in queries.providers_in_force(unit_id=unit.pk, on=on, **asked)]


def test_the_standard_criteria_make_a_hundred() -> None:
    assert sum(each.weight for each in standard_criteria()) == 100


def test_the_better_candidate_leads_and_the_total_is_weighted(cast: Cast, district: Unit) -> None:
    made, (first, second) = a_selection(cast, district)
    _criteria, compared = queries.comparison(selection_id=made.pk)
    assert [(row.candidate.pk, row.total, row.rank) for row in compared] == [
        (first.pk, 9000, 1), (second.pk, 6000, 2),
    ]  # fmt: skip
    by = cast["chuyen-vien-so"]
    selection.set_weights(selection_id=made.pk, weights={"reach": 40, "fees": 5}, by=by, at=AT)
    reach = made.criteria.get(code="reach")
    selection.score(
        candidate_id=second.pk, criterion_id=reach.pk, points=100, evidence="đếm lại", by=by, at=AT
    )
    _criteria, compared = queries.comparison(selection_id=made.pk)
    assert compared[1].total == 40 * 100 + 60 * 60


def test_weights_that_do_not_make_a_hundred_are_refused(cast: Cast, district: Unit) -> None:
    made, _candidates = a_selection(cast, district)
    with pytest.raises(selection.WeightsNotWhole, match="105"):
        selection.set_weights(selection_id=made.pk, weights={"reach": 30}, by=cast["chuyen-vien-so"], at=AT)
    assert made.criteria.get(code="reach").weight == 25


@pytest.mark.parametrize(("points", "evidence", "refusal"), [
    (101, "x", selection.PointsOutOfRange), (-1, "x", selection.PointsOutOfRange),
    (50, "  ", selection.ScoreNeedsEvidence),
])  # fmt: skip
def test_points_rest_on_something(
    cast: Cast, district: Unit, points: int, evidence: str, refusal: type[Exception]
) -> None:
    made, (first, _second) = a_selection(cast, district)
    criterion = made.criteria.all()[0]
    with pytest.raises(refusal):
        selection.score(
            candidate_id=first.pk, criterion_id=criterion.pk, points=points, evidence=evidence,
            by=cast["chuyen-vien-so"], at=AT,
        )  # fmt: skip


def test_choosing_somebody_else_than_the_best_needs_a_reason(cast: Cast, district: Unit) -> None:
    made, (_first, second) = a_selection(cast, district)
    said = {"selection_id": made.pk, "held_on": ON, "present": "UBND", "text": "Chọn B",
            "chosen": [second.pk], "by": cast["chuyen-vien-so"], "at": AT}  # fmt: skip
    with pytest.raises(selection.ChoiceNeedsReason, match="Ngân hàng A"):
        selection.write_minutes(**said, reason=" ")  # type: ignore[arg-type]
    selection.write_minutes(**said, reason="A không có điểm chi ở vùng cao")  # type: ignore[arg-type]
    second.refresh_from_db()
    assert second.chosen


def test_what_lacks_is_named_before_submitting(cast: Cast, district: Unit) -> None:
    made, (first, _second) = a_selection(cast, district)
    with pytest.raises(selection.SelectionIncomplete, match="biên bản họp"):
        selection.submit_selection(selection_id=made.pk, by=cast["chuyen-vien-so"], at=AT)
    extra = facts.add_provider(name="Ví C", kind="wallet", by=None, at=AT)
    selection.add_candidate(
        selection_id=made.pk, provider_id=extra.pk, fee_bps=0, offer="", by=cast["chuyen-vien-so"], at=AT
    )
    with pytest.raises(selection.SelectionIncomplete, match="điểm của Ví C"):
        selection.submit_selection(selection_id=made.pk, by=cast["chuyen-vien-so"], at=AT)
    with pytest.raises(selection.CandidateTwice):
        selection.add_candidate(
            selection_id=made.pk, provider_id=first.provider_id, fee_bps=0, offer="",
            by=cast["chuyen-vien-so"], at=AT,
        )  # fmt: skip


def test_two_persons_decide_and_then_nothing_changes(cast: Cast, district: Unit) -> None:
    chosen = decide(cast, district)
    found = Selection.objects.get(pk=chosen.selection_id)
    assert (found.state, found.decided_on) == ("decided", ON)
    with pytest.raises(selection.SelectionNotOpen):
        selection.set_weights(selection_id=found.pk, weights={"reach": 25}, by=cast["chuyen-vien-so"], at=AT)


def test_a_returned_choice_is_taken_back_corrected_and_submitted_again(cast: Cast, district: Unit) -> None:
    made, (first, _second) = a_selection(cast, district)
    by = cast["chuyen-vien-so"]
    selection.write_minutes(
        selection_id=made.pk, held_on=ON, present="UBND", text="Chọn A", chosen=[first.pk], reason="", by=by,
        at=AT,
    )  # fmt: skip
    submitted = selection.submit_selection(selection_id=made.pk, by=by, at=AT)
    return_with_reason(submission_id=submitted.pk, reason="Thiếu phí", by=cast["lanh-dao-so"], at=AT, on=ON)
    selection.rework_selection(selection_id=made.pk, by=by, at=AT)
    two_approve(selection.submit_selection(selection_id=made.pk, by=by, at=AT), cast)
    assert Selection.objects.get(pk=made.pk).state == "decided"


def test_scores_changed_behind_the_submission_stop_the_approval(cast: Cast, district: Unit) -> None:
    made, (first, _second) = a_selection(cast, district)
    by = cast["chuyen-vien-so"]
    selection.write_minutes(
        selection_id=made.pk, held_on=ON, present="UBND", text="Chọn A", chosen=[first.pk], reason="", by=by,
        at=AT,
    )  # fmt: skip
    submitted = selection.submit_selection(selection_id=made.pk, by=by, at=AT)
    Score.objects.filter(candidate=first).update(points=1)
    with pytest.raises(ContentChanged):
        two_approve(submitted, cast)


@pytest.mark.parametrize("bearer", ["beneficiary", "", "người hưởng"])
def test_a_cost_on_the_beneficiary_is_refused(cast: Cast, district: Unit, bearer: str) -> None:
    chosen = decide(cast, district)
    costs = dict.fromkeys(COSTS, "provider") | {"withdrawal": bearer}
    with pytest.raises(contracts.BeneficiaryBearsCost, match="withdrawal"):
        contracts.draft_contract(
            candidate_id=chosen.pk, terms=terms(costs=costs), by=cast["chuyen-vien-so"], at=AT
        )


def test_the_database_refuses_it_too(cast: Cast, district: Unit) -> None:
    made = sign(cast, district)
    with pytest.raises(IntegrityError, match="providers_never_the_beneficiary"), transaction.atomic():
        ContractCost.objects.create(contract=made, cost="other", bearer="beneficiary")


def test_every_cost_is_given_to_somebody(cast: Cast, district: Unit) -> None:
    chosen = decide(cast, district)
    with pytest.raises(contracts.BeneficiaryBearsCost, match="transfer"):
        contracts.draft_contract(
            candidate_id=chosen.pk, terms=terms(costs={}), by=cast["chuyen-vien-so"], at=AT
        )


def test_a_fee_above_the_limit_of_merit_money_is_refused_with_the_source(cast: Cast, district: Unit) -> None:
    chosen = decide(cast, district)
    by = cast["chuyen-vien-so"]
    with pytest.raises(contracts.FeeAboveLimit, match="0,76 % cao hơn mức tối đa 0,75 %"):
        contracts.draft_contract(candidate_id=chosen.pk, terms=terms(fee_bps=76), by=by, at=AT)
    only = terms(fee_bps=76, streams=["assistance"])
    assert contracts.draft_contract(candidate_id=chosen.pk, terms=only, by=by, at=AT).fee_bps == 76


def test_the_limit_holds_from_its_day() -> None:
    limit = fee_limit_on("merit", date(2022, 9, 5))
    assert limit is not None
    assert limit.max_bps == 75
    assert fee_limit_on("merit", date(2022, 9, 4)) is None


def test_a_contract_needs_a_decided_choice(cast: Cast, district: Unit) -> None:
    _made, (first, _second) = a_selection(cast, district)
    with pytest.raises(contracts.ContractWithoutDecision):
        contracts.draft_contract(candidate_id=first.pk, terms=terms(), by=cast["chuyen-vien-so"], at=AT)


@pytest.mark.parametrize(("changes", "refusal"), [
    ({"valid_to": date(2024, 4, 1)}, PeriodBackwards),
    ({"streams": []}, contracts.ContractIncomplete), ({"liability": " "}, contracts.ContractIncomplete),
])  # fmt: skip
def test_terms_that_make_no_sense_are_refused(
    cast: Cast, district: Unit, changes: dict[str, object], refusal: type[Exception]
) -> None:
    chosen = decide(cast, district)
    with pytest.raises(refusal):
        contracts.draft_contract(
            candidate_id=chosen.pk, terms=terms(**changes), by=cast["chuyen-vien-so"], at=AT
        )


def test_only_a_signed_contract_within_its_days_is_in_force(cast: Cast, district: Unit) -> None:
    commune, province = units()
    chosen = decide(cast, district)
    by = cast["chuyen-vien-so"]
    made = contracts.draft_contract(candidate_id=chosen.pk, terms=terms(), by=by, at=AT)
    inside = date(2024, 5, 1)
    assert in_force(commune, inside) == []
    two_approve(contracts.submit_contract(contract_id=made.pk, by=by, at=AT), cast)
    assert in_force(commune, inside) == ["Ngân hàng A"]
    assert in_force(district, inside) == ["Ngân hàng A"]
    assert in_force(commune, date(2024, 3, 31)) == []
    assert in_force(commune, date(2024, 12, 31)) == ["Ngân hàng A"]
    assert in_force(commune, date(2025, 1, 1)) == []
    assert in_force(province, inside) == []
    assert in_force(commune, inside, channel="pay_point") == []
    assert in_force(commune, inside, stream="merit", channel="home") == ["Ngân hàng A"]
    elsewhere = unit_on(code="20194", on=inside)  # a ward of Đà Nẵng
    assert in_force(elsewhere, inside) == []


def test_a_contract_of_an_abolished_district_passes_to_what_its_communes_became(
    cast: Cast, district: Unit
) -> None:
    sign(cast, district, valid_to=date(2026, 1, 1))
    today = date(2025, 8, 1)
    became = Unit.objects.filter(pk__in=units_covered(unit_ids=[district.pk], on=today), level="commune")
    assert became.exists()
    assert all(in_force(unit, today) == ["Ngân hàng A"] for unit in became)


def test_an_early_end_holds_until_its_day(cast: Cast, district: Unit) -> None:
    made = sign(cast, district)
    by = cast["chuyen-vien-so"]
    contracts.end_contract(
        contract_id=made.pk, last_day_after=date(2024, 7, 1), reason="Không báo cáo", by=by, at=AT
    )
    assert in_force(units()[0], date(2024, 6, 30)) == ["Ngân hàng A"]
    assert in_force(units()[0], date(2024, 7, 1)) == []
    with pytest.raises(NotFromThisState):
        contracts.end_contract(contract_id=made.pk, last_day_after=date(2024, 8, 1), reason="", by=by, at=AT)


def test_an_annex_changes_fee_and_end_from_its_day_once_two_signed(cast: Cast, district: Unit) -> None:
    made = sign(cast, district)
    by = cast["chuyen-vien-so"]
    said = {"contract_id": made.pk, "number": "01/PL", "year": 2025, "signed_on": date(2024, 12, 20),
            "words": "Gia hạn", "by": by, "at": AT}  # fmt: skip
    with pytest.raises(contracts.AnnexOutsideContract):
        contracts.draft_annex(**said, applies_from=date(2024, 3, 1), until=None, fee_bps=None)  # type: ignore[arg-type]
    annex = contracts.draft_annex(
        **said,
        applies_from=date(2025, 1, 1),
        until=date(2026, 1, 1),
        fee_bps=30,  # type: ignore[arg-type]
    )
    assert in_force(units()[0], date(2025, 2, 1)) == []
    two_approve(contracts.submit_annex(annex_id=annex.pk, by=by, at=AT), cast)
    made.refresh_from_db()
    assert in_force(units()[0], date(2025, 2, 1)) == ["Ngân hàng A"]
    assert queries.fee_on(contract=made, on=date(2024, 12, 31)) == 50
    assert queries.fee_on(contract=made, on=date(2025, 1, 1)) == 30
    assert [e.fee_bps for e in queries.providers_in_force(unit_id=district.pk, on=date(2025, 2, 1))] == [30]


def test_the_number_of_statements_does_not_grow_with_contracts(cast: Cast, district: Unit) -> None:
    sign(cast, district)
    counter = Counter()
    with connection.execute_wrapper(counter):
        queries.providers_in_force(unit_id=district.pk, on=date(2024, 5, 1))
    assert counter.count == 1


class Counter:
    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: object, sql: str, params: object, many: bool, context: object) -> object:
        self.count += 1
        return execute(sql, params, many, context)  # type: ignore[operator]


def test_facts_hold_between_days_and_reach_is_told_by_commune(cast: Cast, district: Unit) -> None:
    provider = facts.add_provider(name="Ngân hàng A", kind="bank", institution="VBA", by=None, at=AT)
    commune, _province = units()
    said = {"provider_id": provider.pk, "kind": "atm", "evidence": "CV 12", "by": None}
    facts.record_facts(**said, quantities={commune.pk: 2}, valid_from=date(2024, 1, 1), at=AT)  # type: ignore[arg-type]
    facts.record_facts(**said, quantities={commune.pk: 5}, valid_from=date(2024, 6, 1), at=AT)  # type: ignore[arg-type]

    def atms(on: date) -> int:
        return queries.facts_of(provider_ids=[provider.pk], unit_id=district.pk, on=on)[provider.pk].get(
            "atm", 0
        )

    assert [atms(date(2023, 12, 31)), atms(date(2024, 5, 31)), atms(date(2024, 6, 1))] == [0, 2, 5]
    gaps = queries.communes_out_of_reach(provider_id=provider.pk, unit_id=district.pk, on=ON)
    below = Unit.objects.filter(pk__in=units_covered(unit_ids=[district.pk], on=ON), level="commune").count()
    assert len(gaps) == below - 1
    assert commune.pk not in dict(gaps)
    with pytest.raises(facts.FactBackwards, match="01/06/2024"):
        facts.record_facts(**said, quantities={commune.pk: 1}, valid_from=date(2024, 6, 1), at=AT)  # type: ignore[arg-type]
    with pytest.raises(facts.FactNeedsEvidence):
        facts.record_facts(
            **(said | {"evidence": " "}),
            quantities={commune.pk: 1},
            valid_from=date(2025, 1, 1),
            at=AT,  # type: ignore[arg-type]
        )
    assert ProviderFact.objects.count() == 2


def test_a_provider_is_listed_once(db: None) -> None:
    facts.add_provider(name="Ngân hàng A", kind="bank", institution="VBA", by=None, at=AT)
    with pytest.raises(facts.ProviderKnown):
        facts.add_provider(name="Ngân hàng khác", kind="bank", institution="VBA", by=None, at=AT)
    assert Provider.objects.count() == 1


def test_a_state_moves_along_its_edges_only_in_the_database_too(cast: Cast, district: Unit) -> None:
    made = sign(cast, district)
    with pytest.raises(IntegrityError, match="cannot go from signed to draft"), transaction.atomic():
        Contract.objects.filter(pk=made.pk).update(state="draft")


def test_the_documented_lives_are_the_tables_of_edges() -> None:
    text = (Path(__file__).parents[2] / "docs" / "reference" / "providers.md").read_text(encoding="utf-8")
    for life in (SELECTION, CONTRACT, ANNEX):
        assert life.mermaid() in text, life.name


def test_the_hash_of_a_contract_covers_its_costs(cast: Cast, district: Unit) -> None:
    made = sign(cast, district)
    before = queries.contract_hash(contract_id=made.pk)
    submission = Submission.objects.get(subject="provider_contract")
    assert bytes(submission.content_sha256) == before
    ContractCost.objects.create(contract=made, cost="extra", bearer="budget")
    assert queries.contract_hash(contract_id=made.pk) != before
