# SPDX-License-Identifier: MPL-2.0
"""Addresses of officers and roles."""

from django.urls import path

from ansinh.staff import views

app_name = "staff"
urlpatterns = [
    path("", views.officers, name="officers"),
    path("nhiem-vu/", views.duties, name="duties"),
    path("vai-tro-cho-xac-nhan/", views.grants, name="grants"),
    path("vai-tro/<int:assignment_id>/tra-loi/", views.answer, name="answer"),
    path("<int:officer_id>/", views.officer, name="officer"),
    path("<int:officer_id>/de-nghi-vai-tro/", views.propose, name="propose"),
    path("<int:officer_id>/vai-tro/<int:assignment_id>/thoi/", views.end, name="end"),
]
