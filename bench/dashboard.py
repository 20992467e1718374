# SPDX-License-Identifier: MPL-2.0
"""How long counting a month takes, and how long the province waits for its dashboard.

Everybody has an award, half an account, all a payroll line, an instruction and its two events; 24 months
of the roll-up. The limit of counting, in the same run: one scan each of the tables that it reads. Pages
are asked through the whole stack as an officer of the province: every unit's, in turn.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import psycopg

from bench.people import invented_register
from bench.search import percentiles

PAGES, MONTHS = 200, 24
PERIOD = date(2024, 3, 1)
ACCOUNTS = """
INSERT INTO payees_account (person_id, commune_id, channel, bank, number_enc, number_bidx, number_last4,
    holder_name, name_match, source, asserted_by, asserted_on, state, fault, fault_note, fault_owner,
    next_action, usable_from, version, made_at)
SELECT id, commune_id, 'account', 'VBA', 'x', sha256(id::text::bytea), '1234', '', 'equal', 'commune', 'x',
    '2023-01-02', 'active', '', '', '', '', '2023-02-01', 1, now()
FROM registry_person WHERE id % 2 = 0
"""
PROVINCE = """
INSERT INTO places_unit (key, code, level, kind, name, name_key, sort_key, validity, source)
SELECT 'p', %s, 'province', 'tỉnh', 'Tỉnh', 'x', 'x', daterange('2020-01-01', NULL), 'bench' UNION ALL
SELECT 'd' || i, 'd' || i, 'district', 'huyện', 'Huyện ' || i, 'x', lpad(i::text, 3, '0'),
    daterange('2020-01-01', NULL), 'bench' FROM generate_series(1, 18) AS i
"""
PARENTS = """
INSERT INTO places_unitparent (unit_id, parent_id, validity)
SELECT d.id, p.id, daterange('2020-01-01', NULL) FROM places_unit AS d, places_unit AS p
WHERE d.level = 'district' AND p.level = 'province' UNION ALL
SELECT c.id, d.id, daterange('2020-01-01', NULL) FROM places_unit AS c
JOIN places_unit AS d ON d.key = 'd' || 1 + c.id % 18 WHERE c.level = 'commune'
"""
PAYROLL = """
INSERT INTO payroll_payroll (unit_id, stream, period, months, number, codes, communes, state, law_version,
    people, lines, held, unowed, total_vnd, held_vnd, recover_vnd, unexplained, prepared_at, return_reason)
SELECT %s, 'assistance', %s, 1, 1, '{}', '{}', 'preparing', '', 0, 0, 0, 0, 0, 0, 0, 0, now(), '' RETURNING id
"""
LINES = """
INSERT INTO {partition} (payroll_id, id, commune_id, person_id, award_id, component, code, benefit_month,
    kind, amount_vnd, deducted_vnd, hold, person_name, number_last4, hamlet, payee_kind, payee_name, channel,
    bank, account_bidx, account_last4, holder_name)
SELECT {payroll}, p.id, p.commune_id, p.id, p.id, 'K4', 'K4', '2024-03-01', 'current', 540000, 0, '', p.name,
    '', p.hamlet, 'self', p.name, CASE WHEN p.id % 2 = 0 THEN 'account' ELSE 'pay_point' END, '',
    CASE WHEN p.id % 2 = 0 THEN sha256('x') END, '', ''
FROM registry_person AS p
"""
INSTRUCTIONS = """
INSERT INTO disbursement_instruction (id, commune_id, payroll_id, stream, period, person_id, payee_key,
    attempt, end_to_end_id, amount_vnd, lines, channel, bank, account_enc, account_bidx, account_last4,
    holder_name, payee_kind, payee_name, person_name, hamlet, made_at)
SELECT p.id, p.commune_id, %(payroll)s, 'assistance', '2024-03-01', p.id, 'self', 0, 'B' || p.id, 540000, 1,
    CASE WHEN p.id %% 2 = 0 THEN 'account' ELSE 'pay_point' END, '', 'x', sha256('x'), '', '', 'self', p.name,
    p.name, p.hamlet, '2024-03-02'
FROM registry_person AS p
"""
EVENTS = """
INSERT INTO disbursement_event (instruction_id, seq, commune_id, state_from, event, state_to, cause,
    reason, at)
SELECT i.id, n, i.commune_id, CASE n WHEN 1 THEN 'instructed' ELSE 'sent' END,
    CASE n WHEN 1 THEN 'send' ELSE 'confirm' END,
    CASE WHEN n = 1 THEN 'sent' WHEN i.id % 50 = 0 THEN 'returned' ELSE 'paid' END, 'result', '',
    timestamptz '2024-03-04' + make_interval(days => n * 2)
FROM disbursement_instruction AS i CROSS JOIN generate_series(1, 2) AS n
"""
OLDER = """
INSERT INTO dashboards_standing ({columns})
SELECT {shifted} FROM dashboards_standing AS s CROSS JOIN generate_series(1, %s) AS n WHERE s.month = %s
"""
STAMPS = """
INSERT INTO dashboards_refresh (month, at, milliseconds, communes)
SELECT DISTINCT month, now(), 1, 240 FROM dashboards_standing WHERE month <> %s
"""
FLOOR = (
    "SELECT count(*), sum(born_on - DATE '1900-01-01') FROM registry_person",
    "SELECT count(*), count(DISTINCT code) FROM registry_award",
    "SELECT count(*), max(bank) FROM payees_account",
    "SELECT commune_id, sum(amount_vnd) FROM payroll_line GROUP BY 1",
    "SELECT commune_id, count(*) FROM disbursement_instruction GROUP BY 1",
    "SELECT state_to, count(*), max(at) FROM disbursement_event GROUP BY 1",
)


def fill(owner: psycopg.Connection[Any], province: int) -> None:
    """Accounts, one locked payroll, its instructions and their events, written by the database itself."""
    tables = ("payees_account", "payroll_payroll", "disbursement_instruction", "disbursement_event")
    for table in tables:
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    owner.execute(ACCOUNTS)
    payroll = int(owner.execute(PAYROLL, [province, PERIOD]).fetchone()[0])  # type: ignore[index]
    opened = owner.execute("SELECT payroll_open_partition(%s)", [payroll]).fetchone()
    partition = opened[0] if opened else ""
    owner.execute(LINES.format(partition=partition, payroll=payroll))
    owner.execute("SELECT payroll_close_partition(%s)", [payroll])
    owner.execute(
        "UPDATE payroll_payroll SET state = 'locked', locked_at = '2024-02-25' WHERE id = %s", [payroll]
    )
    owner.execute(INSTRUCTIONS, {"payroll": payroll})
    owner.execute(EVENTS)
    for table in tables:
        owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    owner.execute("VACUUM ANALYZE")


def older_months(owner: psycopg.Connection[Any]) -> None:
    """The roll-up of 23 months before, a little different each."""
    names = [row[0] for row in owner.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = 'dashboards_standing'"
        " AND column_name <> 'id' ORDER BY ordinal_position").fetchall()]  # fmt: skip
    shifted = ["(s.month - make_interval(months => n))::date" if name == "month" else f"s.{name}"
               for name in names]  # fmt: skip
    text = OLDER.format(columns=", ".join(names), shifted=", ".join(shifted))
    owner.execute(text, [MONTHS - 1, PERIOD])
    owner.execute(STAMPS, [PERIOD])
    owner.execute("ANALYZE dashboards_standing")


def pages(units: list[int]) -> Iterator[float]:
    """Milliseconds of each page, asked through the whole stack."""
    from django.test import Client
    from django.urls import reverse

    from ansinh.staff.models import Officer

    client = Client()
    officer = Officer.objects.get(username="chuyen-vien-so")
    client.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    address = reverse("dashboards:overview")
    for at in range(PAGES + 10):
        started = time.perf_counter()
        answer = client.get(address, {"don-vi": units[at % len(units)], "thang": "03/2024"})
        took = (time.perf_counter() - started) * 1000
        assert answer.status_code == 200
        if at >= 10:  # the first ones load templates
            yield took


def run(*, people: int) -> dict[str, object]:
    """Seconds of counting a month beside its limit, and percentiles of the dashboard's answer."""
    with invented_register("dashboard", people=people) as owner:
        from django.conf import settings

        from ansinh.dashboards.actions import refresh_month
        from ansinh.dashboards.models import Refresh
        from ansinh.demo.officers import make_officers
        from ansinh.places.models import Unit
        from ansinh.rules.months import Month

        settings.ALLOWED_HOSTS = ["*"]
        owner.execute(PROVINCE, [settings.PROVINCE])
        owner.execute(PARENTS)
        province = Unit.objects.get(level="province")
        districts = list(Unit.objects.filter(level="district").values_list("pk", flat=True))
        commune = Unit.objects.filter(level="commune").earliest("pk")
        make_officers(commune=commune, province=province, valid_from=PERIOD, at=datetime.now(UTC))
        fill(owner, province.pk)
        month = Month.of(PERIOD)
        seconds = []
        for _time in range(3):
            started = time.perf_counter()
            refresh_month(month=month, at=datetime.now(UTC))
            seconds.append(time.perf_counter() - started)
        started = time.perf_counter()
        for each in FLOOR:
            owner.execute(each).fetchall()
        limit = time.perf_counter() - started
        older_months(owner)
        units = [province.pk, *districts]
        found = percentiles(list(pages(units)))
        stamp = Refresh.objects.filter(month=PERIOD).order_by("-pk").first()
        return {
            "people": people, "months": MONTHS, "communes": stamp.communes if stamp else 0,
            "refresh_seconds": round(min(seconds), 2), "refresh_seconds_slowest": round(max(seconds), 2),
            "limit_seconds": round(limit, 2), "ratio": round(min(seconds) / limit, 2), "pages": PAGES,
            **found,
        }  # fmt: skip
