# SPDX-License-Identifier: MPL-2.0
"""Addresses of the stage."""

from django.urls import path

from ansinh.payees.views import accounts, desks, insiders, mandates, many, rounds

app_name = "payees"
urlpatterns = [
    path("tai-khoan/", accounts.queue, name="accounts"),
    path("tai-khoan/nhieu/", many.decide_many, name="decide_many"),
    path("tai-khoan/<int:account_id>/", accounts.account, name="account"),
    path("tai-khoan/<int:account_id>/quyet-dinh/", accounts.decide, name="decide"),
    path("tai-khoan/<int:account_id>/xem-so/", accounts.reveal, name="reveal"),
    path("ten-khong-khop/", accounts.exceptions, name="exceptions"),
    path("doi-tuong/<int:person_id>/tai-khoan/", accounts.declare, name="declare"),
    path("doi-tuong/<int:person_id>/uy-quyen/", mandates.declare, name="declare_mandate"),
    path("uy-quyen/", mandates.mandates, name="mandates"),
    path("uy-quyen/<int:mandate_id>/", mandates.mandate, name="mandate"),
    path("uy-quyen/<int:mandate_id>/quyet-dinh/", mandates.decide, name="decide_mandate"),
    path("ra-soat/", rounds.rounds, name="rounds"),
    path("ra-soat/<int:review_id>/", rounds.board, name="round"),
    path("ra-soat/<int:review_id>/viec/", rounds.move, name="move"),
    path("ra-soat/<int:review_id>/ban-giao/", rounds.hand_over, name="hand_over"),
    path("ra-soat/<int:review_id>/danh-sach/", rounds.listing, name="listing"),
    path("ra-soat/<int:review_id>/giay/", rounds.attach, name="attach"),
    path("ra-soat/<int:review_id>/in/", rounds.print_paper, name="print"),
    path("ra-soat/nguoi/<int:place_id>/", rounds.place, name="place"),
    path("nhom/", desks.groups, name="groups"),
    path("nhom/nguoi/", desks.group_people, name="group_people"),
    path("nghi-van/", desks.cases, name="cases"),
    path("nghi-van/<int:case_id>/", desks.case, name="case"),
    path("nghi-van/<int:case_id>/ket-luan/", desks.decide_case, name="decide_case"),
    path("nguoi-lien-quan/", insiders.insiders, name="insiders"),
    path("nguoi-lien-quan/<int:insider_id>/het/", insiders.end, name="end_insider"),
    path("hoi-ten/", desks.enquiries, name="enquiries"),
    path("hoi-ten/<int:enquiry_id>/tra-loi/", desks.answer, name="answer"),
    path("giay/<int:paper_id>/", desks.paper, name="paper"),
]
