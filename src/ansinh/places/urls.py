# SPDX-License-Identifier: MPL-2.0
"""Addresses of places."""

from django.urls import path

from ansinh.places import views

app_name = "places"
urlpatterns = [
    path("", views.units, name="units"),
    path("<str:key>/", views.unit, name="unit"),
]
