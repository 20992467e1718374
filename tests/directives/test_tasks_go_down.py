# SPDX-License-Identifier: MPL-2.0
"""A directive becomes tasks level by level; who has not begun, is late or is done is counted, not typed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from ansinh.audit.models import Event
from ansinh.directives import lifecycles
from ansinh.directives.actions import issue, plans, tasks
from ansinh.directives.actions.issue import Attached, Ordered
from ansinh.directives.measures import MEASURES, Measured, measure
from ansinh.directives.models import Directive, Document, Order, Plan, Reminder, Task, TaskReport
from ansinh.directives.plan_words import first_draft
from ansinh.directives.queries import tasks as queries
from ansinh.places.models import Unit
from ansinh.places.queries import children, descendants, units_covered
from ansinh.rules.lifecycle import NotFromThisState
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all
from ansinh.vault import store
from tests.conftest import units
from tests.directives.conftest import AT, DUE, ON, ORDERS, letter

Cast = dict[str, Officer]
COMMUNES, DISTRICTS = 233, 18  # of Quảng Nam in the shipped table of units on 1 March 2024
ALL = COMMUNES + DISTRICTS


class Statements:
    """How many statements went to the database."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: object, sql: str, params: object, many: bool, context: object) -> object:
        self.count += 1
        return execute(sql, params, many, context)  # type: ignore[operator]


def order(directive: Directive, paragraph: str) -> Order:
    return directive.orders.get(paragraph=paragraph)


def at_commune(directive: Directive) -> Task:
    return Task.objects.get(order=order(directive, "L5"), unit=units()[0])


def test_the_letter_reaches_departments_districts_and_under_them_every_commune(issued: Directive) -> None:
    _commune, province = units()
    below = list(children(unit_id=province.pk, on=ON))
    communes = Unit.objects.filter(pk__in=descendants(unit_ids=[province.pk], on=ON), level="commune")
    assert len(below) == DISTRICTS
    assert communes.count() == COMMUNES
    agencies = Task.objects.filter(order=order(issued, "L2"))
    assert sorted(agencies.values_list("agency", flat=True)) == ["Sở Tài chính", "Sở Y tế"]
    assert {task.unit_id for task in agencies} == {province.pk}
    assert Task.objects.filter(order=order(issued, "L4")).count() == DISTRICTS
    given = Task.objects.filter(order=order(issued, "L5"))
    assert given.filter(unit__level="commune").count() == COMMUNES
    assert given.filter(unit__level="district", parent__isnull=True).count() == DISTRICTS
    mine = at_commune(issued)
    assert mine.parent is not None
    assert mine.parent.unit_id == mine.unit.parents.get(validity__contains=ON).parent_id
    assert (mine.state, mine.due_on) == ("given", DUE)


def test_issuing_to_a_province_takes_as_many_statements_as_to_a_district(cast: Cast) -> None:
    commune, province = units()
    by, counts = cast["chuyen-vien-so"], []
    for number, unit in (
        ("1/CV", province.pk),
        ("2/CV", commune.parents.get(validity__contains=ON).parent_id),
    ):
        made = issue.draft_directive(
            document_id=letter(by, number=number).pk, unit_id=unit, orders=ORDERS, by=by, at=AT
        )
        counter = Statements()
        with connection.execute_wrapper(counter):
            issue.issue_directive(directive_id=made.pk, by=by, at=AT, on=ON)
        counts.append(counter.count)
    assert counts[0] == counts[1]
    assert counts[0] <= 10


def test_what_is_issued_is_not_added_to_and_not_issued_twice(cast: Cast, issued: Directive) -> None:
    by = cast["chuyen-vien-so"]
    with pytest.raises(issue.DirectiveIssuedAlready):
        issue.add_order(directive_id=issued.pk, ordered=ORDERS[0], by=by, at=AT)
    with pytest.raises(NotFromThisState):
        issue.issue_directive(directive_id=issued.pk, by=by, at=AT, on=ON)
    with pytest.raises(issue.DocumentKnown):
        letter(by)


def test_an_empty_directive_and_a_day_before_the_letter_are_refused(cast: Cast) -> None:
    by, province = cast["chuyen-vien-so"], units()[1]
    document = letter(by)
    made = issue.draft_directive(document_id=document.pk, unit_id=province.pk, orders=[], by=by, at=AT)
    with pytest.raises(issue.DirectiveEmpty):
        issue.issue_directive(directive_id=made.pk, by=by, at=AT, on=ON)
    assert Directive.objects.get(pk=made.pk).state == "draft"
    with pytest.raises(issue.DueBeforeIssue, match="29/02/2024"):
        issue.add_order(
            directive_id=made.pk, ordered=Ordered("Việc", "below", date(2024, 2, 28)), by=by, at=AT
        )
    with pytest.raises(issue.MeasureUnknown, match="sao băng"):
        issue.add_order(
            directive_id=made.pk, ordered=Ordered("Việc", "below", DUE, measure="sao băng"), by=by, at=AT
        )


def test_a_document_keeps_its_file_and_what_it_refers_to(cast: Cast) -> None:
    by = cast["chuyen-vien-so"]
    first = letter(by)
    made = issue.record_document(
        number="328/UBND-KGVX", issued_on=date(2024, 1, 15), issuer="UBND tỉnh", kind="Công văn",
        abstract="Chi trả", refers_to=[first.pk, first.pk], file=Attached("328.pdf", b"%PDF-1.7 ..."), by=by,
        at=AT,
    )  # fmt: skip
    assert [ref.refers_to_id for ref in made.references.all()] == [first.pk]
    assert made.file_sha256 is not None
    assert store.get(bytes(made.file_sha256)) == b"%PDF-1.7 ..."
    with pytest.raises(issue.FileTooLarge, match="20 MB"):
        issue.record_document(
            number="9", issued_on=ON, issuer="x", kind="x", abstract="x",
            file=Attached("to.pdf", b"0" * (issue.LARGEST_FILE + 1)), by=by, at=AT,
        )  # fmt: skip
    assert not Document.objects.filter(number="9").exists()


def test_a_task_is_acknowledged_assigned_reported_and_finished(cast: Cast, issued: Directive) -> None:
    task, by = at_commune(issued), cast["lap-danh-sach"]
    with pytest.raises(NotFromThisState):
        tasks.report(task_id=task.pk, words="Đã rà soát", percent=10, file=None, by=by, at=AT)
    assert tasks.acknowledge(task_ids=[task.pk], by=by, at=AT) == 1
    assert tasks.acknowledge(task_ids=[task.pk], by=by, at=AT) == 0
    tasks.assign(task_id=task.pk, officer_id=by.pk, by=cast["lanh-dao-xa"], at=AT, on=ON)
    for percent in (10, 60):
        tasks.report(task_id=task.pk, words="Đã rà soát", percent=percent, file=None, by=by, at=AT)
    task.refresh_from_db()
    assert (task.state, task.officer_id, task.acknowledged_at) == ("under_way", by.pk, AT)
    assert list(TaskReport.objects.values_list("percent", flat=True).order_by("pk")) == [10, 60]
    tasks.finish(task_id=task.pk, by=by, at=AT)
    tasks.reopen(task_id=task.pk, by=cast["chuyen-vien-so"], at=AT)
    task.refresh_from_db()
    assert (task.state, task.done_at) == ("under_way", None)
    acts = set(Event.objects.filter(subject="task").values_list("act", flat=True))
    assert {"directives.acknowledge_task", "directives.assign", "directives.finish_task"} <= acts


@pytest.mark.parametrize(("words", "percent"), [("  ", 10), ("x", 101), ("x", -1)])
def test_a_report_says_something(cast: Cast, issued: Directive, words: str, percent: int) -> None:
    task = at_commune(issued)
    tasks.acknowledge(task_ids=[task.pk], by=cast["lap-danh-sach"], at=AT)
    with pytest.raises(tasks.ReportEmpty):
        tasks.report(
            task_id=task.pk, words=words, percent=percent, file=None, by=cast["lap-danh-sach"], at=AT
        )


def test_a_task_goes_to_an_officer_of_the_unit_only(cast: Cast, issued: Directive) -> None:
    task = at_commune(issued)
    with pytest.raises(tasks.OfficerElsewhere, match="Bùi Văn Lý"):
        tasks.assign(task_id=task.pk, officer_id=cast["kho-bac"].pk, by=cast["lanh-dao-xa"], at=AT, on=ON)


def test_a_district_hands_down_what_it_got_once_and_not_for_longer(cast: Cast, issued: Directive) -> None:
    by = cast["chuyen-vien-so"]
    own = Task.objects.get(order=order(issued, "L4"), unit_id=at_commune(issued).parent.unit_id)  # type: ignore[union-attr]
    with pytest.raises(tasks.DueAfterParent, match="31/03/2024"):
        tasks.hand_down(task_id=own.pk, due_on=own.due_on + timedelta(days=1), by=by, at=AT, on=ON)
    given = tasks.hand_down(task_id=own.pk, due_on=own.due_on, by=by, at=AT, on=ON)
    assert given == children(unit_id=own.unit_id, on=ON).exclude(level="hamlet").count() > 0
    assert own.children.count() == given
    with pytest.raises(tasks.NobodyBelow):
        tasks.hand_down(task_id=own.pk, due_on=own.due_on, by=by, at=AT, on=ON)


def test_the_board_counts_who_has_not_begun_who_is_late_who_is_done(cast: Cast, issued: Directive) -> None:
    _commune, province = units()
    everybody = descendants(unit_ids=[province.pk], on=ON)
    by, l5 = cast["lap-danh-sach"], order(issued, "L5")
    some = list(Task.objects.filter(order=l5, unit__level="commune").order_by("pk")[:10])
    tasks.acknowledge(task_ids=[task.pk for task in some], by=by, at=AT)
    for task in some[:3]:
        tasks.finish(task_id=task.pk, by=by, at=AT)

    def board(on: date, unit_ids: set[int] = everybody) -> queries.Board:
        return queries.board(directive_id=issued.pk, unit_ids=unit_ids, on=on)[l5.pk]

    assert board(ON) == queries.Board(given=ALL, not_begun=ALL - 10, under_way=7, late=0, done=3)
    assert board(DUE) == board(ON)
    assert board(DUE + timedelta(days=1)).late == ALL - 3
    assert board(ON, {some[0].unit_id}) == queries.Board(given=1, done=1)
    late = queries.tasks_of(unit_ids=everybody, which="late", on=DUE + timedelta(days=1))
    assert late.filter(order=l5).count() == ALL - 3


def test_one_click_reminds_everybody_late_or_not_begun_once_a_day(cast: Cast, issued: Directive) -> None:
    _commune, province = units()
    everybody, by = descendants(unit_ids=[province.pk], on=ON), cast["chuyen-vien-so"]
    done = at_commune(issued)
    tasks.acknowledge(task_ids=[done.pk], by=cast["lap-danh-sach"], at=AT)
    said = {"directive_id": issued.pk, "order_id": order(issued, "L5").pk, "words": "Khẩn trương", "by": by}
    counter = Statements()
    with connection.execute_wrapper(counter):
        assert tasks.remind(**said, unit_ids=everybody, at=AT, on=ON) == ALL - 1  # type: ignore[arg-type]
    assert counter.count <= 4
    assert not done.reminders.exists()
    with pytest.raises(tasks.NothingToRemind):
        tasks.remind(**said, unit_ids=everybody, at=AT, on=ON)  # type: ignore[arg-type]
    tomorrow = AT + timedelta(days=1)
    one = {done.unit_id}
    with pytest.raises(tasks.NothingToRemind):
        tasks.remind(**said, unit_ids=one, at=tomorrow, on=ON)  # type: ignore[arg-type]
    assert tasks.remind(**said, unit_ids=one, at=tomorrow, on=DUE + timedelta(days=1)) == 1  # type: ignore[arg-type]
    assert Reminder.objects.count() == ALL


def test_open_tasks_of_abolished_units_pass_to_their_heirs_once(cast: Cast, issued: Directive) -> None:
    l5, today = order(issued, "L5"), date(2025, 7, 1)
    commune = units()[0]
    finished = Task.objects.filter(order=l5, unit__level="commune").exclude(unit=commune).order_by("pk")[0]
    tasks.acknowledge(task_ids=[finished.pk], by=cast["lap-danh-sach"], at=AT)
    tasks.finish(task_id=finished.pk, by=cast["lap-danh-sach"], at=AT)
    given, passed = tasks.pass_on(at=AT, on=today)
    assert given > 0
    assert passed > 0
    heirs = {unit.pk for unit in Unit.objects.filter(came_from__old=commune)}
    assert {task.unit_id for task in Task.objects.filter(order=l5, unit_id__in=heirs)} == heirs
    left = Task.objects.filter(order=l5, state__in=queries.OPEN).select_related("unit")
    assert {task.unit.level for task in left} == {"commune"}
    assert all(task.unit.validity.upper is None for task in left)
    assert Task.objects.get(pk=finished.pk).state == "done"
    living = units_covered(unit_ids=[units()[1].pk], on=today)
    assert {task.unit_id for task in left} <= living
    assert tasks.pass_on(at=AT, on=today) == (0, 0)


def test_nothing_passes_on_before_a_unit_ends(issued: Directive) -> None:
    assert tasks.pass_on(at=AT, on=date(2024, 6, 1)) == (0, 0)


def test_a_plan_begins_from_the_orders_and_gets_its_number_when_it_is_signed(
    cast: Cast, issued: Directive
) -> None:
    commune, by = units()[0], cast["lap-danh-sach"]
    orders = queries.orders_for(directive_id=issued.pk, unit_id=commune.pk)
    sections = first_draft(issued, orders)
    assert "Hoàn thành trước ngày 31/12/2024. Chỉ tiêu: 30%." in sections[1][1]
    said = {"directive_id": issued.pk, "unit_id": commune.pk, "dated_on": ON, "by": by, "at": AT}
    made = plans.write_plan(**said, sections=sections, version=0)  # type: ignore[arg-type]
    with pytest.raises(plans.PlanChangedMeanwhile):
        plans.write_plan(**said, sections=sections, version=0)  # type: ignore[arg-type]
    plans.write_plan(**said, sections=[("I", "một"), ("II", " ")], version=1)  # type: ignore[arg-type]
    signed = {"plan_id": made.pk, "number": "12/KH-UBND", "dated_on": ON, "signer": "Trần Văn Đức",
              "signer_title": "Chủ tịch", "by": by, "at": AT}  # fmt: skip
    with pytest.raises(plans.PlanIncomplete, match="II"):
        plans.issue_plan(**signed)  # type: ignore[arg-type]
    plans.write_plan(**said, sections=[("I", "một"), ("II", "hai")], version=2)  # type: ignore[arg-type]
    plans.issue_plan(**signed)  # type: ignore[arg-type]
    assert Plan.objects.get().state == "issued"
    with pytest.raises(plans.PlanIssuedAlready):
        plans.write_plan(**said, sections=sections, version=3)  # type: ignore[arg-type]


def test_a_plan_that_is_issued_counts_by_itself(cast: Cast, issued: Directive) -> None:
    task = Task.objects.filter(order=order(issued, "L4"))[0]
    assert queries.measured(tasks=[task], on=ON)[task.pk] == Measured(0, 1)
    made = plans.write_plan(
        directive_id=issued.pk, unit_id=task.unit_id, dated_on=ON, sections=[("I", "một")], version=0,
        by=cast["chuyen-vien-so"], at=AT,
    )  # fmt: skip
    plans.issue_plan(
        plan_id=made.pk, number="1/KH", dated_on=ON, signer="A", signer_title="Chủ tịch",
        by=cast["chuyen-vien-so"], at=AT,
    )  # fmt: skip
    assert queries.measured(tasks=[task], on=ON)[task.pk] == Measured(1, 1)


@pytest.mark.parametrize("code", sorted(MEASURES))
def test_every_measure_counts_any_number_of_units_in_one_statement(
    cast: Cast, issued: Directive, code: str
) -> None:
    open_to_all()
    _commune, province = units()
    many = [unit.pk for unit in children(unit_id=province.pk, on=ON)]
    counter = Statements()
    with connection.execute_wrapper(counter):
        found = measure(code=code, unit_ids=many, on=ON, directive_id=issued.pk)
    assert counter.count == 1
    assert set(found) == set(many)


def test_whole_percent_never_rounds_up_to_done() -> None:
    assert Measured(999, 1000).percent == 99
    assert Measured(0, 0).percent is None


def test_a_task_moves_along_its_edges_only_in_the_database_too(issued: Directive) -> None:
    with pytest.raises(IntegrityError, match="cannot go from given to done"), transaction.atomic():
        Task.objects.filter(pk=at_commune(issued).pk).update(state="done")


def test_the_documented_lives_are_the_tables_of_edges() -> None:
    text = (Path(__file__).parents[2] / "docs" / "reference" / "directives.md").read_text(encoding="utf-8")
    for life in lifecycles.ALL:
        assert life.mermaid() in text, life.name
