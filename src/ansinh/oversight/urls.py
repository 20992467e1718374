# SPDX-License-Identifier: MPL-2.0
"""Addresses of looking from outside."""

from django.urls import path

from ansinh.oversight.views import desk, samples

app_name = "oversight"
urlpatterns = [
    path("kiem-tra/", samples.samples, name="samples"),
    path("kiem-tra/cong-bo/", samples.publish, name="publish"),
    path("kiem-tra/luot/", samples.visits, name="visits"),
    path("kiem-tra/luot/<int:visit_id>/", samples.visit, name="visit"),
    path("kiem-tra/mau/<int:draw_id>/", samples.sample, name="sample"),
    path("nghi-van/", desk.desk, name="desk"),
    path("nghi-van/<int:case_id>/", desk.case, name="case"),
]
