# SPDX-License-Identifier: MPL-2.0
"""Visit sheets out and back. A line is taken once, whatever its file is called; a faulty line is told
and does not hold up the others."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from ansinh.audit.actions import record
from ansinh.outreach import sheets
from ansinh.outreach.actions.campaigns import running
from ansinh.outreach.actions.visits import OpenedAccount, Told, log_visits
from ansinh.outreach.models import Campaign, Contact, Visit
from ansinh.registry.records import PHONE, born_of
from ansinh.rules.refusals import Refusal
from ansinh.staff.models import Officer
from ansinh.vault import store
from ansinh.vault.sealing import open_many


class ReferenceUnknown(Refusal):
    """No line of this campaign; fields: reference."""

    code = "SHEET_REFERENCE_UNKNOWN"


@dataclass(slots=True)
class Taken:
    """What became of a sheet that came back: filled lines = taken + repeated + faulty."""

    sha256: str
    taken: int = 0
    repeated: int = 0
    faulty: list[sheets.Faulty] = field(default_factory=list)

    @property
    def filled(self) -> int:
        """How many lines were filled in."""
        return self.taken + self.repeated + len(self.faulty)


def write_sheet(
    *, campaign: Campaign, contacts: Sequence[Contact], title: str, by: Officer, at: datetime
) -> bytes:
    """The sheet for those people, with their phones; that it was made is recorded."""
    phones = open_many(column=PHONE, sealed=[each.person.phone_enc for each in contacts])
    lines = [
        sheets.Line(
            each.reference,
            each.person.name,
            _born(each),
            each.hamlet,
            each.group_at_start,
            phone,
        )
        for each, phone in zip(contacts, phones, strict=True)
    ]
    with transaction.atomic():
        record(
            by=by.pk, at=at, act="outreach.write_sheet", subject="campaign", subject_id=campaign.pk,
            unit_id=campaign.commune_id, details={"people": len(lines)},
        )  # fmt: skip
    return sheets.write(lines, title=title)


def _born(contact: Contact) -> str:
    return born_of(contact.person.born_on, contact.person.born_precision).vi


def take_sheet(
    *, path: Path, name: str, campaign_id: int, by: Officer | None, at: datetime, today: date
) -> Taken:
    """Read a sheet back: a visit for each filled line. Sent twice, it changes nothing the second time.

    Raises a `FileRefused` or `CampaignNotRunning`.
    """
    content = path.read_bytes()
    sha256 = hashlib.sha256(content).digest()
    found = Taken(sha256.hex())
    lines = list(sheets.read(path, name=name))
    with transaction.atomic():
        campaign = running(campaign_id=campaign_id)
        references = {line.reference for line in lines if isinstance(line, sheets.Filled)}
        known = {
            each.reference: each.pk
            for each in Contact.objects.filter(campaign=campaign, reference__in=references)
        }
        before = set(
            Visit.objects.filter(contact_id__in=known.values()).values_list("contact_id", "on", "outcome")
        )
        new: list[tuple[sheets.Filled, int, Told]] = []
        for line in lines:
            told = _told(line, known, before, found, sha256)
            if told is not None:
                new.append(told)
        refused = log_visits(told=[(pk, told) for _line, pk, told in new], by=by, at=at, today=today)
        found.faulty += [sheets.Faulty(new[place][0].row, "", why) for place, why in refused.items()]
        found.faulty.sort(key=lambda each: each.row)
        found.taken = len(new) - len(refused)
        store.put(content)
        record(
            by=by.pk if by else None, at=at, act="outreach.take_sheet", subject="campaign",
            subject_id=campaign.pk, unit_id=campaign.commune_id,
            details={"sha256": found.sha256, "taken": found.taken, "faulty": len(found.faulty)},
        )  # fmt: skip
    return found


def _told(
    line: sheets.Filled | sheets.Faulty, known: dict[str, int], before: set[tuple[int, date, str]],
    found: Taken, sha256: bytes,
) -> tuple[sheets.Filled, int, Told] | None:  # fmt: skip
    """(line, contact, what it tells) of a line that is new; a faulty or known one is noted in `found`."""
    if isinstance(line, sheets.Faulty):
        found.faulty.append(line)
        return None
    contact_id = known.get(line.reference)
    if contact_id is None:
        found.faulty.append(sheets.Faulty(line.row, "A", ReferenceUnknown(reference=line.reference[:20])))
        return None
    mark = (contact_id, line.on, line.outcome.value)
    if mark in before:
        found.repeated += 1
        return None
    before.add(mark)
    account = OpenedAccount(line.bank, line.account, line.holder, line.was_numeric) if line.account else None
    told = Told(line.on, line.outcome, line.reasons, line.signed, line.note, account, (sha256, line.row))
    return line, contact_id, told
