# SPDX-License-Identifier: MPL-2.0
"""The web process, killed in the middle of a request: the officer sees a lost connection, presses again."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import time
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from django.contrib.sessions.backends.db import SessionStore
from django.core.handlers.wsgi import WSGIHandler
from django.db import transaction

from ansinh.disbursement.actions.instruct import split_of
from ansinh.disbursement.models import Envelope
from ansinh.disbursement.queries import preview
from ansinh.payroll.models import Payroll
from ansinh.staff.models import Officer
from ansinh.staff.scope import opened_to_all
from faults import children, world
from faults.people import say_yes

if TYPE_CHECKING:
    from faults.run import Run

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SIGN = "s" * 32
Fields = list[tuple[str, str]]


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that it overrides
        return


def _serve(listening: socket.socket) -> None:
    server = WSGIServer(("127.0.0.1", 0), _Quiet, bind_and_activate=False)
    server.socket.close()
    server.socket, server.server_address = listening, listening.getsockname()
    server.server_name, server.server_port = "127.0.0.1", listening.getsockname()[1]
    server.setup_environ()
    server.set_app(WSGIHandler())
    server.serve_forever()


def signed_in(officer: Officer) -> str:
    """The cookie of an officer who has just signed in with both factors."""
    store = SessionStore()
    store["_auth_user_id"], store["_auth_user_backend"] = str(officer.pk), BACKEND
    store["_auth_user_hash"] = officer.get_session_auth_hash()
    store["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "username": officer.username},
        {"method": "mfa", "type": "totp", "at": time.time()},
    ]
    store.save()
    return f"sessionid={store.session_key}; csrftoken={SIGN}"


def press(run: Run, cookie: str, path: str, fields: Fields, armed: dict[str, tuple[str, int]]) -> int:
    """Press one button at a web process of its own; the status, 0 when the connection broke."""
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    pid = children.fork(lambda: _serve(listening), hits=run.hits, armed=armed)
    listening.close()
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        link.request(
            "POST", path, body=urlencode(fields),
            headers={"Cookie": cookie, "X-CSRFToken": SIGN,
                     "Content-Type": "application/x-www-form-urlencoded"},
        )  # fmt: skip
        return link.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        link.close()
        if os.waitpid(pid, os.WNOHANG)[0] == 0:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def press_through(run: Run) -> list[str]:
    """Instructions, a file, its submission, its sending: each first at a process that is killed."""
    cast = world.cast_now()
    maker, treasury = signed_in(cast["lap-danh-sach"]), signed_in(cast["kho-bac"])
    payroll = Payroll.objects.get()
    with transaction.atomic(), opened_to_all():
        split = split_of(shares=preview(payroll_id=payroll.pk))
    confirmed = [("xac-nhan", f"{name}:{people}:{vnd}") for name, (people, vnd) in split.items()]
    faults = [
        _twice(run, maker, f"/chi-tra/bang-chi/{payroll.pk}/", confirmed, "instruct"),
        _twice(run, maker, f"/chi-tra/bang-chi/{payroll.pk}/lap-tep/", [("layout", "bulk_bin")], "build"),
    ]
    envelope = Envelope.objects.filter(layout="bulk_bin").first()
    if envelope is None:
        return [*filter(None, faults), "pages: no file was built"]
    faults.append(_twice(run, maker, f"/chi-tra/tep/{envelope.pk}/trinh/", [], "hand_in"))
    envelope.refresh_from_db()
    submission = run.month().submission_of(envelope)
    if submission is None:
        return [*filter(None, faults), "pages: the file was not handed in"]
    say_yes(submission, cast["lanh-dao-xa"], cast["ke-toan"], at=run.clock)
    faults.append(_twice(run, treasury, f"/chi-tra/tep/{envelope.pk}/gui-qua-mang/", [], "order"))
    pid = children.fork(children.work, hits=run.hits)
    run.expect(children.ended(pid), {0})
    return [each for each in faults if each]


def _twice(run: Run, cookie: str, path: str, fields: Fields, act: str) -> str:
    """Press at a process that dies at a point of the act, then at one that does not. What is wrong, or ''."""
    point = run.drawn.choice([name for name in run.points if name.startswith(f"{act}.")] or ["move.before"])
    press(run, cookie, path, fields, {point: ("kill", 1)})
    status = press(run, cookie, path, fields, {})
    return "" if status == 302 else f"pages: {path} answered {status} after a kill at {point}"
