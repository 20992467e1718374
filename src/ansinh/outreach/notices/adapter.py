# SPDX-License-Identifier: MPL-2.0
"""What every adapter takes and answers, and which one the installation uses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from ansinh.rules.refusals import Refusal

ADAPTERS = {
    "file": "ansinh.outreach.notices.file.FileAdapter",
    "email": "ansinh.outreach.notices.email.EmailAdapter",
    "sms": "ansinh.outreach.notices.gateway.SmsGateway",
    "zalo": "ansinh.outreach.notices.gateway.ZaloGateway",
}


class AdapterUnknown(Refusal):
    """No adapter is called this; fields: name, known."""

    code = "NOTICE_ADAPTER_UNKNOWN"


class AdapterNotSet(Refusal):
    """The adapter has no address to send to; fields: name, setting."""

    code = "NOTICE_ADAPTER_NOT_SET"


@dataclass(frozen=True, slots=True)
class Message:
    """One message: the notice's id, the phone in clear (may be empty), how the person wants to be
    told, the words."""

    notice_id: int
    phone: str
    way: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one message; `result` is sent, failed, or empty when nobody knows."""

    notice_id: int
    result: str
    said: str = ""


class Adapter(Protocol):
    """One way out. `send` may take long and talks to others: no transaction is open around it."""

    name: str

    def send(self, messages: Sequence[Message]) -> list[Answer]: ...


def adapter_named(name: str | None = None) -> Adapter:
    """The adapter of this name, or the installation's. Raises `AdapterUnknown` or `AdapterNotSet`."""
    wanted = name or settings.NOTICE_ADAPTER
    path = ADAPTERS.get(wanted)
    if path is None:
        raise AdapterUnknown(name=wanted[:20], known=list(ADAPTERS))
    made: Adapter = import_string(path)()
    return made
