# SPDX-License-Identifier: MPL-2.0
"""Messages that wait for the notice adapter. Plain words; never a link, never a code, never an amount."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from ansinh.payees.models import Account, Notice
from ansinh.payees.records import NOTICE_PHONE
from ansinh.providers.directory import bank_name
from ansinh.registry.models import Person
from ansinh.registry.records import opened_phone
from ansinh.rules.months import Month
from ansinh.vault.sealing import seal_many


def leave_notice(*, person: Person, kind: str, text: str, at: datetime) -> None:
    """Leave a message for the phone on file now; without a phone it waits to be told by a person."""
    leave_notices(said=[(person, kind, text)], at=at)


def leave_notices(*, said: Sequence[tuple[Person, str, str]], at: datetime) -> None:
    """Leave many messages: (whose, kind, text). Part of the caller's transaction."""
    phones = [opened_phone(person.phone_enc) for person, _kind, _text in said]
    sealed = iter(seal_many(column=NOTICE_PHONE, texts=[phone for phone in phones if phone]))
    Notice.objects.bulk_create(
        Notice(
            person=person, commune_id=person.commune_id, kind=kind, text=text[:500], made_at=at,
            phone_enc=next(sealed) if phone else None, phone_last4=phone[-4:] if phone else "",
        )
        for (person, kind, text), phone in zip(said, phones, strict=True)
    )  # fmt: skip


def tell_old_phone(*, account: Account, replaced: Account | None, at: datetime) -> None:
    """Tell the phone on file of a new or changed account. Part of the approval's transaction."""
    assert account.usable_from is not None
    tell_old_phones(approved=[(account, account.usable_from, replaced is not None)], at=at)


def tell_old_phones(*, approved: Sequence[tuple[Account, date, bool]], at: datetime) -> None:
    """The same for many: (account with its person, its first month, whether it replaces another)."""
    said = [
        (
            account.person,
            "account_changed" if changed else "account_new",
            _of_account(account, first, changed),
        )
        for account, first, changed in approved
    ]
    leave_notices(said=said, at=at)


def _of_account(account: Account, first: date, changed: bool) -> str:
    verb = "đổi sang" if changed else "là"
    return (
        f"An sinh xã hội: tài khoản nhận trợ cấp của {account.person.name} {verb} tài khoản có 4 số cuối"
        f" {account.number_last4} tại {bank_name(account.bank)}, từ {Month.of(first).vi}."
        " Nếu không phải ông/bà yêu cầu, báo ngay UBND xã. Cán bộ không bao giờ hỏi mật khẩu hay mã OTP."
    )
