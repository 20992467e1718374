# SPDX-License-Identifier: MPL-2.0
"""The log tells what happened and never about whom: planted names and numbers do not come through."""

from __future__ import annotations

import ast
import io
import json
import logging
import logging.config
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

import ansinh
from ansinh.config import logs
from ansinh.config.urls import urlpatterns as real_addresses
from ansinh.staff.models import Officer
from ansinh.ui.access import public
from ansinh.ui.request_log import RequestLogMiddleware, reference_of

NAME, NUMBER = "Bùi Thị Rất Riêng", "000145678901"
SAID = {"view", "method", "status", "ms", "officer"}
PACKAGE = Path(ansinh.__file__).parent


@public
def careless(request: HttpRequest, who: str) -> HttpResponse:
    """A page whose error quotes a person, as the database's errors do."""
    try:
        raise IntegrityError(f"DETAIL: Key (name, number)=({NAME}, {NUMBER}) already exists.")
    except IntegrityError as broken:
        raise RuntimeError(f"could not save {who}") from broken


urlpatterns = [path(f"vo/<str:who>/{NUMBER}/", careless, name="careless"), *real_addresses]
handler500 = "ansinh.ui.views.failed"


@pytest.fixture
def written(settings: object) -> Iterator[io.StringIO]:
    """What production's log would hold; the tests' own handlers come back afterwards."""
    root, before = logging.getLogger(), list(logging.getLogger().handlers)
    level = root.level
    stream = io.StringIO()
    chosen = logs.configuration(as_json=True)
    chosen["handlers"]["console"]["stream"] = stream
    logging.config.dictConfig(chosen)
    yield stream
    logging.config.dictConfig(logs.configuration(as_json=False))
    root.handlers[:], root.level = before, level


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_an_error_that_quotes_a_person_is_logged_by_class_and_place(written: io.StringIO) -> None:
    client = Client(raise_request_exception=False)
    answer = client.get(f"/vo/{NAME}/{NUMBER}/", {"q": NAME})
    assert answer.status_code == 500
    text = written.getvalue()
    assert "Riêng" not in text
    assert NUMBER not in text
    request = next(line for line in lines(written) if line["event"] == "request")
    assert (request["view"], request["status"], request["officer"]) == ("careless", 500, None)
    assert str(request["reference"]) in answer.content.decode()
    failure = next(line for line in lines(written) if "error" in line)
    assert failure["error"] == "builtins.RuntimeError < django.db.utils.IntegrityError"
    assert failure["reference"] == request["reference"]
    assert any(str(place).endswith(" careless") for place in failure["places"])  # type: ignore[attr-defined]


@pytest.mark.parametrize("address", ["/ho-so/", "/tai-khoan/login/", "/khong-co/"])
def test_searches_and_forms_leave_no_trace(
    cast: dict[str, Officer], client: Client, written: io.StringIO, address: str
) -> None:
    client.force_login(cast["lap-danh-sach"])
    client.get(address, {"q": NAME, "so": NUMBER})
    client.post(address, {"login": NAME, "password": NUMBER, "q": NAME})
    assert len([line for line in lines(written) if line["event"] == "request"]) == 2
    assert "Riêng" not in written.getvalue()
    assert NUMBER not in written.getvalue()


def test_a_developer_sees_the_words(written: io.StringIO) -> None:
    chosen = logs.configuration(as_json=True, with_words=True)
    chosen["handlers"]["console"]["stream"] = written
    logging.config.dictConfig(chosen)
    logging.getLogger("django.request").error("asked for %s", NAME)
    assert "Riêng" in written.getvalue()


def test_lines_of_one_request_share_a_reference() -> None:
    request = RequestFactory().get("/")
    answered = RequestLogMiddleware(lambda asked: HttpResponse(reference_of(asked)))(request)
    assert answered.content.decode() == reference_of(request)


def test_our_own_lines_are_constants_with_known_fields() -> None:
    """A value in a log call is how names get into logs: events are literals, fields are listed here."""
    strange = []
    for source in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            owner = node.func.value
            if not (isinstance(owner, ast.Name) and owner.id in {"log", "logger", "logging"}):
                continue
            if node.func.attr == "getLogger":
                continue
            fields = {keyword.arg for keyword in node.keywords}
            constant = [isinstance(value, ast.Constant) for value in node.args]
            if constant != [True] or not fields <= SAID:
                strange.append(f"{source.name}:{node.lineno}")
    assert strange == []
