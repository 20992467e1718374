# SPDX-License-Identifier: MPL-2.0
"""The letter of 29 February 2024 as this system carries it out: the documents it refers to, its orders,
and the page and the test of each of its paragraphs. docs/reference/letter.md is written from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ansinh.directives.actions.issue import Ordered

ISSUER = "UBND tỉnh Quảng Nam"
REFERS_TO: tuple[tuple[str, str, date, str], ...] = (
    ("Kế hoạch", "5352/KH-UBND", date(2023, 8, 11),
     "Chi trả an sinh xã hội không dùng tiền mặt: thí điểm ở Đại Lộc, Hội An; nhân rộng toàn tỉnh từ 2024"),
    ("Công văn", "328/UBND-KGVX", date(2024, 1, 15),
     "Chi trả an sinh xã hội không dùng tiền mặt cho người có công và đối tượng bảo trợ xã hội"),
    ("Công văn", "388/UBND-NCKS", date(2024, 1, 16),
     "Đẩy mạnh chi trả an sinh xã hội không dùng tiền mặt"),
)  # fmt: skip
NUMBER, ISSUED_ON = "CV 29/02/2024", date(2024, 2, 29)  # the letter's own number is not in the source
ABSTRACT = (
    "Đẩy mạnh thực hiện chi trả an sinh xã hội không dùng tiền mặt cho người có công với cách mạng và đối"
    " tượng bảo trợ xã hội, đại trà trên địa bàn toàn tỉnh"
)
END_OF_YEAR = date(2024, 12, 31)
DEPARTMENTS = ("Sở Lao động - Thương binh và Xã hội", "Sở Tài chính", "Công an tỉnh",
               "Sở Thông tin và Truyền thông")  # fmt: skip
OFFICE = ("Phòng Lao động - Thương binh và Xã hội",)

ORDERS: tuple[Ordered, ...] = (
    Ordered("Thực hiện chi trả an sinh xã hội không dùng tiền mặt đại trà trên toàn tỉnh", "communes",
            END_OF_YEAR, "L1", measure="accounts_registered", target_percent=30),
    Ordered("Thực hiện Kế hoạch 5352/KH-UBND và các Công văn 328/UBND-KGVX, 388/UBND-NCKS", "agency",
            END_OF_YEAR, "L2", DEPARTMENTS),
    Ordered("Báo cáo kịp thời khó khăn, vướng mắc về Sở LĐTBXH để tổng hợp, tham mưu", "agency",
            END_OF_YEAR, "L3", DEPARTMENTS),
    Ordered("Nghiên cứu, chỉ đạo, ban hành kế hoạch, tổ chức chi trả đồng bộ trên địa bàn", "below",
            date(2024, 3, 31), "L4", measure="plan_issued"),
    Ordered("Giao công chức LĐTBXH phối hợp Công an xã rà soát, cập nhật tài khoản trên CSDL quốc gia về dân"
            " cư", "communes", date(2024, 6, 30), "L5", measure="review_settled", target_percent=100),
    Ordered("Tiếp tục tuyên truyền, vận động, hỗ trợ người chưa có tài khoản mở và nhận qua tài khoản",
            "communes", END_OF_YEAR, "L6", measure="review_settled"),
    Ordered("Đến hết năm 2024 mọi người đủ điều kiện có tài khoản và đăng ký nhận; tối thiểu 30% tổng số",
            "communes", END_OF_YEAR, "L7", measure="accounts_registered", target_percent=30),
    Ordered("Người không mở được tài khoản, không có người ủy quyền: chi trực tiếp qua tổ chức dịch vụ chi"
            " trả", "communes", END_OF_YEAR, "L8", measure="providers_chosen", target_percent=100),
    Ordered("Chủ trì tham mưu lựa chọn tổ chức dịch vụ chi trả, ngân hàng có năng lực, trách nhiệm", "below",
            date(2024, 4, 30), "L9", OFFICE, measure="providers_chosen", target_percent=100),
    Ordered("Phối hợp công an rà soát, làm sạch dữ liệu hai nhóm để kết nối CSDL quốc gia về dân cư", "below",
            date(2024, 6, 30), "L10", OFFICE, measure="population_clean", target_percent=100),
    Ordered("Rà soát, lập danh sách, phân nhóm người đang hưởng để tuyên truyền và chi trả phù hợp",
            "communes", date(2024, 4, 30), "L11", measure="review_settled", target_percent=100),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, the page where it is done (a view name, '' while its stage has not landed) and the test
    that walks it (`path::function`)."""

    code: str
    who: str
    what: str
    page: str
    test: str


_TASKS = "tests/directives/test_tasks_go_down.py::"
_DIFFICULT = "tests/directives/test_difficulties_and_complaints.py::"
_LETTER = "tests/directives/test_the_letter.py::"
_CHOOSE = "tests/providers/test_choosing_and_contracts.py::"
PARAGRAPHS: tuple[Paragraph, ...] = (
    Paragraph("L1", "Province → all", "Pay without cash, full scale", "directives:directive",
              _TASKS + "test_the_letter_reaches_departments_districts_and_under_them_every_commune"),
    Paragraph("L2", "Departments", "Carry out the plan and the two instructions", "directives:task",
              _TASKS + "test_a_task_is_acknowledged_assigned_reported_and_finished"),
    Paragraph("L3", "Departments", "Report difficulties; gather and advise", "directives:difficulties",
              _DIFFICULT + "test_ten_are_answered_as_one_in_as_many_statements_as_one"),
    Paragraph("L4", "Districts", "Direct, issue a plan, organise in step", "directives:plan",
              _TASKS + "test_a_plan_begins_from_the_orders_and_gets_its_number_when_it_is_signed"),
    Paragraph("L5", "Communes", "Give the task to the officer; review accounts with the police",
              "directives:tasks", _TASKS + "test_a_task_goes_to_an_officer_of_the_unit_only"),
    Paragraph("L6", "Communes", "Go on persuading and helping those without an account",
              "outreach:campaigns", "tests/outreach/test_campaigns_and_visits.py"
              "::test_a_visit_moves_the_next_step_and_stands_in_the_log"),
    Paragraph("L7", "Communes", "Everybody eligible registered; at least 30 % by account",
              "directives:directive", _LETTER + "test_the_target_of_thirty_percent_is_counted_not_typed"),
    Paragraph("L8", "Communes", "Who cannot is paid directly through a payment organisation",
              "providers:contract", "tests/disbursement/test_from_payroll_to_payer.py"
              "::test_a_person_is_only_routed_to_a_payer_with_a_contract_in_force"),
    Paragraph("L9", "District labour office", "Advise on choosing providers and banks",
              "providers:selection", _CHOOSE + "test_the_better_candidate_leads_and_the_total_is_weighted"),
    Paragraph("L10", "Labour office, police", "Clean the data against the population register",
              "population:rounds",
              "tests/population/test_a_round.py::test_the_minutes_are_signed_by_two_persons_over_one_content"),
    Paragraph("L11", "Communes", "Review, list and group the people who receive", "payees:groups",
              "tests/payees/test_groups.py::test_the_six_groups_and_their_reasons"),
    Paragraph("L12", "Everyone", "Timely, quick, to the right person", "directives:complaints",
              _DIFFICULT + "test_a_complaint_is_looked_into_answered_reopened_and_closed"),
)  # fmt: skip


def table() -> str:
    """The table of docs/reference/letter.md."""
    lines = ["| § | Who | What is ordered | Page | Test |", "|---|---|---|---|---|"]
    for each in PARAGRAPHS:
        page = f"`{each.page}`" if each.page else "not yet"
        test = (
            f"`{each.test.rpartition('::')[2]}` in `{each.test.partition('::')[0]}`"
            if each.test
            else "not yet"
        )
        lines.append(f"| {each.code} | {each.who} | {each.what} | {page} | {test} |")
    return "\n".join(lines) + "\n"
