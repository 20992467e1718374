# SPDX-License-Identifier: MPL-2.0
"""Addresses of the audit log."""

from django.urls import path

from ansinh.audit import views

app_name = "audit"
urlpatterns = [path("", views.log, name="events")]
