# SPDX-License-Identifier: MPL-2.0
"""Every paragraph of the letter of 29 February 2024 has its page and its test, or says it has none yet."""

from __future__ import annotations

import ast
from datetime import date

from django.urls import get_resolver

from ansinh.directives import letter
from ansinh.directives.actions.issue import draft_directive, issue_directive
from ansinh.directives.measures import MEASURES, Measured, measure
from ansinh.directives.models import Directive, Task
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all
from tests.architecture.source import ROOT
from tests.conftest import units
from tests.directives.conftest import AT, ON
from tests.directives.conftest import letter as record_letter
from tests.payees.people import approved, person

DOC = ROOT / "docs" / "reference" / "letter.md"


def view_names() -> set[str]:
    found = set()
    for app in ("directives", "providers", "population", "payees", "payroll", "outreach", "dashboards"):
        space = get_resolver().namespace_dict.get(app)
        if space:
            found |= {f"{app}:{name}" for name in space[1].reverse_dict if isinstance(name, str)}
    return found


def test_every_paragraph_is_there_in_order() -> None:
    assert [each.code for each in letter.PARAGRAPHS] == [f"L{number}" for number in range(1, 13)]


def test_every_named_page_is_an_address() -> None:
    named = {each.page for each in letter.PARAGRAPHS if each.page}
    assert named - view_names() == set()
    assert len(named) >= 8


def test_every_named_test_exists() -> None:
    for each in letter.PARAGRAPHS:
        if not each.test:
            continue
        path, _colons, function = each.test.partition("::")
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        assert function in names, each.code


def test_the_document_says_the_same() -> None:
    assert letter.table() in DOC.read_text(encoding="utf-8")


def test_every_order_of_the_letter_is_counted_by_something_that_exists() -> None:
    assert {each.measure for each in letter.ORDERS} - {""} <= set(MEASURES)
    assert [each.paragraph for each in letter.ORDERS] == [f"L{number}" for number in range(1, 12)]


def test_the_real_letter_issues_in_the_province_of_2024(cast: dict[str, Officer]) -> None:
    by = cast["chuyen-vien-so"]
    made = draft_directive(
        document_id=record_letter(by).pk, unit_id=units()[1].pk, orders=letter.ORDERS, by=by, at=AT
    )
    issue_directive(directive_id=made.pk, by=by, at=AT, on=ON)
    mine = Task.objects.filter(unit=units()[0]).values_list("order__paragraph", flat=True)
    assert set(mine) == {"L1", "L5", "L6", "L7", "L8", "L11"}
    office = Task.objects.filter(order__paragraph="L9").values_list("agency", flat=True)
    assert set(office) == set(letter.OFFICE)


def test_the_target_of_thirty_percent_is_counted_not_typed(
    cast: dict[str, Officer], issued: Directive
) -> None:
    open_to_all()
    commune, province = units()

    def share(unit: int) -> Measured:
        return measure(code="accounts_registered", unit_ids=[unit], on=ON, directive_id=issued.pk)[unit]

    assert share(commune.pk) == Measured(0, 0)
    people = [person(cast, name) for name in ("Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Cảnh")]
    assert share(commune.pk) == Measured(0, 3)
    approved(cast, people[0], on=date(2024, 3, 4))
    assert share(commune.pk) == Measured(1, 3)
    assert share(commune.pk).percent == 33
    assert share(province.pk) == Measured(1, 3)
    assert measure(code="numbers_known", unit_ids=[commune.pk], on=ON, directive_id=issued.pk)[
        commune.pk
    ] == Measured(3, 3)
