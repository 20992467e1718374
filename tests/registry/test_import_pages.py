# SPDX-License-Identifier: MPL-2.0
"""The pages of a list, the error file that comes back mended, the command's contract, remembered columns."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ansinh.audit.models import Event
from ansinh.registry.commands import import_list
from ansinh.registry.files.kinds import FileRefused
from ansinh.registry.lifecycles import IMPORT
from ansinh.registry.models import ImportFile, ImportRow, Person, RememberedMapping
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all
from tests.architecture.source import ROOT
from tests.conftest import COMMUNE, units
from tests.hostile.files import csv, judged, ods, person, table, xlsx
from tests.registry.lists import confirmed, received

GOOD = [person(1), person(2), person(3)]
FAULTY = [person(1), person(2, number="99917600002"), person(3, name="Lan <b>(Tèo)</b>"), person(4)]


@pytest.fixture
def clerk(cast: dict[str, Officer]) -> Client:
    client = Client()
    client.force_login(cast["lap-danh-sach"], backend="allauth.account.auth_backends.AuthenticationBackend")
    open_to_all()
    return client


def send(client: Client, content: bytes, name: str = "danh sách.xlsx", month: str = "03/2024") -> Any:
    upload = SimpleUploadedFile(name, content)
    data = {"file": upload, "form": "awards", "unit": units()[0].pk, "month": month}
    answer = client.post(reverse("registry:imports"), data)
    open_to_all()
    return answer


def last() -> ImportFile:
    open_to_all()
    return ImportFile.objects.latest("pk")


def test_a_list_goes_from_upload_to_the_register(clerk: Client) -> None:
    answer = send(clerk, xlsx(table(GOOD)))
    file = last()
    assert answer.headers["Location"] == reverse("registry:import", args=[file.pk])
    page = clerk.get(answer.headers["Location"]).content.decode()
    assert "Nhập 3 dòng hợp lệ" in page
    done = clerk.post(reverse("registry:confirm", args=[file.pk]), {"count": "3", "sum_vnd": "1.620.000"})
    assert done.status_code == 302
    assert last().state == "confirmed"
    assert Person.objects.count() == 3


def test_the_message_stands_beside_the_sheets_own_row(clerk: Client) -> None:
    send(clerk, xlsx(table(FAULTY)))
    page = clerk.get(reverse("registry:import", args=[last().pk])).content.decode()
    assert "E3" in page
    assert "B4" in page
    assert "<b>(Tèo)</b>" not in page
    assert "&lt;b&gt;(Tèo)&lt;/b&gt;" in page


@pytest.mark.parametrize("name", ['"><script>alert(1)</script>.xlsx', "a\u202excod.xlsx", "..\\..\\a.xlsx"])
def test_a_hostile_file_name_is_shown_as_text(clerk: Client, name: str) -> None:
    send(clerk, xlsx(table(GOOD)), name=name)
    page = clerk.get(reverse("registry:import", args=[last().pk])).content.decode()
    assert "<script>alert" not in page
    assert "\u202e" not in page


def test_code_in_a_note_is_shown_as_text(clerk: Client) -> None:
    send(clerk, xlsx(table([person(1, hamlet="<script>alert(1)</script>")])))
    page = clerk.get(reverse("registry:import", args=[last().pk])).content.decode()
    assert "<script>alert" not in page


def test_a_file_that_is_refused_is_told_and_kept_in_the_log_by_its_hash(clerk: Client) -> None:
    answer = send(clerk, b"MZ" + bytes(100))
    assert answer.status_code == 422
    assert "không phải bảng tính" in answer.content.decode()
    event = Event.objects.get(act="registry.refuse_file")
    assert event.details["code"] == "FILE_NOT_A_TABLE"
    send(clerk, b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*", name="a.csv")
    assert Event.objects.filter(act="registry.quarantine_file").exists()
    assert not ImportFile.objects.exists()


def test_columns_that_are_not_found_are_pointed_out_and_remembered(clerk: Client) -> None:
    rows = [
        ["cột a", "cột b", "cột c", "cột d", "cột e"],
        ["Nguyễn Thị Lan", "1976", "Nữ", "000176000001", "K6_N"],
    ]
    send(clerk, xlsx(rows))
    file = last()
    assert (file.state, file.told[0]) == ("refused", "HEADER_NOT_FOUND")
    assert "Chỉ ra tiêu đề" in clerk.get(reverse("registry:import", args=[file.pk])).content.decode()
    address = reverse("registry:mapping", args=[file.pk])
    assert "cột a" in clerk.get(address).content.decode()
    columns = {"name": "A", "born": "B", "sex": "C", "number": "D", "category": "E"}
    clerk.post(address, {"sheet": "Danh sách", "header_row": "1", **columns})
    assert (last().state, last().accepted) == ("checked", 1)
    assert RememberedMapping.objects.count() == 1
    rows[1][0] = "Trần Thị Mai"
    send(clerk, xlsx(rows), month="04/2024")
    assert (last().state, last().accepted) == ("checked", 1)


def test_a_doubled_column_is_chosen_once(clerk: Client) -> None:
    rows = [[*row, at] for at, row in enumerate(table(GOOD))]
    rows[0][-1] = "Mức hưởng"
    send(clerk, xlsx(rows))
    file = last()
    assert file.told[0] == "COLUMN_TWICE"
    page = clerk.get(reverse("registry:mapping", args=[file.pk])).content.decode()
    assert 'name="amount" value="J"' in page
    columns = dict(zip(("name", "born", "sex", "number", "category", "amount"), "BCDEGJ", strict=True))
    clerk.post(
        reverse("registry:mapping", args=[file.pk]), {"sheet": "Danh sách", "header_row": "1", **columns}
    )
    assert (last().state, last().accepted) == ("checked", 3)


def test_every_doubt_is_decided_on_the_page(clerk: Client) -> None:
    rows = [*table([person(1, born="01/01/1976"), person(2)]), [None, "Tổng cộng", *[None] * 7, 1]]
    send(clerk, xlsx(rows))
    file = last()
    page = clerk.get(reverse("registry:import", args=[file.pk])).content.decode()
    assert "Ngày sinh 01/01/1976" in page
    assert 'name="w-TOTAL_DIFFERS"' in page
    address = reverse("registry:confirm", args=[file.pk])
    assert clerk.post(address, {"count": "2"}).status_code == 422
    keep = {"w-TOTAL_DIFFERS": "keep", "w-BIRTH_FIRST_OF_JANUARY": "leave_out"}
    assert clerk.post(address, {"count": "1", **keep}).status_code == 302
    assert last().state == "confirmed"


def test_a_wrong_control_total_says_the_difference_and_keeps_what_was_typed(clerk: Client) -> None:
    send(clerk, xlsx(table(GOOD)))
    address = reverse("registry:confirm", args=[last().pk])
    answer = clerk.post(address, {"count": "3", "sum_vnd": "1.620.001"})
    assert answer.status_code == 422
    assert "lệch 1 đ" in answer.content.decode()
    assert 'value="3"' in answer.content.decode()


def test_an_earlier_list_of_the_month_is_named_before_it_is_replaced(clerk: Client) -> None:
    send(clerk, xlsx(table(GOOD)), name="lan-1.xlsx")
    clerk.post(reverse("registry:confirm", args=[last().pk]), {"count": "3"})
    send(clerk, xlsx(table([*GOOD, person(4)])), name="lan-2.xlsx")
    file = last()
    assert "lan-1.xlsx" in clerk.get(reverse("registry:import", args=[file.pk])).content.decode()
    address = reverse("registry:confirm", args=[file.pk])
    assert clerk.post(address, {"count": "4"}).status_code == 422
    assert clerk.post(address, {"count": "4", "replace": "on"}).status_code == 302


def test_a_large_list_shows_its_progress_and_a_missing_worker(
    clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ansinh.registry.views.imports.READ_AT_ONCE_BYTES", 100)
    send(clerk, xlsx(table(GOOD)))
    file = last()
    assert file.state == "received"
    page = clerk.get(reverse("registry:import", args=[file.pk])).content.decode()
    assert "ansinh worker" in page
    asked = clerk.get(reverse("registry:progress", args=[file.pk]))
    assert "X-Done" not in asked.headers
    clerk.post(reverse("registry:discard", args=[file.pk]))
    assert clerk.get(reverse("registry:progress", args=[file.pk])).headers["X-Done"] == "1"


def paste(client: Client, text: str) -> Any:
    data = {"form": "awards", "unit": units()[0].pk, "month": "03/2024", "pasted": text}
    return client.post(reverse("registry:imports"), data)


def test_two_hundred_rows_pasted_from_a_spreadsheet_are_checked(clerk: Client) -> None:
    rows = table([person(at) for at in range(1, 201)])
    rows[7][1] = "Lê Thị Sen (Tèo)"
    text = "\n".join("\t".join("" if cell is None else str(cell) for cell in row) for row in rows)
    assert paste(clerk, text).status_code == 302
    assert (last().accepted, last().rejected, last().skipped) == (199, 1, 0)
    assert ImportRow.objects.get(outcome="rejected").row == 8


def test_neither_a_file_nor_rows_is_said_on_the_form(clerk: Client) -> None:
    answer = paste(clerk, "  ")
    assert answer.status_code == 422
    assert "một trong hai" in answer.content.decode()


def fix(client: Client, **typed: object) -> Any:
    return client.post(reverse("registry:fix_cell", args=[last().pk]), typed, follow=True)


def test_a_faulty_cell_is_corrected_on_the_page_and_with_it_those_that_say_the_same(clerk: Client) -> None:
    people = [person(1), person(2, born="1976/13"), person(3, born="1976/13"), person(4, born="x"),
              person(5, name='Lê "Sen"')]  # fmt: skip
    send(clerk, xlsx(table(people)))
    first = last()
    assert first.rejected == 4
    page = clerk.get(reverse("registry:import", args=[first.pk])).content.decode()
    assert 'value="1976/13"' in page
    answer = fix(clerk, row=3, column="C", value="1976", alike="on")
    assert "Đã sửa 2 ô" in answer.content.decode()
    assert (last().rejected, last().name, ImportFile.objects.get(pk=first.pk).state) == (
        2, first.name, "discarded",
    )  # fmt: skip
    fix(clerk, row=5, column="C", value="05/03/1976")
    fix(clerk, row=6, column="B", value='=HYPERLINK("http://x")')
    assert last().rejected == 1  # what is typed is a text, and no name
    fix(clerk, row=6, column="B", value="Lê Sen")
    assert (last().accepted, last().rejected) == (5, 0)


@pytest.mark.parametrize(
    "typed", [{"row": "x", "column": "B"}, {"row": 3, "column": "ZZ"}, {"row": 99, "column": "B"}]
)
def test_a_cell_that_is_not_there_is_not_written(clerk: Client, typed: dict[str, object]) -> None:
    send(clerk, xlsx(table(FAULTY)))
    before = last().pk
    assert "không sửa được trên trang" in fix(clerk, **typed, value="y").content.decode()
    assert last().pk == before


def test_a_list_that_is_no_workbook_goes_through_its_error_file(clerk: Client) -> None:
    send(clerk, csv(table(FAULTY)).encode(), name="a.csv")
    assert "Sửa ô này" not in clerk.get(reverse("registry:import", args=[last().pk])).content.decode()
    fix(clerk, row=3, column="E", value="000176000002")
    assert last().rejected == 2


def mended(book: bytes) -> bytes:
    """What an officer does with the error file: reads the last column, corrects the cells."""
    loaded = openpyxl.load_workbook(io.BytesIO(book))
    page = loaded.active
    assert page is not None
    last_column = page.max_column
    told = {row: page.cell(row, last_column).value for row in range(2, page.max_row + 1)}
    assert sum(bool(text) for text in told.values()) == 2
    for row, text in told.items():
        if text and "Số định danh" in str(text):
            page.cell(row, 5).value = "000176000002"
        elif text:
            page.cell(row, 2).value = "Nguyễn Thị Lan"
    out = io.BytesIO()
    loaded.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.xlsx", xlsx(table(FAULTY))), ("a.csv", csv(table(FAULTY)).encode()), ("a.ods", ods(table(FAULTY)))],
)
def test_the_error_file_comes_back_mended_and_is_imported(clerk: Client, name: str, content: bytes) -> None:
    send(clerk, content, name=name)
    file = last()
    assert (file.accepted, file.rejected) == (2, 2)
    book = clerk.get(reverse("registry:error_file", args=[file.pk])).content
    send(clerk, mended(book), name="da sua.xlsx")
    assert (last().accepted, last().rejected, last().skipped) == (4, 0, 0)


def test_the_faulty_cell_is_coloured_and_carries_its_sentence(clerk: Client) -> None:
    send(clerk, xlsx(table(FAULTY)))
    book = clerk.get(reverse("registry:error_file", args=[last().pk])).content
    page = openpyxl.load_workbook(io.BytesIO(book)).active
    assert page is not None
    assert page["E3"].fill.start_color.rgb.endswith("FFD7D7")
    assert "Số định danh" in page["E3"].comment.text
    assert page["E2"].comment is None


def test_a_formula_in_a_name_comes_back_as_text(clerk: Client) -> None:
    send(clerk, csv(table([person(1, name='=HYPERLINK("http://x")'), person(2)])).encode(), name="a.csv")
    book = clerk.get(reverse("registry:error_file", args=[last().pk])).content
    page = openpyxl.load_workbook(io.BytesIO(book)).active
    assert page is not None
    assert (page["B2"].data_type, page["B2"].value) == ("s", '=HYPERLINK("http://x")')


def run(path: Path, *arguments: str) -> tuple[int, dict[str, Any]]:
    done = CliRunner().invoke(
        import_list,
        [str(path), "--unit", COMMUNE, "--form", "awards", "--month", "03/2024", "--json", *arguments],
    )
    return done.exit_code, json.loads(done.stdout)


@pytest.mark.django_db
def test_the_command_answers_as_the_contract_says(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(xlsx(table(FAULTY)))
    code, found = run(path)
    assert code == 0
    assert {key: found[key] for key in ("rows", "accepted", "rejected", "skipped")} == {
        "rows": 4, "accepted": 2, "rejected": 2, "skipped": 0,
    }  # fmt: skip
    assert len(found["file_sha256"]) == 64
    assert found["changes"] == {"new": 2, "changed": 0, "unchanged": 0, "missing": 0}
    first = found["errors"][0]
    assert set(first) == {"sheet", "row", "column", "code", "message"}
    assert (first["sheet"], first["row"], first["column"], first["code"]) == (
        "Danh sách", 3, "E", "CITIZEN_NUMBER_LENGTH",
    )  # fmt: skip
    open_to_all()
    assert not ImportFile.objects.exists()


@pytest.mark.django_db
def test_the_command_confirms_with_control_totals(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(xlsx(table(GOOD)))
    code, found = run(path, "--confirm", "--count", "3", "--sum", "1.620.000")
    assert (code, found["state"]) == (0, "confirmed")
    open_to_all()
    assert Person.objects.count() == 3


@pytest.mark.django_db
def test_the_command_names_a_refused_file_and_ends_with_one(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"MZ")
    code, found = run(path)
    assert (code, found["refused"]) == (1, "FILE_NOT_A_TABLE")


MESS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.integers(-5, 10**12),
    st.sampled_from(["Tổng cộng", "I", "x", "540000"]),
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(extra=st.lists(st.lists(MESS, min_size=1, max_size=10), max_size=12), at=st.integers(0, 3))
def test_no_row_is_lost_whatever_stands_in_it(tmp_path: Path, extra: list[list[Any]], at: int) -> None:
    rows = table(GOOD)
    rows[at + 1 : at + 1] = extra
    try:
        found = judged(tmp_path, csv(rows), name="a.csv")
    except FileRefused as refused:
        assert refused.code in {
            "FILE_DAMAGED",
            "FILE_NO_ROWS",
            "HEADER_NOT_FOUND",
            "COLUMN_TWICE",
            "COLUMN_MISSING",
        }
        return
    assert found.done.rows == found.done.accepted + found.done.rejected + found.done.skipped
    assert all(row.errors for row in found.rows.values() if row.outcome == "rejected")
    assert all(row.why for row in found.rows.values() if row.outcome == "skipped")


@pytest.mark.django_db
def test_an_error_file_of_a_confirmed_list_replaces_it(tmp_path: Path) -> None:
    open_to_all()
    confirmed(received(tmp_path, table(FAULTY)))
    whole = received(tmp_path, table([person(at) for at in range(1, 5)]))
    assert whole.changes == {"new": 2, "changed": 0, "unchanged": 2, "missing": 0}
    confirmed(whole, replace=True)
    assert Person.objects.count() == 4


def test_the_life_of_a_list_is_drawn_as_it_is() -> None:
    text = (ROOT / "docs" / "reference" / "imports.md").read_text(encoding="utf-8")
    assert IMPORT.mermaid() in text
