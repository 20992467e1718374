# SPDX-License-Identifier: MPL-2.0
"""Addresses of the payrolls."""

from django.urls import path

from ansinh.payroll.views import acts, board, budget, desk, entries, one, papers

app_name = "payroll"
urlpatterns = [
    path("", board.board, name="board"),
    path("du-toan/", budget.budget, name="budget"),
    path("giu/", desk.placed, name="placed"),
    path("giu/nguoi/<int:person_id>/", desk.place, name="place_hold"),
    path("giu/<int:hold_id>/go/", desk.release, name="release_hold"),
    path("dong-them/", entries.entries, name="entries"),
    path("dong-them/khoan/<int:award_id>/", entries.new_entry, name="new_entry"),
    path("dong-them/<int:entry_id>/kiem-tra/", entries.check_entry, name="check_entry"),
    path("dong-them/<int:entry_id>/rut/", entries.withdraw_entry, name="withdraw_entry"),
    path("<int:payroll_id>/", one.payroll, name="payroll"),
    path("<int:payroll_id>/tinh/", acts.calculate, name="calculate"),
    path("<int:payroll_id>/trinh/", acts.submit, name="submit"),
    path("<int:payroll_id>/khoa/", acts.lock, name="lock"),
    path("<int:payroll_id>/huy/", acts.cancel, name="cancel"),
    path("<int:payroll_id>/khac-thang-truoc/", one.differences, name="differences"),
    path("<int:payroll_id>/giai-trinh/", acts.explain, name="explain"),
    path("<int:payroll_id>/danh-sach/", one.lines, name="lines"),
    path("<int:payroll_id>/dong/<int:line_id>/", one.line, name="line"),
    path("<int:payroll_id>/giu/", desk.desk, name="holds"),
    path("<int:payroll_id>/dong-them/", entries.payroll_entries, name="payroll_entries"),
    path("<int:payroll_id>/bieu-mau.pdf", papers.paper_pdf, name="paper_pdf"),
    path("<int:payroll_id>/bieu-mau.xlsx", papers.paper_xlsx, name="paper_xlsx"),
]
