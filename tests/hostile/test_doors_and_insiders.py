# SPDX-License-Identifier: MPL-2.0
"""Rows 99, 102 to 104, 113 to 115, 115, 118 to 120 and 122 to 125: at the door, and those who are inside."""

from __future__ import annotations

import json
import re
import socket
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
import typst
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from ansinh.approvals.actions import approve, open_submission
from ansinh.audit.actions import Entry, record_many
from ansinh.audit.models import Event
from ansinh.config import database, origin, production
from ansinh.config.invariants import check_all
from ansinh.demo.officers import PASSWORD, TOTP_SECRET
from ansinh.disbursement.actions.cash import NotWithAgent, PaidAlready, ReceiptMissing, hand_to_payee
from ansinh.disbursement.actions.restored import NothingToTakeIn, take_in
from ansinh.payroll.actions.submit import ApproverInvolved, submit
from ansinh.population.actions.answers import Given, take_answers
from ansinh.population.actions.hand_over import ask_service
from ansinh.population.adapters import RegisterSilent, RegisterStrange
from ansinh.population.adapters.simulated import SimulatedRegister
from ansinh.population.models import Answer, Round
from ansinh.population.records import said_of
from ansinh.registry.models import Person
from ansinh.staff.actions.officers import COLUMN
from ansinh.staff.commands import totp
from ansinh.staff.models import Officer
from ansinh.staff.scope import open_to_all
from ansinh.ui import paper
from ansinh.vault.sealing import open_sealed
from tests.audit.test_the_log import seal, tamper, verify
from tests.conftest import make_cast, units
from tests.disbursement.month import AT, approved, instructed, instructions, sent
from tests.disbursement.test_an_old_backup import copy
from tests.payroll.people import budget, payroll_of, person
from tests.population.conftest import ON, PEOPLE, people, reference, round_, scope
from tests.registry.conftest import add, maker, signed_in
from tests.registry.test_confidential_grounds import exported

__all__ = ["add", "maker", "people", "round_", "scope"]

ROOT = Path(__file__).resolve().parents[2]
Cast = dict[str, Officer]


@pytest.fixture(autouse=True)
def _nobody_tried_before() -> None:
    cache.clear()


@pytest.mark.parametrize(
    "name",
    ['#panic("chạy")', '#read("/etc/passwd")', "{{7*7}}", "{% debug %}", "\\input{/etc/passwd}", "$x^2$",
     '<img src="http://127.0.0.1:{port}/x.png">', '#image("http://127.0.0.1:{port}/x.png")'],
)  # fmt: skip
def test_r99_what_is_in_a_name_is_printed_and_never_run_or_fetched(name: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        text = name.replace("{port}", str(listening.getsockname()[1]))
        data = {"title": text, "subtitle": text, "rows": [[text] * 3], "name": text}
        inputs = paper._inputs("ui/paper/list.typ", data)
        assert inputs["root"] == str(paper.PACKAGE)
        source = "#let data = json(bytes(sys.inputs.data))\n#data.name\n#metadata(data.name)<said>"
        query = typst.query(
            source.encode(), "<said>", field="value", one=True, sys_inputs=inputs["sys_inputs"]
        )
        assert text in json.loads(query)
        listening.settimeout(0.2)
        with pytest.raises(TimeoutError):
            listening.accept()


def test_r102_an_answer_that_flips_or_is_about_somebody_else_changes_nobody(
    cast: Cast, round_: Round
) -> None:
    def take(who: str, **said: Any) -> Any:
        given = Given(reference(round_, who), said_of({"result": "matched", **said}), "<b>x</b>")
        return take_answers(
            round_id=round_.pk, given=[given], source="file", by=cast["cong-an-xa"], at=AT, on=ON
        )

    take("Phan Văn Tám", result="deceased", died_on="2024-01-15")
    flipped = take("Phan Văn Tám", result="matched")
    assert flipped.need_second == 1  # dead, later alive: waits for a second person
    other = take("Lê Thị Lan", name="Trần Văn Khác", born="1999-01-01", number="000099000999")
    assert (other.added, [why.code for _given, why in other.refused]) == (0, ["POPULATION_MATCH_CONTRADICTS"])
    assert {each.life for each in Person.objects.all()} == {"alive"}
    said: dict[str, Any] = {"round_id": round_.pk, "by": cast["cong-an-xa"], "at": AT, "on": ON}
    before = Answer.objects.count()
    with pytest.raises(RegisterSilent):
        ask_service(register=SimulatedRegister({}, silent_after=2), **said)
    with pytest.raises(RegisterStrange):
        ask_service(register=SimulatedRegister({PEOPLE[0][3] or "": {"result": "<html>"}}), **said)
    assert Answer.objects.count() == before
    page = signed_in(cast["lap-danh-sach"]).get(reverse("population:round", args=[round_.pk]))
    assert "<b>x</b>" not in page.content.decode()


def log_in(name: str, password: str, client: Client | None = None) -> Any:
    client = client or Client()
    return client.post(reverse("account_login"), {"login": name, "password": password})


def said(answer: Any) -> str:
    """What the page says of the attempt, without what was typed."""
    text = answer.content.decode()
    return (
        " ".join(re.findall(r'<li>(.*?)</li>|role="alert"[^>]*>(.*?)<', text, re.DOTALL)[0]) if text else ""
    )


def test_r103_an_unknown_name_and_a_wrong_password_are_told_the_same(cast: Cast) -> None:
    known, unknown = log_in("ke-toan", "sai-mat-khau"), log_in("khong-co-ai", "sai-mat-khau")
    assert (known.status_code, said(known)) == (unknown.status_code, said(unknown))
    assert known.status_code == 200


def test_r103_trying_one_password_on_many_names_is_stopped(cast: Cast) -> None:
    answers = [log_in(f"xa-{at}", "matkhau123") for at in range(60)]
    stopped = [answer.status_code for answer in answers if answer.status_code in {403, 429}]
    assert stopped, "sixty names were tried from one place"


def test_r103_guessing_the_password_of_one_name_is_stopped(cast: Cast) -> None:
    for _time in range(6):
        assert log_in("ke-toan", "sai-mat-khau").status_code != 302
    assert log_in("ke-toan", PASSWORD).status_code != 302  # for a while not even the right one opens
    cache.clear()
    assert log_in("kho-bac", PASSWORD).status_code == 302  # others work on


def test_r103_a_code_opens_the_door_once_and_the_session_is_a_new_one(cast: Cast) -> None:
    client, other = Client(), Client()
    client.get(reverse("account_login"))
    client.session["planted"] = 1
    planted = client.session.session_key
    code = totp(TOTP_SECRET, datetime.now(UTC))
    Officer.objects.filter(username="ke-toan").update(password=cast["ke-toan"].password)
    for each in (client, other):
        assert log_in("ke-toan", PASSWORD, each).status_code == 302
    second = reverse("mfa_authenticate")
    assert client.post(second, {"code": code}).status_code == 302
    assert client.session.session_key != planted
    assert client.get("/").status_code == 200
    assert other.post(second, {"code": code}).status_code == 200  # the form again: the code was used
    assert other.get("/").status_code == 302


def test_r104_nobody_gets_a_password_by_asking(cast: Cast) -> None:
    for name in ("account_reset_password", "account_reset_password_from_key_done", "account_signup"):
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        for client in (Client(), signed_in(cast["quan-tri"])):
            assert client.post(address, {"email": "chu-tich@example.vn"}).status_code in {403, 404}
    page = signed_in(cast["quan-tri"]).get(reverse("staff:officer", args=[cast["ke-toan"].pk]))
    assert 'type="password"' not in page.content.decode()


def test_r113_an_amount_changed_in_the_database_is_found(committed_database: str) -> None:
    cast = make_cast()
    made = instructed(cast)
    approved(cast, made)
    before = {each.name for each in check_all() if each.broken}  # of the shortcuts that the test takes
    with database.connect("admin") as superuser:
        superuser.execute("ALTER TABLE disbursement_instruction DISABLE TRIGGER USER")
        superuser.execute(
            "UPDATE disbursement_instruction SET amount_vnd = amount_vnd + 1000000"
            " WHERE id = (SELECT min(id) FROM disbursement_instruction)"
        )
    broken = {each.name for each in check_all() if each.broken} - before
    assert broken & {"P2", "P11", "F1"}, broken


def test_r114_the_last_fifty_events_that_are_gone_are_missed(committed_database: str) -> None:
    with transaction.atomic():
        record_many(by=7, at=AT, entries=[Entry("test.act", "thing", n, 1, {"n": n}) for n in range(80)])
    seal()
    anchor = verify().head
    tamper("DELETE FROM audit_seal WHERE seq > 30")
    tamper("DELETE FROM audit_event e WHERE NOT EXISTS (SELECT 1 FROM audit_seal s WHERE s.event_id = e.id)")
    assert "tail is gone" in verify(anchor).problem


def test_r115_an_old_backup_sends_nothing_until_what_was_sent_is_known(
    committed_database: str, settings: object, tmp_path: Path
) -> None:
    settings.FILE_STORE_FOLDER = tmp_path  # type: ignore[attr-defined]
    cast, name = make_cast(), f"{committed_database}_backup"
    payroll = instructed(cast)
    with pytest.raises(NothingToTakeIn):
        take_in(by=cast["kho-bac"], at=AT)
    try:
        copy(committed_database, name)
        sent(cast, payroll)
        copy(name, committed_database)
        with pytest.raises(Exception, match="sao lưu"):
            sent(cast, payroll)
    finally:
        database.drop_database(name)


def test_r118_a_list_that_leaves_says_who_took_it_and_hides_the_numbers(
    add: Any, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    add("Nguyễn Thị Hoà", number="000150001234", code="K6_N")
    content = exported(signed_in(cast["lap-danh-sach"]), monkeypatch, form="csv")
    assert cast["lap-danh-sach"].full_name in content.splitlines()[0]
    assert "000150001234" not in content
    assert "••••1234" in content


def test_r119_the_data_of_a_production_does_not_start_elsewhere(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANSINH_MODE", "trial")
    origin.require()
    monkeypatch.setenv("ANSINH_MODE", "production")
    origin.require()
    origin.require()
    assert Event.objects.filter(act=origin.STARTED).count() == 1
    monkeypatch.setenv("ANSINH_MODE", "trial")
    with pytest.raises(production.RefusedToStartError, match="000"):
        origin.require()


def test_r120_what_is_installed_is_locked_by_its_hash() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
        lines = [
            line for line in text.splitlines() if line.strip() and not line.lstrip().startswith(("#", "-"))
        ]
        assert lines
        assert [line for line in lines if "--hash=sha256:" not in line or "==" not in line] == []
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert all("integrity" in each for where, each in packages.items() if where)


def test_r122_a_clock_that_was_set_back_holds_no_money() -> None:
    with database.connect("app") as connection:
        set_back = datetime.now(UTC) - timedelta(hours=5)
        finding = production._clock(connection, now=set_back)
        assert (finding.passed, "NTP" in finding.vi) == (False, True)
        assert production._clock(connection, now=datetime.now(UTC)).passed
    assert isinstance(connection, psycopg.Connection)


def test_r123_a_shared_machine_keeps_nothing_and_a_leaver_is_out_at_once(cast: Cast) -> None:
    client = signed_in(cast["ke-toan"])
    answer = client.post(reverse("account_logout"))
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get("/").status_code == 302
    client = signed_in(cast["ke-toan"])
    assert client.get(reverse("usersessions_list")).status_code == 200
    Officer.objects.filter(pk=cast["ke-toan"].pk).update(is_active=False, credentials_changed_at=AT)
    assert client.get("/").status_code == 302


def test_r124_whoever_is_paid_does_not_approve(cast: Cast, add: Any) -> None:
    leader = cast["lanh-dao-xa"]
    person(units()[0], cast["lap-danh-sach"], name=leader.full_name, number=number_of(leader))
    budget(units()[0])
    made = payroll_of(units()[0], cast["lap-danh-sach"])
    handed = submit(payroll_id=made.pk, by=cast["lap-danh-sach"], at=AT)
    open_submission(submission_id=handed.pk, by=leader, at=AT)
    with pytest.raises(ApproverInvolved):
        approve(submission_id=handed.pk, content_sha256=bytes(handed.content_sha256).hex(), by=leader,
                at=AT + timedelta(minutes=1), on=date(2024, 3, 4))  # fmt: skip


def number_of(officer: Officer) -> str:
    return open_sealed(column=COLUMN, sealed=bytes(officer.citizen_number_enc))


def test_r125_an_agent_cannot_declare_everybody_paid_at_once(
    cast: Cast, settings: object, tmp_path: Path
) -> None:
    settings.FILE_STORE_FOLDER = tmp_path  # type: ignore[attr-defined]
    open_to_all()
    payroll = instructed(cast)
    cash = instructions(payroll, channel="pay_point") or [
        each for each in instructions(payroll) if each.channel != "account"
    ]
    one = cash[0]
    agent = {"by": cast["diem-chi"], "at": AT}
    with pytest.raises(NotWithAgent):  # not before the money is there
        hand_to_payee(instruction_id=one.pk, receipt="signature", supervisor="Trưởng thôn", **agent)
    sent(cast, payroll, "organisation")
    for receipt, supervisor in (("", "Trưởng thôn"), ("tất cả", "Trưởng thôn"), ("signature", " ")):
        with pytest.raises(ReceiptMissing):
            hand_to_payee(instruction_id=one.pk, receipt=receipt, supervisor=supervisor, **agent)
    hand_to_payee(instruction_id=one.pk, receipt="signature", supervisor="Trưởng thôn", **agent)
    with pytest.raises(PaidAlready):
        hand_to_payee(instruction_id=one.pk, receipt="signature", supervisor="Trưởng thôn", **agent)
    assert Event.objects.filter(act="disbursement.hand_to_payee").count() == 1
