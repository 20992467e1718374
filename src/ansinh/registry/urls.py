# SPDX-License-Identifier: MPL-2.0
"""Addresses of the register."""

from django.urls import path

from ansinh.registry.views import changes, duplicates, fixing, imports, mapping, people, person, proposals

app_name = "registry"
urlpatterns = [
    path("doi-tuong/", people.people, name="people"),
    path("doi-tuong/luu/", people.keep_view, name="keep_view"),
    path("doi-tuong/xuat/", people.export_people, name="export"),
    path("doi-tuong/them/", person.add, name="add"),
    path("doi-tuong/<int:person_id>/", person.person, name="person"),
    path("doi-tuong/<int:person_id>/xem-so/", person.reveal, name="reveal"),
    path("doi-tuong/<int:person_id>/sua/", proposals.propose, name="propose"),
    path("doi-tuong/<int:person_id>/them-khoan/", proposals.new_award, name="new_award"),
    path("doi-tuong/<int:person_id>/su-kien/", proposals.event, name="event"),
    path("doi-tuong/<int:person_id>/chuyen/", proposals.move, name="move"),
    path("doi-tuong/<int:person_id>/nhap/", duplicates.merge_by_hand, name="merge"),
    path("doi-tuong/<int:person_id>/tach/", duplicates.split, name="split"),
    path("khoan-huong/<int:award_id>/", person.award, name="award"),
    path("khoan-huong/<int:award_id>/sua/", proposals.edit_award, name="edit_award"),
    path("khoan-huong/<int:award_id>/dung/", proposals.stop, name="stop"),
    path("khoan-huong/<int:award_id>/tam-dung/", proposals.suspend, name="suspend"),
    path("khoan-huong/<int:award_id>/huong-lai/", proposals.resume, name="resume"),
    path("danh-sach/", imports.imports, name="imports"),
    path("danh-sach/<int:import_id>/", imports.one, name="import"),
    path("danh-sach/<int:import_id>/ghep-cot/", mapping.mapping, name="mapping"),
    path("danh-sach/<int:import_id>/tien-do/", imports.progress, name="progress"),
    path("danh-sach/<int:import_id>/nhap/", imports.confirm, name="confirm"),
    path("danh-sach/<int:import_id>/bo/", imports.discard, name="discard"),
    path("danh-sach/<int:import_id>/sua-o/", fixing.fix, name="fix_cell"),
    path("danh-sach/<int:import_id>/tep-loi/", imports.error_file, name="error_file"),
    path("thay-doi/", changes.changes, name="changes"),
    path("thay-doi/<int:change_id>/", changes.change, name="change"),
    path("thay-doi/<int:change_id>/quyet-dinh/", changes.decide, name="decide"),
    path("thay-doi/<int:change_id>/rut/", changes.withdraw, name="withdraw"),
    path("ho-so-trung/", duplicates.duplicates, name="duplicates"),
    path("ho-so-trung/<int:pair_id>/", duplicates.settle, name="settle_pair"),
]
