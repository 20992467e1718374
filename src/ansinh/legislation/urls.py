# SPDX-License-Identifier: MPL-2.0
"""Addresses of the law."""

from django.urls import path

from ansinh.legislation import views

app_name = "legislation"
urlpatterns = [
    path("", views.browse, name="browse"),
    path("tinh-muc-huong/", views.calculator, name="calculator"),
    path("<str:code>/", views.category, name="category"),
]
