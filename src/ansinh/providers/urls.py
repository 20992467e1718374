# SPDX-License-Identifier: MPL-2.0
"""Addresses of providers."""

from django.urls import path

from ansinh.providers.views import contracts, directory, selections

app_name = "providers"
urlpatterns = [
    path("", directory.providers, name="providers"),
    path("them/", directory.add, name="add"),
    path("<int:provider_id>/", directory.provider, name="provider"),
    path("<int:provider_id>/nang-luc/", directory.fact, name="fact"),
    path("lua-chon/", selections.selections, name="selections"),
    path("lua-chon/mo/", selections.begin, name="begin"),
    path("lua-chon/<int:selection_id>/", selections.selection, name="selection"),
    path("lua-chon/<int:selection_id>/ung-vien/", selections.candidate, name="candidate"),
    path("lua-chon/<int:selection_id>/trong-so/", selections.weights, name="weights"),
    path("lua-chon/<int:selection_id>/cham-diem/", selections.score, name="score"),
    path("lua-chon/<int:selection_id>/bien-ban/", selections.minutes, name="minutes"),
    path("lua-chon/<int:selection_id>/chuyen/", selections.move, name="move"),
    path("lua-chon/<int:selection_id>/hop-dong/", contracts.draft, name="draft_contract"),
    path("hop-dong/<int:contract_id>/", contracts.contract, name="contract"),
    path("hop-dong/<int:contract_id>/chuyen/", contracts.move, name="move_contract"),
    path("hop-dong/<int:contract_id>/phu-luc/", contracts.annex, name="annex"),
    path("phu-luc/<int:annex_id>/chuyen/", contracts.move_annex, name="move_annex"),
]
