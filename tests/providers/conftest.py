# SPDX-License-Identifier: MPL-2.0
"""A district that has chosen a bank: the pieces that the tests of this folder begin from."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ansinh.approvals.actions import approve
from ansinh.approvals.models import Submission
from ansinh.places.models import Unit
from ansinh.places.queries import unit_on
from ansinh.providers.actions import contracts, facts, selection
from ansinh.providers.actions.contracts import Terms
from ansinh.providers.models import COSTS, Candidate, Contract, Selection
from ansinh.staff.models import Officer

AT, ON = datetime(2024, 3, 10, 3, 0, tzinfo=UTC), date(2024, 3, 10)


@pytest.fixture
def district(db: None) -> Unit:
    """Hội An as it was in 2024."""
    return unit_on(code="503", on=ON)


def two_approve(made: Submission, cast: dict[str, Officer]) -> Submission:
    sha256 = bytes(made.content_sha256).hex()
    for who in ("lanh-dao-so", "ke-toan-so"):
        made = approve(submission_id=made.pk, content_sha256=sha256, by=cast[who], at=AT, on=ON)
    return made


def a_selection(cast: dict[str, Officer], district: Unit) -> tuple[Selection, list[Candidate]]:
    """Two candidates, every score given: the first is better."""
    by = cast["chuyen-vien-so"]
    made = selection.open_selection(
        unit_id=district.pk, title="Chọn nơi chi trả năm 2024", opened_on=ON, by=by, at=AT
    )
    candidates = []
    for name, code, points in (("Ngân hàng A", "VBA", 90), ("Bưu điện B", "", 60)):
        provider = facts.add_provider(
            name=name, kind="bank" if code else "pay_organisation", institution=code, by=by, at=AT
        )
        candidate = selection.add_candidate(
            selection_id=made.pk, provider_id=provider.pk, fee_bps=50, offer="", by=by, at=AT
        )
        for criterion in made.criteria.all():
            selection.score(
                candidate_id=candidate.pk, criterion_id=criterion.pk, points=points, evidence="CV 12",
                by=by, at=AT,
            )  # fmt: skip
        candidates.append(candidate)
    return made, candidates


def decide(cast: dict[str, Officer], district: Unit) -> Candidate:
    """The first candidate, chosen and approved by two."""
    made, candidates = a_selection(cast, district)
    by = cast["chuyen-vien-so"]
    selection.write_minutes(
        selection_id=made.pk, held_on=ON, present="UBND, Phòng LĐTBXH", text="Thống nhất chọn A",
        chosen=[candidates[0].pk], reason="", by=by, at=AT,
    )  # fmt: skip
    two_approve(selection.submit_selection(selection_id=made.pk, by=by, at=AT), cast)
    candidates[0].refresh_from_db()
    return candidates[0]


def terms(**changes: object) -> Terms:
    said: dict[str, object] = {
        "number": "01/HĐ-2024", "signed_on": date(2024, 3, 20), "valid_from": date(2024, 4, 1),
        "valid_to": date(2025, 1, 1), "streams": ["merit", "assistance"], "channels": ["account", "home"],
        "scope": "Chi trả trợ cấp", "fee_bps": 50, "costs": dict.fromkeys(COSTS, "provider"),
        "liability": "Chịu 100%",
    }  # fmt: skip
    return Terms(**(said | changes))  # type: ignore[arg-type]


def sign(cast: dict[str, Officer], district: Unit, **changes: object) -> Contract:
    chosen = decide(cast, district)
    by = cast["chuyen-vien-so"]
    made = contracts.draft_contract(candidate_id=chosen.pk, terms=terms(**changes), by=by, at=AT)
    two_approve(contracts.submit_contract(contract_id=made.pk, by=by, at=AT), cast)
    made.refresh_from_db()
    return made
