# SPDX-License-Identifier: MPL-2.0
"""The money leaves: instructions, a bank file for merit, ISO 20022 for assistance, lists for the
organisation that pays cash; two approve each envelope, the treasury releases it; results come back with
faults; what came back is paid again in cash, what nobody collected is carried forward."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date
from random import Random

import xlsxwriter
from django.db import connection

from ansinh.demo.payroll_step import pay_month
from ansinh.demo.scene import MONTH, Scene, Step, moment
from ansinh.disbursement.actions.approve import submit_envelope
from ansinh.disbursement.actions.envelopes import NothingToEnclose, build
from ansinh.disbursement.actions.instruct import instruct, split_of
from ansinh.disbursement.actions.release import release
from ansinh.disbursement.actions.single import carry_forward, reissue
from ansinh.disbursement.models import Enclosed, Envelope, Instruction
from ansinh.disbursement.queries import preview
from ansinh.ledger.queries import conservation
from ansinh.payroll.models import Payroll
from ansinh.reconciliation.actions.receive import Control, receive
from ansinh.rules.money import format_vnd
from ansinh.rules.postings import HOLDING

LAYOUTS = {"merit": "bulk_bin", "assistance": "pain001"}
CASH = "organisation"
PAID_ON = date(2024, 3, 15)
CLOSED, BOUNCED, ABSENT = 4, 2, 3  # in a hundred
STRANGE_ID = "AS490000000000000000"


def pay(scene: Scene) -> str:
    """Pay both payrolls of the month, once, on a day of that month: contracts and cash are of their day."""
    payrolls = pay_month(scene, MONTH)
    today, scene.at = scene.at, moment(PAID_ON)
    for payroll in payrolls:
        if payroll.state == "locked":
            _pay_one(scene, payroll)
    scene.at = today
    with scene.everywhere(), connection.cursor() as cursor:
        cursor.execute("SELECT state, count(*) FROM disbursement_state GROUP BY 1 ORDER BY 1")
        states = {str(state): int(many) for state, many in cursor.fetchall()}
        cursor.execute("SELECT count(*) FROM reconciliation_case")
        row = cursor.fetchone()
        cursor.execute(
            "SELECT coalesce(sum(i.amount_vnd), 0)::bigint FROM disbursement_instruction AS i"
            " JOIN disbursement_state AS s ON s.instruction_id = i.id"
            " WHERE s.state = 'carried_forward' AND i.period = %s",
            [MONTH.first_day],
        )
        carried = cursor.fetchone()
        places = conservation(period=MONTH.first_day)
    cases = int(row[0]) if row else 0
    # what is carried forward left the month: the next payroll names it
    placed = sum(int(each[account.value]) for each in places for account in HOLDING)
    placed += int(carried[0]) if carried else 0
    scene.figures |= {"placed_vnd": placed, "payments": states, "result_cases": cases}
    arrived = states.get("paid", 0) + states.get("collected", 0)
    return f"{arrived} người đã nhận, {format_vnd(placed)} có chỗ rõ ràng, {cases} ngoại lệ chờ xử lý"


def _pay_one(scene: Scene, payroll: Payroll) -> None:
    maker = scene.officer("chuyen-vien-so")
    with scene.everywhere():
        split = split_of(shares=preview(payroll_id=payroll.pk))
        instruct(payroll_id=payroll.pk, confirmed=split, by=maker, at=scene.at)
    for layout in (LAYOUTS[payroll.stream], CASH):
        _send(scene, payroll, layout)
    accountant = scene.officer("ke-toan-so")
    with scene.everywhere():
        for one in _in_state(payroll, ("failed", "returned")):
            reissue(instruction_id=one, in_cash=True, by=accountant, at=scene.at)
        for one in _in_state(payroll, ("uncollected",)):
            carry_forward(instruction_id=one, by=accountant, at=scene.at)
    _send(scene, payroll, CASH)


def _in_state(payroll: Payroll, states: tuple[str, ...]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.instruction_id FROM disbursement_state AS s JOIN disbursement_instruction AS i"
            " ON i.id = s.instruction_id WHERE i.payroll_id = %s AND s.state = ANY (%s) ORDER BY 1",
            [payroll.pk, list(states)],
        )
        return [int(row[0]) for row in cursor.fetchall()]


def _send(scene: Scene, payroll: Payroll, layout: str) -> None:
    """Every envelope of a layout that can be filled now: built, approved by two, released, answered."""
    maker, treasury = scene.officer("chuyen-vien-so"), scene.officer("kho-bac")
    try:
        with scene.everywhere():
            made = build(payroll_id=payroll.pk, layout_code=layout, by=maker, at=scene.at)
    except NothingToEnclose:
        return
    for envelope in made:
        with scene.everywhere():
            submission = submit_envelope(envelope_id=envelope.pk, by=maker, at=scene.at)
        scene.approve_by_two(submission.pk)
        with scene.everywhere():
            release(envelope_id=envelope.pk, by=treasury, at=scene.at)
        _answer(scene, payroll, envelope, cash=layout == CASH)


def _answer(scene: Scene, payroll: Payroll, envelope: Envelope, *, cash: bool) -> None:
    with scene.everywhere():
        enclosed = Enclosed.objects.filter(envelope_id=envelope.pk).order_by("place")
        ones = Instruction.objects.in_bulk(list(enclosed.values_list("instruction_id", flat=True)))
    random = Random(f"results {scene.seed} {envelope.reference}")
    listed = list(ones.values())
    content = _report(random, listed) if cash else _bank_results(random, listed, f"{scene.at:%d/%m/%Y}")
    name = f"{envelope.reference}.{'xlsx' if cash else 'csv'}"
    receive(
        content=content, name=name, form="organisation" if cash else "bank_csv", unit_id=payroll.unit_id,
        stream=payroll.stream, control=Control(), by=scene.officer("ke-toan-so"), at=scene.at,
    )  # fmt: skip


def _bank_results(random: Random, ones: list[Instruction], day: str) -> bytes:
    """What the bank says, one line strange and one đồng off."""
    rows: list[list[str]] = []
    for number, one in enumerate(ones):
        roll, said = random.randrange(100), [one.end_to_end_id, str(one.amount_vnd)]
        reference = f"FT{number:08d}"
        if roll < CLOSED:
            rows.append([*said, "FAILED", "AC04", reference, day])
        else:
            rows.append([*said, "PAID", "", reference, day])
            if roll < CLOSED + BOUNCED:
                rows.append([*said, "RETURNED", "AC01", f"{reference}R", day])
    if len(ones) > 10:
        rows.append([STRANGE_ID, "360000", "PAID", "", "FTX", day])
        rows[0][1] = str(int(rows[0][1]) + 1)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["REF", "AMOUNT", "STATUS", "REASON", "BANKREF", "DATE"])
    writer.writerows(rows)
    writer.writerow([f"TOTAL {len(rows)}", sum(int(row[1]) for row in rows), "", "", "", ""])
    return out.getvalue().encode()


def _report(random: Random, ones: list[Instruction]) -> bytes:
    """The organisation's report: who came for the money and who did not."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet("Kết quả")
    for place, heading in enumerate(("Mã lệnh chi", "Số tiền", "Kết quả", "Lý do")):
        page.write_string(0, place, heading)
    said: Counter[str] = Counter()
    for row, one in enumerate(ones, 1):
        absent = random.randrange(100) < ABSENT
        page.write_string(row, 0, one.end_to_end_id)
        page.write_number(row, 1, one.amount_vnd)
        page.write_string(row, 2, "Chưa nhận" if absent else "Đã nhận")
        page.write_string(row, 3, "Vắng mặt" if absent else "")
        said["vnd"] += one.amount_vnd
    page.write_string(len(ones) + 1, 0, "Tổng cộng")
    page.write_number(len(ones) + 1, 1, said["vnd"])
    book.close()
    return out.getvalue()


STEPS = (Step("Chi tiền và nhận kết quả", pay),)
