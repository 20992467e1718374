# SPDX-License-Identifier: MPL-2.0
"""Addresses of the figures."""

from django.urls import path

from ansinh.dashboards import views

app_name = "dashboards"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("nguoi/", views.people, name="people"),
    path("tai/", views.export, name="export"),
]
