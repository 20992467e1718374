# SPDX-License-Identifier: MPL-2.0
"""SMS and Zalo through a gateway that the province runs: one HTTP request a message.

The request is JSON {"id", "phone", "text"}; the id is the notice's, so a gateway can refuse to send
twice. 200 is sent, any other answer is failed with its status, no answer in time is unknown: nothing
is sent again by itself. The address comes from the settings and from nowhere else.
"""

from __future__ import annotations

import http.client
import json
from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings

from ansinh.outreach.notices.adapter import AdapterNotSet, Answer, Message

SECONDS = 10


class _Gateway:
    """What both gateways share: the request and its three answers."""

    name = ""
    setting = ""

    def __init__(self) -> None:
        address = getattr(settings, self.setting.removeprefix("ANSINH_"))
        if not address:
            raise AdapterNotSet(name=self.name, setting=self.setting)
        self.address = urlsplit(address)

    def send(self, messages: Sequence[Message]) -> list[Answer]:
        """One request after another."""
        return [self._one(each) for each in messages]

    def _one(self, message: Message) -> Answer:
        if not message.phone:
            return Answer(message.notice_id, "failed", "no phone")
        secure = self.address.scheme == "https"
        kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        connection = kind(self.address.hostname or "", self.address.port, timeout=SECONDS)
        body = json.dumps(
            {"id": message.notice_id, "phone": message.phone, "text": message.text}, ensure_ascii=False
        ).encode()
        try:
            connection.request("POST", self.address.path or "/", body, {"Content-Type": "application/json"})
            status = connection.getresponse().status
        except (OSError, http.client.HTTPException) as silent:
            return Answer(message.notice_id, "", type(silent).__name__)
        finally:
            connection.close()
        return Answer(message.notice_id, "sent" if status == http.client.OK else "failed", str(status))


class SmsGateway(_Gateway):
    """Short messages."""

    name = "sms"
    setting = "ANSINH_SMS_GATEWAY"


class ZaloGateway(_Gateway):
    """Zalo messages from an approved template."""

    name = "zalo"
    setting = "ANSINH_ZALO_GATEWAY"
