# SPDX-License-Identifier: MPL-2.0
"""Addresses of the payrolls."""

from django.urls import path

from ansinh.payroll.views import acts, board, desk, papers

app_name = "payroll"
urlpatterns = [
    path("", board.board, name="board"),
    path("<int:payroll_id>/", board.payroll, name="payroll"),
    path("<int:payroll_id>/tinh/", acts.calculate, name="calculate"),
    path("<int:payroll_id>/trinh/", acts.submit, name="submit"),
    path("<int:payroll_id>/khoa/", acts.lock, name="lock"),
    path("<int:payroll_id>/huy/", acts.cancel, name="cancel"),
    path("<int:payroll_id>/khac-thang-truoc/", board.differences, name="differences"),
    path("<int:payroll_id>/giai-trinh/", acts.explain, name="explain"),
    path("<int:payroll_id>/danh-sach/", board.lines, name="lines"),
    path("<int:payroll_id>/dong/<int:line_id>/", board.line, name="line"),
    path("<int:payroll_id>/giu/", desk.desk, name="holds"),
    path("<int:payroll_id>/giu/<int:person_id>/", desk.place, name="place_hold"),
    path("go-giu/<int:hold_id>/", desk.release, name="release_hold"),
    path("<int:payroll_id>/bieu-mau.pdf", papers.paper_pdf, name="paper_pdf"),
    path("<int:payroll_id>/bieu-mau.xlsx", papers.paper_xlsx, name="paper_xlsx"),
]
