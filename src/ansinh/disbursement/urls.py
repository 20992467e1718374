# SPDX-License-Identifier: MPL-2.0
"""Addresses of disbursement."""

from django.urls import path

from ansinh.disbursement import cash_lists_views as lists
from ansinh.disbursement import cash_views, online_views, treasury_views, views

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
    path("tep/<int:envelope_id>/goi-ngay-chi/", lists.office_pack, name="office_pack"),
    path("tep/<int:envelope_id>/giay-to/", lists.add_paper, name="add_paper"),
    path("tep/<int:envelope_id>/giay-rut-du-toan/", treasury_views.withdrawal, name="withdrawal"),
    path("tep/<int:envelope_id>/danh-sach-thanh-toan/", treasury_views.recipients, name="recipients"),
    path("giay-to/<int:paper_id>/", lists.see_paper, name="paper"),
    path("ngay-chi/", cash_views.cash_day, name="cash_day"),
    path("ngay-chi/<int:instruction_id>/", cash_views.slip, name="slip"),
    path("ngay-chi/<int:instruction_id>/ky-nhan/", cash_views.evidence, name="evidence"),
    path("ngay-chi/quy/", lists.box, name="box"),
    path("ngay-chi/danh-sach/<int:envelope_id>/nhap/", lists.enter, name="enter"),
    path("ngay-chi/danh-sach/<int:envelope_id>/in/", lists.print_list, name="print_list"),
    path("ngay-chi/danh-sach/<int:envelope_id>/phieu/", lists.print_slips_of, name="print_slips"),
    path("ngay-chi/danh-sach/<int:envelope_id>/goi/", lists.print_pack, name="print_pack"),
    path("tam-ung/", lists.advance, name="advance"),
    path("tam-ung/nop-lai/", lists.bring_back, name="bring_back"),
    path("tam-ung/han-muc/", lists.set_limit, name="set_limit"),
    path("tam-ung/in/", lists.advance_paper, name="advance_paper"),
]
