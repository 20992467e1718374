# SPDX-License-Identifier: MPL-2.0
"""Messages that wait for the notice adapter. Plain words; never a link, never a code, never an amount."""

from __future__ import annotations

from datetime import datetime

from ansinh.payees.models import Account, Notice
from ansinh.payees.records import NOTICE_PHONE
from ansinh.providers.directory import bank_name
from ansinh.registry.models import Person
from ansinh.registry.records import opened_phone
from ansinh.rules.months import Month
from ansinh.vault.sealing import seal


def leave_notice(*, person: Person, kind: str, text: str, at: datetime) -> Notice:
    """Leave a message for the phone on file now; without a phone it waits to be told by a person."""
    phone = opened_phone(person.phone_enc)
    return Notice.objects.create(
        person=person, commune_id=person.commune_id, kind=kind, text=text[:500], made_at=at,
        phone_enc=seal(column=NOTICE_PHONE, text=phone) if phone else None,
        phone_last4=phone[-4:] if phone else "",
    )  # fmt: skip


def tell_old_phone(*, account: Account, replaced: Account | None, at: datetime) -> Notice:
    """Tell the phone on file of a new or changed account. Part of the approval's transaction."""
    assert account.usable_from is not None
    verb = "đổi sang" if replaced is not None else "là"
    text = (
        f"An sinh xã hội: tài khoản nhận trợ cấp của {account.person.name} {verb} tài khoản có 4 số cuối"
        f" {account.number_last4} tại {bank_name(account.bank)}, từ {Month.of(account.usable_from).vi}."
        " Nếu không phải ông/bà yêu cầu, báo ngay UBND xã. Cán bộ không bao giờ hỏi mật khẩu hay mã OTP."
    )
    kind = "account_changed" if replaced is not None else "account_new"
    return leave_notice(person=account.person, kind=kind, text=text, at=at)
