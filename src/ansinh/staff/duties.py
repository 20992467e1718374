# SPDX-License-Identifier: MPL-2.0
"""Who may do what: duties by role, and duties that may not meet (security.md B5).

The table is the only source: pages, checks and docs/reference/duties.md are made from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Functions, not posts: a person holds them at a unit between two dates."""

    PREPARER = "preparer"
    COMMUNE_LEADER = "commune_leader"
    POLICE = "police"
    DEPARTMENT_OFFICER = "department_officer"
    DEPARTMENT_APPROVER = "department_approver"
    ACCOUNTANT = "accountant"
    TREASURY = "treasury"
    BANK_USER = "bank_user"
    CASH_AGENT = "cash_agent"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


LABELS: dict[Role, tuple[str, str]] = {
    Role.PREPARER: ("Cán bộ lập danh sách", "Prepares lists"),
    Role.COMMUNE_LEADER: ("Lãnh đạo UBND", "Leader (account holder)"),
    Role.POLICE: ("Công an xã", "Commune police"),
    Role.DEPARTMENT_OFFICER: ("Chuyên viên sở", "Department officer"),
    Role.DEPARTMENT_APPROVER: ("Lãnh đạo sở", "Department approver"),
    Role.ACCOUNTANT: ("Kế toán trưởng", "Chief accountant"),
    Role.TREASURY: ("Kho bạc Nhà nước", "State Treasury"),
    Role.BANK_USER: ("Ngân hàng, tổ chức chi trả", "Bank or payment organisation"),
    Role.CASH_AGENT: ("Người chi tiền tại điểm", "Pay-point agent"),
    Role.AUDITOR: ("Kiểm toán, thanh tra", "Auditor"),
    Role.ADMINISTRATOR: ("Quản trị hệ thống", "System administrator"),
}


@dataclass(frozen=True, slots=True)
class Duty:
    """One line of the matrix: what is done, its permission, and who may do it."""

    code: str
    label: str
    english: str
    roles: frozenset[Role]


def _duty(code: str, label: str, english: str, *roles: Role) -> Duty:
    return Duty(code, label, english, frozenset(roles))


_EVERYBODY = tuple(Role)
_NOT_OUTSIDERS = tuple(role for role in Role if role not in {Role.BANK_USER, Role.CASH_AGENT})

DUTIES: tuple[Duty, ...] = (
    _duty("home.read", "Xem việc hôm nay", "See today's work", *_EVERYBODY),
    _duty("law.read", "Tra cứu pháp luật", "Read the law", *_EVERYBODY),
    _duty("places.read", "Tra cứu đơn vị hành chính", "Look up units", *_EVERYBODY),
    _duty("register.read", "Xem hồ sơ đối tượng", "See persons and awards", Role.PREPARER,
          Role.COMMUNE_LEADER, Role.POLICE, Role.ACCOUNTANT, Role.DEPARTMENT_OFFICER,
          Role.DEPARTMENT_APPROVER, Role.AUDITOR),
    _duty("register.write", "Lập, sửa hồ sơ đối tượng", "Create and edit persons", Role.PREPARER),
    _duty("register.check", "Kiểm tra thay đổi hồ sơ", "Check a change of a record",
          Role.COMMUNE_LEADER, Role.DEPARTMENT_APPROVER),
    _duty("register.duplicates", "Xem xét hồ sơ trùng", "Settle duplicate records", Role.PREPARER,
          Role.DEPARTMENT_OFFICER),
    _duty("register.export", "Xuất danh sách đối tượng", "Export the list of persons", Role.PREPARER,
          Role.COMMUNE_LEADER, Role.DEPARTMENT_OFFICER, Role.DEPARTMENT_APPROVER),
    _duty("register.reveal", "Xem đủ số định danh", "Reveal a citizen number", Role.PREPARER,
          Role.COMMUNE_LEADER, Role.POLICE),
    _duty("register.confidential", "Xem căn cứ được giữ kín", "See confidential grounds",
          Role.COMMUNE_LEADER, Role.DEPARTMENT_APPROVER),
    _duty("register.confirm_identity", "Xác nhận nhân thân, còn sống", "Confirm identity and life",
          Role.POLICE),
    _duty("outreach.read", "Xem vận động, chỉ tiêu", "See outreach and targets", Role.PREPARER,
          Role.COMMUNE_LEADER, Role.POLICE, Role.ACCOUNTANT, Role.DEPARTMENT_OFFICER,
          Role.DEPARTMENT_APPROVER, Role.AUDITOR),
    _duty("outreach.write", "Vận động, ghi lượt gặp", "Run campaigns, write down visits", Role.PREPARER,
          Role.POLICE),
    _duty("population.read", "Xem đợt đối chiếu dân cư", "See population rounds", Role.PREPARER,
          Role.COMMUNE_LEADER, Role.POLICE, Role.ACCOUNTANT, Role.DEPARTMENT_OFFICER,
          Role.DEPARTMENT_APPROVER, Role.AUDITOR),
    _duty("population.prepare", "Lập, xử lý đợt đối chiếu dân cư", "Prepare and settle a round",
          Role.PREPARER),
    _duty("population.answer", "Trả lời đối chiếu dân cư", "Answer for the population register",
          Role.POLICE),
    _duty("population.sign", "Ký biên bản đối chiếu dân cư", "Sign a round's minutes",
          Role.COMMUNE_LEADER, Role.POLICE),
    _duty("population.decide", "Quyết định người bị tạm giữ chi trả", "Decide about a person held",
          Role.COMMUNE_LEADER, Role.DEPARTMENT_APPROVER),
    _duty("account.propose", "Đề nghị thay đổi tài khoản", "Propose an account change", Role.PREPARER),
    _duty("account.confirm", "Xác nhận thay đổi tài khoản", "Confirm an account change",
          Role.COMMUNE_LEADER),
    _duty("account.enquire", "Hỏi ngân hàng tên chủ tài khoản", "Ask banks for holders' names", Role.PREPARER,
          Role.DEPARTMENT_OFFICER),
    _duty("review.write", "Rà soát tài khoản tại thôn", "Write in a review round", Role.PREPARER,
          Role.POLICE),
    _duty("case.decide", "Kết luận nghi vấn", "Decide a case of doubt", Role.COMMUNE_LEADER,
          Role.DEPARTMENT_APPROVER),
    _duty("batch.prepare", "Lập danh sách chi trả", "Prepare a batch", Role.PREPARER,
          Role.DEPARTMENT_OFFICER),
    _duty("payroll.read", "Xem bảng chi", "See payrolls", Role.PREPARER, Role.COMMUNE_LEADER,
          Role.ACCOUNTANT, Role.DEPARTMENT_OFFICER, Role.DEPARTMENT_APPROVER, Role.TREASURY, Role.AUDITOR),
    _duty("payroll.check", "Kiểm tra dòng thêm theo quyết định", "Check lines added by decision",
          Role.COMMUNE_LEADER, Role.ACCOUNTANT, Role.DEPARTMENT_APPROVER),
    _duty("budget.write", "Ghi dự toán được giao", "Write down budget estimates", Role.ACCOUNTANT,
          Role.DEPARTMENT_APPROVER),
    _duty("approvals.read", "Xem việc trình duyệt", "See submissions", *_NOT_OUTSIDERS),
    _duty("approvals.approve", "Duyệt", "Approve", Role.ACCOUNTANT, Role.COMMUNE_LEADER,
          Role.DEPARTMENT_APPROVER),
    _duty("money.release", "Cho chi tiền", "Release money", Role.TREASURY, Role.BANK_USER),
    _duty("money.read", "Xem chi trả và sổ cái", "See payments and the ledger", Role.PREPARER,
          Role.COMMUNE_LEADER, Role.DEPARTMENT_OFFICER, Role.DEPARTMENT_APPROVER, Role.ACCOUNTANT,
          Role.TREASURY, Role.BANK_USER, Role.AUDITOR),
    _duty("money.close", "Khoá sổ kỳ chi trả", "Close a month", Role.ACCOUNTANT),
    _duty("results.import", "Nhập kết quả chi trả", "Import results", Role.ACCOUNTANT, Role.TREASURY),
    _duty("cash.hand_out", "Chi tiền mặt", "Hand out cash", Role.CASH_AGENT),
    _duty("staff.read", "Xem cán bộ và vai trò", "See officers and roles", Role.COMMUNE_LEADER,
          Role.DEPARTMENT_OFFICER, Role.DEPARTMENT_APPROVER, Role.AUDITOR, Role.ADMINISTRATOR),
    _duty("staff.propose", "Đề nghị giao vai trò", "Propose a role", Role.COMMUNE_LEADER,
          Role.DEPARTMENT_APPROVER, Role.ADMINISTRATOR),
    _duty("staff.confirm", "Xác nhận giao vai trò", "Confirm a role", Role.DEPARTMENT_APPROVER,
          Role.ADMINISTRATOR),
    _duty("audit.read", "Xem nhật ký kiểm tra", "Read the audit log", Role.COMMUNE_LEADER,
          Role.DEPARTMENT_OFFICER, Role.DEPARTMENT_APPROVER, Role.ACCOUNTANT, Role.POLICE,
          Role.PREPARER, Role.AUDITOR),
    _duty("audit.read_all", "Xem toàn bộ nhật ký", "Read the whole log", Role.AUDITOR),
    _duty("providers.read", "Xem tổ chức chi trả, hợp đồng", "See providers and contracts",
          Role.PREPARER, Role.COMMUNE_LEADER, Role.DEPARTMENT_OFFICER, Role.DEPARTMENT_APPROVER,
          Role.ACCOUNTANT, Role.TREASURY, Role.AUDITOR),
    _duty("providers.write", "Lựa chọn tổ chức chi trả, lập hợp đồng", "Choose providers, draft contracts",
          Role.PREPARER, Role.DEPARTMENT_OFFICER),
    _duty("dashboards.read", "Xem tiến độ, số liệu", "See progress and figures", *_NOT_OUTSIDERS),
    _duty("directives.read", "Xem văn bản chỉ đạo, hướng dẫn", "See directives and guidance",
          *_NOT_OUTSIDERS),
    _duty("directives.issue", "Giao việc theo văn bản, nhắc", "Issue directives, remind",
          Role.DEPARTMENT_OFFICER, Role.DEPARTMENT_APPROVER),
    _duty("tasks.work", "Nhận việc, báo cáo, lập kế hoạch", "Work on tasks, report, plan", Role.PREPARER,
          Role.COMMUNE_LEADER, Role.POLICE, Role.DEPARTMENT_OFFICER, Role.DEPARTMENT_APPROVER),
    _duty("difficulties.raise", "Báo khó khăn, vướng mắc", "Report difficulties", Role.PREPARER,
          Role.COMMUNE_LEADER, Role.POLICE, Role.ACCOUNTANT, Role.DEPARTMENT_OFFICER),
    _duty("difficulties.answer", "Soạn trả lời khó khăn", "Draft answers to difficulties",
          Role.DEPARTMENT_OFFICER),
    _duty("difficulties.issue", "Ban hành trả lời", "Issue answers", Role.DEPARTMENT_APPROVER),
    _duty("complaints.read", "Xem khiếu nại của người hưởng", "See complaints", Role.PREPARER,
          Role.COMMUNE_LEADER, Role.ACCOUNTANT, Role.DEPARTMENT_OFFICER, Role.DEPARTMENT_APPROVER,
          Role.AUDITOR),
    _duty("complaints.write", "Ghi, trả lời khiếu nại", "Take and answer complaints", Role.PREPARER,
          Role.COMMUNE_LEADER),
    _duty("oversight.read", "Xem kiểm tra ngẫu nhiên, nghi vấn toàn tỉnh", "See samples and every case",
          Role.DEPARTMENT_OFFICER, Role.DEPARTMENT_APPROVER, Role.AUDITOR),
    _duty("oversight.lead", "Công bố câu rút mẫu, giao người xử lý nghi vấn",
          "Publish a seed, put somebody in charge of a case", Role.DEPARTMENT_APPROVER),
    _duty("visits.random", "Kiểm tra ngẫu nhiên tại nhà", "Random visits", Role.DEPARTMENT_OFFICER,
          Role.AUDITOR),
)  # fmt: skip

# Duties that one person may not hold together, whatever the units (a maker who also checks, a
# checker who also pays). `staff.propose` and `staff.confirm` may meet: the same grant may not.
APART: tuple[frozenset[str], ...] = tuple(
    frozenset(pair)
    for pair in (
        ("batch.prepare", "approvals.approve"),
        ("register.write", "register.confirm_identity"),
        ("register.write", "register.check"),
        ("register.duplicates", "register.check"),
        ("population.prepare", "population.answer"),
        ("population.prepare", "population.decide"),
        ("population.answer", "population.decide"),
        ("account.propose", "account.confirm"),
        ("account.propose", "case.decide"),
        ("approvals.approve", "money.release"),
        ("batch.prepare", "money.release"),
        ("batch.prepare", "payroll.check"),
        ("batch.prepare", "results.import"),
        ("batch.prepare", "cash.hand_out"),
        ("approvals.approve", "cash.hand_out"),
        ("providers.write", "approvals.approve"),
        ("difficulties.answer", "difficulties.issue"),
        ("register.write", "audit.read_all"),
        ("approvals.approve", "audit.read_all"),
    )
)
READS_ONLY = frozenset({Role.AUDITOR})
NO_PERSONAL_DATA = frozenset({Role.ADMINISTRATOR})


def permissions_of(role: Role) -> frozenset[str]:
    """The permissions that a role carries."""
    return frozenset(duty.code for duty in DUTIES if role in duty.roles)


def clashing(held: frozenset[str], added: frozenset[str]) -> frozenset[str] | None:
    """The pair of duties that would meet in one person, or None."""
    together = held | added
    return next((pair for pair in APART if pair <= together), None)


def label(role: str, language: str = "vi") -> str:
    """The role's name in a language."""
    vietnamese, english = LABELS[Role(role)]
    return english if language == "en" else vietnamese


def matrix_markdown() -> str:
    """The matrix as the table of docs/reference/duties.md."""
    head = "| Duty | Việc | " + " | ".join(LABELS[role][1] for role in Role) + " |"
    lines = [head, "|---|---|" + "---|" * len(Role)]
    for duty in DUTIES:
        marks = " | ".join("✔" if role in duty.roles else "" for role in Role)
        lines.append(f"| `{duty.code}` {duty.english} | {duty.label} | {marks} |")
    lines += ["", "Duties that never meet in one person:", ""]
    lines += [f"- `{'` and `'.join(sorted(pair))}`" for pair in APART]
    return "\n".join(lines) + "\n"
