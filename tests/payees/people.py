# SPDX-License-Identifier: MPL-2.0
"""Invented beneficiaries for the tests of this stage, and the shortest way to a paid account."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from django.db import connection

from ansinh.payees.actions import answer_holder, approve_account, check_identity, declare_account
from ansinh.payees.actions.mandates import Paper, Payee, approve_mandate, declare_mandate
from ansinh.payees.models import Account, Mandate
from ansinh.payees.periods import for_period
from ansinh.registry.actions.people import add_person
from ansinh.registry.models import Person
from ansinh.rules.months import Month
from ansinh.rules.payees import PayeeKind
from ansinh.staff.models import Officer
from tests.conftest import units

AT, ON = datetime(2024, 3, 4, 3, 0, tzinfo=UTC), date(2024, 3, 4)
NUMBERS = count(1)
ACCOUNTS = count(10_000_000_000)


def number(*, born: date, female: bool = False) -> str:
    """An invented citizen number (province 000) that agrees with birth and sex."""
    century = (born.year - 1900) // 100 * 2
    return f"000{century + female}{born.year % 100:02d}{next(NUMBERS):06d}"


def person(
    cast: dict[str, Officer], name: str = "Nguyễn Thị Hoà", *, born: date = date(1950, 5, 2),
    phone: str = "0912345678", award: str | None = "K5A", **values: Any,
) -> Person:  # fmt: skip
    return add_person(
        unit_id=units()[0].pk, since=date(2023, 1, 1), by=cast["lap-danh-sach"], at=AT,
        values={
            "name": name, "born": born.isoformat(), "number": number(born=born), "phone": phone, **values,
        },
        award={"code": award, "first_month": "2024-01"} if award else None,
    )  # fmt: skip


def declare(cast: dict[str, Officer], of: Person, **changes: Any) -> Account:
    said: dict[str, Any] = {
        "person": of, "bank": "Agribank", "number": f"40{next(ACCOUNTS)}", "source": "commune",
        "asserted_by": "người hưởng", "asserted_on": ON, "by": cast["lap-danh-sach"], "at": AT, "on": ON,
    }  # fmt: skip
    return declare_account(**(said | changes))


def approved(cast: dict[str, Officer], of: Person, *, on: date = ON, **changes: Any) -> Account:
    """An account that went through every check on a day."""
    at = datetime(on.year, on.month, on.day, 3, tzinfo=UTC)
    made = declare(cast, of, on=on, at=at, **changes)
    whose = changes.get("mandate")
    check_identity(account_id=made.pk, passed=True, by=cast["cong-an-xa"], at=at)
    answer_holder(
        account_id=made.pk, holder_name=whose.payee_name if whose else of.name, answered_by="Agribank",
        by=None, at=at,
    )  # fmt: skip
    return approve_account(account_id=made.pk, by=cast["lanh-dao-xa"], at=at, on=on)


def mandate(
    cast: dict[str, Officer], of: Person, *, kind: PayeeKind = PayeeKind.PROXY, name: str = "Trần Văn Nam",
    starts_on: date = date(2024, 3, 1), ends_on: date | None = None, approve: bool = True, on: date = ON,
    payee_number: str | None = None, **changes: Any,
) -> Mandate:  # fmt: skip
    made = declare_mandate(
        person=of, kind=kind, starts_on=starts_on, ends_on=ends_on, by=cast["lap-danh-sach"], at=AT, on=on,
        payee=Payee(name, "con", payee_number or number(born=date(1980, 1, 1))),
        paper=Paper("Giấy uỷ quyền số 12", "UBND xã Cẩm Thanh", date(2024, 2, 28)), **changes,
    )  # fmt: skip
    if approve:
        return approve_mandate(mandate_id=made.pk, by=cast["lanh-dao-xa"], at=AT, on=on)
    return made


def payable(of: Person, month: Month) -> list[dict[str, Any]]:
    """What payroll sees of a person for a month."""
    for_period(month=month)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM payees_payable WHERE person_id = %s ORDER BY award_id NULLS FIRST", [of.pk]
        )
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def way(of: Person, month: Month) -> dict[str, Any]:
    """The one way for all awards."""
    found = payable(of, month)
    assert len(found) == 1
    return found[0]
