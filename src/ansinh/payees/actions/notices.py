# SPDX-License-Identifier: MPL-2.0
"""Messages that wait for the notice adapter. Plain words; never a link, never a code, never an amount."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ansinh.payees.models import Account, Mandate, Notice
from ansinh.payees.records import NOTICE_PHONE, PAYEE_PHONE
from ansinh.providers.directory import bank_name
from ansinh.registry.models import Person
from ansinh.registry.records import opened_phone
from ansinh.rules.dates import format_date
from ansinh.rules.months import Month
from ansinh.vault.sealing import open_sealed, seal_many


@dataclass(frozen=True, slots=True)
class Word:
    """A message about somebody; to their own phone on file unless `phone` says whose."""

    person: Person
    kind: str
    text: str
    phone: str | None = None


def leave_notices(*, words: Sequence[Word], at: datetime) -> None:
    """Leave messages for phones on file now; without a phone one waits to be told by a person. Part of
    the caller's transaction."""
    phones = [opened_phone(each.person.phone_enc) if each.phone is None else each.phone for each in words]
    sealed = iter(seal_many(column=NOTICE_PHONE, texts=[phone for phone in phones if phone]))
    Notice.objects.bulk_create(
        Notice(
            person=each.person, commune_id=each.person.commune_id, kind=each.kind, text=each.text[:500],
            made_at=at, phone_enc=next(sealed) if phone else None, phone_last4=phone[-4:] if phone else "",
        )
        for each, phone in zip(words, phones, strict=True)
    )  # fmt: skip


def tell_old_phone(*, account: Account, replaced: Account | None, at: datetime) -> None:
    """Tell the phone on file of a new or changed account. Part of the approval's transaction."""
    assert account.usable_from is not None
    tell_old_phones(approved=[(account, account.usable_from, replaced is not None)], at=at)


def tell_old_phones(*, approved: Sequence[tuple[Account, date, bool]], at: datetime) -> None:
    """The same for many: (account with its person, its first month, whether it replaces another)."""
    words = [
        Word(each.person, "account_changed" if changed else "account_new", _of_account(each, first, changed))
        for each, first, changed in approved
    ]
    leave_notices(words=words, at=at)


def _of_account(account: Account, first: date, changed: bool) -> str:
    verb = "đổi sang" if changed else "là"
    return (
        f"An sinh xã hội: tài khoản nhận trợ cấp của {account.person.name} {verb} tài khoản có 4 số cuối"
        f" {account.number_last4} tại {bank_name(account.bank)}, từ {Month.of(first).vi}."
        " Nếu không phải ông/bà yêu cầu, báo ngay UBND xã. Cán bộ không bao giờ hỏi mật khẩu hay mã OTP."
    )


def remind_of_ends(*, mandates: Sequence[Mandate], at: datetime) -> None:
    """Tell beneficiaries, and payees whose phone is on file, that mandates end. Part of the caller's
    transaction."""
    words = []
    for each in mandates:
        assert each.ends_on is not None
        text = (
            f"An sinh xã hội: việc {each.payee_name} nhận trợ cấp thay {each.person.name} hết hạn ngày"
            f" {format_date(each.ends_on)}. Muốn tiếp tục, mang giấy tờ đến UBND xã trước ngày đó. Không có"
            " giấy mới thì trợ cấp được chi trực tiếp cho người hưởng."
        )
        words.append(Word(each.person, "mandate_ends", text))
        if each.payee_phone_enc is not None:
            phone = open_sealed(column=PAYEE_PHONE, sealed=bytes(each.payee_phone_enc))
            words.append(Word(each.person, "mandate_ends", text, phone))
    leave_notices(words=words, at=at)
