# SPDX-License-Identifier: MPL-2.0
"""The letter of 29 February 2024: recorded with what it refers to, issued to every unit; a district chooses
who pays and signs; communes acknowledge, raise difficulties, get one answer; somebody complains."""

from __future__ import annotations

from datetime import date

from ansinh.approvals.actions import approve
from ansinh.approvals.actions.decide import open_submission
from ansinh.approvals.models import Submission
from ansinh.demo.scene import Scene, Step
from ansinh.directives import letter
from ansinh.directives.actions import answers, complaints, difficulties, tasks
from ansinh.directives.actions.issue import draft_directive, issue_directive, record_document
from ansinh.directives.models import Answer, Complaint, Difficulty, Directive, Document, Task
from ansinh.places.models import Unit
from ansinh.places.queries import children, unit_on
from ansinh.providers.actions import contracts, facts, selection
from ansinh.providers.actions.contracts import Terms
from ansinh.providers.models import COSTS, Contract, Provider, Selection
from ansinh.providers.queries import providers_in_force
from ansinh.staff.models import Officer

DISTRICT = "503"  # Hội An, where the pilot was
BANKS = (
    ("Ngân hàng Nông nghiệp (Agribank)", "bank", "VBA", 45),
    ("Bưu điện tỉnh", "pay_organisation", "", 70),
)
FROM, UNTIL = date(2024, 3, 10), date(2029, 1, 1)
POINTS = {"VBA": (80, 70, 90, 60, 85, 80), "": (95, 90, 60, 40, 80, 85)}
EVIDENCE = "Bản chào ngày 05/03/2024, kiểm tra thực tế ngày 07/03/2024"
DIFFICULT = (
    "Người già yếu không đi được đến chi nhánh nên chưa mở được tài khoản",
    "Nhiều người già yếu không đi được đến chi nhánh ngân hàng, chưa mở được tài khoản",
    "Chưa mở được tài khoản cho người già yếu không đi được đến chi nhánh",
)


def issue_the_letter(scene: Scene) -> str:
    """Record the letter and what it refers to, and issue its orders."""
    by, province = scene.officer("chuyen-vien-so"), _province(scene)
    if not Directive.objects.filter(document__number=letter.NUMBER).exists():
        older = [
            record_document(number=number, issued_on=day, issuer=letter.ISSUER, kind=kind, abstract=abstract,
                            by=by, at=scene.at).pk
            for kind, number, day, abstract in letter.REFERS_TO
        ]  # fmt: skip
        document = record_document(
            number=letter.NUMBER, issued_on=letter.ISSUED_ON, issuer=letter.ISSUER, kind="Công văn",
            abstract=letter.ABSTRACT, refers_to=older, by=by, at=scene.at,
        )  # fmt: skip
        made = draft_directive(
            document_id=document.pk, unit_id=province.pk, orders=letter.ORDERS, by=by, at=scene.at
        )
        issue_directive(directive_id=made.pk, by=by, at=scene.at, on=scene.on)
    given = Task.objects.filter(order__directive__document__number=letter.NUMBER)
    units = given.values("unit_id").distinct().count()
    _acknowledge(scene)
    scene.figures["steering"] = {
        "documents": Document.objects.count(),
        "tasks": given.count(),
        "units": units,
    }
    return f"{given.count()} việc cho {units} đơn vị, {given.exclude(state='given').count()} đã nhận"


def _province(scene: Scene) -> Unit:
    return unit_on(code="49", on=scene.on)


def _acknowledge(scene: Scene) -> None:
    """The first commune and every second district have read the letter."""
    districts = [unit.pk for unit in children(unit_id=_province(scene).pk, on=scene.on)][::2]
    commune = unit_on(code="20431", on=scene.on)
    mine = Task.objects.filter(state="given", unit_id__in=[commune.pk, *districts])
    ids = list(mine.values_list("pk", flat=True))
    tasks.acknowledge(task_ids=ids, by=scene.officer("lap-danh-sach"), at=scene.at)


def choose_who_pays(scene: Scene) -> str:
    """Hội An compares two and signs with a bank; the province signs with the post for cash everywhere."""
    by = scene.officer("chuyen-vien-so")
    for unit, best, channels in (
        (unit_on(code=DISTRICT, on=scene.on), 0, ["account", "wallet"]),
        (_province(scene), 1, ["pay_point", "home"]),
    ):
        if not Selection.objects.filter(unit=unit).exists():
            _choose(scene, unit, best, channels, by=by)
    held = providers_in_force(unit_id=unit_on(code="20431", on=FROM).pk, on=FROM)
    scene.figures["contracts"] = Contract.objects.count()
    return f"{', '.join(each.provider for each in held)} đang hiệu lực ở Hội An từ {FROM:%d/%m/%Y}"


def _choose(scene: Scene, unit: Unit, best: int, channels: list[str], *, by: Officer) -> None:
    made = selection.open_selection(
        unit_id=unit.pk, title="Lựa chọn tổ chức chi trả an sinh xã hội năm 2024", opened_on=scene.on, by=by,
        at=scene.at,
    )  # fmt: skip
    offers = [_candidate(scene, made, unit, *bank, by=by) for bank in BANKS]
    selection.write_minutes(
        selection_id=made.pk, held_on=date(2024, 3, 8), present="UBND, LĐTBXH, Công an, Tài chính",
        text="Thống nhất chọn ngân hàng chi qua tài khoản, bưu điện chi tại điểm và tại nhà.",
        chosen=[offers[best]], reason="Chọn theo kênh chi: tài khoản, tiền mặt", by=by, at=scene.at,
    )  # fmt: skip
    _approve(scene, selection.submit_selection(selection_id=made.pk, by=by, at=scene.at))
    _sign(scene, unit, offers[best], channels, by=by)


def _candidate(
    scene: Scene, made: Selection, unit: Unit, name: str, kind: str, code: str, fee: int, *, by: Officer
) -> int:
    provider = Provider.objects.filter(name=name).first() or facts.add_provider(
        name=name, kind=kind, institution=code, by=by, at=scene.at
    )
    if unit.level == "district":
        communes = list(children(unit_id=unit.pk, on=scene.on).filter(level="commune"))
        near = communes if not code else communes[: len(communes) // 2]
        facts.record_facts(
            provider_id=provider.pk, kind="pay_point" if not code else "atm",
            quantities={each.pk: 1 for each in near}, valid_from=date(2024, 1, 1), evidence=EVIDENCE, by=by,
            at=scene.at,
        )  # fmt: skip
    candidate = selection.add_candidate(
        selection_id=made.pk, provider_id=provider.pk, fee_bps=fee, offer="Miễn phí cho người hưởng", by=by,
        at=scene.at,
    )  # fmt: skip
    for criterion, points in zip(made.criteria.order_by("order"), POINTS[code], strict=True):
        selection.score(
            candidate_id=candidate.pk, criterion_id=criterion.pk, points=points, evidence=EVIDENCE, by=by,
            at=scene.at,
        )  # fmt: skip
    return candidate.pk


def _sign(scene: Scene, unit: Unit, candidate: int, channels: list[str], *, by: Officer) -> None:
    terms = Terms(
        number=f"{candidate:02d}/2024/HĐ-CT", signed_on=date(2024, 3, 9), valid_from=FROM,
        valid_to=UNTIL, streams=["merit", "assistance"], channels=channels,
        scope=f"Chi trả trợ cấp hằng tháng trên địa bàn {unit.name}", fee_bps=45,
        costs=dict.fromkeys(COSTS, "provider"), liability="Chịu 100% trách nhiệm khi mất, chi sai người.",
    )  # fmt: skip
    made = contracts.draft_contract(candidate_id=candidate, terms=terms, by=by, at=scene.at)
    _approve(scene, contracts.submit_contract(contract_id=made.pk, by=by, at=scene.at))


def _approve(scene: Scene, made: Submission) -> None:
    for who in ("lanh-dao-so", "ke-toan-so"):
        officer = scene.officer(who)
        open_submission(submission_id=made.pk, by=officer, at=scene.at)
        approve(
            submission_id=made.pk, content_sha256=bytes(made.content_sha256).hex(), by=officer, at=scene.at,
            on=scene.on,
        )  # fmt: skip


def answer_difficulties(scene: Scene) -> str:
    """Three communes ask the same and one asks something else; the department answers the three as one."""
    by = scene.officer("lap-danh-sach")
    if not Difficulty.objects.exists():
        district = unit_on(code=DISTRICT, on=scene.on)
        communes = list(children(unit_id=district.pk, on=scene.on).filter(level="commune")[:3])
        asked = [
            difficulties.raise_difficulty(
                unit=unit, category="account", words=words, asks_for="Mở tài khoản tại nhà", straight=True,
                by=by, at=scene.at, on=scene.on,
            ).pk
            for unit, words in zip(communes, DIFFICULT, strict=True)
        ]  # fmt: skip
        made = answers.draft_answer(
            title="Mở tài khoản tại nhà cho người già yếu", category="account",
            words="Ngân hàng đã ký hợp đồng cử người đến nhà mở tài khoản, miễn phí. Xã lập danh sách theo"
            " thôn gửi chi nhánh trước ngày 15 hằng tháng.",
            cites="TT 17/2024/TT-NHNN Điều 11; hợp đồng chi trả, mục cam kết", difficulty_ids=asked,
            unit_id=_province(scene).pk, by=scene.officer("chuyen-vien-so"), at=scene.at,
        )  # fmt: skip
        answers.issue_answer(answer_id=made.pk, words=None, by=scene.officer("lanh-dao-so"), at=scene.at)
        difficulties.raise_difficulty(
            unit=communes[0], category="data", words="Một số người chưa có số định danh trong dữ liệu cũ",
            asks_for="Hướng dẫn đối chiếu", straight=True, by=by, at=scene.at, on=scene.on,
        )  # fmt: skip
    answered = Difficulty.objects.filter(state="answered").count()
    scene.figures["difficulties"] = Difficulty.objects.count()
    issued = Answer.objects.filter(state="issued").count()
    return (
        f"{answered} việc trả lời bằng {issued} hướng dẫn, {Difficulty.objects.count() - answered} đang chờ"
    )


def take_a_complaint(scene: Scene) -> str:
    """Somebody has not received the money; the commune looks into it."""
    commune = unit_on(code="20431", on=scene.on)
    by = scene.officer("lap-danh-sach")
    with scene.within(commune):
        if not Complaint.objects.exists():
            taken = complaints.take_complaint(
                commune_id=commune.pk, person_id=None, kind="not_received", channel="desk",
                words="Tôi chưa nhận được tiền tháng 2", by=by, at=scene.at, on=scene.on,
            )  # fmt: skip
            complaints.look_into(complaint_id=taken.complaint.pk, by=by, at=scene.at)
        count = Complaint.objects.count()
    return f"{count} khiếu nại, trả lời trong {complaints.DAYS} ngày"


STEPS = (
    Step("Ban hành văn bản ngày 29/02/2024, giao việc", issue_the_letter),
    Step("Hội An lựa chọn tổ chức chi trả, ký hợp đồng", choose_who_pays),
    Step("Trả lời khó khăn, vướng mắc", answer_difficulties),
    Step("Nhận khiếu nại", take_a_complaint),
)
