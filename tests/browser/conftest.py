# SPDX-License-Identifier: MPL-2.0
"""Real Chromium against the real server, on a database of its own with the invented officers."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.plugin import DjangoDbBlocker

from ansinh.config import database
from ansinh.config.sealing import seal_now
from ansinh.demo.officers import PASSWORD, TOTP_SECRET
from ansinh.legislation.actions import submit_law
from ansinh.staff.commands import totp
from ansinh.staff.models import Officer
from ansinh.ui.assets import FOR_TESTS
from tests.conftest import make_cast, serve_from, template_database, units

# Playwright keeps an event loop in this thread; the tests themselves are not asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "test-results"
QUIET = (
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
START_SECONDS = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError("the server ended at once")
        try:
            urllib.request.urlopen(f"{address}/suc-khoe/", timeout=2).close()  # noqa: S310 - loopback
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not answer")


@pytest.fixture(scope="module")
def server(django_db_setup: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address of `ansinh serve` on a copy of the template, one for each file of tests; ended by its
    own process id."""
    name = f"{django_db_setup}_browser"
    with django_db_blocker.unblock():
        database.clone_database(template_database(), name)
        serve_from(name)
        make_cast()
        Officer.objects.update(password=make_password(PASSWORD))
        submit_law(
            unit_id=units()[1].pk, by=Officer.objects.get(username="chuyen-vien-so"), at=datetime.now(UTC)
        )
        seal_now(at=datetime.now(UTC))
        connection.close()
        port = free_port()
        address = f"http://127.0.0.1:{port}"
        process = subprocess.Popen(
            [sys.executable, "-m", "ansinh.config.cli", "serve", "--port", str(port), "--workers", "1",
             "--no-sweep"],
            env={**os.environ, "ANSINH_DATABASE": name}, cwd=ROOT,
        )  # fmt: skip
        try:
            wait_for(address, process)
            yield address
        finally:
            process.terminate()
            process.wait(20)
            connection.close()
            serve_from(django_db_setup)
            database.drop_database(name)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    if executable is None:
        pytest.fail("Chromium is missing: apt-get install chromium")
    as_root = ("--no-sandbox",) if os.geteuid() == 0 else ()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=[*QUIET, *as_root])
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, server: str) -> Iterator[Page]:
    """A fresh page at the size of a commune's screen; fails the test on a script error or a refused
    resource (the content security policy allows nothing from elsewhere)."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, base_url=server)
    context.set_default_timeout(15_000)
    opened = context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("console", lambda m: problems.append(m.text) if "Content Security Policy" in m.text else None)
    foreign: list[str] = []
    opened.on("request", lambda r: None if r.url.startswith((server, "data:")) else foreign.append(r.url))
    yield opened
    context.close()
    assert problems == []
    assert foreign == []


@pytest.fixture(scope="module")
def sessions() -> dict[str, list[Any]]:
    """The cookies of officers who signed in before: a code opens the door only once in 30 s."""
    return {}


@pytest.fixture
def sign_in(page: Page, sessions: dict[str, list[Any]]) -> Callable[[str], Page]:
    """Sign in as an invented officer: password, then the second step; or go on where they were."""

    def enter(username: str) -> Page:
        if username in sessions:
            page.context.add_cookies(sessions[username])
            page.goto("/")
            page.get_by_role("heading", name="Việc hôm nay").wait_for()
            return page
        page.goto("/tai-khoan/login/")
        page.get_by_label("Tên đăng nhập").fill(username)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        page.get_by_label("Mã xác thực").fill(totp(TOTP_SECRET, datetime.now(UTC)))
        page.get_by_role("button", name="Tiếp tục").click()
        page.get_by_role("heading", name="Việc hôm nay").wait_for()
        sessions[username] = page.context.cookies()
        return page

    return enter


def confirm_again(page: Page) -> None:
    """Answer the step-up: the password once more. An officer who answered within five minutes, in
    another test, is not asked again."""
    page.wait_for_load_state()
    if page.get_by_label("Mật khẩu").count() == 0:
        return
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Xác nhận").click()


@pytest.fixture
def seen(page: Page) -> Callable[[str], None]:
    """Keep a screenshot, and let axe find nothing serious on the page."""

    def look(name: str) -> None:
        RESULTS.mkdir(exist_ok=True)
        page.screenshot(path=RESULTS / f"{name}.png", full_page=True)
        found = page.evaluate(
            (FOR_TESTS / "axe.min.js").read_text(encoding="utf-8")
            + "\naxe.run(document, {resultTypes: ['violations']})"
        )
        serious = [
            f"{each['id']}: {[node['html'][:120] for node in each['nodes']][:3]}"
            for each in found["violations"]
            if each["impact"] in {"serious", "critical"}
        ]
        assert serious == [], name

    return look
