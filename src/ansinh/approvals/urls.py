# SPDX-License-Identifier: MPL-2.0
"""Addresses of approvals."""

from django.urls import path

from ansinh.approvals import views

app_name = "approvals"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("duyet-thay/", views.delegations, name="delegations"),
    path("duyet-thay/<int:delegation_id>/dung/", views.end, name="end_delegation"),
    path("<int:submission_id>/", views.submission, name="submission"),
    path("<int:submission_id>/quyet-dinh/", views.decide, name="decide"),
    path("<int:submission_id>/rut/", views.take_back, name="withdraw"),
]
