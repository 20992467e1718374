# SPDX-License-Identifier: MPL-2.0
"""Addresses of reconciliation."""

from django.urls import path

from ansinh.reconciliation import closing_views, payment_views, views

app_name = "reconciliation"
urlpatterns = [
    path("", views.files, name="files"),
    path("tep/<int:file_id>/", views.file, name="file"),
    path("tep/<int:file_id>/quyet-dinh/", views.decide_held, name="decide_held"),
    path("ngoai-le/", views.cases, name="cases"),
    path("ngoai-le/<int:case_id>/", views.case, name="case"),
    path("ngoai-le/<int:case_id>/nhan/", views.take_case, name="take_case"),
    path("tra-ve/", views.returns, name="returns"),
    path("tra-ve/chuyen-ky-sau/", views.carry_all, name="carry_all"),
    path("tra-ve/<int:instruction_id>/", views.settle_return, name="settle_return"),
    path("lenh/<int:instruction_id>/", payment_views.payment, name="payment"),
    path("canh-bao/", views.alarms, name="alarms"),
    path("khoa-so/", closing_views.close_month, name="close"),
    path("khoa-so/in/", closing_views.closing_paper, name="closing_paper"),
]
