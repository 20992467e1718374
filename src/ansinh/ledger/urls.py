# SPDX-License-Identifier: MPL-2.0
"""Addresses of the ledger."""

from django.urls import path

from ansinh.ledger import views

app_name = "ledger"
urlpatterns = [path("", views.conservation_page, name="conservation")]
