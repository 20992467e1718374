# SPDX-License-Identifier: MPL-2.0
"""Addresses of the register."""

from django.urls import path

from ansinh.registry.views import changes, imports, mapping, people

app_name = "registry"
urlpatterns = [
    path("doi-tuong/", people.people, name="people"),
    path("doi-tuong/luu/", people.keep_view, name="keep_view"),
    path("doi-tuong/them/", people.add, name="add"),
    path("doi-tuong/<int:person_id>/", people.person, name="person"),
    path("doi-tuong/<int:person_id>/xem-so/", people.reveal, name="reveal"),
    path("doi-tuong/<int:person_id>/sua/", people.propose, name="propose"),
    path("doi-tuong/<int:person_id>/su-kien/", people.event, name="event"),
    path("doi-tuong/<int:person_id>/chuyen/", people.move, name="move"),
    path("khoan-huong/<int:award_id>/dung/", people.stop, name="stop"),
    path("danh-sach/", imports.imports, name="imports"),
    path("danh-sach/<int:import_id>/", imports.one, name="import"),
    path("danh-sach/<int:import_id>/ghep-cot/", mapping.mapping, name="mapping"),
    path("danh-sach/<int:import_id>/tien-do/", imports.progress, name="progress"),
    path("danh-sach/<int:import_id>/nhap/", imports.confirm, name="confirm"),
    path("danh-sach/<int:import_id>/bo/", imports.discard, name="discard"),
    path("danh-sach/<int:import_id>/tep-loi/", imports.error_file, name="error_file"),
    path("thay-doi/", changes.changes, name="changes"),
    path("thay-doi/<int:change_id>/", changes.change, name="change"),
    path("thay-doi/<int:change_id>/quyet-dinh/", changes.decide, name="decide"),
    path("thay-doi/<int:change_id>/rut/", changes.withdraw, name="withdraw"),
    path("ho-so-trung/", changes.duplicates, name="duplicates"),
    path("ho-so-trung/<int:pair_id>/", changes.settle_pair, name="settle_pair"),
]
