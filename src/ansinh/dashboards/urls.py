# SPDX-License-Identifier: MPL-2.0
"""Addresses of the figures."""

from django.urls import path

from ansinh.dashboards.views import overview, payers, reports

app_name = "dashboards"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("nguoi/", overview.people, name="people"),
    path("du-lieu-mo/", overview.open_data, name="open_data"),
    path("to-chuc-chi-tra/", payers.payers, name="payers"),
    path("bao-cao/", reports.reports, name="reports"),
    path("bao-cao/<str:code>/", reports.report, name="report"),
]
