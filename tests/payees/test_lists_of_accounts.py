# SPDX-License-Identifier: MPL-2.0
"""A list of accounts declares them; what differs from the register goes through its own checks (78)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

from ansinh.payees.actions.lists import take_accounts
from ansinh.payees.models import Account, AccountEvent
from ansinh.registry.actions import receive_list
from ansinh.registry.files.rows import Row
from ansinh.registry.matching import Matched
from ansinh.registry.models import ImportFile, ImportRow, Person
from ansinh.registry.queries import opened_row
from ansinh.registry.records import opened_number
from ansinh.rules.months import Month
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all
from tests.conftest import units
from tests.payees.people import AT, approved, person, way

HEADER = "STT,Họ và tên,Ngày sinh,Số định danh,Ngân hàng,Số tài khoản,Tên chủ tài khoản\n"


def send(
    officers: dict[str, Officer], folder: Path, lines: list[tuple[Person, str, str]]
) -> tuple[ImportFile, list[Row], dict[int, Matched]]:
    """A list as the commune sends it, read and judged, with what each accepted row means."""
    text = HEADER + "".join(
        f"{at},{one.name},{one.born_on:%d/%m/%Y},{opened_number(one.number_enc)},{bank},{account},{one.name}\n"
        for at, (one, bank, account) in enumerate(lines, 1)
    )
    path = folder / "tai-khoan.csv"
    path.write_text(text, encoding="utf-8")
    file = receive_list(
        path=path, name=path.name, unit=units()[0], form="accounts", month=Month(2024, 3),
        by=officers["lap-danh-sach"], at=AT, on=date(2024, 3, 4),
    )  # fmt: skip
    open_to_all()
    kept = list(ImportRow.objects.filter(file=file, outcome="accepted").order_by("row"))
    rows = [Row(number=each.row, outcome="accepted", values=opened_row(row=each)["values"]) for each in kept]
    return file, rows, {each.row: Matched(each.change, each.person_id) for each in kept}


def test_a_list_declares_and_never_replaces_by_itself(officers: dict[str, Officer], tmp_path: Path) -> None:
    new, same, other = (person(officers, name) for name in ("Nguyễn Thị Hoà", "Lê Thị Cúc", "Trần Văn Ba"))
    child = person(officers, "Trần Bảo An", born=date(2015, 3, 2))
    approved(officers, same, number="4000123456789")
    old = approved(officers, other, number="4000123456790")
    file, rows, matched = send(
        officers, tmp_path,
        [(new, "Agribank", "4000123456791"), (same, "NH Nông nghiệp", "4000123456789"),
         (other, "Agribank", "4000123456792"), (child, "Agribank", "4000123456793")],
    )  # fmt: skip
    assert file.accepted == 4
    said = {"file": file, "rows": rows, "matched": matched, "by": officers["lap-danh-sach"], "at": AT}
    counts = take_accounts(**said)  # type: ignore[arg-type]
    assert counts == {"accounts": 2, "unchanged": 1, "represented": 1, "waiting": 0, "unknown": 0}
    made = Account.objects.get(person=new)
    assert (made.state, made.holder_name, made.made_by) == (
        "format_checked", "Nguyễn Thị Hoà", officers["lap-danh-sach"],
    )  # fmt: skip
    events = AccountEvent.objects.filter(account=made).order_by("pk").values_list("event", flat=True)
    assert list(events) == ["declare", "pass_format"]
    assert way(other, Month(2024, 4))["account_id"] == old.pk, (
        "the one in use is paid until another is approved"
    )
    again = take_accounts(**said)  # type: ignore[arg-type]
    assert (again["accounts"], again["waiting"]) == (0, 2), "sent twice, declared once"


def test_wrong_numbers_are_refused_when_the_list_is_read(
    officers: dict[str, Officer], tmp_path: Path
) -> None:
    a, b, c = (person(officers, name) for name in ("Nguyễn Thị Hoà", "Lê Thị Cúc", "Trần Văn Ba"))
    file, _rows, _matched = send(
        officers, tmp_path,
        [(a, "Agribank", "1.90367E+18"), (b, "Ngân hàng Không Có", "4000123456789"),
         (c, "Agribank", "400012345")],
    )  # fmt: skip
    assert (file.accepted, file.rejected) == (0, 3)
    assert set(file.codes) == {"ACCOUNT_DIGITS_LOST", "BANK_UNKNOWN", "ACCOUNT_LENGTH"}


def test_the_number_of_statements_does_not_grow_with_the_list(
    officers: dict[str, Officer], tmp_path: Path
) -> None:
    counts = []
    for many in (2, 8):
        people = [
            person(officers, f"Lê Thị {['Cúc', 'Lan', 'Mai', 'Bê', 'Tám', 'Hoa', 'Liễu', 'Nhài'][at]}")
            for at in range(many)
        ]
        file, rows, matched = send(
            officers, tmp_path, [(one, "Agribank", f"40{many}{at:010d}") for at, one in enumerate(people)]
        )
        with CaptureQueriesContext(connection) as seen:
            done = take_accounts(file=file, rows=rows, matched=matched, by=None, at=AT)
        assert done["accounts"] == many
        counts.append(len(seen))
        ImportFile.objects.filter(pk=file.pk).update(state="discarded")
    assert counts[0] == counts[1]
