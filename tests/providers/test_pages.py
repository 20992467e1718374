# SPDX-License-Identifier: MPL-2.0
"""The pages of providers: choosing step by step, and what another commune may see."""

from __future__ import annotations

from datetime import date

from django.test import Client
from django.urls import reverse

from ansinh.places.models import Unit
from ansinh.providers.models import Contract, ProviderFact, Selection
from ansinh.staff.models import Officer, RoleAssignment
from tests.conftest import units
from tests.providers.conftest import a_selection, sign
from tests.staff.test_every_address_declares_its_permission import signed_in

Cast = dict[str, Officer]


def page(client: Client, name: str, *args: int) -> str:
    answer = client.get(reverse(f"providers:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_selection_is_made_on_the_pages(cast: Cast) -> None:
    commune = units()[0]
    client = signed_in(cast["lap-danh-sach"])
    client.post(reverse("providers:add"), {"name": "Bưu điện B", "kind": "pay_organisation"})
    client.post(
        reverse("providers:begin"), {"unit": "0", "title": "Chọn"}
    )  # another's unit: the form says so, nothing is made
    assert not Selection.objects.exists()
    client.post(reverse("providers:begin"), {"unit": str(_today(commune)), "title": "Chọn nơi chi trả"})
    made = Selection.objects.get()
    assert "Chưa có tổ chức nào tham gia" in page(client, "selection", made.pk)
    answer = client.post(
        reverse("providers:candidate", args=[made.pk]), {"provider": "1", "fee_bps": "chưa biết"}
    )
    assert answer.status_code == 422
    assert "không phải tỷ lệ phần trăm" in answer.content.decode()


def _today(commune: Unit) -> int:
    """The unit that the old commune is today."""
    return next(new.pk for new in Unit.objects.filter(came_from__old=commune))


def test_every_page_opens_with_what_was_decided(cast: Cast, district: Unit) -> None:
    contract = sign(cast, district)
    client = signed_in(cast["chuyen-vien-so"])
    assert "90,00" in page(client, "selection", contract.candidate.selection_id)
    assert "Ngân hàng A" in page(client, "selections")
    assert "Tổ chức chi trả chịu" in page(client, "contract", contract.pk)
    assert "Năng lực" in page(client, "provider", contract.provider_id)
    assert "Ngân hàng A" in page(client, "providers")
    assert "người hưởng không bao giờ chịu" in page(client, "draft_contract", contract.candidate.selection_id)


def test_a_contract_is_drafted_on_the_page_and_waits_for_two(cast: Cast, district: Unit) -> None:
    first = sign(cast, district)
    client = signed_in(cast["chuyen-vien-so"])
    said = {
        "candidate": first.candidate_id, "number": "02/HĐ", "signed_on": "20/03/2024",
        "valid_from": "01/04/2024", "last_day": "31/12/2024", "streams": ["merit"], "channels": ["account"],
        "fee_bps": "0,5", "scope": "Chi trả", "liability": "100%", "list_day": 25, "report_day": 20,
    }  # fmt: skip
    costs = {f"cost_{each.cost}": "provider" for each in first.costs.all()}
    address = reverse("providers:draft_contract", args=[first.candidate.selection_id])
    refused = client.post(address, said | costs | {"cost_transfer": "beneficiary"})
    assert refused.status_code == 422
    assert client.post(address, said | costs).status_code == 302
    made = Contract.objects.get(number="02/HĐ")
    assert (made.fee_bps, made.validity.upper) == (50, date(2025, 1, 1))
    client.post(reverse("providers:move_contract", args=[made.pk]), {"event": "submit"})
    made.refresh_from_db()
    assert made.state == "submitted"


def test_points_without_evidence_are_told_and_the_others_are_kept(cast: Cast, district: Unit) -> None:
    made, (first, _second) = a_selection(cast, district)
    one, two = made.criteria.order_by("order")[:2]
    client = signed_in(cast["chuyen-vien-so"])
    typed = {
        "candidate": first.pk,
        f"p_{one.pk}": "70",
        f"e_{one.pk}": "đếm",
        f"p_{two.pk}": "80",
        f"e_{two.pk}": "",
    }
    answer = client.post(reverse("providers:score", args=[made.pk]), typed, follow=True)
    assert "Ghi căn cứ của điểm" in answer.content.decode()
    assert list(first.scores.order_by("criterion__order").values_list("points", flat=True)[:2]) == [70, 90]


def test_a_commune_elsewhere_does_not_see_the_selection(cast: Cast, district: Unit) -> None:
    made, _candidates = a_selection(cast, district)
    other = Unit.objects.get(code="20194", validity__contains=date(2024, 3, 1))
    RoleAssignment.objects.filter(officer=cast["lap-danh-sach"]).update(unit=other)
    client = signed_in(cast["lap-danh-sach"])
    assert client.get(reverse("providers:selection", args=[made.pk])).status_code == 404
    assert client.post(reverse("providers:move", args=[made.pk]), {"event": "cancel"}).status_code == 404


def test_a_fact_is_recorded_on_the_page(cast: Cast, district: Unit) -> None:
    contract = sign(cast, district)
    client = signed_in(cast["chuyen-vien-so"])
    typed = {"unit": _today(units()[0]), "kind": "agent", "quantity": "3", "valid_from": "01/01/2026",
             "evidence": "CV 7"}  # fmt: skip
    address = reverse("providers:fact", args=[contract.provider_id])
    assert client.post(address, typed | {"evidence": ""}).status_code == 422
    assert client.post(address, typed).status_code == 302
    assert ProviderFact.objects.get().quantity == 3
