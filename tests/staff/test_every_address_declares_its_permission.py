# SPDX-License-Identifier: MPL-2.0
"""Every address × every role × own, sister and parent unit: the status that the table of duties says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from ansinh.approvals import actions
from ansinh.approvals.subjects import Subject, register_subject
from ansinh.places.models import Unit
from ansinh.staff.duties import DUTIES, Role, permissions_of
from ansinh.staff.middleware import LIBRARY_VIEWS, permission_of
from ansinh.staff.models import Officer, RoleAssignment
from ansinh.ui.access import PUBLIC, SIGNED_IN
from tests.conftest import units

NOT_SERVED = {"account_signup", "account_email", "account_set_password", "account_reset_password",
              "account_reset_password_done", "account_reset_password_from_key",
              "account_reset_password_from_key_done", "account_email_verification_sent",
              "account_confirm_email", "account_confirm_login_code", "account_request_login_code",
              "mfa_signup_webauthn", "mfa_trust"}  # fmt: skip


def walk(patterns: list[URLPattern | URLResolver], namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inside = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from walk(pattern.url_patterns, inside)
        else:
            yield f"{namespace}{pattern.name}", pattern


ADDRESSES = list(walk(get_resolver().url_patterns))
OURS = [(name, pattern) for name, pattern in ADDRESSES if ":" in name]


@pytest.mark.parametrize(("name", "pattern"), ADDRESSES, ids=[name for name, _pattern in ADDRESSES])
def test_every_address_declares_a_permission_that_exists_or_is_not_served(
    name: str, pattern: URLPattern
) -> None:
    wanted = permission_of(pattern.callback, name)
    if name in NOT_SERVED:
        assert wanted is None
        return
    assert wanted in {duty.code for duty in DUTIES} | {PUBLIC, SIGNED_IN}, name


def test_no_library_address_is_listed_that_does_not_exist() -> None:
    assert set(LIBRARY_VIEWS) - {name for name, _pattern in ADDRESSES} == {"account_inactive"} - {
        name for name, _pattern in ADDRESSES
    }


def signed_in(officer: Officer) -> Client:
    client = Client()
    client.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def path_of(name: str, pattern: URLPattern, officer: Officer, submission: int, grant: int) -> str:
    known = {"officer_id": officer.pk, "assignment_id": grant, "submission_id": submission,
             "key": "2024:p49", "code": "K6_N"}  # fmt: skip
    wanted = {key: known.get(key, 1) for key in pattern.pattern.converters}
    return reverse(name, kwargs=wanted)


@pytest.fixture
def submission(cast: dict[str, Officer]) -> int:
    register_subject("matrix", Subject(lambda _id: b"h" * 32, lambda *_args: None))
    maker = cast["lap-danh-sach"]
    return actions.submit(subject="matrix", subject_id="1", title="Thử", unit_id=units()[0].pk, summary={},
                          last_editor=maker, by=maker, at=timezone.now()).pk  # fmt: skip


ROLES = {"lap-danh-sach": Role.PREPARER, "lanh-dao-xa": Role.COMMUNE_LEADER, "cong-an-xa": Role.POLICE,
         "ke-toan": Role.ACCOUNTANT, "chuyen-vien-so": Role.DEPARTMENT_OFFICER,
         "lanh-dao-so": Role.DEPARTMENT_APPROVER, "kho-bac": Role.TREASURY, "ngan-hang": Role.BANK_USER,
         "diem-chi": Role.CASH_AGENT, "kiem-toan": Role.AUDITOR, "quan-tri": Role.ADMINISTRATOR}  # fmt: skip


@pytest.mark.parametrize("username", sorted(ROLES))
def test_each_role_opens_exactly_what_its_duties_say(
    cast: dict[str, Officer], submission: int, username: str
) -> None:
    client, held = signed_in(cast[username]), permissions_of(ROLES[username])
    grant = cast["ke-toan"].assignments.get().pk
    wrong = []
    for name, pattern in OURS:
        wanted = permission_of(pattern.callback, name) or ""
        status = client.get(path_of(name, pattern, cast["ke-toan"], submission, grant)).status_code
        refused = wanted not in held | {PUBLIC, SIGNED_IN}
        if (status == 403) != refused or status >= 500:
            wrong.append((name, wanted, status))
    assert wrong == []


def test_somebody_without_a_role_opens_nothing(cast: dict[str, Officer], submission: int) -> None:
    officer = cast["ke-toan"]
    RoleAssignment.objects.filter(officer=officer).update(state="ended")
    client = signed_in(officer)
    for name, pattern in OURS:
        if permission_of(pattern.callback, name) not in {PUBLIC, SIGNED_IN}:
            assert client.get(path_of(name, pattern, officer, submission, 1)).status_code == 403, name


def test_a_stranger_is_sent_to_the_sign_in(cast: dict[str, Officer], submission: int) -> None:
    for name, pattern in OURS:
        answer = Client().get(path_of(name, pattern, cast["ke-toan"], submission, 1))
        if permission_of(pattern.callback, name) == PUBLIC:
            assert answer.status_code in {200, 405}, name
        else:
            assert answer.status_code == 302, name
            assert answer.headers["Location"].startswith(reverse("account_login")), name


def test_another_communes_submission_is_not_there(cast: dict[str, Officer], submission: int) -> None:
    commune, _province = units()
    sister = commune.parents.get().parent.children.exclude(unit=commune)[0].unit
    elsewhere = RoleAssignment.objects.filter(officer=cast["lanh-dao-xa"])
    address = reverse("approvals:submission", args=[submission])
    assert signed_in(cast["lanh-dao-xa"]).get(address).status_code == 200
    elsewhere.update(unit=sister)
    assert signed_in(cast["lanh-dao-xa"]).get(address).status_code == 404
    parent = Unit.objects.get(pk=commune.parents.get().parent_id)
    elsewhere.update(unit=parent)
    assert signed_in(cast["lanh-dao-xa"]).get(address).status_code == 200


def test_an_officer_without_a_second_factor_is_led_to_enrol_one(cast: dict[str, Officer]) -> None:
    cast["ke-toan"].authenticator_set.all().delete()
    answer = signed_in(cast["ke-toan"]).get("/")
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("mfa_activate_totp")


def test_a_session_ends_when_the_officer_is_disabled(cast: dict[str, Officer]) -> None:
    client = signed_in(cast["ke-toan"])
    assert client.get("/").status_code == 200
    Officer.objects.filter(pk=cast["ke-toan"].pk).update(is_active=False)
    assert client.get("/").status_code == 302


def test_a_session_ends_when_it_was_idle_too_long(cast: dict[str, Officer]) -> None:
    client = signed_in(cast["ke-toan"])
    client.get("/")
    session = client.session
    assert isinstance(session, SessionStore)
    session["session_seen"] -= 31 * 60
    session.save()
    assert client.get("/").status_code == 302


def test_pages_with_people_are_not_stored_by_the_browser(cast: dict[str, Officer]) -> None:
    assert "no-store" in signed_in(cast["ke-toan"]).get("/").headers["Cache-Control"]


def test_approving_asks_for_the_password_again(cast: dict[str, Officer], submission: int) -> None:
    answer = signed_in(cast["ke-toan"]).post(
        reverse("approvals:decide", args=[submission]), {"decision": "approve"}
    )
    assert answer.status_code == 302
    assert "reauthenticate" in answer.headers["Location"]


def test_nobody_registers_themself() -> None:
    names = {name for name, _pattern in ADDRESSES}
    assert permission_of(None, "account_signup") is None
    if "account_signup" in names:
        assert Client().get(reverse("account_signup")).status_code == 403
