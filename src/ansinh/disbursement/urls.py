# SPDX-License-Identifier: MPL-2.0
"""Addresses of disbursement."""

from django.urls import path

from ansinh.disbursement import cash_views, online_views, views

app_name = "disbursement"
urlpatterns = [
    path("", views.board, name="board"),
    path("bang-chi/<int:payroll_id>/", views.split, name="split"),
    path("bang-chi/<int:payroll_id>/lap-tep/", views.build_file, name="build"),
    path("tep/<int:envelope_id>/", views.envelope, name="envelope"),
    path("tep/<int:envelope_id>/trinh/", views.hand_in, name="hand_in"),
    path("tep/<int:envelope_id>/huy/", views.cancel_file, name="cancel"),
    path("tep/<int:envelope_id>/gui/", views.send, name="send"),
    path("tep/<int:envelope_id>/gui-qua-mang/", online_views.send_online, name="send_online"),
    path("nhan-lai/", online_views.take_in_sent, name="take_in"),
    path("tep/<int:envelope_id>/tai-ve/", views.download, name="download"),
    path("ngay-chi/", cash_views.cash_day, name="cash_day"),
    path("ngay-chi/<int:instruction_id>/", cash_views.slip, name="slip"),
]
