# SPDX-License-Identifier: MPL-2.0
"""An account from its declaration to its approval. The old account is paid until the new one may be."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from ansinh.audit.actions import record
from ansinh.payees.actions.many import CHANNEL_OF
from ansinh.payees.actions.notices import tell_old_phone
from ansinh.payees.actions.steps import (
    NO_FAULT,
    OwnProposal,
    PayeeNeedsReason,
    fault_columns,
    is_same_person,
    locked,
    step,
)
from ansinh.payees.lifecycles import AccountState
from ansinh.payees.models import Account, AccountEvent, Mandate
from ansinh.payees.periods import rule_on
from ansinh.payees.queries import current_account, is_incapable
from ansinh.payees.records import NUMBER, account_indexes, opened_account
from ansinh.providers.directory import directory
from ansinh.registry.actions.people import RevealNeedsReason
from ansinh.registry.models import Person
from ansinh.rules.accounts import parse_account
from ansinh.rules.banks import Bank
from ansinh.rules.holders import compare_holder
from ansinh.rules.names import NameMatch
from ansinh.rules.payees import first_period, is_minor
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.vault.sealing import seal


class AccountWaits(Refusal):
    """Another account of this person waits for its checks."""

    code = "ACCOUNT_WAITS"


class AccountIsThis(Refusal):
    """The account on file is this very one."""

    code = "ACCOUNT_IS_THIS"


class NeedsRepresentative(Refusal):
    """A minor, or somebody whom a court found incapable, holds no account alone."""

    code = "PAYEE_NEEDS_REPRESENTATIVE"


class MandateNotOfPerson(Refusal):
    """The mandate is somebody else's, or no longer holds."""

    code = "ACCOUNT_MANDATE_NOT_HELD"


class HolderNotConfirmed(Refusal):
    """A name that is close is confirmed with a reason by a second person."""

    code = "ACCOUNT_HOLDER_NEEDS_REASON"


def expected_holder(*, account: Account) -> str:
    """Whose name the institution has to print: the payee's under a mandate, else the person's own."""
    return account.mandate.payee_name if account.mandate is not None else account.person.name


def declare_account(
    *, person: Person, bank: str, number: str, source: str, asserted_by: str, asserted_on: date,
    by: Officer | None, at: datetime, on: date, mandate: Mandate | None = None, holder_name: str = "",
    was_numeric: bool = False,
) -> Account:  # fmt: skip
    """Record where somebody says they may be paid. The number is read by its institution's own rules.

    Raises `BankUnknown`, an `AccountNotAccepted`, `NeedsRepresentative`, `MandateNotOfPerson`,
    `AccountIsThis` or `AccountWaits`.
    """
    institution = directory().find(bank, on=on)
    read = parse_account(number, bank=institution, was_numeric=was_numeric)
    if mandate is None:
        if is_minor(person.born_on, on, rule_on(on=on)) or is_incapable(person_id=person.pk, on=on):
            raise NeedsRepresentative(name=person.name)
    elif mandate.person_id != person.pk or mandate.state not in {"declared", "active"}:
        raise MandateNotOfPerson
    bidx = account_indexes([(institution.code, read.number)])[0]
    now = current_account(person_id=person.pk, mandate_id=mandate.pk if mandate else None)
    if now is not None and now.state != "suspended" and bytes(now.number_bidx) == bidx:
        raise AccountIsThis(bank=institution.name, last4=now.number_last4)
    try:
        with transaction.atomic():
            made = _insert(person, mandate, institution, read.number, bidx, source=source, at=at, by=by,
                           asserted_by=asserted_by, asserted_on=asserted_on)  # fmt: skip
            step(account=made, event="pass_format", by=by, at=at)
            if source == "vneid":  # linked by its owner at level 2: the identity is the channel's
                step(account=made, event="pass_identity", by=by, at=at, details={"from": "vneid"})
                if holder_name:
                    _compare(made, holder_name, by=by, at=at, answered_by=asserted_by)
            elif holder_name:
                Account.objects.filter(pk=made.pk).update(holder_name=holder_name[:140])
    except IntegrityError as waiting:
        raise AccountWaits(name=person.name) from waiting
    made.refresh_from_db()
    return made


def _insert(
    person: Person, mandate: Mandate | None, institution: Bank, number: str, bidx: bytes, *, source: str,
    asserted_by: str, asserted_on: date, at: datetime, by: Officer | None,
) -> Account:  # fmt: skip
    made = Account.objects.create(
        person=person, mandate=mandate, commune_id=person.commune_id, channel=CHANNEL_OF[institution.kind],
        bank=institution.code, number_enc=seal(column=NUMBER, text=number), number_bidx=bidx,
        number_last4=number[-4:], source=source, asserted_by=asserted_by[:120], asserted_on=asserted_on,
        made_at=at, made_by=by,
    )  # fmt: skip
    AccountEvent.objects.create(
        account=made, commune_id=made.commune_id, event="declare", to_state=made.state, at=at, by=by,
        details={"source": source, "bank": institution.code},
    )  # fmt: skip
    record(
        by=by.pk if by else None, at=at, act="payees.account_declare", subject="account", subject_id=made.pk,
        unit_id=made.commune_id, details={"person": person.pk, "source": source},
    )  # fmt: skip
    return made


def check_identity(
    *, account_id: int, passed: bool, by: Officer, at: datetime, fault: str = "identity_number_differs",
    note: str = "",
) -> AccountState:  # fmt: skip
    """Say whether the account's owner is the person on file. Not the one who declared it.

    Raises `OwnProposal` or `NotFromThisState`.
    """
    with transaction.atomic():
        account = locked(account_id=account_id)
        if is_same_person(one=by, other=account.made_by):
            raise OwnProposal
        if not passed:
            return step(account=account, event="fail_identity", by=by, at=at, details={"fault": fault},
                        **fault_columns(fault=fault, note=note))  # fmt: skip
        state = step(account=account, event="pass_identity", by=by, at=at, **NO_FAULT)
        if account.holder_name:
            state = _compare(account, account.holder_name, by=by, at=at, answered_by=account.asserted_by)
        return state


def answer_holder(
    *, account_id: int, holder_name: str, answered_by: str, by: Officer | None, at: datetime
) -> AccountState:
    """Take in the holder's name as the institution prints it, and compare.

    Equal, equal after folding and cut pass; close stays for a person; different fails.
    Raises `NotFromThisState`.
    """
    with transaction.atomic():
        account = locked(account_id=account_id)
        return _compare(account, holder_name, by=by, at=at, answered_by=answered_by)


def _compare(
    account: Account, holder_name: str, *, by: Officer | None, at: datetime, answered_by: str
) -> AccountState:
    found = compare_holder(expected_holder(account=account), holder_name)
    said: dict[str, Any] = {"holder_name": holder_name[:140], "name_match": found.value}
    details = {"match": found.value, "answered_by": answered_by}
    if found.passes:
        return step(account=account, event="pass_holder", by=by, at=at, details=details, **said, **NO_FAULT)
    if found is NameMatch.DIFFERENT:
        return step(account=account, event="fail_holder", by=by, at=at, details=details, **said,
                    **fault_columns(fault="holder_different"))  # fmt: skip
    Account.objects.filter(pk=account.pk).update(**said)
    AccountEvent.objects.create(
        account=account, commune_id=account.commune_id, event="doubt_holder", from_state=account.state,
        to_state=account.state, details=details, at=at, by=by,
    )  # fmt: skip
    return AccountState(account.state)


def decide_holder(*, account_id: int, same: bool, reason: str, by: Officer, at: datetime) -> AccountState:
    """A person says whether a name that is not equal is the same holder, and why.

    Raises `HolderNotConfirmed`, `OwnProposal` or `NotFromThisState`.
    """
    if not reason.strip():
        raise HolderNotConfirmed
    with transaction.atomic():
        account = locked(account_id=account_id)
        if is_same_person(one=by, other=account.made_by):
            raise OwnProposal
        details = {"match": account.name_match, "reason": reason[:300]}
        if same:
            return step(account=account, event="pass_holder", by=by, at=at, details=details, **NO_FAULT)
        return step(account=account, event="fail_holder", by=by, at=at, details=details,
                    **fault_columns(fault="holder_different", note=reason))  # fmt: skip


def approve_account(*, account_id: int, by: Officer, at: datetime, on: date) -> Account:
    """Let an account be paid from its first period on; the one before it ends there.

    Tells the phone that was on file. Raises `OwnProposal`, `MandateNotOfPerson`, `NeedsRepresentative`
    or `NotFromThisState`.
    """
    with transaction.atomic():
        account = locked(account_id=account_id)
        if is_same_person(one=by, other=account.made_by):
            raise OwnProposal
        if account.mandate is not None and account.mandate.state != "active":
            raise MandateNotOfPerson
        rule = rule_on(on=on)
        if account.mandate is None and (
            is_minor(account.person.born_on, on, rule) or is_incapable(person_id=account.person_id, on=on)
        ):
            raise NeedsRepresentative(name=account.person.name)
        before = current_account(person_id=account.person_id, mandate_id=account.mandate_id)
        first = first_period(on, rule, changed=before is not None).first_day
        if before is not None:
            until = max(first, before.usable_from or first)
            Account.objects.filter(pk=before.pk).update(usable_until=until, asserted_until=on)
        step(
            account=account, event="approve", by=by, at=at, usable_from=first, decided_at=at, decided_by=by,
            replaces_id=before.pk if before else None,
            details={"usable_from": first.isoformat(), "replaces": before.pk if before else None},
        )  # fmt: skip
        if before is not None and before.usable_from is not None and before.usable_from >= first:
            step(account=locked(account_id=before.pk), event="replace", by=by, at=at)
        tell_old_phone(account=account, replaced=before, at=at)
    account.refresh_from_db()
    return account


def refuse_account(*, account_id: int, reason: str, by: Officer, at: datetime) -> None:
    """Do not let an account be paid, and say why. Raises `PayeeNeedsReason`, `OwnProposal` or
    `NotFromThisState`."""
    if not reason.strip():
        raise PayeeNeedsReason
    with transaction.atomic():
        account = locked(account_id=account_id)
        if is_same_person(one=by, other=account.made_by):
            raise OwnProposal
        step(account=account, event="refuse", by=by, at=at, details={"reason": reason[:300]}, decided_at=at,
             decided_by=by, fault_note=reason[:300])  # fmt: skip


def withdraw_account(*, account_id: int, reason: str, by: Officer, at: datetime) -> None:
    """Take back an account that waits. Raises `PayeeNeedsReason` or `NotFromThisState`."""
    if not reason.strip():
        raise PayeeNeedsReason
    with transaction.atomic():
        step(account=locked(account_id=account_id), event="withdraw", by=by, at=at,
             details={"reason": reason[:300]}, fault_note=reason[:300])  # fmt: skip


def reveal_account(*, account_id: int, reason: str, by: Officer, at: datetime) -> str:
    """The whole account number, recorded with the reason. Raises `RevealNeedsReason`."""
    if not reason.strip():
        raise RevealNeedsReason
    with transaction.atomic():
        account = Account.objects.get(pk=account_id)
        record(by=by.pk, at=at, act="payees.reveal_account", subject="account", subject_id=account_id,
               unit_id=account.commune_id, details={"reason": reason[:300]})  # fmt: skip
        return opened_account(account.number_enc)
