# SPDX-License-Identifier: MPL-2.0
"""Addresses of the shell."""

from django.urls import path

from ansinh.ui import views

app_name = "ui"
urlpatterns = [
    path("", views.home, name="home"),
    path("ngon-ngu/", views.language, name="language"),
    path("suc-khoe/", views.health, name="health"),
]
