# SPDX-License-Identifier: MPL-2.0
"""The same list as an attachment to the operator's mail box, by the installation's own mail server."""

from __future__ import annotations

from collections.abc import Sequence
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage

from ansinh.outreach.notices.adapter import AdapterNotSet, Answer, Message
from ansinh.outreach.notices.file import as_list
from ansinh.vault import store

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class EmailAdapter:
    """One mail for all messages; the list is kept sealed as well."""

    name = "email"

    def __init__(self) -> None:
        if not settings.NOTICE_ADDRESS:
            raise AdapterNotSet(name=self.name, setting="ANSINH_NOTICE_ADDRESS")
        self.address = settings.NOTICE_ADDRESS

    def send(self, messages: Sequence[Message]) -> list[Answer]:
        """A mail server that refuses has not sent; a connection that breaks leaves it unknown."""
        if not messages:
            return []
        content = as_list(messages)
        sha256 = store.put(content).hex()
        mail = EmailMessage(
            subject=f"An Sinh: {len(messages)} tin gửi người hưởng",
            body="Danh sách kèm theo. Không chuyển tiếp.", to=[self.address],
            attachments=[("tin-gui-nguoi-huong.xlsx", content, XLSX)],
        )  # fmt: skip
        try:
            mail.send()
        except SMTPException as refused:
            return [Answer(each.notice_id, "failed", type(refused).__name__) for each in messages]
        except OSError as broken:
            return [Answer(each.notice_id, "", type(broken).__name__) for each in messages]
        return [Answer(each.notice_id, "sent", sha256) for each in messages]
